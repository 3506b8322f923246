"""Which existing file was probably meant by a path that leads nowhere."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from generator.model.finding import closest

_MAX_COMPARED = 500  # names of one folder; comparing more would cost more than the hint is worth


class Nearby:
    """Paths below content/ by their names and by their folders, so that a broken link costs no walk over all."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._names: dict[str, list[str]] = defaultdict(list)
        for path in sorted(paths):
            folder, name = posixpath.split(path)
            self._by_name[name.casefold()].append(path)
            self._names[folder].append(name)
        self._near = cache(self._compared)

    def meant_by(self, path: str, source: str) -> str | None:
        """The file of this name elsewhere, else that of a name like it in the same folder, never `source` itself."""
        return next((near for near in self._near(path) if near != source), None)

    def _compared(self, path: str) -> list[str]:
        folder, name = posixpath.split(path)
        if same := self._by_name.get(name.casefold()):
            return same
        near = closest(name, self._names.get(folder, [])[:_MAX_COMPARED])
        return [] if near is None else [posixpath.join(folder, near)]
