"""What is measured: one entry of `content/data/metrics.yml`, the only place a definition is written.

The vocabulary follows MetricFlow: entity, grain, numerator, denominator, dimensions, agg.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from generator.model.period import Month


def _duration(value: object) -> object:
    """Read `10d` as ten days; leaves anything else to pydantic's own error."""
    if isinstance(value, str) and (match := re.fullmatch(r"(\d+)d", value)):
        return timedelta(days=int(match[1]))
    raise ValueError("a duration is written in days, like 45d")


def _month(value: object) -> object:
    if isinstance(value, Month):
        return value
    return Month.parse(str(value))


Days = Annotated[timedelta, BeforeValidator(_duration)]
YearMonth = Annotated[Month, BeforeValidator(_month)]
Share = Annotated[float, Field(ge=0, le=1)]


class Strict(BaseModel):
    """Base of everything declared in YAML: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, use_attribute_docstrings=True)


class Label(Strict):
    """A name in the languages of the site."""

    ja: str
    en: str


class Count(Strict):
    """One half of a ratio: how many distinct entities, from which rows."""

    source: str
    """The source in sources.yml whose rows are counted."""
    agg: Literal["count_distinct"] = "count_distinct"
    column: str
    """The column that names the entity; one of the entity's identifiers decides the match."""
    where: str | None = None
    """A DuckDB SQL condition on the rows of the source."""


class Numerator(Count):
    """Who did it in the period."""

    matches: str
    """The roster column that `column` is matched with (text is compared without case)."""
    time: str
    """The date column that says which month a row belongs to."""


class Denominator(Count):
    """Who could have done it: eligible people on the last day of the period."""

    as_of: Literal["period_end"] = "period_end"


class DepartmentTargets(Strict):
    """Where each department's own target stands."""

    source: str
    department: str
    """The column with the department id."""
    value: str
    """The column with the target as a fraction."""


class Target(Strict):
    """How far, by when, in which direction."""

    value: Share
    by: YearMonth
    direction: Literal["up"] = "up"
    per_department: DepartmentTargets | None = None


class Privacy(Strict):
    """Small groups are never exposed; may be raised, not lowered below 5."""

    min_group: int = Field(default=10, ge=5)


class Freshness(Strict):
    """How old the newest rows may be, counted from the build's day to the source's watermark."""

    warn_after: Days
    """Older: shown with a badge (status `stale`), exit code 3."""
    fail_after: Days
    """Older still: the build stops with exit code 30."""


class Metric(Strict):
    """One metric as a company defines it."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Label
    owner: str
    """Who answers questions about it."""
    definition: str
    """The definition in one sentence, printed under every figure."""
    unit: Literal["people"] = "people"
    grain: Literal["month"] = "month"
    entity: str
    numerator: Numerator
    denominator: Denominator
    dimensions: tuple[Literal["department"], ...] = ("department",)
    target: Target | None = None
    privacy: Privacy = Privacy()
    freshness: Freshness
    checks: tuple[str, ...] = ()
    """Conditions that must hold in every cell, e.g. `numerator <= denominator`."""
    format: Literal["percent0"] = "percent0"
    data_use: str = "集計結果は取り組みの改善にだけ使い、人事評価には使いません。"
    """What the figures may be used for, printed on each generated page."""


class Entity(Strict):
    """Whom a metric counts and where their department of the day is found."""

    source: str
    """The roster: one row a person and span of validity."""
    key: str
    """The column that identifies a person."""
    department: str
    """The column with the department id."""
    valid_from: str
    valid_to: str
    """First and last day of a row's validity, both included; an empty end is open."""


class MetricsFile(Strict):
    """The whole of `content/data/metrics.yml`."""

    entities: dict[str, Entity]
    metrics: dict[str, Metric]
    """By name; the loader copies the key into `name`."""


def target_percent_of(target: Target | None) -> int | None:
    """The company's target as the integer percent that pages show."""
    return None if target is None else round(target.value * 100)
