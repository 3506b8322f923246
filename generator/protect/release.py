"""From decisions to released figures: the only objects with numbers that later steps ever see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from generator.model.figure import (
    Band,
    Figure,
    FigureStatus,
    MeasuredFigures,
    ReleasedFigure,
    ReleasedFigures,
)
from generator.model.ledger import ToldCell
from generator.model.metric import Direction, Metric
from generator.model.period import Month
from generator.protect.deciding import DecidedMonth
from generator.protect.grouped import judged_by_groups
from generator.protect.primary import Judgement

Key = tuple[str, Month, str | None]
Said = tuple[Figure, Judgement, int]
"""What a cell says, and of how many eligible people."""


def release(measured: MeasuredFigures, possible: Iterable[Figure], months: Iterable[DecidedMonth]) -> ReleasedFigures:
    """Put what was decided in the place of the counts; cells keep their order.

    Cells of a month that was not decided are left out, those not measured say so. A month that stays as it was
    published has the departments of that time.
    """
    possible = list(possible)
    said = dict(each for month in months for each in _said(month))
    grouped = list(judged_by_groups(possible, measured.metrics))
    undecided = [*_not_measured(possible), *(each for month in grouped for each in month.said.items())]
    said |= {_key(cell): (cell, judgement, cell.eligible) for cell, judgement in undecided}
    responses = {_key(cell): percent for month in grouped for cell, percent in month.responses.items()}
    order = dict.fromkeys((*(_key(cell) for cell in possible if _key(cell) in said), *said))
    cells = {}
    for metric, period, department in order:
        cell, judgement, eligible = said[metric, period, department]
        _, before, _ = said.get((metric, period.plus(-1), department), (cell, None, 0))
        released = _released(cell, judgement, eligible, before, measured.metrics[metric])
        cells[metric, period, department] = replace(released, response_percent=responses.get(_key(cell)))
    return ReleasedFigures(measured.metrics, measured.organisation, cells)


def _key(cell: Figure) -> Key:
    return cell.metric, cell.period, cell.department


def _not_measured(cells: Iterable[Figure]) -> Iterator[tuple[Figure, Judgement]]:
    for cell in cells:
        if cell.numerator is None or cell.status is FigureStatus.MISSING:
            is_held = cell.status is FigureStatus.HELD
            yield cell, Judgement(FigureStatus.HELD if is_held else FigureStatus.MISSING)


def _said(month: DecidedMonth) -> Iterator[tuple[Key, Said]]:
    """What each cell of a table says."""
    if month.month.kept is None:
        for figure, saying in month.sayings:
            yield _key(figure), (figure, saying.judgement, figure.eligible)
        return
    now = {figure.department: figure for figure in month.month.figures}
    whole = month.month.figures[0]
    for cell in month.month.kept.cells:
        figure = now.get(cell.department) or replace(
            whole, department=cell.department, joiners=0, roster=0, is_of_part=False
        )
        yield _key(figure), (figure, _as_told(cell, figure), cell.eligible)


def _as_told(cell: ToldCell, figure: Figure) -> Judgement:
    band = None if cell.band is None else Band(*cell.band)
    status = FigureStatus.PROTECTED if cell.percent is None else figure.status
    return Judgement(status, cell.percent, band)


def _released(cell: Figure, said: Judgement, eligible: int, before: Judgement | None, metric: Metric) -> ReleasedFigure:
    # The change is taken between the two released integers: a reader who subtracts gets the same number,
    # and a change of exact shares would tell more than the two percents do.
    then = None if before is None else before.percent
    return ReleasedFigure(
        metric=cell.metric,
        period=cell.period,
        department=cell.department,
        percent=said.percent,
        band=said.band,
        eligible=eligible,
        target_percent=cell.target_percent,
        change=None if said.percent is None or then is None else said.percent - then,
        status=said.status,
        as_of=cell.as_of,
        is_stale=cell.status is FigureStatus.STALE and (said.percent is not None or said.band is not None),
        unit=metric.unit,
        direction=metric.target.direction if metric.target else Direction.UP,
        is_of_part=cell.is_of_part and cell.roster - eligible >= metric.privacy.min_group,
        joiners=cell.joiners if cell.joiners >= metric.privacy.min_group else 0,
        roster=cell.roster if cell.roster - eligible >= metric.privacy.min_group else 0,
    )
