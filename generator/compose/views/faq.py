"""Views of よくある質問: one page a campaign, and the index."""

from __future__ import annotations

from typing import ClassVar

from markupsafe import Markup
from msgspec import Struct

from generator.compose.views.parts import Card, Day, Head, Label, Link


class Question(Struct, frozen=True):
    """One question with the company's view."""

    anchor: str
    """Permanent id of its section: `q-<slug>`."""
    title: str
    """The question."""
    official_view: str
    """The answer in one line."""
    asked: str | None
    """「これまでに41件のお尋ねがありました」; None when nobody counts."""
    body: Markup
    """Slot of the author's text: reason, steps."""
    words: str | None
    """「通知・夜勤」: other words for it, by which a search finds the question; None when there are none."""
    approval: str | None
    """Who approved it, and when."""
    updated: Day | None
    """When it was last changed."""
    related: tuple[Card, ...]
    """Where to read on."""
    contact: Label | None
    """Whom to ask further."""
    permalink: Link | None
    """The question's id and its permanent address."""


class QuestionGroup(Struct, frozen=True):
    """The questions of one category."""

    anchor: str
    """Id of the category on the page: `c-1` …"""
    name: str
    """「目的」."""
    questions: tuple[Question, ...]
    """Those asked most often first; empty in a required category that nobody has answered yet."""


class FaqCampaignView(Struct, frozen=True):
    """よくある質問 of one campaign."""

    kind: ClassVar[str] = "faq-campaign"
    head: Head
    """Kicker, headline, standfirst."""
    purpose: str | None
    """The purpose of the campaign."""
    groups: tuple[QuestionGroup, ...]
    """The five categories that every campaign answers, then how-to questions."""
    contact: Label | None
    """Where to send a question that is not answered here."""


class FaqLine(Struct, frozen=True):
    """A question in a list."""

    link: Link
    """The question, leading to its answer."""
    official_view: str
    """The answer in one line."""


class FaqCampaignLine(Struct, frozen=True):
    """A campaign in the index of questions."""

    link: Link
    """Name of the campaign, leading to its questions."""
    count: str
    """「13問」."""
    coverage: tuple[Label, ...]
    """The five categories: a link where answered, plain text 「リスク（準備中）」 where not."""
    top: tuple[FaqLine, ...]
    """The questions asked most often."""


class FaqView(Struct, frozen=True):
    """よくある質問: the index."""

    kind: ClassVar[str] = "faq"
    head: Head
    """Name of the page."""
    intro: Markup | None
    """Slot of an author's index.md; None when there is none."""
    campaigns: tuple[FaqCampaignLine, ...]
    """In the order in which the campaigns began."""
