"""The DuckDB of this process for what is done with rows in passing."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

SETTINGS: dict[str, str | int | float | bool | list[str]] = {
    "threads": 1,  # several would race for the order of row groups
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def database() -> duckdb.DuckDBPyConnection:
    """One, empty and in memory: to open one takes longer than a month's rows. Each task has a cursor of its own.

    Not for sealed rows, which need a file system of their own connection (`generator.cache.sealed`).
    """
    return _of(os.getpid())


@cache
def _of(process: int) -> duckdb.DuckDBPyConnection:
    """That of one process: a copy of this one that used what it has inherited would wait for ever."""
    import duckdb  # here because it takes 0.1 s and most builds find their snapshots unchanged

    return duckdb.connect(":memory:", config={**SETTINGS})
