"""What a chart consists of, and what all figures of one metric share."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup
from msgspec import Struct

from generator.model.figure import COMPANY, ReleasedFigures
from generator.model.metric import Metric


class About(Struct, frozen=True):
    """What has to be known beside a figure to speak of it: the metric, the names, the source."""

    metric: Metric
    names: Mapping[str | None, str]  # department id → name as printed; None → the company
    source: str  # 出典, as printed

    @classmethod
    def of(cls, released: ReleasedFigures, metric: str, *, source: str, company: str = "全社") -> About:
        """For one metric of everything released; departments that are gone keep the name they had."""
        names: dict[str | None, str] = {unit.id: unit.name for unit in released.organisation.departments}
        return cls(released.metrics[metric], names | {COMPANY: company}, source)

    @property
    def label(self) -> str:
        return f"{self.metric.label.ja}（推定）" if self.metric.is_estimate else self.metric.label.ja

    def name_of(self, department: str | None) -> str:
        return self.names[department]


class Table(Struct, frozen=True):
    """A chart's figures in words; the first cell of each row names the row."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Chart(Struct, frozen=True):
    """One chart: the drawing and everything that says the same in words."""

    key: str  # unique on a page
    title: str
    svg: Markup
    sentence: str  # what to see in it
    table: Table
    notes: tuple[tuple[str, str], ...]  # 期間, 時点, 対象, 目標, 定義, 出典
    stale: str  # since when the data is old, shown as a badge; empty when it is not

    @property
    def words(self) -> str:
        """What to say where there is no picture and no badge."""
        return self.sentence + self.stale
