"""Offsets into a text as places in its file."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from generator.model.finding import Place


class PlaceOf:
    """Turns an offset into `text` into a place; `text` begins on `first_line` of the file shown as `path`."""

    __slots__ = ("_first_line", "_path", "_starts")

    def __init__(self, text: str, path: str, first_line: int = 1) -> None:
        self._path, self._first_line = path, first_line
        self._starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))

    def __call__(self, index: int) -> Place:
        line = bisect_right(self._starts, index) - 1
        return Place(self._path, self._first_line + line, index - self._starts[line] + 1)
