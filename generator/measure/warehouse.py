"""The snapshots in one in-memory DuckDB. Rows about people stay in here; the database can reach nothing outside."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from functools import cached_property
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING

from generator.cache.database import ONE_THREAD, Setting, empty_database
from generator.cache.sealed import opened
from generator.model.finding import Text
from generator.model.snapshot import Snapshot

if TYPE_CHECKING:
    import duckdb


MOST_SECONDS = 60
"""Time that one statement may take; a million rows take two."""
MOST_MEMORY = 2**30
"""Bytes that counting may take beside the rows themselves."""
FEW_ROWS = 2_000_000
"""Rows of all sources together that several statements may go through at once."""

_A_MOMENT = 0.05

_SETTINGS: dict[str, Setting] = {
    "temp_directory": "",  # rows about people are not spilled to the disk
}


Found = tuple[object, ...]
"""One row of a result."""

_UNSTEADY = "SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT'"


class Warehouse:
    """Tables named like the sources; a context manager."""

    def __init__(
        self, snapshots: Iterable[Snapshot], *, most_seconds: float = MOST_SECONDS, most_memory: int = MOST_MEMORY
    ) -> None:
        import duckdb  # here because it takes 0.3 s and not every command counts

        snapshots = list(snapshots)
        self.error: type[Exception] = duckdb.Error
        self._most_seconds = most_seconds
        # To plan a statement takes longer than to run it over few rows: one thread each, and several at once.
        self._is_small = sum(snapshot.rows for snapshot in snapshots) <= FEW_ROWS
        settings = _SETTINGS | ONE_THREAD if self._is_small else _SETTINGS
        self._at_once = ThreadPoolExecutor(os.cpu_count())
        self._begun: list[Future[list[Found]]] = []
        self.columns: dict[str, dict[str, str]] = {}
        """Source → column → type as DuckDB calls it."""
        self.headings = {snapshot.source: dict(snapshot.headings) for snapshot in snapshots}
        """Source → name of a column where its rows come from → the column."""
        with ExitStack() as opened_here:
            self._limit = _Limit(most_seconds)
            opened_here.callback(self._limit.end)
            self._connection: duckdb.DuckDBPyConnection = opened_here.enter_context(empty_database(settings))
            self._fill(snapshots, most_memory)
            self._close = opened_here.pop_all().close

    def __enter__(self) -> Warehouse:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._at_once.shutdown(wait=False, cancel_futures=True)
        # Again and again, for one that is about to start is not interrupted.
        while left := [statement for statement in self._begun if not statement.done()]:
            self._limit.interrupt_all()
            wait(left, timeout=_A_MOMENT)
        self._close()

    def _fill(self, snapshots: Iterable[Snapshot], most_memory: int) -> None:
        """Take over the rows; from then on nothing outside can be reached."""
        allowed: list[str] = []
        for snapshot in snapshots:
            # Large ones stay on the disk, so that memory does not grow with them.
            kind = "VIEW" if snapshot.more else "TABLE"
            with opened(self._connection, snapshot.parquet, snapshot.key) as address:
                files = snapshot.files(address)
                listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
                self._connection.execute(
                    f"CREATE {kind} {quoted(snapshot.source)} AS SELECT * FROM read_parquet([{listed}])"  # noqa: S608 -- paths of ours
                )
            allowed += files if snapshot.more else []
            self.describe(snapshot.source)
        self._connection.execute(f"SET memory_limit = '{self._taken() + most_memory}B'")
        self._connection.execute("SET allowed_paths = ?", [allowed])
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def describe(self, table: str) -> None:
        """Note the columns of a table."""
        described = self.query(f"DESCRIBE {quoted(table)}")
        self.columns[table] = {str(name): str(kind) for name, kind, *_ in described}

    @cached_property
    def unsteady_functions(self) -> frozenset[str]:
        """Functions that answer differently from build to build, such as `now` and `random`."""
        return frozenset(str(name) for (name,) in self.query(_UNSTEADY))

    def query(self, sql: str, values: Sequence[object] = ()) -> list[Found]:
        """All rows of one statement."""
        if self._is_small:
            return self._found(self._connection, sql, values)
        # Beside this thread, which hears of Ctrl-C while it waits: inside DuckDB's threads it would hear of it at their end.
        self._begun.append(self._at_once.submit(self._found, self._connection, sql, values))
        return self._begun[-1].result()

    def begin(self, sql: str) -> Callable[[], list[Found]]:
        """Start a statement, and return what waits for all its rows or raises its error.

        Of many rows it starts when they are asked for: two at once would take twice the memory.
        """
        if not self._is_small:
            return lambda: self.query(sql)
        self._begun.append(self._at_once.submit(self._beside, sql))
        return self._begun[-1].result

    def run(self, sql: str, values: Sequence[object] = ()) -> None:
        """A statement that has no rows."""
        with self._limit.on(self._connection):
            self._connection.execute(sql, list(values))

    def why(self, error: Exception) -> Text:
        """Why a statement failed, without DuckDB's own text: it may quote a row about a person."""
        kind = type(error).__name__.removesuffix("Exception")
        limit = f"{self._most_seconds:g}"
        return {
            "Interrupt": Text(f"{limit}秒たっても終わりません", f"not done after {limit} seconds"),
            "OutOfMemory": Text("メモリーの上限を超えます", "it takes too much memory"),
            "Conversion": Text("型の変換ができない値があります", "a value cannot be converted"),
        }.get(kind, Text(f"DuckDBの `{kind}`", f"DuckDB's `{kind}`"))

    def _beside(self, sql: str) -> list[Found]:
        with self._connection.cursor() as connection:
            return self._found(connection, sql, ())

    def _found(self, connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object]) -> list[Found]:
        with self._limit.on(connection):
            rows: list[Found] = connection.execute(sql, list(values)).fetchall()
            return rows

    def _taken(self) -> int:
        ((taken,),) = self.query("SELECT sum(memory_usage_bytes)::BIGINT FROM duckdb_memory()")
        return int(str(taken))


class _Limit:
    """Interrupts statements that take too long. One thread watches all: to start one takes longer than most of them."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until: dict[duckdb.DuckDBPyConnection, float] = {}
        self._ended = Event()
        Thread(target=self._watch, daemon=True).start()

    @contextmanager
    def on(self, connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """Watch over one statement."""
        self._until[connection] = monotonic() + self._seconds
        try:
            yield
        finally:
            del self._until[connection]

    def interrupt_all(self) -> None:
        for connection in tuple(self._until):
            connection.interrupt()

    def end(self) -> None:
        self._ended.set()

    def _watch(self) -> None:
        left = self._seconds  # nothing that begins meanwhile can be late before that
        while not self._ended.wait(left):
            now, until = monotonic(), self._until.copy()
            for connection in (connection for connection, end in until.items() if end <= now):
                connection.interrupt()
            left = max(_A_MOMENT, min((self._seconds, *(end - now for end in until.values()))))


def quoted(name: str) -> str:
    """An identifier as SQL writes it. `metrics_file.Names` says why SQL may be put together here (ruff's S608)."""
    return '"' + name.replace('"', '""') + '"'
