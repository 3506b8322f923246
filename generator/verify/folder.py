"""The files of a built folder, and those that have no business in one."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from generator.verify.wording import Problem

PAGE_SUFFIX = ".html"
_KNOWN = frozenset(
    {
        *(PAGE_SUFFIX, ".css", ".js", ".map", ".json", ".webmanifest", ".xml", ".gz", ".txt", ".csv", ".pdf"),
        *(".bin",),  # of the search: numbers of pages by pairs of characters
        *(".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".ico", ".svg", ".woff", ".woff2"),
    }
)
_LARGE_PAGE = 1024 * 1024
"""Bytes of HTML above which phones scroll badly; a long table belongs in a CSV file beside the page."""


class BuiltFolder(Struct, frozen=True):
    """Regular files by posix path from the root, with their size in bytes; symbolic links apart."""

    root: Path
    files: Mapping[str, int]
    symlinks: tuple[str, ...]

    @classmethod
    def scan(cls, root: Path) -> BuiltFolder:
        """List the folder; what is no folder has no files."""
        files: dict[str, int] = {}
        symlinks: list[str] = []
        if root.is_dir():
            for path, entry in _walk(os.fspath(root), ""):
                if entry.is_symlink():
                    symlinks.append(path)
                else:
                    files[path] = entry.stat(follow_symlinks=False).st_size
        return cls(root, files, tuple(symlinks))

    def read(self, path: str) -> bytes:
        return (self.root / path).read_bytes()


def _walk(folder: str, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything that is not a folder, in the same order on every machine."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name, entry


def front_page_problems(files: Container[str]) -> Iterator[Problem]:
    """A site without a front page."""
    if "index.html" not in files:
        yield Problem("no-front-page", "index.html")


def link_out_problems(folder: BuiltFolder) -> Iterator[Problem]:
    """Symbolic links, which may lead out of the folder."""
    for path in folder.symlinks:
        yield Problem("symbolic-link", path)


def file_problems(path: str, size: int) -> Iterator[Problem]:
    """An empty file, a kind of file that nobody expects, a page too large for a phone."""
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122 (a Path a file costs more than the check)
    if suffix not in _KNOWN:
        yield Problem("unknown-file", path, suffix or path)
    elif size == 0:
        yield Problem("empty-file", path)
    elif suffix == PAGE_SUFFIX and size > _LARGE_PAGE:
        yield Problem("large-page", path, f"{size / 1024 / 1024:.1f} MB")
