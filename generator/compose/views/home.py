"""View of the front page."""

from __future__ import annotations

from typing import ClassVar

from markupsafe import Markup
from msgspec import Struct

from generator.compose.views.campaign import VoiceRow
from generator.compose.views.faq import FaqLine
from generator.compose.views.issue import ThanksLine
from generator.compose.views.organisation import DepartmentGroup
from generator.compose.views.parts import Card, Cover, Day, Link


class Alert(Struct, frozen=True):
    """The one thing to know today: a switch-off that comes near, or a notice."""

    pattern: str
    """`switch-off` or `notice`, as class `kb-alert--<pattern>`."""
    label: str
    """「重要なお知らせ」."""
    link: Link
    """The sentence, leading to everything about it."""
    countdown: str | None
    """「あと35日」; None for a notice."""
    when: Day | None
    """The day and hour of the switch-off; None for a notice."""
    action_required: str | None
    """What readers are asked to do."""
    deadline: Day | None
    """By when."""


class CurrentIssue(Struct, frozen=True):
    """The newest number."""

    number: str
    """「第6号」."""
    day: Day
    """The day on which it came out."""
    link: Link
    """Its theme, leading to it."""
    summary: str
    """Its standfirst."""
    reading: str
    """「約3分で読めます」."""
    next_issue: Day | None
    """When the next one comes, if that day is still ahead."""


class HeadlineFigure(Struct, frozen=True):
    """今月の数字."""

    tile: Markup
    """The company's latest figure with its sentence."""
    trend: Markup
    """The months as a small chart."""
    link: Link
    """To the metric's page."""


class Coming(Struct, frozen=True):
    """Something ahead."""

    day: Day
    """When."""
    link: Link
    """What, leading to its page."""
    kind: str
    """「計画」「期限」「次号」."""


class Mission(Struct, frozen=True):
    """The mission in one line."""

    text: str
    """As adopted."""
    link: Link
    """To the page with vision and values."""


class HomeView(Struct, frozen=True):
    """The front page, top to bottom."""

    kind: ClassVar[str] = "home"
    title: str
    """Name of the newsletter, the `<h1>` for those who do not see the masthead."""
    alert: Alert | None
    """The one thing to know."""
    issue: CurrentIssue | None
    """The current number; None before the first."""
    lead: Card | None
    """The lead story of the current number, else the newest story."""
    lead_cover: Cover | None
    """Its picture, if there is one."""
    figure: HeadlineFigure | None
    """今月の数字; None when nothing is measured."""
    departments: tuple[DepartmentGroup, ...]
    """あなたの部署: links by division; a script may put the reader's own first."""
    all_departments: Link
    """To the list of all."""
    fresh_heading: str
    """「新しい活用事例」 or 「新しい読み物」."""
    fresh: tuple[Card, ...]
    """The three newest."""
    fresh_all: Link
    """To the list of all."""
    questions: tuple[FaqLine, ...]
    """The five questions asked most often."""
    all_questions: Link
    """To the list of all."""
    voices: tuple[VoiceRow, ...]
    """ご意見で変わったこと."""
    coming: tuple[Coming, ...]
    """これからの予定, the next first."""
    thanks: tuple[ThanksLine, ...]
    """ありがとう, from the current number."""
    mission: Mission | None
    """The company's mission."""
    more: tuple[Link, ...]
    """Ways into what the navigation does not name: notices, articles, tags, guide, feed."""
