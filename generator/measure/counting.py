"""Counts people: who was active in a month over who was there on its last day, all months of a metric in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.measure.warehouse import Warehouse, quoted
from generator.model.metric import Entity, Metric
from generator.model.period import Month


@dataclass(frozen=True, slots=True)
class Count:
    """People of one month and department (None: the company)."""

    period: Month
    department: str | None
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Active names of one month, and how many of them nobody in the roster had on its last day."""

    period: Month
    active: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Everything one metric's rows have to say. Counts only; nobody's name."""

    counts: tuple[Count, ...]
    measured: frozenset[Month]
    """Months in which the numerator's source has any row."""
    unmatched: tuple[Unmatched, ...]
    doubled: tuple[tuple[Month, int], ...]
    """Months in which people stand in two departments at once, and how many."""
    shared: tuple[tuple[Month, int], ...]
    """Months in which several people share one name that activity is matched by, and how many names."""
    departments: tuple[tuple[str | None, Month], ...]
    """Each department in the denominator with the months it stands there."""


def first_day(metric: Metric, warehouse: Warehouse) -> date | None:
    """The earliest day of the numerator's rows."""
    rows = warehouse.query(f"SELECT min({quoted(metric.numerator.time)}) FROM {quoted(metric.numerator.source)}")  # noqa: S608 -- see `quoted`
    day = rows[0][0]
    return day if isinstance(day, date) else None


def count(metric: Metric, entity: Entity, months: Sequence[Month], warehouse: Warehouse) -> Counted:
    """Count `metric` for `months`; a person counts in the department of the month's last day.

    The names in the SQL were looked up and the conditions judged before (`metrics_file.Names`).
    """
    warehouse.run(_present(metric, entity), [[month.last_day for month in months]])
    warehouse.run(_active(metric))
    try:
        return Counted(
            counts=tuple(_count(row) for row in warehouse.query(_COUNTS)),
            measured=frozenset(_month(day) for (day,) in warehouse.query(_measured(metric)) if day is not None),
            unmatched=tuple(Unmatched(_month(day), _int(a), _int(u)) for day, a, u in warehouse.query(_UNMATCHED)),
            doubled=tuple((_month(day), _int(people)) for day, people in warehouse.query(_DOUBLED)),
            shared=tuple((_month(day), _int(names)) for day, names in warehouse.query(_SHARED)),
            departments=tuple((_text(name), _month(day)) for name, day in warehouse.query(_DEPARTMENTS)),
        )
    finally:
        warehouse.run("DROP TABLE _present")
        warehouse.run("DROP TABLE _active")


def _name(column: str) -> str:
    """The SQL of a name as names are compared: without case and surrounding space."""
    return f"lower(trim({quoted(column)}::VARCHAR))"


def _met(condition: str | None) -> str:
    return f"coalesce((\n{condition}\n), false)" if condition else "true"


def _present(metric: Metric, entity: Entity) -> str:
    """Everybody in the roster on the last day of each month, eligible or not."""
    return f"""
        CREATE TEMP TABLE _present AS
        SELECT month.ends, roster.* EXCLUDE (starts, stops)
        FROM (SELECT unnest(?::DATE[]) AS ends) AS month
        JOIN (
            SELECT {quoted(entity.key)}::VARCHAR AS person,
                   {quoted(entity.department)}::VARCHAR AS department,
                   {_name(metric.numerator.matches)} AS name,
                   {_met(metric.denominator.where)} AS eligible,
                   {quoted(entity.valid_from)} AS starts,
                   {quoted(entity.valid_to)} AS stops
            FROM {quoted(entity.source)}
        ) AS roster
        ON roster.starts <= month.ends AND (roster.stops IS NULL OR month.ends <= roster.stops)
    """  # noqa: S608 -- see `quoted`


def _active(metric: Metric) -> str:
    """Each name once in every month in which it did what the metric counts."""
    counted = metric.numerator
    return f"""
        CREATE TEMP TABLE _active AS
        SELECT DISTINCT last_day({quoted(counted.time)}) AS ends, {_name(counted.column)} AS name
        FROM {quoted(counted.source)}
        WHERE {_met(counted.where)} AND {quoted(counted.column)} IS NOT NULL
    """  # noqa: S608 -- see `quoted`


def _measured(metric: Metric) -> str:
    counted = metric.numerator
    return f"SELECT DISTINCT last_day({quoted(counted.time)}) FROM {quoted(counted.source)}"  # noqa: S608 -- see `quoted`


# The tables' names begin with `_`, as no source's can.
_COUNTS = """
    SELECT ends, department, grouping(department) = 1 AS is_company,
           count(DISTINCT person) FILTER (active.name IS NOT NULL) AS numerator,
           count(DISTINCT person) AS denominator
    FROM _present LEFT JOIN _active AS active USING (ends, name)
    WHERE eligible
    GROUP BY GROUPING SETS ((ends, department), (ends))
    ORDER BY ends, is_company DESC, department
"""
_UNMATCHED = """
    SELECT ends, count(*), count(*) FILTER (NOT EXISTS (
        SELECT 1 FROM _present AS present WHERE present.ends = active.ends AND present.name = active.name
    ))
    FROM _active AS active WHERE ends IN (SELECT ends FROM _present)
    GROUP BY ends ORDER BY ends
"""
_DOUBLED = """
    SELECT ends, count(*)
    FROM (SELECT ends, person FROM _present WHERE eligible GROUP BY ends, person HAVING count(DISTINCT department) > 1)
    GROUP BY ends ORDER BY ends
"""
_SHARED = """
    SELECT ends, count(*)
    FROM (SELECT ends, name FROM _present WHERE eligible AND name <> '' GROUP BY ends, name
          HAVING count(DISTINCT person) > 1)
    GROUP BY ends ORDER BY ends
"""
_DEPARTMENTS = "SELECT DISTINCT department, ends FROM _present WHERE eligible ORDER BY department NULLS FIRST, ends"


def _count(row: tuple[object, ...]) -> Count:
    ends, department, is_company, numerator, denominator = row
    return Count(_month(ends), None if is_company else str(department), _int(numerator), _int(denominator))


def _month(day: object) -> Month:
    if not isinstance(day, date):
        raise TypeError(f"DuckDB gave {day!r} for a date")
    return Month.of(day)


def _int(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"DuckDB gave {value!r} for a count")
    return value


def _text(value: object) -> str | None:
    return None if value is None else str(value)
