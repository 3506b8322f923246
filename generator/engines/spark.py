"""Spark through ibis: a Spark Connect server, a cluster, or Spark on this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Timer
from typing import Any

from msgspec import Struct

from generator.engines import failure
from generator.engines.failure import DatabaseFailed
from generator.model.snapshot import RemoteTable


class Spark(Struct, frozen=True):
    """A session. It is not ended here: whoever runs Spark in the same process shares it."""

    connection: Any  # ibis' backend, whose types are made at run time
    variable: str
    seconds: float

    @classmethod
    def at(cls, address: str, variable: str, seconds: float) -> Spark:
        """Connect. Raises DatabaseFailed."""
        try:
            import ibis
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
        except ImportError as missing:
            raise failure.not_installed("pyspark" if "spark" in (missing.name or "") else "ibis-framework") from None
        builder = SparkSession.builder
        builder = builder.remote(address) if address.startswith("sc:") else builder.master(address)
        try:
            session = builder.config("spark.ui.enabled", "false").getOrCreate()
            # A value that cannot be converted is an error and not NULL, as in the other engines.
            return cls(ibis.pyspark.connect(session, **{"spark.sql.ansi.enabled": "true"}), variable, seconds)
        except (PySparkException, RuntimeError, OSError):
            raise failure.unreachable(variable) from None

    def count(self, sql: str, tables: Mapping[str, RemoteTable]) -> list[tuple[Any, ...]]:
        """All rows of one SELECT. Raises DatabaseFailed."""
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        from generator.engines.dialect import translated

        with self._in_time() as is_over:
            try:
                return [tuple(row) for row in self.connection.raw_sql(translated(sql, tables, "spark")).collect()]
            except PySparkException as error:
                raise failure.too_slow(self.seconds) if is_over.is_set() else _why(error) from None
            except Py4JError:  # Java's own words about an interrupted job, or a session that is gone
                raise (
                    failure.too_slow(self.seconds) if is_over.is_set() else failure.unreachable(self.variable)
                ) from None

    @contextmanager
    def _in_time(self) -> Iterator[Event]:
        """Interrupt what is not done in time; the event says that it was."""
        is_over = Event()

        def interrupt() -> None:
            is_over.set()
            self.connection._session.interruptAll()

        timer = Timer(self.seconds, interrupt)
        timer.start()
        try:
            yield is_over
        finally:
            timer.cancel()


def _why(error: Any) -> DatabaseFailed:
    condition = str(error.getCondition() or type(error).__name__)
    if condition.startswith(("TABLE_OR_VIEW_NOT_FOUND", "UNRESOLVED_COLUMN", "SCHEMA_NOT_FOUND", "INSUFFICIENT_")):
        return failure.no_table()
    return failure.unfit_value() if condition.startswith("CAST_INVALID_INPUT") else failure.failed(condition)
