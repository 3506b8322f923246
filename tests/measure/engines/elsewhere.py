"""The demo company with its rows in a database: sources.yml says `table`, metrics.yml stays as it is."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import yaml

from generator.effects import Effects
from generator.measure import measure
from generator.model.figure import MeasuredFigures
from generator.model.finding import Finding
from generator.model.snapshot import Snapshots
from generator.pull import pull
from generator.settings import Settings

REPOSITORY = Path(__file__).parents[3]
CLOCK = Effects(clock=lambda: datetime(2026, 11, 20, tzinfo=UTC))
TYPES = {"VARCHAR": "text", "BIGINT": "integer", "DOUBLE": "number", "DATE": "date", "BOOLEAN": "boolean"}
TIMES = {
    "chat_usage": "report_refresh_date",
    "slack_usage": "date",
    "one_on_one_survey": "month",
    "pulse_survey": "month",
}
"""What kinds of their own know, and the kind `table` is told."""


@dataclass(frozen=True)
class Demo:
    """The demo's exports, pulled and measured by DuckDB."""

    settings: Settings
    snapshots: Snapshots
    figures: MeasuredFigures

    @property
    def people(self) -> list[str]:
        """Its sources with rows about people."""
        return [name for name in self.snapshots.by_source if name != "department_targets"]

    def columns(self, source: str) -> list[tuple[str, str]]:
        """Name and DuckDB type of each column."""
        parquet = self.snapshots.by_source[source].parquet
        return [(row[0], row[1]) for row in duckdb.execute("DESCRIBE FROM read_parquet(?)", [str(parquet)]).fetchall()]

    def rows(self, source: str) -> list[tuple[object, ...]]:
        parquet = self.snapshots.by_source[source].parquet
        return duckdb.execute("FROM read_parquet(?)", [str(parquet)]).fetchall()


def pulled_demo(root: Path, exports: Path) -> Demo:
    """Pull and measure the demo below `root`."""
    settings = _site(root)
    shutil.copytree(exports, settings.data / "exports")
    snapshots, findings = pull(settings, CLOCK)
    figures, more = measure(settings, CLOCK, snapshots)
    assert findings + more == []
    return Demo(settings, snapshots, figures)


def moved(demo: Demo, root: Path, table: str = "{}") -> Settings:
    """The same site with its people in tables named like the sources, in the database at `WAREHOUSE`."""
    settings = _site(root)
    exports = settings.data / "exports"
    exports.mkdir()
    shutil.copy(demo.settings.data / "exports" / "targets.xlsx", exports)
    declared = yaml.safe_load((settings.data / "sources.yml").read_text("utf-8"))["sources"]
    for source in demo.people:
        declared[source] = {
            "kind": "table",
            "label": declared[source]["label"],
            "url": {"env": "WAREHOUSE"},
            "table": table.format(source),
            "columns": {f"{name}": {"name": name, "type": TYPES[kind]} for name, kind in demo.columns(source)},
        } | ({"time": TIMES[source]} if source in TIMES else {})
    (settings.data / "sources.yml").write_text(yaml.safe_dump({"sources": declared}, allow_unicode=True), "utf-8")
    return settings


def counted(settings: Settings, environ: Mapping[str, str]) -> tuple[MeasuredFigures, Sequence[Finding]]:
    """Pull and measure with an environment."""
    effects = Effects(clock=CLOCK.clock, environ=environ)
    snapshots, findings = pull(settings, effects)
    figures, more = measure(settings, effects, snapshots)
    return figures, [*findings, *more]


def _site(root: Path) -> Settings:
    settings = Settings(root=root, content=root / "content", site_name="あさひ野瓦版")
    settings.data.mkdir(parents=True)
    for name in ("sources.yml", "metrics.yml", "departments.csv"):
        (settings.data / name).write_bytes((REPOSITORY / "content" / "data" / name).read_bytes())
    return settings
