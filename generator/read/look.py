"""Looking at content/ again and again in one process, told by the system which files were touched meanwhile."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.model.finding import Finding
from generator.read.decode import MAX_PAGE_BYTES
from generator.read.file_kinds import PAGE
from generator.read.opened import OpenedFile
from generator.read.walk import FoundFile, read_bytes, walk
from generator.settings import Settings


@dataclass(frozen=True, slots=True)
class Found:
    """All files below content/, and the pages among them with their bytes."""

    files: list[FoundFile]
    opened: list[OpenedFile]
    walking: list[Finding]
    """What is wrong with names and kinds of files."""
    reading: list[Finding]

    @property
    def pages(self) -> list[FoundFile]:
        return [file for file in self.files if file.suffix == PAGE]

    @property
    def others(self) -> list[FoundFile]:
        return [file for file in self.files if file.suffix != PAGE]


@dataclass
class Look:
    """What the last look found; nothing of it is relied on unless somebody says what was `touched` since."""

    touched: frozenset[str] | None = None
    """Paths of all files that may be others than at the last look; None: nobody knows."""
    _last: Found | None = field(init=False, default=None, repr=False)

    def again(self, settings: Settings) -> Found:
        """Walk and read; only the touched files, where that is enough. After it, nobody knows until somebody says so."""
        touched, last, self.touched, self._last = self.touched, self._last, None, None
        files = _same_names(last.files, touched) if last is not None and touched is not None else None
        if last is None or touched is None or files is None:
            self._last = _found(*walk(settings), settings, {})
        else:
            opened = {file.file: file for file in last.opened if file.file.path not in touched}
            self._last = _found(files, last.walking, settings, opened)
        return self._last


def _found(
    files: list[FoundFile], walking: list[Finding], settings: Settings, opened: Mapping[FoundFile, OpenedFile]
) -> Found:
    """Read the pages that are not among the `opened`."""
    found = Found(files, [], walking, [])
    for file in found.pages:
        if file in opened:
            found.opened.append(opened[file])
            continue
        data, problems = read_bytes(file, MAX_PAGE_BYTES + 1)
        found.reading.extend(problems)
        if not problems:
            found.opened.append(OpenedFile.of(file, data, settings.zone))
    return found


def _same_names(files: Sequence[FoundFile], touched: Collection[str]) -> list[FoundFile] | None:
    """The files as they are now, when nothing came, went or became something else; None where only a walk can tell."""
    new: dict[str, FoundFile] = {}
    known = {file.path: file for file in files if file.path in touched}
    for path in touched:
        try:
            status = os.lstat(path)
        except OSError:
            if path in known:
                return None
            continue  # a file that an editor wrote and renamed
        if path not in known or not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
            return None
        identity = status.st_dev, status.st_ino
        new[path] = replace(known[path], size=status.st_size, identity=identity, links=1)
    return [new.get(file.path, file) for file in files]
