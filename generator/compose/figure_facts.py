"""Digests of the released figures, as finely as pages look at them: the definitions, the months up to one, one month."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby

from generator.compose.figure_book import FigureBook
from generator.compose.uses import metric_and_month
from generator.model.as_text import as_text

Digest = Callable[..., bytes]
"""Digest of some texts."""


class FigureFacts:
    """The digests of one book; those of months are made when a metric is first asked for."""

    def __init__(self, book: FigureBook, digest: Digest) -> None:
        self.book, self.digest = book, digest
        self._until: dict[str, Mapping[str, bytes]] = {}
        """By metric and then by month: digest of the cells up to that month, oldest month first."""

    def definitions(self, _: str) -> bytes:
        """Of everything that is known of the metrics, their figures apart."""
        return self.digest(as_text(self.book.definitions))

    def figures(self, about: str) -> bytes:
        """Of the cells of a metric up to a month, or of all of them."""
        metric, until = metric_and_month(about)
        found = [known for month, known in self._months_of(metric).items() if not until or month <= str(until)]
        return found[-1] if found else self.digest()

    def month(self, about: str) -> bytes:
        """Of whether there is a page about a month."""
        metric, month = metric_and_month(about)
        return self.digest(str(month is not None and self.book.has_month(metric, month)))

    def _months_of(self, metric: str) -> Mapping[str, bytes]:
        if metric not in self._until:
            found: dict[str, bytes] = {}
            before = ""
            for month, cells in groupby(self.book.all_cells(metric), key=lambda cell: str(cell.period)):
                found[month] = self.digest(before, repr(list(cells)))
                before = found[month].hex()
            self._until[metric] = found
        return self._until[metric]
