"""Judges what was counted: figures that cannot be right are findings, not pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from generator.declared.marks import Location, Marks
from generator.measure.condition import problem_of
from generator.measure.counting import Count, Counted
from generator.measure.warehouse import Warehouse
from generator.model.figure import Figure
from generator.model.finding import Family, Finding, Place, Severity, Text, nearest
from generator.model.metric import Metric
from generator.model.organisation import Organisation
from generator.model.period import Month

UNMATCHED_SHARE = 0.05
"""Share of active names outside the roster (leavers, guests) from which on somebody should look."""
MOST = 10
"""Cells told for one failed check."""

_CELLS = "_figures"  # the table that `checks` see; no source can have such a name
_CREATE_CELLS = """
    CREATE OR REPLACE TEMP TABLE _figures AS
    SELECT *, numerator / denominator AS value
    FROM (SELECT unnest(?::VARCHAR[]) AS period, unnest(?::VARCHAR[]) AS department,
                 unnest(?::BIGINT[]) AS numerator, unnest(?::BIGINT[]) AS denominator)
"""


@dataclass(frozen=True)
class Judge:
    """Judges one metric."""

    metric: Metric
    marks: Marks
    organisation: Organisation
    departments_file: str

    def _finding(
        self, code: str, key: Location, what: Text, remedy: Text, severity: Severity = Severity.ERROR
    ) -> Finding:
        return self.marks.finding(code, ("metrics", self.metric.name, *key), what, remedy, severity)

    def counted(self, counted: Counted) -> list[Finding]:
        """What is wrong with who was counted."""
        return [
            *self._nobody(counted.counts),
            *self._people(counted),
            *self._unmatched(counted),
            *self._departments(counted.departments),
        ]

    def _nobody(self, counts: Sequence[Count]) -> list[Finding]:
        if counts:
            return []
        what = Text(f"`{self.metric.name}` の母数が0人です", f"nobody is in the denominator of `{self.metric.name}`")
        remedy = Text("母数の `where` と名簿の期間を確かめてください", "check its `where` and the roster's validity")
        return [self._finding("empty-denominator", ("denominator",), what, remedy)]

    def _people(self, counted: Counted) -> list[Finding]:
        findings = []
        if counted.doubled:
            (month, people), more = counted.doubled[-1], len(counted.doubled)
            what = Text(
                f"{month.label_ja}末に2つの部署に数えられる人が{people}人います（該当する月: {more}）",
                f"people who count in two departments at the end of {month}: {people} (months: {more})",
            )
            remedy = Text("母数の `where` で主務の行だけに絞ってください", "let `where` keep only people's main posts")
            findings.append(self._finding("two-departments", ("denominator", "where"), what, remedy))
        if counted.shared:
            (month, names), more = counted.shared[-1], len(counted.shared)
            column = self.metric.numerator.matches
            what = Text(
                f"{month.label_ja}末に、同じ `{column}` を複数の人が使っているものが{names}件あります（該当する月: {more}）",
                f"values of `{column}` that several people share at the end of {month}: {names} (months: {more})",
            )
            remedy = Text(
                "1人に1つになるよう名簿を直してください", "correct the roster so that each belongs to one person"
            )
            findings.append(self._finding("shared-name", ("numerator", "matches"), what, remedy))
        return findings

    def _unmatched(self, counted: Counted) -> list[Finding]:
        many = [month for month in counted.unmatched if month.unknown > UNMATCHED_SHARE * month.active]
        if not many:
            return []
        worst = max(many, key=lambda month: (month.unknown / month.active, month.period))
        what = Text(
            f"{worst.period.label_ja}に利用のあった{worst.active}人のうち{worst.unknown}人が、月末の名簿にいません"
            f"（5%を超える月: {len(many)}）",
            f"of {worst.active} people active in {worst.period}, {worst.unknown} are not in the roster on its last day "
            f"(months above 5 %: {len(many)})",
        )
        remedy = Text(
            "退職者やゲストでなければ、名簿と `matches` の列を確かめてください",
            "unless they are leavers or guests, check the roster and the column in `matches`",
        )
        return [self._finding("unmatched-people", ("numerator", "matches"), what, remedy, Severity.WARNING)]

    def _departments(self, found: Iterable[tuple[str | None, Month]]) -> list[Finding]:
        wrong: dict[str | None, list[Month]] = {}
        for department, month in found:
            if not any(d.id == department and d.exists_on(month.last_day) for d in self.organisation.departments):
                wrong.setdefault(department, []).append(month)
        return [self._department(department, months) for department, months in wrong.items()]

    def _department(self, department: str | None, months: list[Month]) -> Finding:
        place = Place(self.departments_file)
        span = f"{months[0]}" if len(months) == 1 else f"{months[0]}–{months[-1]}"
        there = self.organisation.get(department) if department is not None else None
        if department is None:
            what = Text(
                f"名簿に所属のない人がいます（{span}）", f"people without a department are in the roster ({span})"
            )
            remedy = Text("名簿の所属を埋めてください", "fill in their department")
        elif there is not None:
            what = Text(
                f"名簿の所属 `{department}` は、その月末にはない部署です（{span}）",
                f"department `{department}` of the roster does not exist at that time ({span})",
            )
            remedy = Text(
                f"後継の部署は `{there.successor_id}` です"
                if there.successor_id
                else "departments.csv の期間を直してください",
                f"its successor is `{there.successor_id}`" if there.successor_id else "correct its validity",
            )
        else:
            what = Text(
                f"名簿の所属 `{department}` が departments.csv にありません（{span}）",
                f"department `{department}` of the roster is not in departments.csv ({span})",
            )
            remedy = nearest(department, [d.id for d in self.organisation.departments])
        return Finding(Family.DATA, "unknown-department", place, what, remedy)

    def not_countable(self, why: Text, key: Location = ()) -> Finding:
        """The metric, or one of its checks, is more than the database can do."""
        name = self.metric.name
        what = Text(f"`{name}` を数えられません（{why.ja}）", f"`{name}` cannot be counted: {why.en}")
        remedy = Text(
            "`where` と `checks` の型の変換を確かめ、列を比べるだけの短い条件にしてください",
            "check the conversions in `where` and `checks`, and make them short comparisons of columns",
        )
        return self._finding("not-countable", key, what, remedy)

    def checks(self, cells: Sequence[Figure], warehouse: Warehouse) -> list[Finding]:
        """Run the metric's own `checks` on every measured cell."""
        if not self.metric.checks:
            return []
        measured = [cell for cell in cells if cell.numerator is not None]
        lists = [
            [str(cell.period) for cell in measured],
            [cell.department for cell in measured],
            [cell.numerator for cell in measured],
            [cell.denominator for cell in measured],
        ]
        warehouse.run(_CREATE_CELLS, lists)
        warehouse.describe(_CELLS)
        return [finding for index in range(len(self.metric.checks)) for finding in self._check(index, warehouse)]

    def _check(self, index: int, warehouse: Warehouse) -> list[Finding]:
        check = self.metric.checks[index]
        problem = problem_of(check, _CELLS, warehouse)
        if problem is not None:
            return [self._finding("bad-condition", ("checks", index), *problem)]
        try:
            failed = warehouse.query(
                f"SELECT period, department FROM {_CELLS} WHERE NOT (\n{check}\n) "  # noqa: S608 -- judged just now
                "ORDER BY period, department NULLS FIRST"
            )
        except warehouse.error as error:
            return [self.not_countable(warehouse.why(error), ("checks", index))]
        rest = len(failed) - MOST
        more = Text(f"（ほかに{rest}件）", f" (and {rest} more)") if rest > 0 else Text("", "")
        listed = failed[:MOST]
        return [
            self._failed(check, index, str(period), department, more if row == listed[-1] else Text("", ""))
            for row in listed
            for period, department in [row]
        ]

    def _failed(self, check: str, index: int, period: str, department: object, more: Text) -> Finding:
        name = self.metric.name
        unit = Text(f"`{department}` ", f"`{department}`") if department else Text("全社", "the company")
        what = Text(
            f"`{name}` の {period}、{unit.ja}が検査 `{check}` に合いません{more.ja}",
            f"`{name}`, {period}, {unit.en}: the check `{check}` fails{more.en}",
        )
        remedy = Text("元のデータか、検査の条件を確かめてください", "check the data, or the condition itself")
        return self._finding("failed-check", ("checks", index), what, remedy)

    def age(self, watermark: date, today: date) -> list[Finding]:
        """Tell newest rows that are too old: to be shown without a mark, or to be shown at all."""
        age, limits = today - watermark, self.metric.freshness
        source = self.metric.numerator.source
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
        return self._finding(code, ("freshness", key), what, remedy, severity)
