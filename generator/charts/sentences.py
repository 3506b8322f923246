"""Released figures in Japanese. Every sentence about a figure is made here, from the integers that are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from generator.charts.chart import About
from generator.charts.forecast import LEAST_MONTHS, Forecast, Unforeseeable
from generator.model.figure import COMPANY, Band, FigureStatus, ReleasedFigure
from generator.model.metric import Direction, Unit
from generator.model.period import Month

HIDDEN = "少人数のため非表示"
MISSING = "未測定"
NONE = "—"


def day(value: date) -> str:
    """「2026年10月31日」"""
    return f"{value.year}年{value.month}月{value.day}日"


def period(month: Month, first: date) -> str:
    """「2026年10月1日〜31日」: always both ends, so that nobody has to guess what a month's figure covers."""
    last = f"{month.last_day.day}日"
    if first.year != month.year:
        last = day(month.last_day)
    elif first.month != month.month:
        last = f"{month.month}月{last}"
    return f"{day(first)}〜{last}"


def people(count: int) -> str:
    """「2,000人」"""
    return f"{count:,}人"


def eligible(figure: ReleasedFigure) -> str:
    """Who could have done it: 「2,000人（名簿の2,211人のうち。新任12人を含む）」."""
    whole = f"名簿の{people(figure.roster)}のうち" if figure.roster else ""
    new = f"新任{people(figure.joiners)}を含む" if figure.joiners else ""
    more = "。".join(part for part in (whole, new) if part)
    return people(figure.eligible) + (f"（{more}）" if more else "")


def band(shown: Band) -> str:
    """「9割以上」, 「2割未満」, 「3割以上7割未満」."""
    low, high = f"{shown.low // 10}割以上", f"{shown.high // 10}割未満"
    if shown.high == 100:
        return low
    return high if shown.low == 0 else f"{low}{high}"


def amount(value: int, unit: Unit) -> str:
    """「76%」; points with their sign: 「+12」, 「−3」, 「0」."""
    if unit is Unit.PERCENT:
        return f"{value}%"
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{abs(value)}"


def share(figure: ReleasedFigure) -> str:
    """「76%」, 「+12」, 「9割以上」, 「非表示」 or 「未測定」."""
    if figure.percent is not None:
        return amount(figure.percent, figure.unit)
    if figure.band is not None:
        return band(figure.band)
    return MISSING if figure.status is FigureStatus.MISSING else "非表示"


def dated_share(figure: ReleasedFigure) -> str:
    """The share as a table's cell, with its date when it is old: 「86%（2026年9月20日時点）」."""
    return f"{share(figure)}（{day(figure.as_of)}時点）" if figure.is_stale else share(figure)


def goal(figure: ReleasedFigure) -> str:
    """A figure's target as a table's cell."""
    return NONE if figure.target_percent is None else amount(figure.target_percent, figure.unit)


def change(figure: ReleasedFigure) -> str:
    """「+5ポイント」, 「−2ポイント」, 「±0ポイント」, or 「—」 when there is nothing to compare with."""
    return NONE if figure.change is None else points(figure.change)


def points(difference: int) -> str:
    """A difference with its sign."""
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    return f"{sign}{abs(difference)}ポイント"


def change_in_words(figure: ReleasedFigure) -> str:
    """「前月より5ポイント上がりました」 or 「前月と同じです」; empty when it cannot be said."""
    return "" if figure.change is None else f"前月{_moved(figure.change)}"


def _moved(difference: int) -> str:
    if difference == 0:
        return "と同じです"
    return f"より{abs(difference)}ポイント{'上がりました' if difference > 0 else '下がりました'}"


def target(percent: int | None, about: About) -> str:
    """「80%（2026年12月まで）」 or 「なし」."""
    if percent is None:
        return "なし"
    declared = about.metric.target
    shown = amount(percent, about.metric.unit)
    return shown if declared is None else f"{shown}（{declared.by.label_ja}まで）"


def distance(figure: ReleasedFigure, about: About) -> str:
    """How the shown share stands to its target: 「目標80%まであと4ポイント」; empty when it cannot be said."""
    gap = figure.gap
    if gap is None:
        return ""
    to_reach = f"目標{goal(figure)}"
    if gap == 0:
        return f"{to_reach}を達成"
    if gap < 0:
        return f"{to_reach}を{-gap}ポイント{'上' if figure.direction is Direction.UP else '下'}回る"
    declared = about.metric.target
    if declared is not None and figure.period > declared.by:
        return f"{declared.by.label_ja}までの{to_reach}に{gap}ポイント届かず"
    return f"{to_reach}まであと{gap}ポイント"


def headline(figure: ReleasedFigure, about: About) -> str:
    """One figure without a full stop: 「2026年10月のチャット利用率は全社で76%（目標80%まであと4ポイント）」."""
    start = f"{figure.period.label_ja}の{about.label}は"
    name = about.name_of(figure.department)
    if figure.percent is not None:
        said = distance(figure, about)
        return f"{start}{name}で{share(figure)}" + (f"（{said}）" if said else "")
    if figure.band is not None:
        return f"{start}{name}で{share(figure)}（少人数が分からないよう、範囲で示しています）"
    if figure.status is FigureStatus.MISSING:
        return f"{start}{name}では未測定です（{amount(0, figure.unit)}という意味ではありません）"
    return f"{start}、{name}では少人数のため非表示です"


def statement(figure: ReleasedFigure, previous: ReleasedFigure | None, about: About) -> str:
    """Everything to be said of one figure; `previous` is the same department's cell of the month before, if any."""
    return assertion(figure, previous, about) + stale(figure)


def assertion(figure: ReleasedFigure, previous: ReleasedFigure | None, about: About) -> str:
    """The same without the date of old data, for places that carry it as a badge."""
    return f"{headline(figure, about)}。" + _sentence(comparison_with(figure, previous))


def comparison_with(figure: ReleasedFigure, previous: ReleasedFigure | None) -> str:
    """The change in words, or why there is none; empty when the figure itself is not shown."""
    if figure.percent is None or figure.change is not None:
        return change_in_words(figure)
    if previous is None:
        return "今回が最初の数字です"
    if previous.status is FigureStatus.MISSING:
        return "前月は未測定のため、比べられません"
    return "前月は正確な数字を示していないため、比べられません"


def _sentence(words: str) -> str:
    return f"{words}。" if words else ""


def stale(figure: ReleasedFigure) -> str:
    """「データは2026年9月20日時点です。」 when the figure is old, else empty."""
    return f"データは{day(figure.as_of)}時点です。" if figure.is_stale else ""


def oldest_stale(figures: Iterable[ReleasedFigure]) -> str:
    """The same for several figures: the oldest of those that are old."""
    old = [figure for figure in figures if figure.is_stale]
    return stale(min(old, key=lambda figure: figure.as_of)) if old else ""


def progress(series: Sequence[ReleasedFigure]) -> str:
    """From the first shown month to the last: 「2025年11月の21%からは55ポイントの上昇です。」; empty when too short."""
    shown = [figure for figure in series if figure.percent is not None]
    if len(shown) < 2 or (len(shown) == 2 and shown[1].change is not None):
        return ""  # two neighbouring months: `statement` has said it
    first, last = shown[0], shown[-1]
    until = "" if last is series[-1] else f"{last.period.label_ja}の{share(last)}まで"
    return f"{first.period.label_ja}の{share(first)}から{until or 'は'}{_movement(_difference(first, last))}です。"


def expected_range(ahead: Forecast) -> str:
    """「79〜84%」"""
    low, high = ahead.due.low, ahead.due.high
    return f"{low}%" if low == high else f"{low}〜{high}%"


def expected(ahead: Forecast | Unforeseeable | None, about: About) -> str:
    """Where the months lead by the target's month, or why nobody can say; empty when there is nothing to foresee."""
    goal = about.metric.target
    if ahead is None or goal is None:
        return ""
    due = f"期限の{goal.by.label_ja}"
    if ahead is Unforeseeable.TOO_FEW_MONTHS:
        return f"{due}の見込みは、数字のある月がまだ{LEAST_MONTHS}か月に満たないため出していません。"
    if ahead is Unforeseeable.NOT_APPROACHING:
        return f"最近は目標に近づいていないため、{due}の見込みは予測できません。"
    reach = _whether_reached(ahead, goal.shown, goal.direction)
    return f"直近{ahead.basis}か月の進み方が続けば、{due}には{expected_range(ahead)}になる見込みです（推定）。{reach}"


def _whether_reached(ahead: Forecast, goal: int, direction: Direction) -> str:
    is_up = direction is Direction.UP
    if ahead.due.low >= goal if is_up else ahead.due.high <= goal:
        return f"目標{goal}%に届く見込みです。"
    if ahead.due.high < goal if is_up else ahead.due.low > goal:
        return f"このままでは目標{goal}%に届きません。"
    return f"目標{goal}%に届くかどうかは、まだ分かりません。"


def _movement(difference: int) -> str:
    if difference == 0:
        return "変わらない水準"
    return f"{abs(difference)}ポイントの{'上昇' if difference > 0 else '低下'}"


def _difference(before: ReleasedFigure, after: ReleasedFigure) -> int:
    if before.percent is None or after.percent is None:
        raise ValueError("only shown figures have a difference")
    return after.percent - before.percent


def departments(figures: Sequence[ReleasedFigure], about: About) -> str:
    """How many departments of one month have reached their targets, who moved most, and what is not shown."""
    units = [figure for figure in figures if figure.department is not COMPANY]
    if not units:
        return f"{headline(figures[0], about)}。"
    if all(unit.status is FigureStatus.MISSING for unit in units):
        return f"{units[0].period.label_ja}の{about.label}は、どの部署も未測定です。"
    if all(unit.status is FigureStatus.PROTECTED and unit.band is None for unit in units):
        return f"{units[0].period.label_ja}の{about.label}は、どの部署も{HIDDEN}です。"
    return _reached(units, about) + _largest_rise(units, about) + _not_shown(units)


def _reached(units: Sequence[ReleasedFigure], about: About) -> str:
    judged = [unit for unit in units if unit.reaches_target is not None]
    month = f"{units[0].period.label_ja}の{about.label}は"
    if not judged:
        return f"{month}、{len(units)}部署のうち{sum(unit.is_shown for unit in units)}部署について示しています。"
    among = f"{len(units)}部署" if len(judged) == len(units) else f"数字を示した{len(judged)}部署"
    reached = sum(unit.reaches_target is True for unit in judged)
    if reached == 0:
        return f"{month}、{among}のうち目標に達した部署はまだありません。"
    if reached == len(judged):
        return f"{month}、{among}すべてが目標に達しました。"
    return f"{month}、{among}のうち{reached}部署が目標に達しました。"


def _largest_rise(units: Sequence[ReleasedFigure], about: About) -> str:
    # Getting better is the only thing by which departments are singled out.
    is_up = units[0].direction is Direction.UP
    changes = [unit.change for unit in units if unit.change is not None]
    if len(changes) < 2:
        return ""  # nothing to be larger than
    largest = (max if is_up else min)(changes, default=0)
    rising = [about.name_of(unit.department) for unit in units if unit.change == largest]
    if (largest <= 0 if is_up else largest >= 0) or len(rising) > 3:
        return ""
    return (
        f"前月からの{'伸び' if is_up else '減り方'}が最も大きかったのは{'、'.join(rising)}（{points(largest)}）です。"
    )


def _not_shown(units: Sequence[ReleasedFigure]) -> str:
    banded = sum(unit.band is not None for unit in units)
    hidden = sum(unit.status is FigureStatus.PROTECTED for unit in units) - banded
    missing = sum(unit.status is FigureStatus.MISSING for unit in units)
    said = [
        f"{count}部署は{words}"
        for count, words in ((banded, "範囲で表示"), (hidden, HIDDEN), (missing, MISSING))
        if count
    ]
    return f"{'、'.join(said)}です。" if said else ""


def comparison(before: Sequence[ReleasedFigure], after: Sequence[ReleasedFigure], about: About) -> str:
    """What became of each between two months: one row in full, many rows as a count."""
    earlier = {figure.department: figure for figure in before}
    whole = after if len(after) == 1 else [figure for figure in after if figure.department is COMPANY]
    said = "".join(_between(earlier.get(figure.department), figure, about) for figure in whole)
    units = [figure for figure in after if figure not in whole]
    return said + _risen(earlier, units, about)


def _between(before: ReleasedFigure | None, after: ReleasedFigure, about: About) -> str:
    subject = f"{about.name_of(after.department)}の{about.label}は"
    if before is None:
        return f"{subject}、{after.period.label_ja}に{share(after)}です。それより前の数字はありません。"
    then, now = f"{before.period.label_ja}の{share(before)}", f"{after.period.label_ja}の{share(after)}"
    if before.percent is None or after.percent is None:
        return f"{subject}、{before.period.label_ja}が{share(before)}、{after.period.label_ja}が{share(after)}です。"
    difference = _difference(before, after)
    if difference == 0:
        return f"{subject}、{then}から{now}まで変わっていません。"
    moved = "上がりました" if difference > 0 else "下がりました"
    return f"{subject}、{then}から{now}へ{abs(difference)}ポイント{moved}。"


def _risen(earlier: dict[str | None, ReleasedFigure], units: Sequence[ReleasedFigure], about: About) -> str:
    pairs = [(earlier[unit.department], unit) for unit in units if unit.is_shown and unit.department in earlier]
    pairs = [(then, now) for then, now in pairs if then is not None and then.is_shown]
    if not pairs:
        return _no_difference([earlier.get(unit.department) for unit in units], units) if units else ""
    if len(pairs) == 1:
        return f"両方の月の数字がある部署は一つです。{_between(*pairs[0], about)}"
    differences = [_difference(then, now) for then, now in pairs]
    risen = sum(difference > 0 for difference in differences)
    if risen == len(differences):
        return f"両方の月の数字がある{len(differences)}部署すべてで上がりました。"
    return f"両方の月の数字がある{len(differences)}部署のうち{risen}部署で上がりました。"


def _no_difference(before: Sequence[ReleasedFigure | None], after: Sequence[ReleasedFigure]) -> str:
    """Why no department's two months can be told apart by a number, although both may be drawn."""
    in_bands = [
        month[0].period.label_ja
        for month in (before, after)
        if month[0] is not None and all(figure is not None and figure.band is not None for figure in month)
    ]
    if in_bands:
        return f"{'と'.join(in_bands)}は範囲で示しているため、部署ごとの差は出せません。"
    return "両方の月に正確な数字のある部署がないため、部署ごとの差は出せません。"
