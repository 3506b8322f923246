"""What differs between databases: the driver, and how a connection is told to only read and for how long."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from math import ceil
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct

from generator.pull.remote.deadline import Deadline
from generator.pull.sql.only_read import only_read

if TYPE_CHECKING:
    from sqlalchemy import Connection

Arguments = Mapping[str, Any]


class Dialect(Struct, frozen=True):
    """One kind of database."""

    driver: str
    """The driver, as SQLAlchemy writes it before an address."""
    extra: str | None
    """The extra of our package that installs the driver; None where Python has it."""
    arguments: Callable[[Deadline], Arguments]
    """What the driver is given to connect with."""
    tighten: Callable[[Connection, Deadline], None]
    """Told to a connection before the question."""


def _postgresql(deadline: Deadline) -> Arguments:
    milliseconds = ceil(deadline.left * 1000)
    # Told with the connection itself, so that no statement runs without it.
    options = f"-c default_transaction_read_only=on -c statement_timeout={milliseconds}"
    return {"connect_timeout": max(2, ceil(deadline.left)), "options": options}


_TO_SAY_SO = 3
"""Seconds that a server has for it, however busy it is."""


def _mysql(deadline: Deadline) -> Arguments:
    seconds = ceil(deadline.left)
    # The server stops a statement whose time is over, and says so; only one that says nothing any more is left alone.
    at_last = seconds + _TO_SAY_SO
    return {"connect_timeout": seconds, "read_timeout": at_last, "write_timeout": at_last, "local_infile": False}


def _tighten_mysql(connection: Connection, deadline: Deadline) -> None:
    is_mariadb = bool(getattr(connection.dialect, "is_mariadb", False))
    limit = (
        f"max_statement_time={deadline.left:.3f}" if is_mariadb else f"max_execution_time={ceil(deadline.left * 1000)}"
    )
    connection.exec_driver_sql(f"SET SESSION {limit}")
    connection.exec_driver_sql("SET SESSION TRANSACTION READ ONLY")
    connection.rollback()  # what is set counts from the next transaction on


def _mssql(deadline: Deadline) -> Arguments:
    return {"login_timeout": ceil(deadline.left), "timeout": ceil(deadline.left)}


def _tighten_sqlite(connection: Connection, deadline: Deadline) -> None:
    raw = cast(sqlite3.Connection, connection.connection.driver_connection)
    only_read(raw, lambda: not deadline.allows(0))


def _nothing(_: object) -> Arguments:
    return {}


def _no_more(_: object, __: object) -> None:
    """The connection was told everything when it was made."""


DIALECTS = {
    "postgresql": Dialect("postgresql+psycopg", "postgres", _postgresql, _no_more),
    "mysql": Dialect("mysql+pymysql", "mysql", _mysql, _tighten_mysql),
    "mariadb": Dialect("mariadb+pymysql", "mysql", _mysql, _tighten_mysql),
    "mssql": Dialect("mssql+pymssql", "sqlserver", _mssql, _no_more),
    "sqlite": Dialect("sqlite+pysqlite", None, _nothing, _tighten_sqlite),
}
"""By the name before `:` or `+` in an address."""
