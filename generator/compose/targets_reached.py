"""When a department or the company first reached its target, and who gets support next.

Both are told from released integers only, so that nothing can be concluded that the figures do not show.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.compose import sections
from generator.compose.figure_book import FigureBook, Series
from generator.model.figure import COMPANY, ReleasedFigure
from generator.model.period import Month

SUPPORT_GAP = 10  # points
SUPPORT_MONTHS = 2


class TargetReached(Struct, frozen=True):
    """A target reached for the first time: the first figure there is, and the one that reached it."""

    start: ReleasedFigure
    reached: ReleasedFigure

    @property
    def address(self) -> str:
        return f"{sections.METRICS}{self.reached.metric}/milestones/{self.reached.department or 'company'}/"


def first_reached(series: Series) -> TargetReached | None:
    """The first shown figure that reaches the target after at least one that did not.

    Without an earlier figure below the target nobody can say that it was reached then.
    """
    below: ReleasedFigure | None = None
    for figure in series:
        if figure.reaches_target is None:
            continue
        if figure.reaches_target:
            return TargetReached(below, figure) if below else None
        below = below or figure
    return None


def targets_reached(book: FigureBook, metric: str) -> list[TargetReached]:
    """All of a metric: the newest month first, the company before its departments in their order."""
    departments = (department.id for department in sorted(book.organisation.departments, key=lambda d: (d.order, d.id)))
    found = (first_reached(book.series(metric, department)) for department in (COMPANY, *departments))
    return sorted((m for m in found if m), key=lambda goal: goal.reached.period, reverse=True)


def reached_in(book: FigureBook, metric: str, period: Month) -> list[TargetReached]:
    """The departments that reached their target in a month, in organisation order."""
    cells = book.departments(metric, period)
    found = (first_reached(book.series(metric, cell.department, period)) for cell in cells)
    return [goal for goal in found if goal and goal.reached.period == period]


def to_support(book: FigureBook, metric: str, period: Month) -> Iterator[ReleasedFigure]:
    """Departments more than 10 points from their target in this month and in the shown month before."""
    for cell in book.departments(metric, period):
        shown = [figure for figure in book.series(metric, cell.department, period) if figure.is_shown]
        recent = shown[-SUPPORT_MONTHS:]
        if cell.is_shown and len(recent) == SUPPORT_MONTHS and all(map(_is_far_below, recent)):
            yield cell


def _is_far_below(figure: ReleasedFigure) -> bool:
    return figure.gap is not None and figure.gap > SUPPORT_GAP
