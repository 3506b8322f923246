"""What the newsletter has to say of the demo company, recomputed from the raw exports; shares no code with `generator/`.

The counts come from the plain SQL of `tests.demo.oracle`, the targets from the workbook, names and order from
departments.csv. On them stand the published rules: a share is rounded half up to an integer percent; with k = 10, a
group of fewer than 2k - 1 people is hidden, fewer than k active (or fewer than k others) become a range; a month without
any file is missing. A figure that is no share of the headcount is hidden when any group of people behind it has fewer
than k.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from math import gamma, pi, sqrt
from pathlib import Path

import numpy as np
from openpyxl import load_workbook  # type: ignore[import-untyped]  # a test tool only

from tests.demo import oracle

COMPANY = None
MIN_GROUP = 10


@dataclass(frozen=True)
class Metric:
    """What is declared of a metric; written out here once more, on purpose."""

    name: str
    label: str
    company: str  # what all who count are called
    target: int  # percent
    by: str
    column: str | None = None  # of the workbook
    in_points: bool = False  # from −100 to 100, told with a sign and without %
    start: int | None = None  # of a target that leads down


METRICS = {
    metric.name: metric
    for metric in (
        Metric("chat_active_rate", "チャット利用率", "全社", 80, "2026-12", "チャット目標"),
        Metric("one_on_one_rate", "1on1実施率", "全社", 80, "2027-03", "1on1目標"),
        Metric("slack_active_rate", "開発チャット利用率", "対象部署全体", 85, "2026-09", "開発チャット目標"),
        Metric("chat_retention", "チャット継続率", "全社", 95, "2026-12"),
        Metric("slack_stickiness", "開発チャット定着度", "対象部署全体", 70, "2026-12"),
        Metric("chat_overlap", "二つのチャットの併用率", "対象部署全体", 30, "2027-03", start=77),
        Metric("recommendation", "会社の推奨度（eNPS）", "全社", 5, "2027-03", in_points=True),
    )
}
Key = tuple[str, str, str | None]
"""Metric, month as `2026-10`, department (None: the company)."""


@dataclass(frozen=True)
class Cell:
    """One figure as it may be seen."""

    percent: int | None
    band: tuple[int, int] | None  # percent
    eligible: int
    target: int
    status: str
    change: int | None  # points
    in_points: bool = False
    leads_down: bool = False
    response: int | None = None  # percent

    def said(self, value: int) -> str:
        """A value as it is said."""
        if not self.in_points:
            return f"{value}%"
        return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value)}"

    @property
    def goal(self) -> str:
        """The target as it is said."""
        return self.said(self.target)

    @property
    def gap(self) -> int | None:
        """Points to go to the target."""
        if self.percent is None:
            return None
        return self.percent - self.target if self.leads_down else self.target - self.percent

    @property
    def share(self) -> str:
        """As tables and sentences say it."""
        if self.percent is not None:
            return self.said(self.percent)
        if self.band:
            low, high = self.band
            return f"{low // 10}割以上" if high == 100 else f"{high // 10}割未満"
        return {"missing": "未測定", "protected": "非表示"}[self.status]

    @property
    def is_reached(self) -> bool | None:
        return None if self.gap is None else self.gap <= 0


@dataclass(frozen=True)
class Facts:
    """Everything expected."""

    cells: dict[Key, Cell]
    counts: dict[Key, oracle.Counts]
    """The exact ones behind them, which nobody may see."""
    names: dict[str, str]
    order: tuple[str, ...]
    """Departments as the organisation lists them."""
    in_roster: dict[str, int]
    """Month → everybody in the roster on its last day."""

    def months(self, metric: str) -> list[str]:
        return sorted({month for name, month, _ in self.cells if name == metric})

    def departments(self, metric: str, month: str) -> list[str]:
        """Those with a figure in that month, in organisation order."""
        return [unit for unit in self.order if (metric, month, unit) in self.cells]

    def name_of(self, metric: str, department: str | None) -> str:
        return METRICS[metric].company if department is COMPANY else self.names[department]

    def department_called(self, name: str) -> str | None:
        """The id of a name; None for what all who count are called. Raises KeyError for any other name."""
        if name in {metric.company for metric in METRICS.values()}:
            return COMPANY
        return {known: unit for unit, known in self.names.items()}[name]

    def series(self, metric: str, department: str | None, until: str = "9999-12") -> dict[str, Cell]:
        """Month → figure, oldest first."""
        return {
            month: self.cells[metric, month, department]
            for month in self.months(metric)
            if (metric, month, department) in self.cells and month <= until
        }

    def milestones(self, metric: str) -> dict[str | None, tuple[str, str]]:
        """Who reached the target for the first time: the first month shown (below it), and the month reached."""
        found = {}
        for department in (COMPANY, *self.order):
            shown = {m: cell for m, cell in self.series(metric, department).items() if cell.percent is not None}
            reached = next((month for month, cell in shown.items() if cell.is_reached), None)
            if reached is not None and reached != next(iter(shown)):
                found[department] = (next(iter(shown)), reached)
        return found

    def expected(self, metric: str, month: str) -> list[tuple[int, int]]:
        """The company's range for each month up to the target's, as foreseen in `month`; empty when there is none."""
        return self._foreseen(metric, month)[0]

    def why_nothing_is_expected(self, metric: str, month: str) -> str:
        return self._foreseen(metric, month)[1]

    def _foreseen(self, metric: str, month: str) -> tuple[list[tuple[int, int]], str]:
        months = [
            (number_of(m), cell.percent)
            for m, cell in self.series(metric, COMPANY, month).items()
            if cell.percent is not None and number_of(m) > number_of(month) - 12
        ]
        last, ahead = self.cells[metric, month, COMPANY], number_of(METRICS[metric].by) - number_of(month)
        if METRICS[metric].in_points or last.percent is None or last.is_reached or not 1 <= ahead <= 12:
            return [], "nothing to foresee"
        if len(months) < 6:
            return [], "too few months"
        return foreseen(months, [number_of(month) + step for step in range(1, ahead + 1)], last.leads_down)

    def to_support(self, metric: str, month: str) -> list[str]:
        """Shown this month and more than 10 points short of the target in the last two months that are shown."""
        return [unit for unit in self.departments(metric, month) if self._is_behind(metric, month, unit)]

    def _is_behind(self, metric: str, month: str, unit: str) -> bool:
        if self.cells[metric, month, unit].percent is None:
            return False
        gaps = [cell.gap for cell in self.series(metric, unit, month).values() if cell.gap is not None]
        return len(gaps) >= 2 and min(gaps[-2:]) > 10


def facts(data: Path) -> Facts:
    """Everything expected of the exports in `data`/exports, `data` being a copy of content/data."""
    counted = oracle.recomputed(data / "exports")
    units = _units(data / "departments.csv")
    targets = _targets(data / "exports" / "targets.xlsx")
    cells: dict[Key, Cell] = {}
    for (name, month, department), counts in counted.counts.items():
        metric = METRICS[name]
        before = counted.counts.get((name, _month_before(month), department))
        target = targets.get((name, department), metric.target)
        cells[name, month, department] = _cell(metric, counts, before, target)
    return Facts(cells, counted.counts, units, tuple(units), counted.in_roster)


def _cell(metric: Metric, counts: oracle.Counts, before: oracle.Counts | None, target: int) -> Cell:
    percent, band = _shown(counts)
    earlier = _shown(before)[0] if before else None
    change = None if percent is None or earlier is None else percent - earlier
    status = "missing" if counts.numerator is None else "protected" if percent is None else "ok"
    response = None
    if metric.in_points and percent is not None and counts.denominator is not None:
        response = _rounded(counts.denominator, counts.headcount)
    more = (metric.in_points, metric.start is not None, response)
    return Cell(percent, band, counts.headcount, target, status, change, *more)


def _shown(counts: oracle.Counts) -> tuple[int | None, tuple[int, int] | None]:
    """The number that may be shown, or the range, or neither."""
    if counts.numerator is None or counts.denominator is None:
        return None, None
    if not counts.groups:
        return _protected(counts.numerator, counts.denominator)
    if min(counts.groups) < MIN_GROUP:
        return None, None
    value = _rounded(abs(counts.numerator - counts.against), counts.denominator)
    return value if counts.numerator >= counts.against else -value, None


def _rounded(part: int, whole: int) -> int:
    percent, rest = divmod(100 * part, whole)
    return percent + (2 * rest >= whole)


def _protected(active: int, eligible: int) -> tuple[int | None, tuple[int, int] | None]:
    """The same of a share of the headcount."""
    others = eligible - active
    if eligible < 2 * MIN_GROUP - 1:
        return None, None
    if active < MIN_GROUP:
        upper = next(tens for tens in range(0, 101, 10) if tens * eligible >= 100 * MIN_GROUP)
        return None, (0, upper)
    if others < MIN_GROUP:
        lower = next(tens for tens in range(100, -1, -10) if tens * eligible <= 100 * (eligible - MIN_GROUP))
        return None, (lower, 100)
    return _rounded(active, eligible), None


def number_of(month: str) -> int:
    """Months since the year 0."""
    year, number = map(int, month.split("-"))
    return 12 * year + number


def foreseen(months: list[tuple[int, int]], ahead: list[int], leads_down: bool) -> tuple[list[tuple[int, int]], str]:
    """90 % prediction intervals of a line through the log odds, by linear algebra; outwards to integers."""
    shares = np.array([share for _, share in months], dtype=float)
    odds = np.log(shares / (100 - shares))
    design = np.array([[1.0, month - months[0][0]] for month, _ in months])
    (start, slope), *_ = np.linalg.lstsq(design, odds, rcond=None)
    if slope >= 0 if leads_down else slope <= 0:
        return [], "not approaching"
    left = odds - design @ np.array([start, slope])
    rounding = np.mean((1 / 12) * (100 / (shares * (100 - shares))) ** 2)
    variance = max(left @ left / (len(months) - 2), rounding)
    inverse = np.linalg.inv(design.T @ design)
    ranges = []
    for month in ahead:
        at = np.array([1.0, month - months[0][0]])
        reach = _student(len(months) - 2) * np.sqrt(variance * (1 + at @ inverse @ at))
        middle = start + slope * at[1]
        low, high = (100 / (1 + np.exp(-edge)) for edge in (middle - reach, middle + reach))
        ranges.append((int(np.floor(low)), int(np.ceil(high))))
    return ranges, ""


def _student(freedom: int) -> float:
    """Student's t below which 95 % lie, from the density itself."""
    steps = np.linspace(0, 4, 400_001)
    density = (1 + steps**2 / freedom) ** (-(freedom + 1) / 2)
    scale = gamma((freedom + 1) / 2) / (sqrt(freedom * pi) * gamma(freedom / 2))
    below = 0.5 + np.cumsum(density) * scale * (steps[1] - steps[0])
    return float(np.round(steps[np.searchsorted(below, 0.95)], 3))


def _month_before(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02d}"


def _units(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = sorted(csv.DictReader(stream), key=lambda row: int(row["order"]))
    return {row["department_id"]: row["name"] for row in rows}


def _targets(path: Path) -> dict[tuple[str, str | None], int]:
    rows = list(load_workbook(path)["目標"].iter_rows(min_row=3, values_only=True))
    header = rows[0]
    targets: dict[tuple[str, str | None], int] = {}
    for row in rows[1:]:
        line = dict(zip(header, row, strict=True))
        for metric in METRICS.values():
            if metric.column is not None and (value := line[metric.column]) is not None:
                targets[metric.name, str(line["部署コード"])] = round(float(str(value)) * 100)
    return targets
