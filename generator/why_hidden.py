"""What `kawaraban audit` says to the operator: why figures are hidden, and what would be learned otherwise.

It says what the site does not, so it goes to the terminal of whoever asks and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from generator.effects import Effects
from generator.ledger import ledger_path, read_ledger
from generator.measure import measure
from generator.model.figure import MeasuredFigures
from generator.model.finding import Finding, Text
from generator.protect import explain, protect
from generator.protect.explaining import Learned, Reason, Rule
from generator.pull import pull
from generator.settings import Settings

_WHY = {
    Rule.SMALL_GROUP: Text(
        "人数が少なく、した人としなかった人のどちらかが必ず基準の {k} 人に満たないため",
        "so few people that either those who did it or those who did not are always fewer than {k}",
    ),
    Rule.FEW: Text("した人が基準の {k} 人に満たないため", "fewer than {k} people did it"),
    Rule.NEARLY_ALL: Text("しなかった人が基準の {k} 人に満たないため", "fewer than {k} people did not do it"),
    Rule.SMALL_PART: Text(
        "もとになる人の集まり（した人、しなかった人など）の一つが基準の {k} 人に満たないため",
        "one of the groups of people that it is made of has fewer than {k}",
    ),
    Rule.FOR_OTHERS: Text("ほかの数字を引き算で求められないように", "so that others cannot be found by subtraction"),
    Rule.COMPANY_ONLY: Text(
        "引き算を防ぐと示せる部署が3つに満たないため、全社だけに",
        "fewer than three departments would be left, so the company stands alone",
    ),
    Rule.AS_PUBLISHED: Text(
        "公開したあとで変わったのが数人分か、数字の出る部署なので、公開したときのまま",
        "a few people or the departments that have figures changed since: it stays as published",
    ),
}


def why_hidden(settings: Settings, effects: Effects, *, offline: bool) -> tuple[WhyHidden, list[Finding]]:
    """Pull, measure and protect as a build does; returns the reasons, and what is wrong with data and ledger."""
    ledger, unread = read_ledger(ledger_path(settings))
    snapshots, pulled = pull(settings, effects, offline=offline)
    measured, wrong = measure(settings, effects, snapshots)
    reasons = WhyHidden(measured, explain(measured, ledger), protect(measured, ledger).findings)
    return reasons, [*unread, *pulled, *wrong]


class WhyHidden:
    """The reasons of one run, ready to be told."""

    def __init__(self, measured: MeasuredFigures, reasons: Sequence[Reason], findings: Sequence[Finding]) -> None:
        self.reasons = reasons
        self.findings = findings
        """What cannot be protected, and what stays as it was."""
        self._cells = len(measured.cells)
        self._metrics = measured.metrics
        self._names = {department.id: department.name for department in measured.organisation.departments}

    def as_json(self) -> str:
        """One object a cell; see the guide."""
        return json.dumps([self._object(reason) for reason in self.reasons], ensure_ascii=False, indent=2)

    def _object(self, reason: Reason) -> dict[str, object]:
        band = reason.said.judgement.band
        return {
            "metric": reason.metric,
            "period": reason.period,
            "department": reason.department,
            "shown": None if band is None else {"low": band.low, "high": band.high},
            "rule": reason.rule.value,
            "without": [
                {"departments": learned.departments, "people": learned.people, "low": learned.low, "high": learned.high}
                for learned in reason.without
            ],
        }

    def as_text(self, language: str) -> str:
        """A line a cell, and how many there are."""
        lines = [line.in_language(language) for line in self._lines()]
        by_rule = {rule: sum(reason.rule is rule for reason in self.reasons) for rule in Rule}
        others = by_rule[Rule.FOR_OTHERS] + by_rule[Rule.COMPANY_ONLY]
        whole = Text(
            f"{self._cells:,} 個の数字のうち {len(self.reasons):,} 個を、隠すか範囲で示しています"
            f"（うち、ほかの数字を守るため: {others:,}）。",
            f"{len(self.reasons):,} of {self._cells:,} figures are hidden or shown as a range "
            f"({others:,} of them to protect others).",
        )
        return "\n".join([*lines, whole.in_language(language)])

    def _lines(self) -> Iterator[Text]:
        for reason in self.reasons:
            k = self._metrics[reason.metric].privacy.min_group
            name, said, why = self._name(reason.department), _said(reason), _WHY[reason.rule]
            learned = [self._learned(each) for each in reason.without]
            ja = "、".join(each.ja for each in learned)
            en = "; ".join(each.en for each in learned)
            yield Text(
                f"{reason.metric} {reason.period} {name.ja}: {said.ja}。{why.ja.format(k=k)}"
                + (f"。割合を示すと分かること: {ja}" if ja else ""),
                f"{reason.metric} {reason.period} {name.en}: {said.en}; {why.en.format(k=k)}"
                + (f"; the percent would tell: {en}" if en else ""),
            )

    def _name(self, department: str | None) -> Text:
        if department is None:
            return Text("全社", "company")
        return Text(self._names.get(department, department), department)

    def _learned(self, learned: Learned) -> Text:
        names = [self._name(department) for department in learned.departments]
        who = Text(
            "と".join(name.ja for name in names) or "ほかの人たち", " and ".join(name.en for name in names) or "others"
        )
        count = f"{learned.low}" if learned.low == learned.high else f"{learned.low}–{learned.high}"
        return Text(f"{who.ja}の {learned.people} 人のうち {count} 人", f"{count} of {learned.people} in {who.en}")


def _said(reason: Reason) -> Text:
    judgement = reason.said.judgement
    if judgement.percent is not None:
        return Text(f"{judgement.percent}%", f"{judgement.percent}%")
    if judgement.band is None:
        return Text("非表示", "hidden")
    return Text(
        f"{judgement.band.low}〜{judgement.band.high}%の範囲", f"range {judgement.band.low}–{judgement.band.high}%"
    )
