"""Pieces of SQL that several kinds are put together from.

Names in them were looked up and conditions judged before (`metrics_file.Names`); names of our own begin with `_`, as no
source's or column's can.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.measure.kinds.dates import Dates, Table, dates
from generator.measure.kinds.kind import Reading
from generator.measure.warehouse import quoted
from generator.model.metric import Activity, Entity, Metric
from generator.model.period import Month


def where(condition: str | None) -> str:
    """A condition of somebody's as it stands behind WHERE, which passes over rows of which it is unknown."""
    # Line breaks keep a `-- remark` at the condition's end from swallowing what follows.
    return f"(\n{condition}\n)" if condition else "true"


def met(condition: str | None) -> str:
    """A condition of somebody's as a value: not met where it is unknown."""
    return f"coalesce({where(condition)}, false)" if condition else "true"


def name(column: str) -> str:
    """A name as names are compared: without case and surrounding space."""
    return f"lower(trim(CAST({quoted(column)} AS VARCHAR)))"


def roster_name(activity: Activity) -> str:
    """The column of `_roster`, `_present` and `_member` that an activity's names are matched with."""
    return quoted(f"_{activity.matches}")


def rows(activity: Activity, *columns: str) -> str:
    """A subquery: `_day` and `_name` of the rows that count, and more columns as they are."""
    more = "".join(f", {quoted(column)}" for column in columns)
    return f"""(
        SELECT {quoted(activity.time)} AS _day, {name(activity.column)} AS _name{more}
        FROM {quoted(activity.source)}
        WHERE {where(activity.where)} AND {quoted(activity.column)} IS NOT NULL
    )"""  # noqa: S608 -- see `quoted`


def active(reading: Reading) -> str:
    """`ends`, `name`: each name once in every month in whose days it did something.

    Names are put in lower case after they are made distinct, which are thousands and not millions.
    """
    activity = reading.activity
    written, time, source = quoted(activity.column), quoted(activity.time), quoted(activity.source)
    return f"""
        SELECT DISTINCT done.ends, {name(activity.column)} AS name
        FROM (
            SELECT DISTINCT span.ends, {written}
            FROM (
                SELECT {time} AS _day, {written} FROM {source} WHERE {where(activity.where)} AND {written} IS NOT NULL
            ) AS used JOIN _{reading.name}_days AS span ON span.day = used._day
        ) AS done
    """  # noqa: S608 -- see `quoted`


def days(reading: Reading) -> Dates:
    """`day`, `ends` and, where the reading has one, `until` of each day that belongs to a month."""
    within = reading.within
    if within is None:
        return dates({month: [(day,) for day in listed] for month, listed in reading.days.items()}, "day")
    both = {month: [(day, day + within) for day in listed] for month, listed in reading.days.items()}
    return dates(both, "day", "until")


_DIGITS = 9
"""Of an md5: 36 bits, whose sum over ten million people still fits 63."""


def _digest(person: str) -> str:
    """A number of a person whose sum over a group tells one group from another, in functions that all engines have."""
    digit = "CAST(ascii(substr(md5({person}), {place}, 1)) AS BIGINT) * {weight}"
    digits = (digit.format(person=person, place=place + 1, weight=16**place) for place in range(_DIGITS))
    return " + ".join(digits)


def people(metric: Metric, entity: Entity, months: Sequence[Month]) -> dict[str, Table]:
    """`_roster`, `_month`, `_present` and `_member`."""
    columns = {activity.matches: activity for activity in metric.activities.values()}
    names = {roster_name(activity): name(matches) for matches, activity in columns.items()}
    made = "".join(f", {expression} AS {column}" for column, expression in names.items())
    kept = "".join(f", roster.{column}" for column in names)
    return {
        "_roster": f"""
            SELECT CAST({quoted(entity.key)} AS VARCHAR) AS person,
                   CAST({quoted(entity.department)} AS VARCHAR) AS department,
                   {met(metric.population.where)} AS eligible,
                   {quoted(entity.valid_from)} AS starts, {quoted(entity.valid_to)} AS stops,
                   {_digest(f"CAST({quoted(entity.key)} AS VARCHAR)")} AS digest{made}
            FROM {quoted(entity.source)}
        """,  # noqa: S608 -- see `quoted`
        "_month": dates({month: [()] for month in months}),
        "_present": f"""
            SELECT month.ends, roster.person, roster.department, roster.eligible, roster.digest{kept}
            FROM _month AS month JOIN _roster AS roster
            ON roster.starts <= month.ends AND (roster.stops IS NULL OR month.ends <= roster.stops)
        """,  # noqa: S608 -- see `quoted`
        "_member": "SELECT * FROM _present WHERE eligible",
    }
