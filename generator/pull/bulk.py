"""Large files, typed and judged by DuckDB without a row of them in Python: what is usual is done in a tenth of the time.

Whatever is not usual raises `Unusual`: a cell that is not of its column's plain form, a quotation mark beside a space, a
row that is too short. Nothing was judged then; the row reader reads the file and says exactly what is wrong, or that
nothing is. So the two must only agree about what this one accepts, which the tests hold it to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from generator.cache.database import ONE_THREAD, Setting, empty_database
from generator.model.characters import SPACE
from generator.model.finding import Finding
from generator.pull.cells.column import Column, ColumnType
from generator.pull.cells.numbers import LARGEST
from generator.pull.table import EARLIEST, TableRules

if TYPE_CHECKING:
    import duckdb

LEAST = 2**20
"""Bytes of a file from which on it is worth it; rows of smaller ones are judged one by one."""

_SETTINGS: dict[str, Setting] = {
    **ONE_THREAD,  # several files are read at once instead
    "memory_limit": "768MB",
    "temp_directory": "",  # rows about people are not spilled to the disk
}

_GROUP = 122_880
"""Rows that are written together. A text that stands three times among them is written once: under DuckDB's own limit,
a twentieth, a company's names would be written again and again, and to count by them would take half as long again."""


class Unusual(Exception):
    """The row reader has to look at the file."""


class Cells(Struct, frozen=True):
    """Where DuckDB finds the cells of a file."""

    relation: str
    """What stands behind FROM."""
    columns: Mapping[str, str]
    """Header → the column there, as SQL writes it."""
    are_text: bool
    """Whether cells are as somebody wrote them; else they have types of their own."""
    has_something: str = "true"
    """A condition that fails where a row is blank, which the row reader passes over."""
    findings: tuple[Finding, ...] = ()
    """What is to be said of the file although it is read."""


class Converted(Struct, frozen=True):
    """The typed rows of one file."""

    path: Path
    sha256: str
    rows: int
    days: tuple[date | None, ...]
    findings: tuple[Finding, ...]


@cache
def database() -> duckdb.DuckDBPyConnection:
    """One for all files of a process: to open one takes as long as to convert a small file."""
    return empty_database(_SETTINGS)


def convert(cells: Cells, columns: Mapping[str, Column], rules: TableRules, target: Path) -> Converted:
    """Write the typed rows of one file to `target`. Raises Unusual; then there is no such file."""
    import duckdb

    typed = ", ".join(
        f'{_typed(column, cells.columns[header], cells)} AS "{column.name}"' for header, column in columns.items()
    )
    try:
        with database().cursor() as connection:
            connection.execute(
                f"COPY (SELECT {typed} FROM {cells.relation} WHERE {cells.has_something}) TO {literal(target)} "  # noqa: S608 -- see `_typed`
                f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_GROUP}, DICTIONARY_SIZE_LIMIT {_GROUP // 3})"
            )
            rows, days = _judged(target, columns, rules, connection)
    except duckdb.Error as error:
        target.unlink(missing_ok=True)
        raise Unusual from error
    with target.open("rb") as stream:
        return Converted(target, hashlib.file_digest(stream, "sha256").hexdigest(), rows, days, cells.findings)


def is_plain(column: Column) -> bool:
    """Whether a column asks for nothing but its type, in its first form."""
    return not (column.format or column.timezone or column.full_width or column.empty or column.scale)


def _typed(column: Column, found: str, cells: Cells) -> str:
    """The expression of one cell; it fails where the cell is not usual. Names and values of sources.yml are escaped."""
    usual, typed = (_written if cells.are_text else _given)(column, found)
    missing = f"coalesce(trim({found}, '{SPACE}'), '') = ''" if cells.are_text else f"{found} IS NULL"
    empty = f"WHEN {missing} THEN NULL " if column.optional else ""
    return f"CAST(CASE WHEN {usual} THEN {typed} {empty}ELSE {_UNUSUAL} END AS {column.type.sql})"


_UNUSUAL = "error('unusual')"
_EDGE = "[^" + "".join(f"\\x{{{ord(character):x}}}" for character in SPACE) + "]"
_STRIPPED = f"(?s){_EDGE}(?:.*{_EDGE})?"


def _written(column: Column, found: str) -> tuple[str, str]:
    """When a cell of text is usual, without space around it, and its value."""
    match column.type:
        case ColumnType.TEXT:
            allowed = f"{found} IN ({_listed(column.values)})"
            return allowed if column.values else f"regexp_full_match({found}, '{_STRIPPED}')", found
        case ColumnType.INTEGER:
            return f"regexp_full_match({found}, '[0-9]{{1,12}}')", found
        case ColumnType.NUMBER:
            return f"regexp_full_match({found}, '[0-9]{{1,12}}(?:[.][0-9]{{1,15}})?')", found
        case ColumnType.DATE:
            return f"regexp_full_match({found}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') AND {found} >= '0001'", found
        case ColumnType.MONTH:
            usual = f"regexp_full_match({found}, '[0-9]{{4}}-[0-9]{{2}}') AND {found} >= '0001'"  # Python has no year 0
            return usual, f"last_day(CAST({found} || '-01' AS DATE))"
        case ColumnType.BOOLEAN:
            return f"lower({found}) IN ('true', 'yes', 'false', 'no')", f"lower({found}) IN ('true', 'yes')"


def _given(column: Column, found: str) -> tuple[str, str]:
    """When a cell that has a type of its own is usual, and its value. A type that does not fit fails the whole."""
    match column.type:
        case ColumnType.TEXT:
            whole = f"typeof({found}) = 'VARCHAR'"
            allowed = f" AND {found} IN ({_listed(column.values)})" if column.values else ""
            return f"{whole} AND regexp_full_match({found}, '{_STRIPPED}'){allowed}", found
        case ColumnType.INTEGER:
            return f"typeof({found}) LIKE '%INT%' AND {found} BETWEEN 0 AND {LARGEST}", found
        case ColumnType.NUMBER:
            return f"typeof({found}) IN ('DOUBLE', 'FLOAT') AND {found} BETWEEN 0 AND {LARGEST}", found
        case ColumnType.DATE:
            return f"typeof({found}) = 'DATE'", found
        case ColumnType.MONTH:
            return f"typeof({found}) = 'DATE'", f"last_day({found})"
        case ColumnType.BOOLEAN:
            return f"typeof({found}) = 'BOOLEAN'", found


def _listed(texts: tuple[str, ...]) -> str:
    return ", ".join("'" + text.replace("'", "''") + "'" for text in texts)


def literal(path: Path) -> str:
    """A path as SQL writes a text."""
    return "'" + str(path).replace("'", "''") + "'"


Ask = Callable[[str], list[tuple[Any, ...]]]

_FOLDS_OTHERWISE = "[\\x{80}-\\x{2e7f}\\x{ab70}-\\x{abbf}\\x{fb00}-\\x{fb17}]"
"""Letters of which `lower` and Python's `casefold` may make different ones."""


def _judged(
    target: Path, columns: Mapping[str, Column], rules: TableRules, connection: duckdb.DuckDBPyConnection
) -> tuple[int, tuple[date | None, ...]]:
    """How many rows there are and of which days. Raises Unusual where `Table.settle` might have something to say."""

    def ask(sql: str) -> list[tuple[Any, ...]]:
        return connection.execute(sql, [str(target)]).fetchall()

    ((rows,),) = ask("SELECT count(*) FROM read_parquet(?)")
    days: tuple[date | None, ...] = ()
    if rules.time is not None:
        listed = ask(f'SELECT DISTINCT "{rules.time}" AS day FROM read_parquet(?) ORDER BY day NULLS FIRST')  # noqa: S608 -- a column of ours
        days = tuple(day for (day,) in listed)
    if not rows or any(day is not None and day < EARLIEST for day in days):
        raise Unusual
    if rules.key:
        _judge_keys(ask, columns, rules)
    return rows, days


def _judge_keys(ask: Ask, columns: Mapping[str, Column], rules: TableRules) -> None:
    """Raises Unusual where two rows may have the same key."""
    texts = [column.name for column in columns.values() if column.type is ColumnType.TEXT and column.name in rules.key]
    folded = ", ".join(f'lower("{name}")' if name in texts else f'"{name}"' for name in rules.key)
    wide = " OR ".join(f'strlen("{name}") <> length("{name}")' for name in texts) or "false"
    # Two keys may have one hash by chance; then the row reader finds that they are two.
    sql = f"SELECT count(*) - count(DISTINCT hash({folded})), coalesce(bool_or({wide}), false) FROM read_parquet(?)"  # noqa: S608 -- columns of ours
    ((doubled, is_wide),) = ask(sql)
    odd = " OR ".join(f"regexp_matches(\"{name}\", '{_FOLDS_OTHERWISE}')" for name in texts)
    if doubled or (is_wide and ask(f"SELECT 1 FROM read_parquet(?) WHERE {odd} LIMIT 1")):  # noqa: S608 -- columns of ours
        raise Unusual
