"""Typed rows to a Parquet file, part by part: the same rows of a part in any order give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.cache.database import ONE_THREAD, database, empty_database
from generator.cache.sealed import closed, opened
from generator.pull.cells.column import Column

if TYPE_CHECKING:
    import duckdb

_BATCH = 50_000  # rows handed to DuckDB at a time


class Span(Struct, frozen=True):
    """Rows of one part in an earlier file: those from `first` on, before `stop`."""

    part: int
    first: int
    stop: int


class Earlier(Struct, frozen=True):
    """Rows that are written once more."""

    parquet: Path
    spans: Sequence[Span]


def write(
    path: Path,
    columns: Sequence[Column],
    parts: list[int],
    values: Sequence[list[object]],
    earlier: Earlier | None,
    key: bytes | None,
) -> None:
    """Write `values`, one list a column, and the rows of an earlier file to `path`; `parts` numbers each row's part.

    With a `key` the file is sealed, and an earlier one may be.

    Raises OSError when the disk does not take it.
    """
    import duckdb  # here because it takes 0.1 s and most builds find their snapshots unchanged

    own = database().cursor() if key is None else empty_database(ONE_THREAD)
    with own as connection:
        names = ", ".join(f'"{column.name}"' for column in columns)
        fields = ", ".join(f'"{column.name}" {column.type.sql}' for column in columns)
        connection.execute(f"CREATE TEMP TABLE rows (_part INTEGER, {fields})")  # no column's name begins with `_`
        types = ("INTEGER", *(column.type.sql for column in columns))
        lists = ", ".join(f"unnest(${n}::JSON::{kind}[])" for n, kind in enumerate(types, start=1))
        filled: list[Sequence[object]] = [parts, *values]
        for start in range(0, len(parts), _BATCH):
            # As text, for DuckDB takes over a list of Python's value by value. `str` writes the days.
            batch = [json.dumps(column[start : start + _BATCH], default=str) for column in filled]
            connection.execute(f"INSERT INTO rows SELECT {lists}", batch)
        if earlier is not None and earlier.spans:
            _copy(earlier, names, connection, key)
        try:
            with closed(connection, path, key) as target:
                # Row groups and codec are part of the bytes, so they are written down and not left to a default.
                quoted = target.replace("'", "''")
                connection.execute(
                    f"COPY (SELECT {names} FROM rows ORDER BY _part, {names}) TO '{quoted}' "  # noqa: S608 -- a path of our own, quoted
                    "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
                )
        except duckdb.IOException as error:
            raise OSError(str(error).splitlines()[0]) from error


def _copy(earlier: Earlier, names: str, connection: duckdb.DuckDBPyConnection, key: bytes | None) -> None:
    """Add the rows of an earlier file that lie in its spans, of which none is empty."""
    spans = zip(*((span.part, span.first, span.stop) for span in earlier.spans), strict=True)
    with opened(connection, earlier.parquet, key) as address:
        connection.execute(
            f"""
            INSERT INTO rows SELECT _part, {names}
            FROM (SELECT row_number() OVER () - 1 AS _row, * FROM read_parquet($1)) AS stored
            ASOF JOIN (
                SELECT unnest($2::INTEGER[]) AS _part, unnest($3::BIGINT[]) AS _first, unnest($4::BIGINT[]) AS _stop
            ) AS span ON stored._row >= span._first
            WHERE stored._row < span._stop
            """,  # noqa: S608 -- names of our own columns, quoted
            [address, *map(list, spans)],
        )
