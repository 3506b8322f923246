"""The snapshots in one in-memory DuckDB. Rows about people stay in here; the database can reach nothing outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from types import TracebackType
from typing import TYPE_CHECKING

from generator.model.snapshot import Snapshot

if TYPE_CHECKING:
    import duckdb


_OFFLINE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


class Warehouse:
    """Tables named like the sources; a context manager."""

    def __init__(self, snapshots: Iterable[Snapshot]) -> None:
        import duckdb  # here because it takes 0.3 s and not every command counts

        self.error: type[Exception] = duckdb.Error
        self._connection: duckdb.DuckDBPyConnection = duckdb.connect(":memory:", config={**_OFFLINE})
        self.columns: dict[str, dict[str, str]] = {}
        """Source → column → type as DuckDB calls it."""
        for snapshot in snapshots:
            rows = "SELECT * FROM read_parquet(?)"
            self._connection.execute(f"CREATE TABLE {quoted(snapshot.source)} AS {rows}", [str(snapshot.parquet)])
            self.describe(snapshot.source)
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def __enter__(self) -> Warehouse:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        closing(self._connection).__exit__(kind, error, at)

    def describe(self, table: str) -> None:
        """Note the columns of a table."""
        described = self.query(f"DESCRIBE {quoted(table)}")
        self.columns[table] = {str(name): str(kind) for name, kind, *_ in described}

    def query(self, sql: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """All rows of one statement."""
        rows: list[tuple[object, ...]] = self._connection.execute(sql, list(values)).fetchall()
        return rows

    def run(self, sql: str, values: Sequence[object] = ()) -> None:
        """A statement that has no rows."""
        self._connection.execute(sql, list(values))


def quoted(name: str) -> str:
    """An identifier as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'
