"""Figures: as measured (exact, private) and as released (rounded, protected, the only ones pages may show)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.model.metric import Metric
from generator.model.organisation import Organisation
from generator.model.period import Month

COMPANY = None  # the department of a company-wide figure


class FigureStatus(StrEnum):
    """Why a figure shows what it shows. Missing is not zero, old is not new."""

    OK = "ok"
    MISSING = "missing"  # nothing was measured in this period: 未測定
    STALE = "stale"  # the newest pull failed or is too old: shown with its date
    PROTECTED = "protected"  # not shown, or shown as a band, because few people stand behind it


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured cell, exact and private. `measure` makes it, `protect` alone reads the counts.

    `numerator` and `denominator` count distinct people; `numerator` is None when the period was not
    measured. `denominator` is the eligible headcount on the last day of the period, in the
    department as it was on that day.
    """

    metric: str
    period: Month
    department: str | None
    numerator: int | None
    denominator: int
    as_of: date
    status: FigureStatus  # OK, MISSING or STALE
    target_percent: int | None = None


@dataclass(frozen=True, slots=True)
class MeasuredFigures:
    """All cells of all metrics, in a stable order (metric, period, company first, then organisation order)."""

    metrics: dict[str, Metric]
    organisation: Organisation
    cells: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A share told as a range because an exact one would expose few people; percent, multiples of 10."""

    low: int  # 0 when open below
    high: int  # 100 when open above


@dataclass(frozen=True, slots=True)
class ReleasedFigure:
    """One cell as everybody may see it; text, table, chart, CSV and JSON all show exactly this.

    `percent` is the share rounded half up to an integer. It is None when missing or protected;
    then `band` may hold a range. `change` is the difference to the month before in points, taken
    between the two released integers, and None unless both are shown.
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

    @property
    def is_shown(self) -> bool:
        return self.percent is not None

    @property
    def reaches_target(self) -> bool | None:
        """True when the shown share is at least the target; None when it cannot be said."""
        if self.percent is None or self.target_percent is None:
            return None
        return self.percent >= self.target_percent


@dataclass(frozen=True, slots=True)
class ReleasedFigures:
    """Everything the site may say in numbers; `compose.figure_book` orders it for the pages."""

    metrics: dict[str, Metric]
    organisation: Organisation
    cells: dict[tuple[str, Month, str | None], ReleasedFigure]
    """By metric, month and department."""
