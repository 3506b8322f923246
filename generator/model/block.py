"""The closed grammar by which live figures enter an author's text: YAML in a ```kpi or ```chart fence."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Struct
from pydantic import Field

from generator.model.period import YearMonth
from generator.model.record import Record


class KpiSpec(Record):
    """Body of a ```kpi block: one figure as a tile."""

    metric: str
    department: str | None = None
    """A department id; the company when absent."""
    period: YearMonth | None = None
    """The latest month when absent."""


class ChartSpec(Record):
    """Body of a ```chart block: one chart with its sentence and table."""

    metric: str
    kind: Literal["trend", "departments", "comparison"]
    """`trend`: months with the target; `departments`: bars of one month; `comparison`: two months."""
    department: str | None = None
    period: YearMonth | None = None
    """The last month shown; the latest when absent."""
    since: Annotated[YearMonth | None, Field(alias="from")] = None
    """comparison: the earlier month."""
    title: str | None = None


class FigureBlock(Struct, frozen=True):
    """One block of a page and the line on which its fence opens."""

    spec: KpiSpec | ChartSpec
    line: int
