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

    @property
    def label_ja(self) -> str:
        """As a Japanese reader says it: 「9割以上」, 「2割未満」, 「3割以上7割未満」."""
        low, high = f"{self.low // 10}割以上", f"{self.high // 10}割未満"
        if self.high == 100:
            return low
        return high if self.low == 0 else f"{low}{high}"


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
    """Everything the site may say in numbers. Lookups return None for a cell that does not exist."""

    metrics: dict[str, Metric]
    organisation: Organisation
    cells: dict[tuple[str, Month, str | None], ReleasedFigure]

    def get(self, metric: str, period: Month, department: str | None = COMPANY) -> ReleasedFigure | None:
        return self.cells.get((metric, period, department))

    def periods(self, metric: str) -> list[Month]:
        """The months of a metric, oldest first."""
        return sorted({period for name, period, _ in self.cells if name == metric})

    def latest(self, metric: str, department: str | None = COMPANY) -> ReleasedFigure | None:
        """The newest cell, whatever its status."""
        series = self.series(metric, department)
        return series[-1] if series else None

    def series(self, metric: str, department: str | None = COMPANY) -> list[ReleasedFigure]:
        """One department's cells, oldest first."""
        return [c for p in self.periods(metric) if (c := self.get(metric, p, department)) is not None]

    def by_department(self, metric: str, period: Month) -> list[ReleasedFigure]:
        """The departments' cells of one month, in organisation order."""
        units = self.organisation.units_on(period.last_day)
        return [c for unit in units if (c := self.get(metric, period, unit.id)) is not None]
