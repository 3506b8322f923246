"""Views of a campaign and of its countdown."""

from __future__ import annotations

from typing import ClassVar

from markupsafe import Markup
from msgspec import Struct

from generator.compose.views.figures import SupportList
from generator.compose.views.parts import Card, Day, Foot, Head, Label, Link


class StageStep(Struct, frozen=True):
    """One of the seven steps of a campaign."""

    name: str
    """「利用開始」."""
    state: str
    """`done`, `now` or `ahead`, as class `kb-stages__step--<state>`."""
    words: str
    """「済み」「いまここ」「これから」."""


class AnswerRow(Struct, frozen=True):
    """One row of 「解決できること」."""

    question: str
    """What people struggle with."""
    answer: str
    """What the campaign offers."""


class MilestoneStep(Struct, frozen=True):
    """One step of the plan."""

    name: str
    """What is done."""
    due: Day
    """By when."""
    state: str
    """`done`, `late` or `ahead`, as class `kb-plan__step--<state>`."""
    words: str
    """「3月27日（金）に完了」「予定より遅れています」「予定」."""


class RoleRow(Struct, frozen=True):
    """Who does what for the shared purpose."""

    who: str
    """A department or office."""
    role: str
    """What it does."""


class RulesBox(Struct, frozen=True):
    """決めごと."""

    effective_from: Day
    """Since when."""
    do: tuple[str, ...]
    """してよいこと・お願いしたいこと."""
    dont: tuple[str, ...]
    """しないこと."""


class ChannelRow(Struct, frozen=True):
    """One way people hear of the campaign."""

    name: str
    """「説明会」."""
    content: str
    """What is told there."""
    effect: str
    """What it is good for."""


class VoiceRow(Struct, frozen=True):
    """An objection or a wish, and what became of it."""

    quote: str
    """The words."""
    who: str
    """Where they came from."""
    answer: str
    """What changed because of them."""


class SwitchoffBox(Struct, frozen=True):
    """What stops working, when, and what to use instead."""

    countdown: str
    """「あと35日」「今日18時に終わります」「終了しました」."""
    is_over: bool
    """Whether the moment is past."""
    service: str
    """What ends."""
    off_at: Day
    """「2026年12月25日（金）18時」, with the exact moment in `iso`."""
    scope: str
    """Whom and what it reaches."""
    exceptions: tuple[str, ...]
    """What keeps working."""
    alternative: str
    """What to use instead."""
    contact: Label
    """Whom to ask."""
    page: Link
    """To the page of the countdown."""


class CampaignView(Struct, frozen=True):
    """取り組み."""

    kind: ClassVar[str] = "campaign"
    head: Head
    """Kicker, headline, standfirst, byline."""
    purpose: str
    """What it is for; stands before everything else."""
    stages: tuple[StageStep, ...]
    """The seven steps in order."""
    tile: Markup | None
    """The live figure; None when the campaign has no metric, and when the author shows figures of their own."""
    said: str | None
    """The live figure in a sentence, where the author shows it further down."""
    metric: Link | None
    """To the page of its metric."""
    switchoff: SwitchoffBox | None
    """The date on which the old way ends."""
    solves: tuple[AnswerRow, ...]
    """解決できること."""
    plan: tuple[MilestoneStep, ...]
    """The plan with its dates."""
    roles: tuple[RoleRow, ...]
    """Who does what."""
    sponsor: str | None
    """Who answers for it."""
    facilitator: str | None
    """Who leads it."""
    decision: str | None
    """「2025年11月20日（木）に経営会議が承認（議案第3号）」."""
    rules: RulesBox | None
    """決めごと."""
    channels: tuple[ChannelRow, ...]
    """How people hear of it."""
    voices: tuple[VoiceRow, ...]
    """ご意見で変わったこと."""
    body: Markup
    """Slot of the author's text."""
    stories: tuple[Card, ...]
    """The newest stories that belong to it."""
    faq: Link | None
    """To its questions."""
    related: tuple[Card, ...]
    """Where to read on."""
    foot: Foot
    """Whom to ask, permanent address."""


class SwitchoffView(Struct, frozen=True):
    """切替予定: the countdown."""

    kind: ClassVar[str] = "switch-off"
    head: Head
    """Kicker, headline, standfirst."""
    box: SwitchoffBox
    """What, when, scope, exceptions, alternative, contact."""
    purpose: str
    """Why it is done."""
    as_of: Day
    """The day from which the days left are counted."""
    tile: Markup | None
    """How far the company has come; None when the campaign has no figure."""
    expected: str
    """What to expect by the month in which the target is due, or why nobody can say; may be empty."""
    support: SupportList | None
    """The departments that get support until then; None when the campaign has no figure."""
    notices: tuple[Card, ...]
    """Notices of the campaign that hold today."""
    faq: Link | None
    """To its questions."""
    campaign: Link
    """Back to the campaign."""
