"""How SQLite is told to only read, by the standard library's driver: for a file of ours and for a database alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

LONGEST = 2**20
"""Bytes of one value: what is counted is short, and a query could make gigabytes of one."""

_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}


def only_read(connection: sqlite3.Connection, is_over: Callable[[], bool]) -> None:
    """Let a connection do nothing but read values of a sane length, and stop when `is_over` says so."""
    connection.set_authorizer(_only_reading)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    connection.set_progress_handler(is_over, 100_000)


def _only_reading(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY
