"""Where the released months lead: the share to expect in the month in which the target is due.

A straight line through the log odds of the shares: unlike one through the shares it never leaves 0–100 %, and it bends
as the last people are always the slowest. The range around it is the prediction interval of least squares, in which
nine of ten next months would lie if the course stays what it was. Everything is computed from the released integers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum, auto

from msgspec import Struct

from generator.model.figure import FigureStatus, ReleasedFigure
from generator.model.metric import Direction
from generator.model.period import Month, months_between

LEAST_MONTHS = 6
MOST_MONTHS = 12
"""How many of the newest months are followed: what was before tells little of what comes."""
FURTHEST = 12
"""Months ahead that are told at most."""

_T = {4: 2.132, 5: 2.015, 6: 1.943, 7: 1.895, 8: 1.860, 9: 1.833, 10: 1.812}
"""Student's t for a two-sided 90 %, by degrees of freedom (months − 2)."""
_ROUNDING = 1 / 12
"""Variance, in points², of an integer that may stand for anything half a point around it."""


class Unforeseeable(Enum):
    """Why nothing can be said of the target's month."""

    TOO_FEW_MONTHS = auto()
    NOT_APPROACHING = auto()


class Expected(Struct, frozen=True):
    """The range of one coming month, in percent."""

    period: Month
    low: int  # rounded down
    high: int  # rounded up


class Forecast(Struct, frozen=True):
    """The months to come, up to the one in which the target is due; never empty."""

    months: tuple[Expected, ...]
    basis: int  # months that were followed

    @property
    def due(self) -> Expected:
        return self.months[-1]


def forecast(
    series: Sequence[ReleasedFigure], due: Month, since: Month | None = None
) -> Forecast | Unforeseeable | None:
    """What to expect from the month after `series` (oldest first) to `due`.

    Months before `since` are left out: those before a reorganisation do not compare. None when there is nothing to
    foresee: the target is reached or was due, `due` is more than a year away, or the last month is old or not shown.
    """
    last = series[-1]
    ahead = months_between(last.period.plus(1), due)
    if last.status is not FigureStatus.OK or last.reaches_target or not 0 < len(ahead) <= FURTHEST:
        return None
    oldest = max(last.period.plus(1 - MOST_MONTHS), since or series[0].period)
    known = [(cell.period, cell.percent) for cell in series if cell.period >= oldest and cell.percent is not None]
    if len(known) < LEAST_MONTHS:
        return Unforeseeable.TOO_FEW_MONTHS
    line = Line.through([(_index(month), percent) for month, percent in known])
    if line.slope <= 0 if last.direction is Direction.UP else line.slope >= 0:
        return Unforeseeable.NOT_APPROACHING
    return Forecast(tuple(_expected(line, month) for month in ahead), len(known))


def _index(month: Month) -> int:
    return month.year * 12 + month.month


def _expected(line: Line, month: Month) -> Expected:
    middle, reach = line.at(_index(month)), line.reach(_index(month))
    return Expected(month, math.floor(_share(middle - reach)), math.ceil(_share(middle + reach)))


class Line(Struct, frozen=True):
    """Log odds over time, fitted by least squares."""

    slope: float  # log odds a month
    middle: float  # mean of the months
    level: float  # log odds in `middle`
    spread: float  # sum of the squared distances of the months from `middle`
    variance: float  # of one month's log odds around the line
    months: int

    @classmethod
    def through(cls, points: Sequence[tuple[float, float]]) -> Line:
        """The line through (month, percent) pairs, of which at least `LEAST_MONTHS` are needed."""
        odds = [(x, _log_odds(percent)) for x, percent in points]
        middle = math.fsum(x for x, _ in odds) / len(odds)
        level = math.fsum(y for _, y in odds) / len(odds)
        spread = math.fsum((x - middle) ** 2 for x, _ in odds)
        slope = math.fsum((x - middle) * (y - level) for x, y in odds) / spread
        left = math.fsum((y - level - slope * (x - middle)) ** 2 for x, y in odds) / (len(odds) - 2)
        # Months that happen to lie on a line are still rounded ones.
        rounded = math.fsum(_ROUNDING * _steepness(percent) ** 2 for _, percent in points) / len(odds)
        return cls(slope, middle, level, spread, max(left, rounded), len(odds))

    def at(self, x: float) -> float:
        """Log odds in month `x`."""
        return self.level + self.slope * (x - self.middle)

    def reach(self, x: float) -> float:
        """How far month `x` may lie from the line, in log odds."""
        return _T[self.months - 2] * math.sqrt(
            self.variance * (1 + 1 / self.months + (x - self.middle) ** 2 / self.spread)
        )


def _log_odds(percent: float) -> float:
    inner = _inner(percent)
    return math.log(inner / (100 - inner))


def _steepness(percent: float) -> float:
    """How much the log odds change with one point."""
    inner = _inner(percent)
    return 100 / (inner * (100 - inner))


def _inner(percent: float) -> float:
    return min(max(percent, 0.5), 99.5)  # a rounded 0 or 100 is not nobody or everybody


def _share(log_odds: float) -> float:
    return 100 / (1 + math.exp(-log_odds))
