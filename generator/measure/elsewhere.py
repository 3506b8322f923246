"""Counts where the rows are: the metrics whose sources lie in one database. A closed month is counted once.

What was counted is kept in the private folder under everything that says what it is: the statement of its month (which
holds the definition, the days and the tables) and how many rows the tables have of that time. A row that comes late has
its month counted again; a roster that is corrected afterwards does not, for what was published is not rewritten.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from types import TracebackType

from msgspec import Struct

from generator.engines import Engine, connect
from generator.engines.failure import not_asked, unset
from generator.measure.calendar import Calendar
from generator.measure.counting import Row
from generator.measure.statement import readings, statement
from generator.model.metric import Entity, Metric
from generator.model.period import Month
from generator.model.snapshot import RemoteTable
from generator.settings import Settings
from generator.whole_file import drop_given_up, put_whole

_BEGUN = ".counts-"


class Databases:
    """Connections that are opened when something is to be counted, and what was counted before; a context manager."""

    def __init__(self, settings: Settings, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._open = ExitStack()
        self._engines: dict[str, Engine] = {}
        self.kept = KeptCounts(settings.private / "counts.json")

    def __enter__(self) -> Databases:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._open.close()

    def engine(self, tables: Iterable[RemoteTable]) -> Engine:
        """The database in which all of `tables` lie. Raises DatabaseFailed."""
        tables = list(tables)
        variable = tables[0].variable
        if not all(table.may_ask for table in tables):
            raise not_asked()
        if variable not in self._engines:
            address = self._environ.get(variable)
            if not address:
                raise unset(variable)
            seconds = max(table.seconds for table in tables)
            self._engines[variable] = self._open.enter_context(connect(address, variable, seconds))
        return self._engines[variable]


class Elsewhere(Struct, frozen=True):
    """The tables of one metric, in one database."""

    tables: Mapping[str, RemoteTable]
    databases: Databases

    def rows(self, metric: Metric, entity: Entity, calendar: Calendar) -> Iterator[Row]:
        """What the statement of the metric gives for all months; only new ones are counted. Raises DatabaseFailed."""
        keys = {month: self._key(metric, entity, calendar.only([month])) for month in calendar.months}
        known = {month: rows for month in calendar.months if (rows := self.databases.kept.of(keys[month])) is not None}
        fresh = [month for month in calendar.months if month not in known]
        if fresh:
            engine = self.databases.engine(self.tables.values())
            counted = engine.count(statement(metric, entity, calendar.only(fresh)), self.tables)
            for month in fresh:
                known[month] = [row for row in counted if row[1] == month.last_day]
            self.databases.kept.keep({keys[month]: known[month] for month in fresh})
        for month in calendar.months:
            yield from known[month]

    def _key(self, metric: Metric, entity: Entity, calendar: Calendar) -> str:
        """Everything that the counts of one month depend on, as a digest."""
        where = sorted((name, table.variable, table.name, table.columns) for name, table in self.tables.items())
        told = repr((statement(metric, entity, calendar), where, self._rows_of(metric, calendar)))
        return hashlib.sha256(told.encode()).hexdigest()

    def _rows_of(self, metric: Metric, calendar: Calendar) -> list[tuple[str, str, int]]:
        """How many rows there are of the months that the readings reach into."""
        found = []
        for reading in readings(metric, calendar):
            source = reading.activity.source
            touched = {Month.of(day) for days in reading.days.values() for day in days}
            found += [(source, str(month), rows) for month, rows in self.tables[source].months if month in touched]
        return found


class KeptCounts:
    """Counts of closed months, by the digest of what they are; a file for the owner's eyes only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known = _read(path)
        self._used: dict[str, list[Row]] = {}

    def of(self, key: str) -> list[Row] | None:
        """What was counted under `key`, if anything was."""
        rows = self._known.get(key)
        if rows is not None:
            self._used[key] = rows
        return rows

    def keep(self, counted: Mapping[str, list[Row]]) -> None:
        """Add counts. Those that nothing has asked for by the end of a run go with the next writing."""
        self._known.update(counted)
        self._used.update(counted)
        _write(self.path, self._known)

    def forget_the_rest(self) -> None:
        """Drop what nothing in this run has asked for: definitions that are no more."""
        if self._used.keys() != self._known.keys():
            _write(self.path, self._used)


def _read(path: Path) -> dict[str, list[Row]]:
    """What is kept; nothing when the file is not there or damaged, for it can be counted again."""
    try:
        plain = json.loads(path.read_text("utf-8"))
        return {
            str(key): [(part, date.fromisoformat(ends), *rest) for part, ends, *rest in rows]
            for key, rows in plain.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(path: Path, kept: Mapping[str, list[Row]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = {key: [(part, str(ends), *rest) for part, ends, *rest in rows] for key, rows in sorted(kept.items())}
    put_whole(path, json.dumps(plain, ensure_ascii=False), begun_as=_BEGUN)
    drop_given_up(path, _BEGUN)
