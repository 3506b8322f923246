"""How everything below some folders looked at one moment: asked of the system once, for all who want to know."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import blake2b
from operator import attrgetter, itemgetter
from pathlib import Path

from msgspec import Struct

from generator.cache.file_clock import FileClock, Signature, signature_of


class FolderEntry(Struct, frozen=True):
    """What stands in a folder under one name; a link is a link, whatever it leads to."""

    name: str
    path: str
    status: os.stat_result
    signature: Signature
    """Empty for a folder, which is as what is in it, and for what is hidden, of which only the name counts."""

    @property
    def is_hidden(self) -> bool:
        return self.name.startswith(".")

    @property
    def is_folder(self) -> bool:
        return _is_folder(self.status)

    @property
    def is_file(self) -> bool:
        return stat.S_ISREG(self.status.st_mode)

    @property
    def is_plain(self) -> bool:
        """Whether it is a file and no link to one."""
        return self.is_file and not self.is_link

    @property
    def is_link(self) -> bool:
        return _is_link(self.status)


class Sight(Struct, frozen=True, dict=True):
    """Everything below some folders. What is hidden in them is named, and nothing below it."""

    clock: FileClock | None
    """As it was before anything was looked at; None where it could not be read."""
    entries: Mapping[str, tuple[FolderEntry, ...] | None]
    """Those of each folder by its path, in the order of their names; None for a folder that cannot be read."""

    @classmethod
    def of(cls, folders: Iterable[Path], clock: FileClock | None) -> Sight:
        return cls(clock, dict(looked_at(map(str, folders))))

    @cached_property
    def digest(self) -> str:
        """Digest of what is there and how it looks."""
        folders = sorted(self.entries.items(), key=itemgetter(0))
        told = [(folder, found and [(each.name, each.signature) for each in found]) for folder, found in folders]
        return blake2b(repr(told).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()

    @cached_property
    def has_links(self) -> bool:
        """Whether anything is a link: how it looks does not tell how that looks to which it leads."""
        return any(each.is_link for found in self.entries.values() for each in found or ())

    @cached_property
    def is_settled(self) -> bool:
        """Whether every file would look otherwise if it were changed from now on; without a clock nobody can tell."""
        clock = self.clock
        if clock is None:
            return False
        signatures = (each.signature for found in self.entries.values() for each in found or ())
        return all(clock.is_settled(signature) for signature in signatures if signature)


def looked_at(folders: Iterable[str]) -> Iterator[tuple[str, tuple[FolderEntry, ...] | None]]:
    """The entries of each of these folders and of all below them; None where they cannot be read."""
    waiting = list(folders)
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as found:
                entries = sorted(_entries(found, waiting), key=attrgetter("name"))
        except OSError:
            yield folder, None
            continue
        yield folder, tuple(entries)


def _entries(found: Iterable[os.DirEntry[str]], waiting: list[str]) -> Iterator[FolderEntry]:
    """Those of a folder; the folders among them whose entries are to be told too are put into `waiting`."""
    for each in found:
        try:
            # Windows tells no inode while it lists a folder.
            status = os.lstat(each.path) if sys.platform == "win32" else each.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue  # it went meanwhile
        is_hidden, is_folder = each.name.startswith("."), _is_folder(status)
        if is_folder and not is_hidden:
            waiting.append(each.path)
        yield FolderEntry(each.name, each.path, status, () if is_hidden or is_folder else signature_of(status))


def _is_folder(status: os.stat_result) -> bool:
    """A folder itself, and not the junction, which to Windows is one too."""
    return stat.S_ISDIR(status.st_mode) and not _is_link(status)


def _is_link(status: os.stat_result) -> bool:
    """Also of the other kind that Windows has between folders, the junction."""
    if sys.platform == "win32" and status.st_file_attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT:
        return True
    return stat.S_ISLNK(status.st_mode)
