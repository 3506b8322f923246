"""From an address to an open engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Protocol

from generator.engines.failure import bad_address
from generator.model.snapshot import RemoteTable

Value = str | int | date | None
"""What counts are told with."""


class Engine(Protocol):
    """An open connection that may only read."""

    def count(self, sql: str, tables: Mapping[str, RemoteTable]) -> list[tuple[Value, ...]]:
        """All rows of one SELECT in DuckDB's SQL, which calls `tables` by their keys. Raises DatabaseFailed."""
        ...


@contextmanager
def connect(address: str, variable: str, seconds: float) -> Iterator[Engine]:
    """The database at `address`, which stands in the environment `variable`; every statement ends after `seconds`.

    Raises DatabaseFailed.
    """
    scheme = address.partition(":")[0].partition("[")[0]
    if scheme in {"postgresql", "postgres"}:
        from generator.engines.postgres import Postgres

        with Postgres.at(address, variable, seconds) as postgres:
            yield postgres
    elif scheme in {"sc", "spark", "local"}:
        from generator.engines.spark import Spark

        yield Spark.at(address, variable, seconds)
    else:
        raise bad_address(variable)
