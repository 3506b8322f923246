"""A small company: a roster, some usage, a definition; measured on 2026-11-20."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from generator.effects import Effects
from generator.measure import measure
from generator.model.figure import MeasuredFigures
from generator.model.finding import Finding, in_order
from generator.model.snapshot import Snapshot, Snapshots, SnapshotStatus
from generator.settings import Settings

Post = tuple[str, str | None, str | None, str, date, date | None]
"""Employee, mail, department, employment, first and last day."""
Use = tuple[str, date, int]
"""Mail as the tool spells it, day, messages."""

DEPARTMENTS = """department_id,name,parent_id,valid_from,valid_to,successor_id,order
sales,営業部,,2016-04-01,,,10
legal,法務室,,2016-04-01,,,20
supply,購買物流部,,2026-10-01,,,30
logistics,物流部,,2016-04-01,2026-09-30,supply,40
"""
METRICS = """
entities:
  employee: {source: roster, key: employee, department: department, valid_from: first, valid_to: last}
metrics:
  chat_rate:
    label: {ja: 利用率, en: Rate}
    owner: 情報システム部
    definition: 使った人の割合です。
    entity: employee
    numerator:
      source: usage
      column: name
      matches: mail
      time: day
      where: messages > 0
    denominator: {source: roster, column: employee, where: employment <> '派遣'}
    target: {value: 0.8, by: 2026-12}
    freshness: {warn_after: 45d, fail_after: 400d}
"""
START = date(2020, 4, 1)

_WRITER = duckdb.connect()  # once, for a connection costs more than the few rows of a test


@dataclass
class Company:
    """Everything that `measure` looks at."""

    root: Path
    roster: Sequence[Post] = ()
    usage: Sequence[Use] = ()
    targets: Sequence[tuple[str, float | None]] = ()
    today: date = date(2026, 11, 20)
    stale: tuple[str, ...] = ()
    without_rows: frozenset[str] = frozenset()
    are_all_known: bool = True
    usage_source: str = "usage"
    """What sources.yml calls the usage."""
    more: dict[str, tuple[str, Sequence[tuple[object, ...]]]] = field(default_factory=dict)
    """Further sources: their columns, the first of which is a name and the second a day, and their rows."""
    _written: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        self.departments(DEPARTMENTS)
        self.metrics(METRICS)

    @property
    def data(self) -> Path:
        return self.root / "content" / "data"

    def departments(self, text: str) -> None:
        (self.data / "departments.csv").write_text(text, "utf-8")

    def metrics(self, text: str) -> None:
        (self.data / "metrics.yml").write_text(text, "utf-8")

    def define(self, old: str, new: str) -> None:
        """Change the definition."""
        text = (self.data / "metrics.yml").read_text("utf-8")
        assert old in text
        self.metrics(text.replace(old, new))

    def measure(self) -> tuple[MeasuredFigures, list[Finding]]:
        tables: dict[str, tuple[Sequence[tuple[object, ...]], str]] = {
            "roster": (
                self.roster,
                "employee TEXT, mail TEXT, department TEXT, employment TEXT, first DATE, last DATE",
            ),
            self.usage_source: (self.usage, "name TEXT, day DATE, messages BIGINT"),
            "targets": (self.targets, "unit TEXT, share DOUBLE"),
        } | {name: (rows, columns) for name, (columns, rows) in self.more.items()}
        there = {name: table for name, table in tables.items() if name not in self.without_rows}
        snapshots = {name: self._snapshot(name, rows, columns) for name, (rows, columns) in there.items()}
        clock = datetime(self.today.year, self.today.month, self.today.day, 3, tzinfo=UTC)
        settings = Settings(root=self.root, content=self.root / "content", site_name="瓦版")
        return measure(
            settings, Effects(clock=lambda: clock), Snapshots(snapshots, self.without_rows, self.are_all_known)
        )

    def _snapshot(self, name: str, rows: Sequence[tuple[object, ...]], columns: str) -> Snapshot:
        self._written += 1
        parquet = self.root / f"{name}-{self._written}.parquet"
        kinds = [column.split()[1] for column in columns.split(", ")]
        lists = ", ".join(f"unnest(${n}::{kind}[])" for n, kind in enumerate(kinds, start=1))
        values = [[row[n] for row in rows] for n in range(len(kinds))]
        _WRITER.execute(f"CREATE OR REPLACE TABLE t ({columns})")
        _WRITER.execute(f"INSERT INTO t SELECT {lists}", values)
        _WRITER.execute(f"COPY t TO '{parquet}' (FORMAT parquet)")
        return Snapshot(
            source=name,
            label=name,
            parquet=parquet,
            rows=len(rows),
            watermark=self._watermark(name),
            sha256="",
            pulled_at=datetime(2026, 11, 20, tzinfo=UTC),
            headings=(("利用者", "name"), ("送信数", "messages")) if name == self.usage_source else (),
            status=SnapshotStatus.STALE if name in self.stale else SnapshotStatus.OK,
        )

    def _watermark(self, name: str) -> date | None:
        if name == self.usage_source:
            return max((day for _, day, _ in self.usage), default=None)
        return (
            max((day for _, day, *_ in self.more[name][1] if isinstance(day, date)), default=None)
            if name in self.more
            else None
        )

    def cells(self) -> dict[tuple[str, str | None], tuple[int | None, int]]:
        """(month, department) → (numerator, denominator) of a measurement without any finding."""
        figures, findings = self.measure()
        assert [said(finding) for finding in findings] == []
        return {(str(c.period), c.department): (c.numerator, c.denominator) for c in figures.cells}

    def findings(self) -> list[str]:
        return [said(finding) for finding in in_order(self.measure()[1])]


def said(finding: Finding) -> str:
    """A finding as one line: place, sentence and remedy in Japanese."""
    mark = "" if finding.is_error else "注意 "
    return f"{mark}{finding.place} {finding.what.ja} → {finding.remedy.ja}"


def post(
    employee: str,
    department: str | None = "sales",
    *,
    employment: str = "正社員",
    first: date = START,
    last: date | None = None,
) -> Post:
    return (employee, f"{employee}@x", department, employment, first, last)


def uses(day: str, *employees: str, messages: int = 1) -> list[Use]:
    return [(f"{employee}@x", date.fromisoformat(day), messages) for employee in employees]


@pytest.fixture
def company(tmp_path: Path) -> Company:
    return Company(
        tmp_path,
        roster=[post("a"), post("b"), post("c", "legal")],
        usage=uses("2026-10-01", "a") + uses("2026-10-31", "c"),
    )
