"""Days and the months that they belong to, as a table of a statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from msgspec import Struct

from generator.model.period import Month


class Dates(Struct, frozen=True):
    """A table of days that has a line at least; it is written out in one of two ways."""

    columns: tuple[str, ...]
    lines: Sequence[tuple[date, ...]]

    def in_any_engine(self) -> str:
        """Line by line."""
        values = ", ".join("(" + ", ".join(f"'{day}'" for day in line) + ")" for line in self.lines)
        typed = ", ".join(f"CAST({column} AS DATE) AS {column}" for column in self.columns)
        return f"SELECT {typed} FROM (VALUES {values}) AS written({', '.join(self.columns)})"  # noqa: S608 -- days and names of ours

    def in_duckdb(self) -> str:
        """Column by column: a year of lines takes DuckDB as long to understand as a company's rows take to count."""
        columns = zip(self.columns, zip(*self.lines, strict=True), strict=True)
        listed = (f"unnest(CAST('[{', '.join(map(str, days))}]' AS DATE[])) AS {name}" for name, days in columns)
        return f"SELECT {', '.join(listed)}"


Table: TypeAlias = str | Dates
"""What stands behind a name in WITH."""


def dates(listed: Mapping[Month, Iterable[tuple[date, ...]]], *columns: str) -> Dates:
    """A table of days: `columns` as given, and `ends`."""
    lines = [(*line, month.last_day) for month, lines in listed.items() for line in lines]
    return Dates((*columns, "ends"), lines)
