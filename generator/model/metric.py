"""What is measured: one entry of `content/data/metrics.yml`, the only place a definition is written.

The vocabulary follows MetricFlow: entity, grain, numerator, denominator, dimensions.
"""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from generator.model.finding import Text, one_line
from generator.model.period import YearMonth
from generator.model.record import Name, Record, unfit


def _duration(value: object) -> timedelta:
    """Read `10d` as ten days."""
    if isinstance(value, timedelta):
        return value
    if isinstance(value, str) and (match := re.fullmatch(r"(\d{1,6})d", value, re.ASCII)):
        return timedelta(days=int(match[1]))
    shown = one_line(str(value))
    raise unfit(
        "bad-duration",
        Text(f"`{shown}` は日数として読めません", f"`{shown}` is no number of days"),
        Text("`45d` の形で書いてください", "write days like `45d`"),
    )


Days = Annotated[timedelta, BeforeValidator(_duration)]
Share = Annotated[float, Field(ge=0, le=1)]


class Label(Record):
    """A name in the languages of the site."""

    ja: str
    en: str


class Count(Record):
    """One half of a ratio: how many distinct entities, from which rows."""

    source: str
    """The source in sources.yml whose rows are counted."""
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
    """The day on which they are counted and their department is looked up."""


class DepartmentTargets(Record):
    """Where each department's own target stands."""

    source: str
    department: str
    """The column with the department id."""
    value: str
    """The column with the target as a fraction."""


class Target(Record):
    """How far, by when, in which direction."""

    value: Share
    by: YearMonth
    direction: Literal["up"] = "up"
    """`up`: the target is reached at `value` and above."""
    per_department: DepartmentTargets | None = None


class Privacy(Record):
    """Small groups are never exposed; may be raised, not lowered below 5."""

    min_group: int = Field(default=10, ge=5)


class Freshness(Record):
    """How old the newest rows may be, counted from the build's day to the source's watermark."""

    warn_after: Days
    """Older: shown with a badge (status `stale`), exit code 3."""
    fail_after: Days
    """Older still: the build stops with exit code 30."""


class Metric(Record):
    """One metric as a company defines it."""

    name: Name
    label: Label
    owner: str
    """Who answers questions about it."""
    definition: str
    """The definition in one sentence, printed under every figure."""
    grain: Literal["month"] = "month"
    """The span of one figure."""
    entity: str
    """Whom it counts: a name below `entities`."""
    numerator: Numerator
    denominator: Denominator
    dimensions: tuple[Literal["department"], ...] = ("department",)
    """What figures are split by."""
    target: Target | None = None
    privacy: Privacy = Privacy()
    freshness: Freshness
    checks: tuple[str, ...] = ()
    """Conditions that must hold in every cell, e.g. `numerator <= denominator`."""
    format: Literal["percent0"] = "percent0"
    """`percent0`: an integer percent, rounded half up."""
    data_use: str = "集計結果は取り組みの改善にだけ使い、人事評価には使いません。"
    """What the figures may be used for, printed on each generated page."""


class Entity(Record):
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


class MetricsFile(Record):
    """The whole of `content/data/metrics.yml`."""

    entities: dict[str, Entity]
    metrics: dict[str, Metric]
    """By name; the loader copies the key into `name`."""


def target_percent_of(target: Target | None) -> int | None:
    """The company's target as the integer percent that pages show."""
    return None if target is None else percent_of(str(target.value))


def percent_of(share: str) -> int:
    """A share as the integer percent that pages show, rounded half up as people do it: `0.145` is 15.

    `share` is the number as it is written. Its binary form lies a little beside it, which would decide a half.
    """
    return int((Decimal(share) * 100).quantize(Decimal(1), ROUND_HALF_UP))
