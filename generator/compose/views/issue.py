"""Views of the newsletter's numbers."""

from __future__ import annotations

from typing import ClassVar

from markupsafe import Markup
from msgspec import Struct

from generator.compose.views.parts import Card, Day, Foot, Head, Link, Neighbours


class ThanksLine(Struct, frozen=True):
    """ありがとう."""

    to: str
    """To whom."""
    what_for: str
    """For what."""


class IssueView(Struct, frozen=True):
    """第N号."""

    kind: ClassVar[str] = "issue"
    head: Head
    """Theme of the number; the kicker is 「第6号」, the byline has its day."""
    lead: Card | None
    """The lead story."""
    body: Markup
    """Slot of the author's text: 巻頭言 and what follows."""
    figure: Markup | None
    """The month before, as a tile; None when the author shows figures of their own."""
    items: tuple[Card, ...]
    """What else stands in it."""
    thanks_heading: bool
    """Whether the thanks need a heading: not when the author's text ends with one."""
    thanks: tuple[ThanksLine, ...]
    """ありがとう."""
    next_issue: Day | None
    """When the next one comes."""
    neighbours: Neighbours
    """The numbers before and after."""
    foot: Foot
    """Whom to ask, permanent address."""


class IssueLine(Struct, frozen=True):
    """A number in the archive."""

    number: str
    """「第6号」."""
    day: Day
    """The day on which it came out."""
    link: Link
    """Its theme, leading to it."""
    summary: str
    """Its standfirst."""
    lead: str | None
    """Headline of its lead story."""


class IssuesView(Struct, frozen=True):
    """バックナンバー."""

    kind: ClassVar[str] = "issues"
    head: Head
    """Name of the page."""
    intro: Markup | None
    """Slot of an author's index.md; None when there is none."""
    issues: tuple[IssueLine, ...]
    """Newest first."""
    next_issue: Day | None
    """When the next one comes."""
