"""Counts people: what the statement of a metric gives back, as counts and as what there is to judge them by.

Only counts come back; nobody's name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

from msgspec import Struct

from generator.measure.calendar import Calendar
from generator.measure.kinds.dates import Dates
from generator.measure.statement import readings, statement
from generator.measure.warehouse import Warehouse, quoted
from generator.model.metric import Entity, Metric
from generator.model.period import Month


class Count(Struct, frozen=True):
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
    members: str
    """Digest of the eligible people: the same people, the same digest (of one engine)."""


class Unmatched(Struct, frozen=True):
    """Active names of one month, and how many of them nobody in the roster had on its last day."""

    key: str
    """Of the activity."""
    period: Month
    active: int
    unknown: int


class Counted(Struct, frozen=True):
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
    staffed: frozenset[tuple[str | None, Month]]
    """The same of everybody in the roster, eligible or not."""

    @property
    def measured(self) -> frozenset[Month]:
        """Months in which every reading has any row."""
        return frozenset.intersection(*(frozenset(months) for months in self.rows.values()))


Row = tuple[Any, ...]
"""One row of a statement: part, the month's last day, name, numbers."""


def first_day(source: str, column: str, warehouse: Warehouse) -> date | None:
    """The earliest day of a source's rows."""
    ((day,),) = warehouse.query(f"SELECT min({quoted(column)}) FROM {quoted(source)}")  # noqa: S608 -- see `quoted`
    return day if isinstance(day, date) else None


def count(metric: Metric, calendar: Calendar, rows: Iterable[Row]) -> Counted:
    """What the statement of `metric` gave for the months of `calendar`."""
    lines = _lines(rows)
    return Counted(
        counts=_counts(lines),
        rows={reading.name: _numbers(lines["rows"], reading.name) for reading in readings(metric, calendar)},
        unmatched=tuple(Unmatched(str(line.name), line.period, *line.two) for line in lines["unmatched"]),
        doubled=tuple((line.period, line.one) for line in lines["doubled"]),
        shared=tuple((line.period, line.one) for line in lines["shared"]),
        outside=tuple((line.period, line.one) for line in lines["outside"]),
        departments=tuple((line.name, line.period) for line in lines["department"]),
        staffed=frozenset((line.name, line.period) for line in lines["staffed"]),
    )


ROWS_AT_ONCE, PEOPLE_AT_ONCE = 30_000_000, 1_000_000
"""Rows of a source, and people of all its months, that one statement goes through here: memory stays below a gigabyte."""


def here(
    metric: Metric, entity: Entity, calendar: Calendar, *, warehouse: Warehouse, rows: int, people: int
) -> Iterable[Row]:
    """What the statement gives for all months; a person counts in the department of the month's last day.

    It is asked for so few months at a time that neither `rows` nor `people` are a burden, and begun at once where one
    time does. The names in the SQL were looked up and the conditions judged before (`metrics_file.Names`).
    """
    months = calendar.months
    some = max(1, min(len(months) * ROWS_AT_ONCE // max(rows, 1), PEOPLE_AT_ONCE // max(people, 1)))
    statements = [
        statement(metric, entity, calendar.only(months[start : start + some]), Dates.in_duckdb)
        for start in range(0, len(months), some)
    ]
    if len(statements) == 1:
        return _waited_for(warehouse.begin(statements[0]))
    return chain.from_iterable(map(warehouse.query, statements))


def _waited_for(begun: Callable[[], Iterable[Row]]) -> Iterator[Row]:
    yield from begun()


class _Line(Struct, frozen=True):
    """One line of the result, of one part."""

    period: Month
    name: str | None
    numbers: tuple[int | None, ...]

    @property
    def one(self) -> int:
        return _known(self.numbers[0])

    @property
    def two(self) -> tuple[int, int]:
        return _known(self.numbers[0]), _known(self.numbers[1])


_Lines = defaultdict[str, list[_Line]]
"""By part; a part without lines is empty."""


def _lines(result: Iterable[tuple[object, ...]]) -> _Lines:
    """The result told apart, each part in an order of its own: engines give none."""
    parts: _Lines = defaultdict(list)
    for part, ends, name, *numbers in result:
        parts[str(part)].append(_Line(_month(ends), None if name is None else str(name), tuple(map(_int, numbers))))
    for lines in parts.values():
        lines.sort(key=lambda line: (line.period, line.name is not None, line.name or ""))
    return parts


def _numbers(lines: Iterable[_Line], name: str | None) -> dict[Month, int]:
    return {line.period: line.one for line in lines if line.name == name}


def _counts(lines: _Lines) -> tuple[Count, ...]:
    """The company's, then the departments'; people without a department are told apart (`Counted.departments`)."""
    joiners, roster = _numbers(lines["joiners"], None), _numbers(lines["roster"], None)
    everybody = _numbers(lines["company members"], None)
    company = (_count(line, joiners, roster, everybody[line.period]) for line in lines["company"])
    members = {(line.period, line.name): line.one for line in lines["department members"]}
    departments = (
        _count(line, {}, {}, members[line.period, line.name]) for line in lines["department"] if line.name is not None
    )
    return (*company, *departments)


def _count(line: _Line, joiners: Mapping[Month, int], roster: Mapping[Month, int], members: int) -> Count:
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
        members=f"{members:016x}",
    )


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
