"""Cells that divide by something that nobody may know: they show their value, or nothing.

The sizes behind them are private, so no equation of published numbers holds between them, and `audit` has nothing to
solve. What is left is to subtract in one's head: the company's value less all shown departments leaves the hidden ones
together. So these together must be no small group either, or the smallest shown one is hidden with them (as Viva Glint
does).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator.model.figure import COMPANY, Figure
from generator.model.metric import Metric
from generator.model.period import Month
from generator.protect.primary import HIDDEN, Judgement, judge


def judged_by_groups(cells: Iterable[Figure], metrics: Mapping[str, Metric]) -> Iterator[tuple[Figure, Judgement]]:
    """What each measured cell with groups may say."""
    tables: defaultdict[tuple[str, Month], list[Figure]] = defaultdict(list)
    for cell in cells:
        if cell.groups and cell.numerator is not None:
            tables[cell.metric, cell.period].append(cell)
    for (metric, _), figures in tables.items():
        yield from _judged(figures, metrics[metric].privacy.min_group).items()


def _judged(figures: list[Figure], min_group: int) -> dict[Figure, Judgement]:
    said = {figure: judge(figure, min_group) for figure in figures}
    departments = [figure for figure in figures if figure.department is not COMPANY]
    is_whole_shown = any(said[figure] != HIDDEN for figure in figures if figure.department is COMPANY)
    while is_whole_shown and _is_small_together([f for f in departments if said[f] == HIDDEN], min_group):
        shown = [figure for figure in departments if said[figure] != HIDDEN]
        if not shown:
            break
        said[min(shown, key=lambda figure: (min(figure.groups), figure.department or ""))] = HIDDEN
    return said


def _is_small_together(hidden: list[Figure], min_group: int) -> bool:
    return bool(hidden) and min(map(sum, zip(*(figure.groups for figure in hidden), strict=True))) < min_group
