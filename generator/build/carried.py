"""What pages looked up, carried over from one build to the next: nearly all pages are the same.

To gather it from all of them again takes longer than to make one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from generator.build.memory import PageRecord

K = TypeVar("K")
V = TypeVar("V")


class Carried(Struct, frozen=True):
    """What has become of the pages of the build before."""

    pages: Mapping[str, PageRecord]  # of today, by url
    made: Sequence[PageRecord]  # of those: the ones that are others than before, or new
    gone: Sequence[PageRecord]  # of the build before: those in whose place there is another or nothing

    @classmethod
    def over(cls, before: Mapping[str, PageRecord], now: Mapping[str, PageRecord]) -> Carried:
        made = [page for url, page in now.items() if before.get(url) is not page]
        return cls(now, made, [page for url, page in before.items() if now.get(url) is not page])

    def still_needed(self, known: Mapping[K, V], looked_up_by: Callable[[PageRecord], Iterable[K]]) -> dict[K, V]:
        """`known`, what the pages before had looked up, without what none of today's has."""
        lost = _all(self.gone, looked_up_by) - _all(self.made, looked_up_by)
        if lost:
            lost -= _all(self.pages.values(), looked_up_by)
        return {name: answer for name, answer in known.items() if name not in lost} if lost else dict(known)

    def looked_up(self, by: Callable[[PageRecord], Iterable[K]]) -> set[K]:
        """What the pages that were made have looked up."""
        return _all(self.made, by)


def _all(pages: Iterable[PageRecord], looked_up_by: Callable[[PageRecord], Iterable[K]]) -> set[K]:
    return {name for page in pages for name in looked_up_by(page)}
