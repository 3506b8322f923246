"""DuckDB, for what is done with rows in passing."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

Setting = str | int | float | bool | list[str]

ONE_THREAD: dict[str, Setting] = {"threads": 1}
"""For what is written: several threads would race for the order of rows."""

_OF_EVERY_ONE: dict[str, Setting] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


def database() -> duckdb.DuckDBPyConnection:
    """One, empty and in memory: to open one takes longer than a month's rows. Each task has a cursor of its own.

    Not for sealed rows, which need a file system of their own connection (`generator.cache.sealed`).
    """
    return _of(os.getpid())


def empty_database(settings: dict[str, Setting]) -> duckdb.DuckDBPyConnection:
    """A new one in memory, for one task. It fetches no extensions and prints nothing."""
    import duckdb  # here because it takes 0.1 s and most builds find their snapshots unchanged

    connection = duckdb.connect(":memory:", config=_OF_EVERY_ONE | settings)
    # Where `__main__` is no file DuckDB takes the process for a notebook, and draws bars between our own sentences.
    connection.execute("SET enable_progress_bar_print = false")
    return connection


@cache
def _of(process: int) -> duckdb.DuckDBPyConnection:
    """That of one process: a copy of this one that used what it has inherited would wait for ever."""
    return empty_database(ONE_THREAD)
