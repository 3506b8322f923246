"""Exports that lie beside those of a source and that nobody reads: a month saved as Excel among those saved as CSV."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from generator.model.finding import Family, Finding, Place, Severity, Text
from generator.pull.files import is_glob, leaves, matching
from generator.settings import Settings

_OF_TABLES = (".csv", ".xlsx", ".xls", ".parquet")


def tell_unread(settings: Settings, patterns: Iterable[str], read: Iterable[Path]) -> list[Finding]:
    """A warning for each file that a pattern with `*` leaves out for its suffix alone.

    `read` are the files that any source reads. One of the same stem is what such a file was exported from or to.
    """
    paths, patterns = set(read), list(patterns)
    known = {path.with_suffix("") for path in paths}
    # To look for every pattern with every suffix takes as long as all else of a pull in which nothing is new.
    if not any(_tables_besides(_folders(settings, patterns, paths), known)):
        return []
    left_out: dict[Path, str] = {}
    for pattern in patterns:
        suffix = PurePosixPath(pattern).suffix
        if leaves(pattern) or not is_glob(pattern) or suffix not in _OF_TABLES:
            continue
        for other in _OF_TABLES:
            found = matching(settings.data, pattern.removesuffix(suffix) + _in_either_case(other))
            left_out |= {path: suffix for path in found if path not in paths and path.with_suffix("") not in known}
    return [_unread(settings.shown(path), suffix) for path, suffix in left_out.items()]


def _in_either_case(suffix: str) -> str:
    """A pattern for `.csv` and `.CSV`, which are two things to Linux."""
    return "".join(f"[{letter}{letter.upper()}]" if letter.isalpha() else letter for letter in suffix)


def _folders(settings: Settings, patterns: Iterable[str], paths: Iterable[Path]) -> set[Path]:
    """Those in which exports lie, or should."""
    named = {(settings.data / pattern).parent for pattern in patterns if not leaves(pattern)}
    return named | {path.parent for path in paths}


def _tables_besides(folders: Iterable[Path], known: Container[Path]) -> Iterator[Path]:
    """Paths without their suffixes that nobody knows, of what looks like tables."""
    for folder in folders:
        with suppress(OSError):  # of a pattern with `*` in its folder, or one that is not there
            named = (path.with_suffix("") for path in folder.iterdir() if path.suffix.lower() in _OF_TABLES)
            yield from (path for path in named if path not in known)


def _unread(shown: str, suffix: str) -> Finding:
    what = Text(
        f"このファイルは読まれません（`path` に当たるのは `{suffix}` だけです）",
        f"this file is not read: `path` matches `{suffix}` only",
    )
    remedy = Text(
        f"読むなら、ほかのファイルと同じ `{suffix}` の形で保存し直してください。読まないなら、別のフォルダーに移してください",
        f"save it as `{suffix}` like the others to have it read, or move it to another folder",
    )
    return Finding(Family.DATA, "unread-file", Place(shown), what, remedy, Severity.WARNING)
