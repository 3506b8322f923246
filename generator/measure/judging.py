"""Judges what was counted: figures that cannot be right are findings, not pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import floor

from msgspec import Struct

from generator.declared.marks import Location, Marks
from generator.measure.anomalies import Anomaly
from generator.measure.comparing import Disagreement
from generator.measure.counting import Count, Counted, Unmatched
from generator.measure.months import Coverage
from generator.model.figure import COMPANY
from generator.model.finding import Family, Finding, Place, Severity, Text, nearest
from generator.model.metric import Comparison, Metric
from generator.model.metric_kinds import scale_of
from generator.model.organisation import Organisation
from generator.model.period import Month
from generator.model.snapshot import Snapshot

UNMATCHED_SHARE = 0.05
"""Share of active names outside the roster (leavers, guests) from which on somebody should look."""
MOSTLY = 0.5
"""Share of them in the newest month from which on the file is more likely another one than full of leavers."""
MUCH = 0.1
"""Share of the eligible people by which the company may change in a month before somebody has to say why."""
MOST = 10
"""Cells told of one sort of doubt."""
STAYS = Text(
    "前の組み立てで載せた数字があればそのまま載せ、なければ「未測定」にしました",
    "the figure of the build before stays, and where there is none it says not measured",
)
"""What became of a figure that is held back: what builds showed is not known where it is measured."""


class Judge(Struct, frozen=True):
    """Judges one metric."""

    metric: Metric
    marks: Marks
    organisation: Organisation
    roster: Snapshot
    """Of the metric's entity."""

    def finding(
        self, code: str, key: Location, what: Text, remedy: Text, severity: Severity = Severity.ERROR
    ) -> Finding:
        """A finding at a key of the metric's entry in metrics.yml."""
        return self.marks.finding(code, ("metrics", self.metric.name, *key), what, remedy, severity)

    def counted(self, counted: Counted) -> list[Finding]:
        """What is wrong with who was counted."""
        return [
            *self._nobody(counted.counts),
            *self._people(counted),
            *(self._unmatched(counted.unmatched) if counted.counts else []),  # nobody is found where nobody is
            *self._answers(counted.outside),
            *self._headcounts(counted.counts),
            *self._departments(counted.departments),
        ]

    def _nobody(self, counts: Sequence[Count]) -> list[Finding]:
        if counts:
            return []
        what = Text(f"`{self.metric.name}` の対象者が0人です", f"nobody is eligible for `{self.metric.name}`")
        eligible = self.metric.population_key
        remedy = Text(
            f"`{eligible}` の `where` と名簿の期間を確かめてください",
            f"check `where` of `{eligible}` and the roster's validity",
        )
        return [self.finding("empty-denominator", (eligible,), what, remedy)]

    def _people(self, counted: Counted) -> list[Finding]:
        findings = []
        if counted.doubled:
            (month, people), more = counted.doubled[-1], len(counted.doubled)
            what = Text(
                f"{month.label_ja}末に2つの部署に数えられる人が{people}人います（該当する月は{more}か月）",
                f"people who count in two departments at the end of {month}: {people} (months: {more})",
            )
            eligible = self.metric.population_key
            remedy = Text(
                f"`{eligible}` の `where` で主務の行だけに絞ってください",
                f"let `where` of `{eligible}` keep only people's main posts",
            )
            findings.append(self.finding("two-departments", (eligible, "where"), what, remedy))
        if counted.shared:
            (month, names), more = counted.shared[-1], len(counted.shared)
            key, activity = next(iter(self.metric.activities.items()))
            column = activity.matches
            what = Text(
                f"{month.label_ja}末に、同じ `{column}` を複数の人が使っているものが{names}件あります（該当する月は{more}か月）",
                f"values of `{column}` that several people share at the end of {month}: {names} (months: {more})",
            )
            remedy = Text(
                "1人に1つになるよう名簿を直してください", "correct the roster so that each belongs to one person"
            )
            findings.append(self.finding("shared-name", (key, "matches"), what, remedy))
        return findings

    def _unmatched(self, unmatched: Sequence[Unmatched]) -> list[Finding]:
        findings = []
        for key in self.metric.activities:
            months = [m for m in unmatched if m.key == key]
            many = [m for m in months if m.unknown > UNMATCHED_SHARE * m.active]
            if months and all(m.unknown == m.active for m in months):
                findings.append(self._nobody_matched(key, months[-1]))
            elif many:
                findings.append(self._many_unmatched(key, many, months[-1]))
        return findings

    def _nobody_matched(self, key: str, newest: Unmatched) -> Finding:
        """All names are unknown: it is not the people who left, it is the wrong column."""
        activity = self.metric.activities[key]
        what = Text(
            f"`{activity.source}` の `{activity.column}` が、名簿の `{activity.matches}` に1人も見つかりません"
            f"（{newest.period.label_ja}: {newest.active}人）",
            f"nobody of `{activity.column}` in `{activity.source}` is found in `{activity.matches}` of the roster "
            f"({newest.period}: {newest.active} people)",
        )
        remedy = Text("`column` と `matches` の列を確かめてください", "check the columns in `column` and `matches`")
        return self.finding("nobody-matched", (key, "matches"), what, remedy)

    def _many_unmatched(self, key: str, many: Sequence[Unmatched], newest: Unmatched) -> Finding:
        is_mostly = newest.unknown > MOSTLY * newest.active
        told = newest if is_mostly else max(many, key=lambda month: (month.unknown / month.active, month.period))
        what = Text(
            f"{told.period.label_ja}に利用のあった{told.active}人のうち{told.unknown}人が、月末の名簿にいません"
            f"（5%を超える月: {len(many)}）",
            f"of {told.active} people active in {told.period}, {told.unknown} are not in the roster on its last day "
            f"(months above 5 %: {len(many)})",
        )
        remedy = Text(
            "退職者やゲストでなければ、名簿と `matches` の列を確かめてください",
            "unless they are leavers or guests, check the roster and the column in `matches`",
        )
        code = "mostly-unmatched" if is_mostly else "unmatched-people"
        return self.finding(code, (key, "matches"), what, remedy, Severity.WARNING)

    def _answers(self, outside: Sequence[tuple[Month, int]]) -> list[Finding]:
        scale = scale_of(self.metric)
        if not outside or scale is None:
            return []
        answers, low, high = scale
        month, found = outside[-1]
        what = Text(
            f"{month.label_ja}の回答のうち{found}件が、{low}から{high}までの目盛りにありません（該当する月は{len(outside)}か月）",
            f"answers of {month} that are not on the scale from {low} to {high}: {found} (months: {len(outside)})",
        )
        remedy = Text(
            f"列 `{answers.value}` の書き出しを直すか、`where` で除いてください",
            f"correct the export of `{answers.value}`, or leave them out with `where`",
        )
        return [self.finding("answer-off-scale", ("answers", "value"), what, remedy)]

    def _headcounts(self, counts: Sequence[Count]) -> list[Finding]:
        """Tell a company that grew or shrank much within a month, which nobody could see in a share."""
        explained = {note.month for note in self.metric.denominator_notes}
        company = {count.period: count.eligible for count in counts if count.department is COMPANY}
        changed = [
            month
            for month, people in company.items()
            if month not in explained and abs(people - (before := company.get(month.plus(-1), people))) > MUCH * before
        ]
        if not changed:
            return []
        month, more = changed[-1], len(changed)
        before, after = company[month.plus(-1)], company[month]
        what = Text(
            f"`{self.metric.name}` の対象者が、{month.label_ja}に{before:,}人から{after:,}人に変わりました（該当する月は{more}か月）",
            f"`{self.metric.name}`: eligible people changed from {before:,} to {after:,} in {month} (months: {more})",
        )
        remedy = Text(
            f"名簿を確かめ、正しければ `denominator_notes` に `{month}` の理由を書いてください",
            f"check the roster; if it is right, write why in `denominator_notes` for `{month}`",
        )
        return [self.finding("denominator-changed", (self.metric.population_key,), what, remedy, Severity.WARNING)]

    def _departments(self, found: Iterable[tuple[str | None, Month]]) -> list[Finding]:
        wrong: dict[str | None, list[Month]] = {}
        for department, month in found:
            if not any(d.id == department and d.exists_on(month.last_day) for d in self.organisation.departments):
                wrong.setdefault(department, []).append(month)
        return [self._department(department, months) for department, months in wrong.items()]

    def _department(self, department: str | None, months: list[Month]) -> Finding:
        roster = self.roster.source
        span = f"{months[0]}" if len(months) == 1 else f"{months[0]}–{months[-1]}"
        there = self.organisation.get(department) if department is not None else None
        if department is None:
            what = Text(
                f"名簿 `{roster}` に所属のない人がいます（{span}）",
                f"people without a department are in the roster `{roster}` ({span})",
            )
            remedy = Text("名簿の所属を埋めてください", "fill in their department")
        elif there is not None:
            what = Text(
                f"名簿 `{roster}` の所属 `{department}` は、その月末にはない部署です（{span}）",
                f"department `{department}` of the roster `{roster}` does not exist at that time ({span})",
            )
            remedy = Text(
                f"後継の部署は `{there.successor_id}` です"
                if there.successor_id
                else "departments.csv の期間を直してください",
                f"its successor is `{there.successor_id}`"
                if there.successor_id
                else "correct its validity in departments.csv",
            )
        else:
            what = Text(
                f"名簿 `{roster}` の所属 `{department}` が departments.csv にありません（{span}）",
                f"department `{department}` of the roster `{roster}` is not in departments.csv ({span})",
            )
            remedy = nearest(department, [d.id for d in self.organisation.departments])
        if self.roster.file is None:
            at = ("entities", self.metric.entity, "department")
            return self.marks.finding("unknown-department", at, what, remedy)
        return Finding(Family.DATA, "unknown-department", Place(self.roster.file), what, remedy)

    def not_countable(self, why: Text, key: Location = ()) -> Finding:
        """The metric, or one of its checks, is more than the database can do."""
        name = self.metric.name
        what = Text(f"`{name}` を数えられません（{why.ja}）", f"`{name}` cannot be counted: {why.en}")
        remedy = Text(
            "`where` と `checks` の型の変換を確かめ、列を比べるだけの短い条件にしてください",
            "check the conversions in `where` and `checks`, and make them short comparisons of columns",
        )
        return self.finding("not-countable", key, what, remedy)

    def not_answered(self, code: str, why: Text, remedy: Text) -> Finding:
        """The database that has the metric's rows gave no counts."""
        name = self.metric.name
        what = Text(f"`{name}` を数えられません（{why.ja}）", f"`{name}` cannot be counted: {why.en}")
        return self.finding(code, (), what, remedy)

    def anomalies(self, found: Sequence[Anomaly]) -> list[Finding]:
        """What somebody has to look at before it is published."""
        rest = len(found) - MOST
        more = Text(f"（ほかに{rest}件）", f" (and {rest} more)") if rest > 0 else Text("", "")
        listed = found[:MOST]
        return [self._anomaly(each, more if each == listed[-1] else Text("", "")) for each in listed]

    def _anomaly(self, anomaly: Anomaly, more: Text) -> Finding:
        name, period = self.metric.name, anomaly.period
        unit = unit_named(anomaly.department)
        what = Text(
            f"`{name}` の {period}、{unit.ja}で、{anomaly.what.ja}{more.ja}",
            f"`{name}`, {period}, {unit.en}: {anomaly.what.en}{more.en}",
        )
        remedy = Text(
            f"{STAYS.ja}。正しければ `--accept-anomaly {anomaly.sign}` を付けて組み立ててください",
            f"{STAYS.en}; if it is right, build with `--accept-anomaly {anomaly.sign}`",
        )
        return self.finding("anomaly", (), what, remedy, Severity.WARNING)

    def disagreements(self, comparison: Comparison, found: Sequence[Disagreement]) -> list[Finding]:
        """Another source that says otherwise, told once for the month in which it does so most."""
        if not found:
            return []
        worst = max(found, key=lambda each: (each.apart, each.period))
        by = self._apart(worst)
        own, other = self.metric.sources[0], comparison.source
        what = Text(
            f"出典 `{own}` と `{other}` で、{worst.period.label_ja}の全社の割合が{by.ja}違います（違う月は{len(found)}か月）",
            f"`{own}` and `{other}` differ by {by.en} for the company in {worst.period} (months: {len(found)})",
        )
        remedy = Text(
            f"載せたのは `{own}` の数字です。どちらが正しいか確かめてください",
            f"the figures of `{own}` are published; find out which is right",
        )
        return [self.finding("sources-disagree", ("compare_with",), what, remedy, Severity.WARNING)]

    def _apart(self, worst: Disagreement) -> Text:
        """How far apart, in whole points: others read logs too, and few people must not be counted in them."""
        if worst.is_of_few(self.metric.privacy.min_group):
            return Text(" `tolerance` を超えて", "more than `tolerance`")
        points = floor(100 * worst.apart + Fraction(1, 2))
        if not points:
            return Text("1ポイント未満だけ", "less than 1 point")
        return Text(f"約{points}ポイント", "about 1 point" if points == 1 else f"about {points} points")

    def not_compared(self, comparison: Comparison) -> Finding:
        """A comparison that cannot be made looks like one that found nothing."""
        own, other = self.metric.sources[0], comparison.source
        what = Text(
            f"出典 `{own}` と `{other}` の両方に行のある月がないため、比べていません",
            f"`{own}` and `{other}` have no month in common, so they are not compared",
        )
        remedy = Text(
            f"`{other}` の資料の期間と、`time` の列を確かめてください",
            f"check the time that `{other}` speaks of, and its column in `time`",
        )
        return self.finding("sources-not-compared", ("compare_with",), what, remedy, Severity.WARNING)

    def age(self, coverage: Mapping[str, Coverage], today: date) -> list[Finding]:
        """Tell newest rows that are too old: to be shown without a mark, or to be shown at all."""
        return [finding for source, span in coverage.items() for finding in self._age(source, span.newest, today)]

    def _age(self, source: str, watermark: date, today: date) -> list[Finding]:
        age, limits = today - watermark, self.metric.freshness
        if age > limits.fail_after:
            return [self._old(source, watermark, age.days, "fail_after", limits.fail_after.days, Severity.ERROR)]
        if age > limits.warn_after:
            return [self._old(source, watermark, age.days, "warn_after", limits.warn_after.days, Severity.WARNING)]
        return []

    def _old(self, source: str, watermark: date, age: int, key: str, limit: int, severity: Severity) -> Finding:
        what = Text(
            f"出典 `{source}` の最も新しいデータが {watermark} のもので、{age}日たっています（`{key}` は{limit}日）",
            f"the newest rows of `{source}` are of {watermark}, {age} days ago (`{key}`: {limit} days)",
        )
        remedy = Text("新しい書き出しを置いてください", "add a newer export")
        code = "too-old" if severity is Severity.ERROR else "stale-figures"
        return self.finding(code, ("freshness", key), what, remedy, severity)


def unit_named(department: str | None) -> Text:
    """A department or the company, as messages name it."""
    return Text(f"`{department}` ", f"`{department}`") if department else Text("全社", "the company")
