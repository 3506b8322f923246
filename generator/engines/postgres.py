"""PostgreSQL through ibis: one SELECT at a time in a connection that may only read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import ceil
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from generator.engines import failure
from generator.engines.failure import DatabaseFailed
from generator.model.snapshot import RemoteTable

if TYPE_CHECKING:
    import psycopg


class Postgres(Struct, frozen=True):
    """An open connection."""

    connection: Any  # ibis' backend, whose types are made at run time
    variable: str
    seconds: float

    @classmethod
    @contextmanager
    def at(cls, address: str, variable: str, seconds: float) -> Iterator[Postgres]:
        """Connect; every statement is refused that writes or takes longer. Raises DatabaseFailed."""
        try:
            import ibis
            import psycopg
            import sqlglot  # noqa: F401 -- ibis brings it; asked for here so that its absence is told here
        except ImportError as missing:
            raise failure.not_installed(missing.name or "ibis-framework") from None
        # Told with the connection itself, so that no statement runs without it.
        options = f"-c default_transaction_read_only=on -c statement_timeout={ceil(seconds * 1000)}"
        try:
            connection = ibis.connect(address, options=options, connect_timeout=max(2, ceil(seconds)))
        except psycopg.Error as error:
            raise _why(error, variable, seconds) from None
        except (ValueError, TypeError):  # the port is no number, a parameter is none of psycopg's
            raise failure.bad_address(variable) from None
        try:
            yield cls(connection, variable, seconds)
        finally:
            connection.disconnect()

    def count(self, sql: str, tables: Mapping[str, RemoteTable]) -> list[tuple[Any, ...]]:
        """All rows of one SELECT. Raises DatabaseFailed."""
        import psycopg

        from generator.engines.dialect import translated

        try:
            with self.connection.raw_sql(translated(sql, tables, "postgres")) as cursor:
                rows: list[tuple[Any, ...]] = cursor.fetchall()
                return rows
        except psycopg.Error as error:
            raise _why(error, self.variable, self.seconds) from None  # its text may quote a row


_UNFIT = ("22",)
_MISSING = {"42P01", "42703", "42501", "3F000"}


def _why(error: psycopg.Error, variable: str, seconds: float) -> DatabaseFailed:
    state = error.sqlstate
    if state is None:
        is_refused = "password authentication failed" in str(error)  # libpq gives no state when it connects
        return failure.refused(variable) if is_refused else failure.unreachable(variable)
    if state in {"28000", "28P01"}:
        return failure.refused(variable)
    if state == "57014":
        return failure.too_slow(seconds)
    if state in _MISSING:
        return failure.no_table()
    if state.startswith(_UNFIT):
        return failure.unfit_value()
    return failure.unreachable(variable) if state.startswith(("08", "57")) else failure.failed(state)
