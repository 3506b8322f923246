"""The kinds of metrics: what each adds to the common keys of an entry in metrics.yml.

Each counts people of the roster on the last day of a month; `measure.kinds` has one file a kind that says how.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator

from generator.model.finding import Text
from generator.model.metric import Activity, Answers, Comparison, Days, Metric, PointsTarget, Population, Target, Unit
from generator.model.period import Month
from generator.model.record import unfit

MOST_DAYS = 92


def _few_days(value: timedelta) -> timedelta:
    if not 1 <= value.days <= MOST_DAYS:
        raise unfit(
            "bad-span",
            Text(f"`{value.days}d` は長さとして使えません", f"`{value.days}d` is no span to count over"),
            Text(f"`1d` から `{MOST_DAYS}d` までで書いてください", f"write `1d` to `{MOST_DAYS}d`"),
        )
    return value


Span = Annotated[Days, AfterValidator(_few_days)]


def first_of(span: timedelta, month: Month) -> date:
    """The first of the days that end with a month."""
    return month.last_day - span + timedelta(days=1)


class Share(Metric):
    """Who did it, of all who could have: the adoption rate; with a window of 1, 7 or 28 days DAU, WAU, MAU."""

    kind: Literal["share"] = "share"
    numerator: Activity
    denominator: Population
    window: Span | None = None
    """The days that count, ending on the month's last day; the whole month when absent."""
    compare_with: Comparison | None = None

    activity_keys: ClassVar[tuple[str, ...]] = ("numerator",)
    population_key: ClassVar[str] = "denominator"
    target: Target | None = None

    def first_day(self, month: Month) -> date:
        """The window's first day."""
        return month.first_day if self.window is None else first_of(self.window, month)

    @property
    def rows_read(self) -> dict[str, Activity]:
        """All rows about people that are read for it: what is counted, and what it is compared with."""
        return self.activities | ({"compare_with": self.compare_with} if self.compare_with else {})


class Stickiness(Metric):
    """On how many of the month's business days the people of the month were there, on average."""

    kind: Literal["stickiness"] = "stickiness"
    activity: Activity
    eligible: Population

    activity_keys: ClassVar[tuple[str, ...]] = ("activity",)
    target: Target | None = None


class Activation(Metric):
    """Who of the new people did it within some days of their first day or licence."""

    kind: Literal["activation"] = "activation"
    activity: Activity
    eligible: Population
    licence: Activity | None = None
    """When somebody could begin, where that is not their first day in the roster."""
    within: Span = timedelta(days=14)
    """Days after the first one; who began is told in the month in which these are over."""

    target: Target | None = None

    def first_day(self, month: Month) -> date:
        """The first arrival that is told in the month."""
        return month.first_day - self.within

    @property
    def activities(self) -> dict[str, Activity]:
        """What is counted, by key."""
        return {"activity": self.activity} | ({"licence": self.licence} if self.licence else {})


class Retention(Metric):
    """Who did it again, of those who did it in the window before."""

    kind: Literal["retention"] = "retention"
    activity: Activity
    eligible: Population
    window: Span = timedelta(days=28)
    """Length of both windows; the later one ends on the month's last day."""

    activity_keys: ClassVar[tuple[str, ...]] = ("activity",)
    target: Target | None = None

    def first_day(self, month: Month) -> date:
        """The first day of the earlier window."""
        return first_of(2 * self.window, month)


class DualUse(Metric):
    """Who used both of two things, of those who used either."""

    kind: Literal["dual_use"] = "dual_use"
    first: Activity
    second: Activity
    eligible: Population

    activity_keys: ClassVar[tuple[str, ...]] = ("first", "second")
    target: Target | None = None


class Favourable(Metric):
    """Who answered 4 or 5 on a scale of 1 to 5, of all who answered."""

    kind: Literal["favourable"] = "favourable"
    answers: Answers
    eligible: Population

    activity_keys: ClassVar[tuple[str, ...]] = ("answers",)
    is_survey: ClassVar[bool] = True
    target: Target | None = None


class Enps(Metric):
    """Those who answered 9 or 10 on a scale of 0 to 10 less those who answered 0 to 6, in percent of all answers."""

    kind: Literal["enps"] = "enps"
    answers: Answers
    eligible: Population

    activity_keys: ClassVar[tuple[str, ...]] = ("answers",)
    unit: ClassVar[Unit] = Unit.POINTS
    is_survey: ClassVar[bool] = True
    target: PointsTarget | None = None


class FaqEffect(Metric):
    """Help sessions after which no ticket came, of all help sessions: an estimate, for who gave up counts as helped."""

    kind: Literal["faq_effect"] = "faq_effect"
    help: Activity
    """Who looked for help; a person's day is one session."""
    tickets: Activity
    eligible: Population
    within: Span = timedelta(days=3)
    """Days after a session in which a ticket counts as its own; the session is told in the month in which they end."""

    activity_keys: ClassVar[tuple[str, ...]] = ("help", "tickets")
    is_estimate: ClassVar[bool] = True
    target: Target | None = None

    def first_day(self, month: Month) -> date:
        """The first session that is told in the month."""
        return month.first_day - self.within


METRIC_KINDS: dict[str, type[Metric]] = {
    "share": Share,
    "stickiness": Stickiness,
    "activation": Activation,
    "retention": Retention,
    "dual_use": DualUse,
    "favourable": Favourable,
    "enps": Enps,
    "faq_effect": FaqEffect,
}


def scale_of(metric: Metric) -> tuple[Answers, int, int] | None:
    """The answers that a metric counts, and the ends of their scale; None for a metric of something else."""
    match metric:
        case Favourable():
            return metric.answers, 1, 5
        case Enps():
            return metric.answers, 0, 10
    return None


def comparison_of(metric: Metric) -> Comparison | None:
    """The other source that a metric is compared with, if it is."""
    return metric.compare_with if isinstance(metric, Share) else None
