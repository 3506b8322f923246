"""A metric by halves and quarters of the fiscal year: where each of them ended, never a sum or a mean of its months."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from generator.charts import sentences
from generator.compose.figure_book import Series
from generator.compose.views.figures import TermLine
from generator.model.figure import ReleasedFigure
from generator.model.period import FiscalCalendar, Term

_FEWEST_QUARTERS = 2  # fewer are no way to look at


def term_lines(series: Series, calendar: FiscalCalendar) -> tuple[TermLine, ...]:
    """Halves, the newest first, each followed by its quarters; empty while there is hardly one.

    `series` are the company's cells, oldest first. A term that still runs shows its newest month.
    """
    quarters = _ends(series, calendar, is_half=False)
    if len(quarters) < _FEWEST_QUARTERS:
        return ()
    halves = _ends(series, calendar, is_half=True)
    lines = [*_lines(quarters, is_half=False), *_lines(halves, is_half=True)]
    lines.sort(key=lambda pair: (calendar.half(pair[0].last).last, pair[1].is_half, pair[0].last), reverse=True)
    return tuple(line for _, line in lines)


def _ends(series: Series, calendar: FiscalCalendar, *, is_half: bool) -> list[tuple[Term, ReleasedFigure]]:
    """The terms with the last cell of each, oldest first."""
    term_of = calendar.half if is_half else calendar.quarter
    return [(term, list(cells)[-1]) for term, cells in groupby(series, key=lambda cell: term_of(cell.period))]


def _lines(ends: list[tuple[Term, ReleasedFigure]], *, is_half: bool) -> Iterator[tuple[Term, TermLine]]:
    before: ReleasedFigure | None = None
    for term, end in ends:
        yield term, TermLine(term.label_ja, term.period_ja, _share(end, term), _change(before, end), is_half)
        before = end


def _share(end: ReleasedFigure, term: Term) -> str:
    share = sentences.share(end)
    return share if end.period == term.last else f"{share}（途中、{end.period.month}月まで）"


def _change(before: ReleasedFigure | None, end: ReleasedFigure) -> str:
    if before is None or before.percent is None or end.percent is None:
        return sentences.NONE
    return sentences.points(end.percent - before.percent)
