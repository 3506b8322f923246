"""Sentences about figures, taken apart clause by clause and held against what is expected.

`Reader.unexplained` removes from a text every clause whose numbers are right; what is left must not tell a figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.published.expected import METRICS, Cell, Facts

MONTH = r"\d{4}年\d{1,2}月"
AMOUNT = r"\d+%|[+−]\d+|0(?![\d%])"
SHARE = rf"{AMOUNT}|\d割以上|\d割未満|非表示|未測定"
_LABEL = "|".join(sorted((metric.label for metric in METRICS.values()), key=len, reverse=True))


def month_of(words: str) -> str:
    """`2026-10` of 「2026年10月」."""
    match = re.fullmatch(r"(\d{4})年(\d{1,2})月", words)
    assert match, words
    return f"{match[1]}-{int(match[2]):02d}"


def month_in_words(month: str) -> str:
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def metric_labelled(label: str) -> str:
    return next(metric.name for metric in METRICS.values() if metric.label == label)


@dataclass
class Reader:
    """Reads one text. `subject` is what it speaks of: metric, month and department; sentences may change it."""

    facts: Facts
    subject: tuple[str, str, str | None] | None = None
    wrong: list[str] = field(default_factory=list)

    def _is_right(self, judge: Judge, match: re.Match[str]) -> bool:
        try:
            return judge(self, match)
        except LookupError:  # a department or a month without any figure, or nobody said what this is about
            return False

    @property
    def about(self) -> tuple[str, str, str | None]:
        if self.subject is None:
            raise LookupError("nobody said what this is about")
        return self.subject

    @property
    def cell(self) -> Cell:
        return self.facts.cells[self.about]

    def unexplained(self, text: str) -> str:
        """The text without what is right; everything wrong is kept in `wrong`."""
        position, left = 0, []
        while position < len(text):
            for pattern, judge in _CLAUSES:
                if match := pattern.match(text, position):
                    if not self._is_right(judge, match):
                        self.wrong.append(match[0])
                    position = match.end()
                    break
            else:
                left.append(text[position])
                position += 1
        return "".join(left)

    def of(self, month: str, share: str) -> bool:
        """Whether the subject's share of a month is that."""
        metric, _, unit = self.about
        return self.facts.cells[metric, month_of(month), unit].share == share


Judge = Callable[[Reader, re.Match[str]], bool]
_CLAUSES: list[tuple[re.Pattern[str], Judge]] = []


def _clause(pattern: str) -> Callable[[Judge], Judge]:
    def add(judge: Judge) -> Judge:
        _CLAUSES.append((re.compile(pattern), judge))
        return judge

    return add


@_clause(
    rf"(?P<month>{MONTH})の(?P<label>{_LABEL})は、?(?P<name>[^\d、。（）はの]+?)(?:で|では)"
    rf"(?P<share>{SHARE}|少人数のため非表示)(?=（|。|$|です)"
)
def _headline(reader: Reader, match: re.Match[str]) -> bool:
    metric = metric_labelled(match["label"])
    reader.subject = (metric, month_of(match["month"]), reader.facts.department_called(match["name"]))
    is_named = reader.facts.name_of(metric, reader.subject[2]) == match["name"]
    return is_named and reader.cell.share == match["share"].removeprefix("少人数のため")


@_clause(
    rf"(?:(?P<month>{MONTH}) )?(?P<name>[^\d、。（）]+?)の(?P<label>{_LABEL})が、目標の(?P<target>{AMOUNT})に届きました"
)
def _milestone(reader: Reader, match: re.Match[str]) -> bool:
    metric, unit = metric_labelled(match["label"]), reader.facts.department_called(match["name"])
    reached = reader.facts.milestones(metric).get(unit)
    if reached is None:
        return False
    reader.subject = (metric, reached[1], unit)
    is_then = match["month"] is None or month_of(match["month"]) == reached[1]
    return is_then and reader.cell.goal == match["target"]


@_clause(r"（少人数が分からないよう、範囲で示しています）")
def _range(reader: Reader, match: re.Match[str]) -> bool:
    return reader.cell.band is not None


@_clause(r"（0%?という意味ではありません）")
def _not_zero(reader: Reader, match: re.Match[str]) -> bool:
    return reader.cell.status == "missing"


@_clause(
    rf"(?:\d{{4}}年\d+月までの)?目標(?P<target>{AMOUNT})"
    r"(?:まであと(?P<short>\d+)ポイント|に(?P<missed>\d+)ポイント届かず)"
)
def _short_of(reader: Reader, match: re.Match[str]) -> bool:
    gap = int(match["short"] or match["missed"])
    return match["target"] == reader.cell.goal and reader.cell.gap == gap


@_clause(rf"目標(?P<target>{AMOUNT})を(?:達成|(?P<over>\d+)ポイント(?P<way>上|下)回る)")
def _over(reader: Reader, match: re.Match[str]) -> bool:
    over = int(match["over"] or 0)
    is_way = match["way"] in (None, "下" if reader.cell.leads_down else "上")
    return is_way and match["target"] == reader.cell.goal and reader.cell.gap == -over


@_clause(rf"目標(?P<target>{AMOUNT})に対して(?P<share>{SHARE})")
def _against(reader: Reader, match: re.Match[str]) -> bool:
    return (match["target"], match["share"]) == (reader.cell.goal, reader.cell.share)


@_clause(rf"目標 (?P<target>{AMOUNT})（(?P<by>{MONTH})まで）")
def _target(reader: Reader, match: re.Match[str]) -> bool:
    return match["target"] == reader.cell.goal and month_of(match["by"]) == METRICS[reader.about[0]].by


@_clause(r"前月より(?P<points>\d+)ポイント(?P<way>上がりました|下がりました)")
def _moved(reader: Reader, match: re.Match[str]) -> bool:
    points = int(match["points"])
    return points > 0 and reader.cell.change == (points if match["way"] == "上がりました" else -points)


@_clause(r"前月から(?P<points>[+−±]\d+)ポイント")
def _moved_by(reader: Reader, match: re.Match[str]) -> bool:
    return reader.cell.change == signed(match["points"])


@_clause("前月と同じです")
def _same(reader: Reader, match: re.Match[str]) -> bool:
    return reader.cell.change == 0


@_clause("今回が最初の数字です|前月は未測定のため、比べられません|前月は正確な数字を示していないため、比べられません")
def _no_change(reader: Reader, match: re.Match[str]) -> bool:
    metric, month, unit = reader.about
    before = [cell for m, cell in reader.facts.series(metric, unit, month).items() if m < month]
    expected = (
        {"missing": "前月は未測定のため", "protected": "前月は正確な数字を"}[before[-1].status] if before else "今回"
    )
    return reader.cell.change is None and match[0].startswith(expected)


@_clause(
    rf"(?P<first>{MONTH})の(?P<start>{AMOUNT})から(?:は|(?P<last>{MONTH})の(?P<end>{AMOUNT})まで)"
    r"(?:(?P<points>\d+)ポイントの(?P<way>上昇|低下)|変わらない水準)です"
)
def _progress(reader: Reader, match: re.Match[str]) -> bool:
    metric, month, unit = reader.about
    shown = {m: c.percent for m, c in reader.facts.series(metric, unit, month).items() if c.percent is not None}
    first, last = min(shown), max(shown)
    rise = int(match["points"] or 0) * (-1 if match["way"] == "低下" else 1)
    return (
        month_of(match["first"]) == first
        and (month_of(match["last"]) if match["last"] else month) == last
        and reader.of(match["first"], match["start"])
        and (not match["last"] or reader.of(match["last"], match["end"]))
        and number(match["start"]) + rise == shown[last]
    )


@_clause(
    rf"直近(?P<basis>\d+)か月の進み方が続けば、期限の(?P<by>{MONTH})には(?P<low>\d+)(?:〜(?P<high>\d+))?%になる見込みです（推定）。"
    r"(?P<reach>目標(?P<target>\d+)%に届く見込みです|このままでは目標\d+%に届きません|目標\d+%に届くかどうかは、まだ分かりません)"
)
def _expected(reader: Reader, match: re.Match[str]) -> bool:
    metric, month, unit = reader.about
    ranges, goal = reader.facts.expected(metric, month), METRICS[metric].target
    low, high = int(match["low"]), int(match["high"] or match["low"])
    if reader.cell.leads_down:
        reach = "に届く見込み" if high <= goal else "に届きません" if low > goal else "まだ分かりません"
    else:
        reach = "に届く見込み" if low >= goal else "に届きません" if high < goal else "まだ分かりません"
    shown = [c for m, c in reader.facts.series(metric, unit, month).items() if c.percent is not None]
    return (
        unit is None
        and ranges[-1:] == [(low, high)]
        and month_of(match["by"]) == METRICS[metric].by
        and f"目標{goal}%" in match["reach"]
        and reach in match["reach"]
        and int(match["basis"]) == min(12, len(shown))
    )


@_clause(rf"最近は目標に近づいていないため、期限の(?P<by>{MONTH})の見込みは予測できません")
def _not_approaching(reader: Reader, match: re.Match[str]) -> bool:
    metric, month, unit = reader.about
    is_due = month_of(match["by"]) == METRICS[metric].by
    return unit is None and is_due and reader.facts.why_nothing_is_expected(metric, month) == "not approaching"


@_clause(rf"期限の(?P<by>{MONTH})の見込みは、数字のある月がまだ6か月に満たないため出していません")
def _too_few(reader: Reader, match: re.Match[str]) -> bool:
    metric, month, unit = reader.about
    is_due = month_of(match["by"]) == METRICS[metric].by
    return unit is None and is_due and reader.facts.why_nothing_is_expected(metric, month) == "too few months"


@_clause(rf"(?P<first>{MONTH})の(?P<start>{AMOUNT})から、(?P<last>{MONTH})に(?P<end>{AMOUNT})になりました")
def _way(reader: Reader, match: re.Match[str]) -> bool:
    return reader.of(match["first"], match["start"]) and reader.of(match["last"], match["end"])


@_clause(
    rf"(?P<name>[^\d、。（）]+?)の(?P<label>{_LABEL})は、(?P<first>{MONTH})(?:の|が)(?P<start>{SHARE})(?:から|、)"
    rf"(?P<last>{MONTH})(?:の|が)(?P<end>{SHARE})"
    r"(?:です|まで変わっていません|へ(?P<points>\d+)ポイント(?P<way>上がりました|下がりました))"
)
def _between(reader: Reader, match: re.Match[str]) -> bool:
    unit = reader.facts.department_called(match["name"])
    reader.subject = (metric_labelled(match["label"]), month_of(match["last"]), unit)
    rise = int(match["points"] or 0) * (-1 if match["way"] == "下がりました" else 1)
    exact = match["start"].endswith("%") and match["end"].endswith("%")
    return (
        reader.of(match["first"], match["start"])
        and reader.of(match["last"], match["end"])
        and exact == (match[0][-2:] != "です")
        and (not exact or int(match["start"][:-1]) + rise == int(match["end"][:-1]))
    )


@_clause(rf"(?P<month>{MONTH})の(?P<label>{_LABEL})は、(?P<said>[^。]*部署[^。]*。(?:[^。]*。)*)")
def _departments(reader: Reader, match: re.Match[str]) -> bool:
    return match["said"] == departments_sentence(
        reader.facts, metric_labelled(match["label"]), month_of(match["month"])
    )


def departments_sentence(facts: Facts, metric: str, month: str) -> str:
    """How many have reached their targets, who rose most, and what is not shown."""
    cells = {unit: facts.cells[metric, month, unit] for unit in facts.departments(metric, month)}
    shown = [cell for cell in cells.values() if cell.percent is not None]
    reached = sum(cell.is_reached is True for cell in shown)
    among = f"{len(cells)}部署" if len(shown) == len(cells) else f"数字を示した{len(shown)}部署"
    if all(cell.status == "missing" for cell in cells.values()):
        return "どの部署も未測定です。"
    if all(cell.status == "protected" and not cell.band for cell in cells.values()):
        return "どの部署も少人数のため非表示です。"
    said = f"{len(cells)}部署のうち0部署について示しています。"
    if shown:
        said = {
            0: f"{among}のうち目標に達した部署はまだありません。",
            len(shown): f"{among}すべてが目標に達しました。",
        }.get(reached, f"{among}のうち{reached}部署が目標に達しました。")
    leads_down = METRICS[metric].start is not None
    changes = [cell.change for cell in shown if cell.change is not None]
    largest = (min if leads_down else max)(changes, default=0)
    rising = [facts.names[unit] for unit, cell in cells.items() if cell.change == largest]
    if (-largest if leads_down else largest) > 0 and len(rising) <= 3:
        way, sign = ("減り方", "−") if leads_down else ("伸び", "+")
        said += f"前月からの{way}が最も大きかったのは{'、'.join(rising)}（{sign}{abs(largest)}ポイント）です。"
    hidden = [
        f"{len(group)}部署は{words}"
        for words, group in (
            ("範囲で表示", [cell for cell in cells.values() if cell.band]),
            ("少人数のため非表示", [c for c in cells.values() if c.status == "protected" and not c.band]),
            ("未測定", [cell for cell in cells.values() if cell.status == "missing"]),
        )
        if group
    ]
    return said + (f"{'、'.join(hidden)}です。" if hidden else "")


def number(words: str) -> int:
    """The number in 「76%」, 「+5」, 「−2」 or 「0」."""
    return int(words.removesuffix("%").replace("−", "-"))


def signed(words: str) -> int:
    """The number in 「+5」, 「−2」 or 「±0」."""
    return int(words[1:]) * (-1 if words[0] == "−" else 1)
