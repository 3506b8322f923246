"""How everything below some folders looked at one moment: asked of the system once, for all who want to know."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from generator.cache.file_clock import FileClock, Signature, signature_of


class Entry(NamedTuple):
    """What stands in a folder under one name; a link is a link, whatever it leads to."""

    name: str
    path: str
    status: os.stat_result

    @property
    def is_hidden(self) -> bool:
        return self.name.startswith(".")

    @property
    def is_folder(self) -> bool:
        return stat.S_ISDIR(self.status.st_mode)

    @property
    def is_file(self) -> bool:
        return stat.S_ISREG(self.status.st_mode)

    @property
    def is_link(self) -> bool:
        """Also of the other kind that Windows has between folders, the junction."""
        if sys.platform == "win32" and self.status.st_file_attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT:
            return True
        return stat.S_ISLNK(self.status.st_mode)


@dataclass(frozen=True)
class Sight:
    """Everything below some folders. What is hidden in them is named, and nothing below it."""

    clock: FileClock
    """As it was before anything was looked at."""
    entries: Mapping[str, tuple[Entry, ...] | None]
    """Those of each folder by its path, in the order of their names; None for a folder that cannot be read."""

    @classmethod
    def of(cls, folders: Iterable[Path], clock: FileClock) -> Sight:
        return cls(clock, dict(looked_at(map(str, folders))))

    @cached_property
    def digest(self) -> str:
        """Digest of what is there and how it looks; of what is hidden, only that it is there."""
        told = [(folder, found and [_look_of(entry) for entry in found]) for folder, found in self.entries.items()]
        return blake2b(repr(sorted(told)).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()

    @cached_property
    def is_settled(self) -> bool:
        """Whether every file would look otherwise if it were changed from now on."""
        looks = (_look_of(entry)[1] for found in self.entries.values() for entry in found or ())
        return all(self.clock.is_settled(signature) for signature in looks if signature)


def _look_of(entry: Entry) -> tuple[str, Signature]:
    """Folders show what is in them."""
    return entry.name, () if entry.is_hidden or entry.is_folder else signature_of(entry.status)


def looked_at(folders: Iterable[str]) -> Iterator[tuple[str, tuple[Entry, ...] | None]]:
    """The entries of each of these folders and of all below them; None where they cannot be read."""
    waiting = list(folders)
    while waiting:
        folder = waiting.pop()
        found = _entries(folder)
        yield folder, found
        waiting += [entry.path for entry in found or () if entry.is_folder and not entry.is_hidden]


def _entries(folder: str) -> tuple[Entry, ...] | None:
    entries: list[Entry] = []
    try:
        with os.scandir(folder) as found:
            for each in found:
                with suppress(FileNotFoundError):  # it went meanwhile
                    entries.append(Entry(each.name, each.path, _status_of(each)))
    except OSError:
        return None
    return tuple(sorted(entries))


def _status_of(found: os.DirEntry[str]) -> os.stat_result:
    # Windows tells no inode while it lists a folder.
    return os.lstat(found.path) if sys.platform == "win32" else found.stat(follow_symlinks=False)
