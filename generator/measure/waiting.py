"""Months that are over and wait for rows: nobody should wonder why the newest month is not on the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from generator.declared.marks import Marks
from generator.measure.calendar import Calendar
from generator.measure.months import LATE, Coverage, covers_all
from generator.measure.statement import readings
from generator.model.finding import Finding, Severity, Text, listed
from generator.model.metric import Metric
from generator.model.period import Month


class Wait(Struct, frozen=True):
    """What one source still owes to one metric."""

    source: str
    newest: date
    """The day on which its rows end."""
    first: Month
    last: Month
    metric: str
    key: str
    """Of the activity in the metric's entry."""


def waits(metric: Metric, sources: Mapping[str, Coverage], calendar: Calendar, today: date) -> Iterator[Wait]:
    """Each source that a month waits for.

    Not in the first days of a month, for rows take a while; not when the source is so old that it is told as such.
    """
    due = Month.of(today - LATE + timedelta(days=1)).plus(-1)
    whole = set() if metric.is_survey else {reading.key for reading in readings(metric, calendar)}
    for key, activity in metric.activities.items():
        span = sources[activity.source]
        begun = Month.of(span.newest)
        is_whole = key not in whole or covers_all(span, begun, calendar, today)
        first = begun.plus(1) if is_whole else begun
        if first <= due and today - span.newest <= metric.freshness.warn_after:
            yield Wait(activity.source, span.newest, first, due, metric.name, key)


def told(found: Iterable[Wait], marks: Marks) -> list[Finding]:
    """One finding for each source and span, with all metrics that wait."""
    together: dict[tuple[str, date, Month, Month], list[Wait]] = {}
    for wait in found:
        together.setdefault((wait.source, wait.newest, wait.first, wait.last), []).append(wait)
    return [_finding(same, marks) for same in together.values()]


def _finding(same: list[Wait], marks: Marks) -> Finding:
    wait, metrics = same[0], listed(dict.fromkeys(each.metric for each in same))
    is_one = wait.first == wait.last
    span = (
        Text(wait.last.label_ja, f"{wait.last}")
        if is_one
        else Text(f"{wait.first.label_ja}から{wait.last.label_ja}まで", f"{wait.first} to {wait.last}")
    )
    what = Text(
        f"出典 `{wait.source}` の行は {wait.newest} までで、{span.ja}の数字（{metrics}）はまだ出ません",
        f"the rows of `{wait.source}` end on {wait.newest}, so there are no figures of {span.en} yet ({metrics})",
    )
    remedy = Text(
        "残りの行か翌月の行が届くと載ります。月末に行がないこともある資料なら、翌月の初めまで含めて書き出すか、"
        "年月の列（`type: month`）を `time` に使ってください",
        "they appear once the rest has come, or a row of the month after; where a month may end without any row, let the "
        "export run into the next one, or use a column of months (`type: month`) as `time`",
    )
    place = ("metrics", wait.metric, wait.key, "source")
    return marks.finding("month-waits", place, what, remedy, Severity.WARNING)
