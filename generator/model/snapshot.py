"""What `pull` hands to `measure`: typed rows in Parquet files that never change once written."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from generator.model.finding import Finding
from generator.model.period import Month


class SnapshotStatus(StrEnum):
    """Whether the newest pull worked, or an earlier one stands in for it."""

    OK = "ok"
    STALE = "stale"  # the newest pull failed; this is the last good one


class RemoteTable(Struct, frozen=True):
    """Rows that stay in a database and are counted there: where they are, and what is known of them."""

    variable: str
    """The environment variable with the database's address."""
    name: str
    """The table, with its schema where it has one: `analytics.chat_usage`."""
    columns: tuple[tuple[str, str, str], ...]
    """Of each declared column its name there, its name in metrics.yml and its type as DuckDB calls it."""
    seconds: float
    """Time that one statement may take."""
    time: str | None = None
    """The column that says of which day a row is, by its name in metrics.yml."""
    first: date | None = None
    """The earliest day of its rows; None where they carry no time."""
    months: tuple[tuple[Month, int], ...] = ()
    """How many rows each month has, oldest first."""
    may_ask: bool = True
    """Whether the database may be asked now; else only what was counted before is known."""


class Snapshot(Struct, frozen=True):
    """The rows of one source as of one pull; person-level, so it lives in the private cache only."""

    source: str  # its name in sources.yml
    label: str  # what a page prints as 出典, from sources.yml
    parquet: Path  # without a row where these stay in a database
    rows: int
    watermark: date | None  # the newest day the rows speak of; None where rows carry no time
    sha256: str  # of the Parquet file; of what is known of a table in a database
    pulled_at: datetime
    status: SnapshotStatus
    more: tuple[Path, ...] = ()
    """Parquet files beside it, each with the rows of one large file; none where rows are sealed."""
    replaced: int = 0  # rows left out because a newer one has the same key (`on_duplicate: latest`)
    failure: Finding | None = None  # why the newest pull failed, when stale
    key: bytes | None = None  # what the Parquet file may be sealed with
    file: str | None = None
    """The one that the rows are in, as messages show it; None where there may be several or none."""
    headings: tuple[tuple[str, str], ...] = ()  # of each column its name where the rows come from, and in metrics.yml
    table: RemoteTable | None = None  # where the rows are, when they stay in a database

    def __repr__(self) -> str:  # without the key: whatever prints it must not tell it
        return f"Snapshot({self.source!r}, {self.rows} rows, {self.status})"

    def files(self, address: str) -> list[str]:
        """All Parquet files, as DuckDB takes them, with `parquet` at the address where it is opened.

        A large one stands first, for DuckDB guesses from the first how large all are.
        """
        return [*map(str, self.more), address]


class Snapshots(Struct, frozen=True):
    """All sources of a site that have rows to show, by name."""

    by_source: dict[str, Snapshot]
    without_rows: frozenset[str] = frozenset()
    """Sources that are declared but gave nothing; a finding said why."""
    are_all_known: bool = True
    """False when sources.yml could not be read, so that nobody can say of a name that it is wrong."""
    are_local: bool = True
    """False when a source is elsewhere, so that no look at files tells whether these rows are the newest."""
    secrets: frozenset[str] = frozenset()
    """The environment variables that sources take their secrets from."""

    @property
    def declared(self) -> frozenset[str]:
        """The names of all sources."""
        return self.without_rows | self.by_source.keys()
