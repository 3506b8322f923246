"""Views of the generated articles about figures: 数字で見る, the monthly report, targets reached."""

from __future__ import annotations

from typing import ClassVar

from markupsafe import Markup
from msgspec import Struct

from generator.compose.views.parts import Day, FigurePart, Head, Label, Link, Neighbours


class Definition(Struct, frozen=True):
    """What stands under every generated figure article."""

    metric: str
    """Name of the metric in the data files, for its permanent address."""
    definition: str
    """How it is counted, in one sentence."""
    as_of: Day
    """Until when data were in."""
    source: str
    """出典."""
    owner: str
    """Who answers questions."""
    min_group: str
    """The rule for small groups, in one sentence."""
    data_use: str
    """What the figures may be used for, and that nobody's work is judged by them."""
    json: Link
    """The same figures as JSON."""
    csv: Link
    """The same figures for Excel."""
    next_update: str | None
    """When the next month comes; None on a page that stays as it is."""


class Reached(Struct, frozen=True):
    """A department that reached its target in this month."""

    link: Link
    """Its name, leading to the article about it."""
    words: str
    """「80%の目標に対して82%」."""


class Supported(Struct, frozen=True):
    """A department that gets support next. Departments only; no person is ever listed as behind."""

    name: Label
    """The department."""
    words: str
    """「目標70%に対して58%（先月より+2ポイント）」."""
    champion: Label | None
    """Who in the department can be asked today; None on a page that stays as it is."""


class SupportList(Struct, frozen=True):
    """これから支援する部署."""

    definition: str
    """Which departments stand here, in one sentence; printed with the list."""
    departments: tuple[Supported, ...]
    """In organisation order."""
    nobody: str
    """What is said where no department stands here."""
    contact: Label | None
    """Who comes to help."""


class MonthReport(Struct, frozen=True):
    """The adoption report of one month."""

    stale: Markup
    """A dated badge when data are older than they should be; empty otherwise."""
    tile: Markup
    """The company's figure large."""
    trend: Markup
    """The company's months up to this one, with the way since the first in one sentence, and where they lead."""
    departments: Markup | None
    """The departments of this month with their table; None when no department has a cell."""
    reached: tuple[Reached, ...]
    """Departments that reached their target in this month for the first time."""
    support: SupportList
    """これから支援する部署."""
    definition: Definition
    """How to read it."""


class MonthLine(Struct, frozen=True):
    """A month in the list of all."""

    link: Link
    """To the month's report."""
    share: str
    """The company's figure: 「76%」 or 「未測定」."""


class TargetReachedLine(Struct, frozen=True):
    """A target reached, in a list."""

    month: str
    """「2026年8月」."""
    link: Link
    """「東日本営業部が目標の80%に届きました」."""


class TermLine(Struct, frozen=True):
    """A half or a quarter of a fiscal year."""

    label: str
    """「2026年度上期」."""
    period: str
    """「2026年4月〜9月」."""
    share: str
    """Of its last month, or of its newest while it runs."""
    change: str
    """To the term before, in points."""
    is_half: bool
    """Whether its quarters follow."""


class MetricView(Struct, frozen=True):
    """The latest month of a metric, all its months, and the targets reached."""

    kind: ClassVar[str] = "metric"
    head: Head
    """Name of the metric; the standfirst is the month in one sentence."""
    report: MonthReport
    """The latest month."""
    months: tuple[MonthLine, ...]
    """All months, newest first."""
    terms: tuple[TermLine, ...]
    """Halves and quarters of fiscal years, newest first; empty when there are hardly any."""
    targets_reached: tuple[TargetReachedLine, ...]
    """Targets reached, newest first."""
    campaigns: tuple[Link, ...]
    """The campaigns that this metric measures."""


class MetricMonthView(Struct, frozen=True):
    """One month of a metric; it never changes once the month is closed."""

    kind: ClassVar[str] = "metric-month"
    head: Head
    """The month; the standfirst is the month in one sentence."""
    report: MonthReport
    """The month."""
    neighbours: Neighbours
    """The months before and after."""
    latest: Link
    """To the metric's own page."""


class MetricTile(Struct, frozen=True):
    """A metric in the overview."""

    link: Link
    """Its name, leading to its page."""
    tile: Markup
    """The company's latest figure."""
    targets_reached: tuple[TargetReachedLine, ...]
    """The newest targets reached."""


class MetricsView(Struct, frozen=True):
    """数字で見る."""

    kind: ClassVar[str] = "metrics"
    head: Head
    """Name of the page."""
    metrics: tuple[MetricTile, ...]
    """In the order in which they are declared."""
    data_use: str
    """What the figures may be used for."""


class TargetReachedView(Struct, frozen=True):
    """A department or the company reached its target for the first time."""

    kind: ClassVar[str] = "target-reached"
    head: Head
    """Kicker, headline and standfirst."""
    month: str
    """「2026年8月」."""
    start: str
    """The first figure: 「21%」."""
    start_month: str
    """Its month: 「2025年11月」."""
    reached: str
    """The figure with which the target was reached: 「81%」."""
    target: str
    """「80%」."""
    thanks: str
    """Thanks in one sentence."""
    champion: Label | None
    """The department's champion; None for the company."""
    trend: FigurePart
    """The months up to the one in which it happened."""
    stories: tuple[Link, ...]
    """Stories of the department: how it went about it."""
    definition: Definition
    """How to read it."""
