"""Kind `table`: a table of a database that counts for us. Its rows stay there; only how many there are is asked here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Struct
from pydantic import AfterValidator, Field, model_validator

from generator.engines import Engine
from generator.model.finding import Text, listed, nearest
from generator.model.period import Month
from generator.model.record import Name, Record, unfit
from generator.model.snapshot import RemoteTable
from generator.pull.cells.column import Column, ColumnType
from generator.pull.remote.secret import Secret
from generator.pull.snapshots.store import Part
from generator.pull.source import Source
from generator.pull.table import TableRules

_TABLE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*){0,2}")


def _table(name: str) -> str:
    if not _TABLE.fullmatch(name):
        raise unfit(
            "bad-table",
            Text(f"`{name}` は表の名前として使えません", f"`{name}` is no name of a table"),
            Text("`analytics.chat_usage` のように書いてください", "write it like `analytics.chat_usage`"),
        )
    return name


class TableColumn(Record):
    """One column of a table: its name in metrics.yml and what it holds."""

    name: Name
    type: Literal["text", "integer", "number", "date", "boolean"]


class TableSource(Source):
    """A table that is counted where it is."""

    kind: Literal["table"]
    url: Secret
    """The database's whole address, password and all, by the name of its environment variable. Sources with the same
    one lie in the same database."""
    table: Annotated[str, AfterValidator(_table)]
    """The table or view, with its schema where it has one."""
    columns: Mapping[str, TableColumn]
    """Column of the table → what it holds."""
    time: str | None = None
    """The date column that says how new the rows are."""
    budget: int = Field(default=60, ge=1, le=7200)
    """Seconds that one statement may take in the database."""

    @model_validator(mode="after")
    def _has_its_time(self) -> TableSource:
        days = [column.name for column in self.columns.values() if column.type == "date"]
        if self.time is not None and self.time not in days:
            what = Text(
                f"列 `{self.time}` は `columns` の型 `date` の列にありません",
                f"`{self.time}` is no column of type `date` in `columns`",
            )
            choose = Text(f"日付の列から選んでください: {listed(days)}", f"choose a column of dates: {listed(days)}")
            raise unfit("unknown-column", what, nearest(self.time, days, choose))
        return self

    @property
    def reads(self) -> Mapping[str, Column]:
        return {
            header: Column(name=column.name, type=ColumnType(column.type), optional=True)
            for header, column in self.columns.items()
        }

    @property
    def rules(self) -> TableRules:
        return TableRules(tuple(column.name for column in self.columns.values()), time=self.time)

    def remote(self, parts: tuple[Part, ...], *, may_ask: bool) -> RemoteTable:
        """Where the rows are, with what was found of them."""
        days = [day for part in parts for day in part.days if day is not None]
        return RemoteTable(
            variable=self.url.env,
            name=self.table,
            columns=tuple((header, column.name, column.type.sql) for header, column in self.reads.items()),
            seconds=self.budget,
            time=self.time,
            first=min(days, default=None),
            months=tuple((Month.parse(part.path), part.rows) for part in parts if part.path),
            may_ask=may_ask,
        )


class Extent(Struct, frozen=True):
    """How many rows a table has, and of which days."""

    parts: tuple[Part, ...]
    """One a month, or one for a table that carries no time."""

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)

    @property
    def watermark(self) -> date | None:
        return max((day for part in self.parts for day in part.days if day is not None), default=None)


def extent(source: TableSource, engine: Engine) -> Extent:
    """Ask how many rows there are. Raises DatabaseFailed."""
    tables = {"_asked": source.remote((), may_ask=True)}
    if source.time is None:
        ((rows,),) = engine.count("SELECT CAST(count(*) AS BIGINT) AS found FROM _asked", tables)
        return Extent((_part("", int(str(rows)), ()),))
    day = f'"{source.time}"'
    months = engine.count(
        f"""
        SELECT CAST(count(*) AS BIGINT) AS found, min({day}) AS oldest, max({day}) AS newest
        FROM _asked WHERE {day} IS NOT NULL GROUP BY year({day}), month({day})
        """,  # noqa: S608 -- the name of a column of ours
        tables,
    )
    parts = [_month(found, oldest, newest) for found, oldest, newest in months]
    return Extent(tuple(sorted(parts, key=lambda part: part.path)))


def _month(found: object, oldest: object, newest: object) -> Part:
    if not (isinstance(found, int) and isinstance(oldest, date) and isinstance(newest, date)):
        raise TypeError("the engine gave no number and days")
    return _part(str(Month.of(oldest)), found, (oldest, newest))


def _part(name: str, rows: int, days: tuple[date | None, ...]) -> Part:
    return Part(name, f"{rows}", rows, 0, days, ())
