"""Typed rows to a Parquet file: the same rows in any order give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.pull.column import Column

_SETTINGS = {
    "threads": 1,  # several would race for the order of row groups
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_BATCH = 50_000  # rows handed to DuckDB at a time


def write(path: Path, columns: Sequence[Column], values: Sequence[list[object]]) -> None:
    """Write `values`, one list a column, to `path`; raises OSError when the disk does not take it."""
    import duckdb  # here because it takes 0.3 s and most builds find their snapshots unchanged

    with duckdb.connect(":memory:", config={**_SETTINGS}) as connection:
        fields = ", ".join(f'"{column.name}" {column.type.sql}' for column in columns)
        connection.execute(f"CREATE TABLE rows ({fields})")
        lists = ", ".join(f"unnest(${n}::{column.type.sql}[])" for n, column in enumerate(columns, start=1))
        for start in range(0, len(values[0]), _BATCH):
            batch = [column[start : start + _BATCH] for column in values]
            connection.execute(f"INSERT INTO rows SELECT {lists}", batch)
        # Row groups and codec are part of the bytes, so they are written down and not left to a default.
        target = str(path).replace("'", "''")
        try:
            connection.execute(
                f"COPY (SELECT * FROM rows ORDER BY ALL) TO '{target}' "  # noqa: S608 -- a path of our own, quoted
                "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
            )
        except duckdb.IOException as error:
            raise OSError(str(error).splitlines()[0]) from error
