"""The one SQL statement of a metric: every month and department, and everything that judges the counts.

It is a single SELECT with common table expressions in a dialect that DuckDB, PostgreSQL and Spark share, so that the
same text counts wherever the rows lie.
"""

from __future__ import annotations

from collections.abc import Callable

from generator.measure.calendar import Calendar, days_until
from generator.measure.kinds import KINDS, Reading, sql
from generator.measure.kinds.dates import Dates, dates
from generator.measure.warehouse import quoted
from generator.model.metric import Entity, Metric
from generator.model.metric_kinds import scale_of

JOINING_DAYS = 14
"""For so many days somebody who has come is called new (対象（新任）)."""


def statement(
    metric: Metric, entity: Entity, calendar: Calendar, write: Callable[[Dates], str] = Dates.in_any_engine
) -> str:
    """The SQL of a metric: lines of `part`, `ends`, `name` and seven numbers, told apart by `part`.

    `write` is how its days are written.
    """
    tables = sql.people(metric, entity, calendar.months)
    for reading in readings(metric, calendar):
        tables |= {f"_{reading.name}_days": sql.days(reading), f"_{reading.name}": sql.active(reading)}
    tables |= KINDS[metric.kind].counted(metric, calendar)
    joining = {month: [(days_until(month.last_day, JOINING_DAYS)[0],)] for month in calendar.months}
    tables |= {"_joining": dates(joining, "starts")}
    parts = [
        _COUNTS,
        _JOINERS,
        _ROSTER,
        _STAFFED,
        _MEMBERS,
        _DOUBLED,
        *_judged_readings(readings(metric, calendar)),
        _judged_names(metric),
        *_judged_answers(metric),
    ]
    texts = {name: write(table) if isinstance(table, Dates) else table for name, table in tables.items()}
    listed = ",\n".join(f"{name} AS ({text})" for name, text in texts.items())
    return f"WITH {listed}\n" + "\nUNION ALL\n".join(parts)


def readings(metric: Metric, calendar: Calendar) -> tuple[Reading, ...]:
    """The rows that a metric needs."""
    return KINDS[metric.kind].readings(metric, calendar)


_NUMBERS = 7  # numerator, denominator, against, eligible and three groups; other parts use the first ones


def _part(part: str, ends: str, name: str, numbers: list[str], rest: str) -> str:
    """One SELECT of the statement."""
    filled = [*numbers, *["NULL"] * (_NUMBERS - len(numbers))]
    columns = ", ".join(f"CAST({number} AS BIGINT) AS number_{place}" for place, number in enumerate(filled, start=1))
    return f"SELECT {part} AS part, {ends} AS ends, CAST({name} AS VARCHAR) AS name, {columns} {rest}"


_COUNTS = _part(
    "CASE WHEN grouping(department) = 1 THEN 'company' ELSE 'department' END",
    "ends",
    "department",
    [
        *("sum(numerator)", "sum(denominator)", "sum(against)", "count(*)"),
        *("sum(group_1)", "sum(group_2)", "sum(group_3)"),
    ],
    "FROM _counted GROUP BY GROUPING SETS ((ends, department), (ends))",
)
_JOINERS = _part(
    "'joiners'",
    "joined.ends",
    "NULL",
    ["count(*)"],
    """FROM (
        SELECT member.ends, member.person FROM _member AS member
        JOIN (SELECT person, min(starts) AS day FROM _roster GROUP BY person) AS arrival
        ON arrival.person = member.person
        JOIN _joining AS span ON span.ends = member.ends AND arrival.day BETWEEN span.starts AND span.ends
        GROUP BY member.ends, member.person
    ) AS joined GROUP BY joined.ends""",
)
_ROSTER = _part("'roster'", "ends", "NULL", ["count(DISTINCT person)"], "FROM _present GROUP BY ends")
_STAFFED = _part("'staffed'", "ends", "department", [], "FROM _present GROUP BY ends, department")
_MEMBERS = _part(
    "CASE WHEN grouping(department) = 1 THEN 'company members' ELSE 'department members' END",
    "ends",
    "department",
    ["sum(digest)"],
    """FROM (SELECT DISTINCT ends, department, person, digest FROM _member) AS listed
    GROUP BY GROUPING SETS ((ends, department), (ends))""",
)
_DOUBLED = _part(
    "'doubled'",
    "ends",
    "NULL",
    ["count(*)"],
    """FROM (
        SELECT ends, person FROM _member GROUP BY ends, person HAVING count(DISTINCT department) > 1
    ) AS several GROUP BY ends""",
)


def _judged_readings(readings: tuple[Reading, ...]) -> list[str]:
    """Rows of each reading by month, and names of it that the roster does not have."""
    parts = []
    for reading in readings:
        parts.append(_part("'rows'", "span.ends", f"'{reading.name}'", ["sum(done._found)"], _rows(reading)))
        if not reading.ends_with_the_month:
            continue
        known = f"""FROM _{reading.name} AS seen LEFT JOIN (
            SELECT DISTINCT ends, {sql.roster_name(reading.activity)} AS name FROM _present
        ) AS present ON present.ends = seen.ends AND present.name = seen.name GROUP BY seen.ends"""  # noqa: S608 -- see `quoted`
        unknown = "sum(CASE WHEN present.name IS NULL THEN 1 ELSE 0 END)"
        parts.append(_part("'unmatched'", "seen.ends", f"'{reading.key}'", ["count(*)", unknown], known))
    return parts


def _rows(reading: Reading) -> str:
    """The rows of a reading day by day, beside the days of its months: to join days takes less than to join rows."""
    day, source = quoted(reading.activity.time), quoted(reading.activity.source)
    days = [at for listed in reading.days.values() for at in listed]
    return f"""FROM (
            SELECT {day} AS _day, count(*) AS _found FROM {source}
            WHERE {day} BETWEEN CAST('{min(days)}' AS DATE) AND CAST('{max(days)}' AS DATE) GROUP BY {day}
        ) AS done JOIN _{reading.name}_days AS span ON span.day = done._day GROUP BY span.ends"""  # noqa: S608 -- see `quoted`


def _judged_names(metric: Metric) -> str:
    """Names that several eligible people share, in any of the columns that activity is matched with."""
    columns = dict.fromkeys(sql.roster_name(activity) for activity in metric.activities.values())
    shared = " UNION ALL ".join(
        f"""SELECT ends, {column} AS name FROM _member WHERE {column} <> ''
            GROUP BY ends, {column} HAVING count(DISTINCT person) > 1"""  # noqa: S608 -- see `quoted`
        for column in columns
    )
    return _part("'shared'", "ends", "NULL", ["count(*)"], f"FROM ({shared}) AS names GROUP BY ends")


def _judged_answers(metric: Metric) -> list[str]:
    """Answers outside the scale, if the metric has one."""
    scale = scale_of(metric)
    if scale is None:
        return []
    answers, low, high = scale
    value = quoted(answers.value)
    rest = f"""FROM {sql.rows(answers, answers.value)} AS answer JOIN _answers_days AS span ON span.day = answer._day
        WHERE answer.{value} < {low} OR answer.{value} > {high} GROUP BY span.ends"""
    return [_part("'outside'", "span.ends", "NULL", ["count(*)"], rest)]
