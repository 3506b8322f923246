"""From judgements to released figures: the only objects with numbers that later steps ever see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.model.figure import Figure, FigureStatus, MeasuredFigures, ReleasedFigure, ReleasedFigures
from generator.model.finding import Family, Finding, Place, Text
from generator.model.metric import Direction, Metric
from generator.protect.primary import Judgement, half_up


def release(measured: MeasuredFigures, judged: Mapping[Figure, Judgement]) -> ReleasedFigures:
    """Put the judgements in the place of the counts; cells keep their order."""
    percents = {(cell.metric, cell.period, cell.department): said.percent for cell, said in judged.items()}
    cells = {}
    for cell, said in judged.items():
        before = percents.get((cell.metric, cell.period.plus(-1), cell.department))
        metric = measured.metrics[cell.metric]
        cells[cell.metric, cell.period, cell.department] = _released(cell, said, before, metric)
    return ReleasedFigures(measured.metrics, measured.organisation, cells)


def _released(cell: Figure, said: Judgement, before: int | None, metric: Metric) -> ReleasedFigure:
    # The change is taken between the two released integers: a reader who subtracts gets the same number,
    # and a change of exact shares would tell more than the two percents do.
    change = None if said.percent is None or before is None else said.percent - before
    return ReleasedFigure(
        metric=cell.metric,
        period=cell.period,
        department=cell.department,
        percent=said.percent,
        band=said.band,
        eligible=cell.eligible,
        target_percent=cell.target_percent,
        change=change,
        status=said.status,
        as_of=cell.as_of,
        is_stale=cell.status is FigureStatus.STALE and (said.percent is not None or said.band is not None),
        unit=metric.unit,
        direction=metric.target.direction if metric.target else Direction.UP,
        response_percent=_response(cell, metric) if said.percent is not None else None,
        joiners=cell.joiners if cell.joiners >= metric.privacy.min_group else 0,
        roster=cell.roster if cell.roster - cell.eligible >= metric.privacy.min_group else 0,
    )


def _response(cell: Figure, metric: Metric) -> int | None:
    """Who answered a survey, of all who could, where neither they nor the others are few."""
    if not metric.is_survey or min(cell.denominator, cell.eligible - cell.denominator) < metric.privacy.min_group:
        return None
    return half_up(cell.denominator, cell.eligible)


def impossible_counts(cells: Iterable[Figure]) -> dict[Figure, Finding]:
    """Cells in which more people (or fewer than none) did something than could have done it."""
    return {cell: _impossible(cell) for cell in cells if not _is_possible(cell)}


def _is_possible(cell: Figure) -> bool:
    if cell.denominator < 0 or (cell.headcount is not None and cell.headcount < 0):
        return False
    return cell.numerator is None or (
        cell.numerator >= 0 <= cell.against and cell.numerator + cell.against <= cell.denominator
    )


def _impossible(cell: Figure) -> Finding:
    # The counts themselves stay out of the message: build logs are read by more people than the figures' owner.
    where = f"{cell.metric} {cell.period} {cell.department or 'company'}"
    return Finding(
        Family.PRIVACY,
        "impossible-counts",
        Place("content/data/metrics.yml"),
        Text(
            f"`{where}` の分子が対象者数の範囲に収まっていないため、公開してよいか判断できません",
            f"the numerator of `{where}` does not fit its headcount, so it cannot be judged what may be shown",
        ),
        Text(
            "分子と分母の条件を見直し、対象者でない人（退職者、共有アカウントなど）を分子から除いてください",
            "review both conditions and take out of the numerator who is not eligible (leavers, shared accounts)",
        ),
    )
