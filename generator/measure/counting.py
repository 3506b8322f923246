"""Counts people: one statement a metric gives the counts of all months and departments, and all that judges them.

The statement is a single SELECT with common table expressions in a dialect that DuckDB, PostgreSQL and Spark share, so
that the same text counts wherever the rows lie. Only counts come back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.measure.calendar import Calendar, days_until
from generator.measure.kinds import KINDS, Reading, sql
from generator.measure.warehouse import Warehouse, quoted
from generator.model.metric import Entity, Metric
from generator.model.metric_kinds import scale_of
from generator.model.period import Month

JOINING_DAYS = 14
"""For so many days somebody who has come is called new (対象（新任）)."""


@dataclass(frozen=True, slots=True)
class Count:
    """What one month and department (None: the company) adds up to; `model.figure.Figure` says what each means."""

    period: Month
    department: str | None
    numerator: int
    denominator: int
    against: int
    eligible: int
    groups: tuple[int, ...]
    joiners: int
    roster: int
    """Everybody in the roster, eligible or not; of the company, like the joiners."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Active names of one month, and how many of them nobody in the roster had on its last day."""

    key: str
    """Of the activity."""
    period: Month
    active: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Everything one metric's rows have to say. Counts only; nobody's name."""

    counts: tuple[Count, ...]
    rows: Mapping[str, Mapping[Month, int]]
    """Rows of each reading by month."""
    unmatched: tuple[Unmatched, ...]
    doubled: tuple[tuple[Month, int], ...]
    """Months in which people stand in two departments at once, and how many."""
    shared: tuple[tuple[Month, int], ...]
    """Months in which several people share one name that activity is matched by, and how many names."""
    outside: tuple[tuple[Month, int], ...]
    """Months with answers that are not on the scale, and how many."""
    departments: tuple[tuple[str | None, Month], ...]
    """Each department with eligible people, and the months in which it has them."""

    @property
    def measured(self) -> frozenset[Month]:
        """Months in which every reading has any row."""
        return frozenset.intersection(*(frozenset(months) for months in self.rows.values()))


def first_day(source: str, column: str, warehouse: Warehouse) -> date | None:
    """The earliest day of a source's rows."""
    ((day,),) = warehouse.query(f"SELECT min({quoted(column)}) FROM {quoted(source)}")  # noqa: S608 -- see `quoted`
    return day if isinstance(day, date) else None


def count(metric: Metric, entity: Entity, calendar: Calendar, warehouse: Warehouse) -> Counted:
    """Count `metric` for the months of `calendar`; a person counts in the department of the month's last day.

    The names in the SQL were looked up and the conditions judged before (`metrics_file.Names`).
    """
    parts: defaultdict[str, list[_Line]] = defaultdict(list)
    for part, ends, name, *numbers in warehouse.query(statement(metric, entity, calendar)):
        parts[str(part)].append(_Line(_month(ends), None if name is None else str(name), tuple(map(_int, numbers))))
    for lines in parts.values():
        lines.sort(key=lambda line: (line.period, line.name is not None, line.name or ""))
    joiners = {line.period: _known(line.numbers[0]) for line in parts["joiners"]}
    roster = {line.period: _known(line.numbers[0]) for line in parts["roster"]}
    departments = parts["department"]
    cells = [*parts["company"], *(line for line in departments if line.name is not None)]
    rows: dict[str, dict[Month, int]] = {reading.name: {} for reading in _readings(metric, calendar)}
    for line in parts["rows"]:
        rows[str(line.name)][line.period] = _known(line.numbers[0])
    return Counted(
        counts=tuple(_count(line, joiners, roster) if line.name is None else _count(line, {}, {}) for line in cells),
        rows=rows,
        unmatched=tuple(Unmatched(str(line.name), line.period, *_two(line)) for line in parts["unmatched"]),
        doubled=tuple((line.period, _known(line.numbers[0])) for line in parts["doubled"]),
        shared=_shared(parts["shared"]),
        outside=tuple((line.period, _known(line.numbers[0])) for line in parts["outside"]),
        departments=tuple((line.name, line.period) for line in departments),
    )


def statement(metric: Metric, entity: Entity, calendar: Calendar) -> str:
    """The SQL of a metric: lines of `part`, `ends`, `name` and seven numbers, told apart by `part`."""
    kind = KINDS[metric.kind]
    readings = kind.readings(metric, calendar)
    tables = sql.people(metric, entity, calendar.months)
    for reading in readings:
        tables |= {f"_{reading.name}_days": sql.days(reading), f"_{reading.name}": sql.active(reading)}
    tables |= kind.counted(metric, calendar)
    last_days = {month: [(day,) for day in days_until(month.last_day, JOINING_DAYS)] for month in calendar.months}
    tables |= {"_joining_days": sql.dates(last_days, "day")}
    parts = [
        _COUNTS,
        _JOINERS,
        _ROSTER,
        _DOUBLED,
        *_judged_readings(readings),
        *_judged_names(metric),
        *_judged_answers(metric),
    ]
    listed = ",\n".join(f"{name} AS ({text})" for name, text in tables.items())
    return f"WITH {listed}\n" + "\nUNION ALL\n".join(parts)


def _readings(metric: Metric, calendar: Calendar) -> tuple[Reading, ...]:
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
        JOIN _joining_days AS span ON span.ends = member.ends AND span.day = arrival.day
        GROUP BY member.ends, member.person
    ) AS joined GROUP BY joined.ends""",
)
_ROSTER = _part("'roster'", "ends", "NULL", ["count(DISTINCT person)"], "FROM _present GROUP BY ends")
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
        rows = f"""FROM (
            SELECT {quoted(reading.activity.time)} AS day, count(*) AS found FROM {quoted(reading.activity.source)}
            GROUP BY {quoted(reading.activity.time)}
        ) AS daily JOIN _{reading.name}_days AS span ON span.day = daily.day GROUP BY span.ends"""  # noqa: S608 -- see `quoted`
        parts.append(_part("'rows'", "span.ends", f"'{reading.name}'", ["sum(daily.found)"], rows))
        if not reading.ends_with_the_month:
            continue
        known = f"""FROM _{reading.name} AS seen LEFT JOIN (
            SELECT DISTINCT ends, {sql.roster_name(reading.activity)} AS name FROM _present
        ) AS present ON present.ends = seen.ends AND present.name = seen.name GROUP BY seen.ends"""  # noqa: S608 -- see `quoted`
        unknown = "sum(CASE WHEN present.name IS NULL THEN 1 ELSE 0 END)"
        parts.append(_part("'unmatched'", "seen.ends", f"'{reading.key}'", ["count(*)", unknown], known))
    return parts


def _judged_names(metric: Metric) -> list[str]:
    """Names that several eligible people share, for each column that activity is matched with."""
    columns = dict.fromkeys(sql.roster_name(activity) for activity in metric.activities.values())
    return [
        _part(
            "'shared'",
            "ends",
            "NULL",
            ["count(*)"],
            f"""FROM (
                SELECT ends, {column} AS name FROM _member WHERE {column} <> ''
                GROUP BY ends, {column} HAVING count(DISTINCT person) > 1
            ) AS names GROUP BY ends""",  # noqa: S608 -- see `quoted`
        )
        for column in columns
    ]


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


@dataclass(frozen=True, slots=True)
class _Line:
    period: Month
    name: str | None
    numbers: tuple[int | None, ...]


def _count(line: _Line, joiners: Mapping[Month, int], roster: Mapping[Month, int]) -> Count:
    numerator, denominator, against, eligible, *groups = line.numbers
    return Count(
        period=line.period,
        department=line.name,
        numerator=_known(numerator),
        denominator=_known(denominator),
        against=_known(against),
        eligible=_known(eligible),
        groups=tuple(group for group in groups if group is not None),
        joiners=joiners.get(line.period, 0),
        roster=roster.get(line.period, 0),
    )


def _shared(lines: list[_Line]) -> tuple[tuple[Month, int], ...]:
    months: defaultdict[Month, int] = defaultdict(int)
    for line in lines:
        months[line.period] += _known(line.numbers[0])
    return tuple(sorted(months.items()))


def _two(line: _Line) -> tuple[int, int]:
    return _known(line.numbers[0]), _known(line.numbers[1])


def _month(day: object) -> Month:
    if not isinstance(day, date):
        raise TypeError(f"the engine gave {day!r} for a date")
    return Month.of(day)


def _int(value: object) -> int | None:
    if value is not None and not isinstance(value, int):
        raise TypeError(f"the engine gave {value!r} for a count")
    return value


def _known(value: int | None) -> int:
    if value is None:
        raise TypeError("the engine gave no count")
    return value
