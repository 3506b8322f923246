"""What is measured: one entry of `content/data/metrics.yml`, the only place a definition is written.

The vocabulary follows MetricFlow: entity, grain, numerator, denominator, dimensions.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from generator.model.finding import Text, one_line
from generator.model.period import Month, YearMonth
from generator.model.record import Name, Record, Words, unfit


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
Proportion = Annotated[float, Field(ge=0, le=1)]


class Label(Record):
    """A name in the languages of the site."""

    ja: Words
    en: Words


class Rows(Record):
    """Rows of a source that name people."""

    source: str
    """The source in sources.yml whose rows are counted."""
    column: str
    """The column that names the entity; one of the entity's identifiers decides the match."""
    where: str | None = None
    """A DuckDB SQL condition on the rows of the source."""


class Activity(Rows):
    """Who did something, and on which day."""

    matches: str
    """The roster column that `column` is matched with (text is compared without case)."""
    time: str
    """The date column that says which day a row belongs to."""


class Comparison(Activity):
    """The same from another source, which has to say nearly the same; the metric's own source is the one published."""

    tolerance: Proportion
    """How far the two shares of the company may lie apart."""


class Answers(Activity):
    """Who answered a question, and what: the latest answer of a person in a period counts, an empty one never."""

    value: str
    """The column with the answer, a whole number; an empty cell (「該当しない」) is no answer."""


class Population(Rows):
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


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class Target(Record):
    """How far, by when, in which direction."""

    value: Proportion
    by: YearMonth
    direction: Direction = Direction.UP
    """`up`: the target is reached at `value` and above; `down`: at `value` and below."""
    baseline: Proportion | None = None
    """Where the way to the target began; needed to say how far one has come downwards."""
    per_department: DepartmentTargets | None = None

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if self.direction is Direction.DOWN and self.baseline is None:
            raise unfit("no-baseline", *_NO_BASELINE)
        if self.baseline is not None and (self.baseline > self.value) is (self.direction is Direction.UP):
            raise unfit("wrong-baseline", *_WRONG_BASELINE)
        return self

    @property
    def shown(self) -> int:
        """The target as the integer that pages show."""
        return percent_of(str(self.value))

    @property
    def shown_baseline(self) -> int | None:
        return None if self.baseline is None else percent_of(str(self.baseline))


_NO_BASELINE = (
    Text("`direction: down` には、始まりの値 `baseline` が要ります", "`direction: down` needs a `baseline`"),
    Text("取り組みを始めたときの値を `baseline` に書いてください", "write where it began as `baseline`"),
)
_WRONG_BASELINE = (
    Text("`baseline` が目標の先にあります", "the `baseline` lies beyond the target"),
    Text(
        "`direction: up` なら目標より小さな値、`down` なら大きな値を書いてください",
        "write less than the target for `direction: up`, more for `down`",
    ),
)

Points = Annotated[int, Field(ge=-100, le=100)]


class PointsTarget(Record):
    """The target of a figure that is told in points from −100 to 100."""

    value: Points
    by: YearMonth

    direction: ClassVar[Direction] = Direction.UP
    per_department: ClassVar[None] = None
    shown_baseline: ClassVar[None] = None

    @property
    def shown(self) -> int:
        """The target as the integer that pages show."""
        return self.value


class Privacy(Record):
    """Small groups are never exposed; may be raised, not lowered below 5."""

    min_group: int = Field(default=10, ge=5)


class Freshness(Record):
    """How old the newest rows may be, counted from the build's day to the source's watermark."""

    warn_after: Days
    """Older: shown with a badge (status `stale`), exit code 3."""
    fail_after: Days
    """Older still: the build stops with exit code 30."""

    @model_validator(mode="after")
    def _warns_before_it_fails(self) -> Self:
        if self.warn_after > self.fail_after:
            raise unfit(
                "wrong-freshness",
                Text("`warn_after` が `fail_after` より長くなっています", "`warn_after` is longer than `fail_after`"),
                Text("`warn_after` を短くしてください", "shorten `warn_after`"),
            )
        return self


class CheckSeverity(StrEnum):
    """What becomes of a cell that fails a check."""

    FAIL = "fail"  # the build stops, exit code 30
    WARN = "warn"  # the cell is shown, and the check is told
    HOLD = "hold"  # the last released figures of its month stay, marked as old


class Check(Record):
    """A condition that must hold in every cell; `numerator <= denominator` alone is short for one that fails."""

    condition: str
    severity: CheckSeverity = CheckSeverity.FAIL


def _check(value: object) -> object:
    return {"condition": value} if isinstance(value, str) else value


class DenominatorNote(Record):
    """Why many people more or fewer are eligible; printed at the trend, and the build no longer warns of it."""

    month: YearMonth
    """The first month in which they are."""
    note: Words


class Unit(StrEnum):
    """What the integer of a released figure counts."""

    PERCENT = "percent"  # 0 to 100
    POINTS = "points"  # −100 to 100


class Metric(Record):
    """One metric as a company defines it; `metric_kinds` has what each kind adds."""

    name: Name
    kind: str = "share"
    """How it is counted."""
    label: Label
    owner: Words
    """Who answers questions about it."""
    definition: Words
    """The definition in one sentence, printed under every figure."""
    grain: Literal["month"] = "month"
    """The span of one figure."""
    entity: str
    """Whom it counts: a name below `entities`."""
    dimensions: tuple[Literal["department"], ...] = ("department",)
    """What figures are split by; nothing for a figure of the company alone."""
    target: Target | PointsTarget | None = None
    privacy: Privacy = Privacy()
    freshness: Freshness
    checks: tuple[Annotated[Check, BeforeValidator(_check)], ...] = ()
    """Conditions that must hold in every cell, e.g. `numerator <= denominator`."""
    denominator_notes: tuple[DenominatorNote, ...] = ()
    """Why the number of eligible people changed much."""
    format: Literal["percent0"] = "percent0"
    """`percent0`: an integer percent, rounded half up."""
    data_use: str = "集計結果は取り組みの改善にだけ使い、人事評価には使いません。"
    """What the figures may be used for, printed on each generated page."""

    activity_keys: ClassVar[tuple[str, ...]]
    """The keys whose rows are counted."""
    population_key: ClassVar[str] = "eligible"
    """The key that says who is eligible."""
    unit: ClassVar[Unit] = Unit.PERCENT
    is_estimate: ClassVar[bool] = False
    """Whether it only suggests what it is named for; pages say 「推定」."""
    is_survey: ClassVar[bool] = False
    """Whether its denominator is those who answered; pages print the response rate beside it."""

    @property
    def activities(self) -> dict[str, Activity]:
        """What is counted, by key."""
        return {key: getattr(self, key) for key in self.activity_keys}

    @property
    def rows_read(self) -> dict[str, Activity]:
        """All rows about people that are read for it: what is counted, and what it is compared with."""
        return self.activities

    def first_day(self, month: Month) -> date:
        """The first day that the figure of a month tells of; the last one is the month's own."""
        return month.first_day

    @property
    def counting_keys(self) -> frozenset[str]:
        """The keys that say who is counted over whom: figures of two such definitions are not about the same thing."""
        spans = {key for key in ("window", "within") if getattr(self, key, None) is not None}
        return frozenset({"kind", "entity", *self.activities, self.population_key, *spans})

    @property
    def population(self) -> Population:
        found: Population = getattr(self, self.population_key)
        return found

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that a figure is made from, what was done first."""
        return tuple(dict.fromkeys([*(a.source for a in self.activities.values()), self.population.source]))


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
    company_holidays: tuple[date, ...] = ()
    """Days on which the company does not work, beside weekends and national holidays."""
    metrics: dict[str, dict[str, Any]]
    """By name; each is read by its own kind."""


def target_percent_of(target: Target | PointsTarget | None) -> int | None:
    """The company's target as the integer that pages show."""
    return None if target is None else target.shown


def percent_of(share: str) -> int:
    """A share as the integer percent that pages show, rounded half up as people do it: `0.145` is 15.

    `share` is the number as it is written. Its binary form lies a little beside it, which would decide a half.
    """
    return int((Decimal(share) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def attainment(actual: int, target: Target | PointsTarget, goal: int) -> int | None:
    """How much of the way to `goal` is done, in percent of it; below 0 behind the start, above 100 beyond the goal.

    The way begins at the target's baseline, or at 0 without one. None when there is no way: a goal of 0.
    """
    start = target.shown_baseline or 0
    return None if goal == start else percent_of(str(Decimal(actual - start) / Decimal(goal - start)))
