"""Figures: as measured (exact, private) and as released (rounded, protected, the only ones pages may show)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from generator.model.metric import Direction, Metric, Unit
from generator.model.organisation import Organisation
from generator.model.period import Month

COMPANY = None  # the department of a company-wide figure


class FigureStatus(StrEnum):
    """Why a figure shows what it shows. Missing is not zero, old is not new."""

    OK = "ok"
    MISSING = "missing"  # nothing was measured in this period: 未測定
    STALE = "stale"  # the newest pull failed or is too old: shown with its date
    HELD = "held"  # measured, but held back until somebody has looked at it; pages never see it
    PROTECTED = "protected"  # not shown, or shown as a band, because few people stand behind it


class Figure(Struct, frozen=True):
    """One measured cell, exact and private. `measure` makes it, `protect` alone reads the counts.

    Its value is (numerator − against) ÷ denominator. In a share of the headcount both count distinct people, and
    `denominator` is the eligible headcount on the last day of the period, in the department as it was on that day.
    `numerator` is None when the period was not measured.

    Other kinds divide by something that nobody may know either, such as the people who answered a survey, or by
    what are no people at all, such as days. They have `groups`: the sizes of all groups of people that must not be
    told when they are small. Such a cell is safe to show when each is at least `min_group`, and says nothing else.
    """

    metric: str
    period: Month
    department: str | None
    numerator: int | None
    denominator: int
    as_of: date
    status: FigureStatus  # OK, MISSING, STALE or HELD
    target_percent: int | None = None
    against: int = 0  # taken off the numerator: the detractors of an eNPS
    groups: tuple[int, ...] = ()
    headcount: int | None = None  # eligible people, where the denominator is not they
    joiners: int = 0  # of the company: eligible people who came in the last 14 days of the period
    roster: int = 0  # of the company: everybody in the roster on the last day, eligible or not
    is_of_part: bool = False  # of the company: some departments with people in the roster have nobody eligible
    members: str = ""
    """Digest of the eligible people; the same people, the same digest. Empty when it is not known."""

    @property
    def eligible(self) -> int:
        """Eligible people on the last day of the period."""
        return self.denominator if self.headcount is None else self.headcount


def held(cell: Figure) -> Figure:
    """The cell without its value: what was released of it before takes its place."""
    return replace(cell, numerator=None, status=FigureStatus.HELD)


class MeasuredFigures(Struct, frozen=True):
    """All cells of all metrics, in a stable order (metric, period, company first, then organisation order)."""

    metrics: dict[str, Metric]
    organisation: Organisation
    cells: tuple[Figure, ...]
    anomalies: frozenset[str] = frozenset()
    """The signs of all that somebody has to look at or has accepted (`generator.measure.anomalies`)."""


class Band(Struct, frozen=True):
    """A share told as a range because an exact one would expose few people; percent, multiples of 10."""

    low: int  # 0 when open below
    high: int  # 100 when open above


class ReleasedFigure(Struct, frozen=True):
    """One cell as everybody may see it; text, table, chart, CSV and JSON all show exactly this.

    `percent` is the share rounded half up to an integer, or points from −100 to 100 as `unit` says. It is None
    when missing or protected; then `band` may hold a range. `change` is the difference to the month before in
    points, taken between the two released integers, and None unless both are shown.
    """

    metric: str
    period: Month
    department: str | None
    percent: int | None
    band: Band | None
    eligible: int  # people on the last day of the period
    target_percent: int | None
    change: int | None
    status: FigureStatus
    as_of: date
    is_stale: bool = False  # a share or a band from a pull that is too old; a band's status says PROTECTED
    unit: Unit = Unit.PERCENT
    direction: Direction = Direction.UP  # which way is better
    response_percent: int | None = None  # of a survey: who answered, of those eligible
    joiners: int = 0  # of the company: eligible people who came in the last 14 days of the period
    roster: int = 0
    """Of the company: everybody in the roster on the last day, so that nobody can shrink `eligible` unseen."""
    is_of_part: bool = False  # of the company: departments with people have nobody eligible, so it is no 「全社」
    is_held: bool = False  # missing only until somebody has looked at it; readers are told no difference

    @property
    def is_shown(self) -> bool:
        return self.percent is not None

    @property
    def reaches_target(self) -> bool | None:
        """True when what is shown is at the target or beyond; None when it cannot be said."""
        return None if self.gap is None else self.gap <= 0

    @property
    def gap(self) -> int | None:
        """Points to go to the target, negative beyond it; None when it cannot be said."""
        if self.percent is None or self.target_percent is None:
            return None
        gap = self.target_percent - self.percent
        return gap if self.direction is Direction.UP else -gap


class ReleasedFigures(Struct, frozen=True):
    """Everything the site may say in numbers; `compose.figure_book` orders it for the pages."""

    metrics: dict[str, Metric]
    organisation: Organisation
    cells: dict[tuple[str, Month, str | None], ReleasedFigure]
    """By metric, month and department."""
