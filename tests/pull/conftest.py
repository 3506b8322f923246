"""A site's data folder to put exports in and pull them from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from generator.effects import Effects
from generator.model.finding import Finding, in_order
from generator.model.snapshot import Snapshot, Snapshots
from generator.pull import pull
from generator.settings import Options, Settings
from tests.pull.server.clock import SkippingClock
from tests.pull.server.loopback import Loopback, loopback

TODAY = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@dataclass
class Desk:
    """Somebody's work on content/data."""

    root: Path
    now: datetime = TODAY
    environ: dict[str, str] = field(default_factory=dict)
    options: Options = field(default_factory=Options)
    time: SkippingClock = field(default_factory=SkippingClock)

    @property
    def settings(self) -> Settings:
        return Settings(root=self.root, content=self.root / "content", site_name="瓦版", options=self.options)

    @property
    def data(self) -> Path:
        return self.root / "content" / "data"

    @property
    def effects(self) -> Effects:
        return Effects(
            clock=lambda: self.now,
            environ=self.environ,
            monotonic=self.time.monotonic,
            sleep=self.time.sleep,
            chance=lambda: 0.5,
        )

    def put(self, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        """Write a file below content/data."""
        path = self.data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    def pull(self, *, offline: bool = False, asks_outside: bool = True) -> tuple[Snapshots, list[Finding]]:
        return pull(self.settings, self.effects, offline=offline, asks_outside=asks_outside)

    def findings(self) -> list[str]:
        """What a pull says, as people read it."""
        return [said(finding) for finding in in_order(self.pull()[1])]

    def snapshot(self, name: str = "usage") -> Snapshot:
        """The snapshot of a pull without any finding."""
        snapshots, findings = self.pull()
        assert [said(finding) for finding in findings] == []
        return snapshots.by_source[name]

    def rows(self, name: str = "usage") -> list[tuple[object, ...]]:
        """The rows of a pull without any finding."""
        with duckdb.connect() as connection:
            return connection.read_parquet(str(self.snapshot(name).parquet)).order("ALL").fetchall()


def said(finding: Finding) -> str:
    """A finding as one line: place, sentence and remedy in Japanese."""
    mark = "" if finding.is_error else "注意 "
    return f"{mark}{finding.place} {finding.what.ja} → {finding.remedy.ja}"


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as listening:
        yield listening


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "content" / "data").mkdir(parents=True)
    return Desk(tmp_path)


@pytest.fixture
def csv_desk(desk: Desk) -> Callable[..., Desk]:
    """A desk with one CSV source `usage`: mail, day, count."""

    def make(content: str | bytes, encoding: str = "utf-8", extra: str = "") -> Desk:
        desk.put("usage.csv", content, encoding)
        desk.put(
            "sources.yml",
            "sources:\n"
            "  usage:\n"
            "    kind: csv\n"
            "    label: 利用状況\n"
            "    path: usage.csv\n"
            "    encoding: utf-8\n"
            "    time: day\n"
            "    columns:\n"
            "      メール: {name: mail, type: text}\n"
            "      日付: {name: day, type: date}\n"
            "      件数: {name: count, type: integer}\n"
            f"{extra}",
        )
        return desk

    return make
