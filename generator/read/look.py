"""Looking at content/ again and again in one process, told by the system which files were touched meanwhile."""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterable, Sequence

from msgspec.structs import replace

from generator.cache.file_clock import signature_of
from generator.cache.sight import Sight
from generator.model.finding import Finding
from generator.read.walk import FoundFile, walk
from generator.settings import Settings

Touched = frozenset[str] | None
"""Paths of all files that may be others than before; None when only looking at everything tells."""


class Look:
    """Walks through all folders, unless somebody watched them and tells that only known files were touched."""

    def __init__(self) -> None:
        self._told: list[Touched] = []
        self._last: tuple[list[FoundFile], list[Finding]] | None = None

    def tell(self, touched: Touched) -> None:
        """Say what was touched since the last look; nothing else can have changed meanwhile."""
        self._told.append(touched)

    def again(
        self, settings: Settings, sight: Sight | None = None, sound: Container[str] = frozenset()
    ) -> tuple[list[FoundFile], list[Finding]]:
        """What `walk` returns."""
        told, last, self._told, self._last = self._told, self._last, [], None
        files = _same_names(*last, told) if last is not None and told else None
        self._last = walk(settings, sight, sound) if last is None or files is None else (files, last[1])
        return self._last


def _same_names(
    files: Sequence[FoundFile], findings: Sequence[Finding], told: Iterable[Touched]
) -> list[FoundFile] | None:
    """The files as they are now, when nothing came, went or became something else; None where only a walk can tell.

    `findings` are about what else was there and is no file that a site can use.
    """
    touched: set[str] = set()
    for paths in told:
        if paths is None:
            return None
        touched |= paths
    new: dict[str, FoundFile] = {}
    known = {file.path: file for file in files if file.path in touched}
    for path in touched:
        try:
            status = os.lstat(path)
        except OSError:
            if path in known or findings:
                return None
            continue  # what an editor wrote beside and renamed
        if path not in known or not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
            return None
        identity = status.st_dev, status.st_ino
        new[path] = replace(
            known[path], size=status.st_size, identity=identity, links=1, signature=signature_of(status)
        )
    return [new.get(file.path, file) for file in files]
