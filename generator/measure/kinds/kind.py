"""What a kind of metric has to say: which rows it needs, and the SQL that makes numbers of people of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Protocol, TypeVar

from msgspec import Struct

from generator.measure.calendar import Calendar
from generator.measure.kinds.dates import Table
from generator.model.metric import Activity, Metric
from generator.model.period import Month

M_contra = TypeVar("M_contra", bound=Metric, contravariant=True)


class Reading(Struct, frozen=True):
    """Rows that a kind needs: what was done on which days. A month without any such row is not measured."""

    name: str
    """What the kind calls it."""
    key: str
    """Where it is declared below the metric."""
    activity: Activity
    days: Mapping[Month, Sequence[date]]
    """The days that belong to the figure of a month."""
    within: timedelta | None = None
    """How long after a day something else still belongs to it: the column `until` of its days."""

    @property
    def ends_with_the_month(self) -> bool:
        """Whether the roster of the month's last day is the one to look its names up in."""
        return all(days[-1] == month.last_day for month, days in self.days.items())


class Kind(Protocol[M_contra]):
    """One way of counting; a module of this folder each."""

    def readings(self, metric: M_contra, calendar: Calendar) -> tuple[Reading, ...]:
        """The rows that are needed for the months of `calendar`."""
        ...

    def counted(self, metric: M_contra, calendar: Calendar) -> Mapping[str, Table]:
        """Common table expressions by name, the last one `_counted`: a row for each eligible person and month.

        Its columns are `ends` (the month's last day), `department`, `person`, and what the person adds to the
        figure: `numerator`, `denominator`, `against`, and `group_1` to `group_3`, which are NULL where the kind has
        no such group (`model.figure.Figure`).

        They may use `_present` (everybody in the roster on the last day of each month), `_member` (those of them who
        are eligible), `_roster` (all rows of the roster) and, for each reading, `_<name>` (`ends` and `name` of all who
        did something in its days) and `_<name>_days`. Only what DuckDB, PostgreSQL and Spark all have is used, and no
        arithmetic with days.
        """
        ...
