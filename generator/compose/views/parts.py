"""Parts that several pages share. The sentence under a field is its documentation for whoever writes a template."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct


class Day(Struct, frozen=True):
    """A date for `<time>`."""

    iso: str
    """For the `datetime` attribute: `2026-11-20`."""
    label: str
    """As printed: 「2026年11月20日（金）」."""


class Label(Struct, frozen=True):
    """A short text that may be a link."""

    text: str
    """As printed."""
    href: str | None
    """Where it leads; None for plain text."""


class Link(Struct, frozen=True):
    """A link."""

    text: str
    """As printed."""
    href: str
    """Relative to the page."""


class Cover(Struct, frozen=True):
    """The picture at the head of an article."""

    src: str
    """Relative to the page."""
    alt: str
    """What the picture shows, in words."""
    width: str | None
    """In pixels, so that the text below stays where it is when the picture comes; None where its file does not say."""
    height: str | None
    """The same."""


class Byline(Struct, frozen=True):
    """Who wrote it, when, and how long it takes to read."""

    author: str | None
    """Name of the author."""
    author_role: str | None
    """The author's department or office."""
    day: Day | None
    """When it came out."""
    updated: Day | None
    """When it was last changed, if later."""
    reading: str | None
    """「約3分で読めます」; None where there is nothing to read."""
    review_due: Day | None
    """The day by which the page should have been looked at again, when that day is past."""


class Head(Struct, frozen=True):
    """Kicker, headline, standfirst and byline."""

    kicker: tuple[Label, ...]
    """Type, campaign, department: what the piece belongs to."""
    title: str
    """The headline, the only `<h1>` of the page."""
    standfirst: str
    """At most 120 characters; may be empty."""
    byline: Byline | None
    """None on generated pages."""


class Card(Struct, frozen=True):
    """A page as a list or the front page shows it."""

    pattern: str
    """The page's type (`story`, `notice` …): the pattern of the card, as class `kb-card--<pattern>`."""
    kicker: str
    """Type and department in a few words."""
    title: str
    """Headline of the page."""
    href: str
    """Relative to the page."""
    summary: str
    """Its standfirst; may be empty."""
    day: Day | None
    """When it came out."""
    number: str | None
    """The result of a story in large type, e.g. 「週4.5時間」."""


class Foot(Struct, frozen=True):
    """The end of every author's page: whom to ask, who keeps it, its permanent address."""

    contact: Label | None
    """Whom to ask, and where an opinion goes."""
    owner: str | None
    """The department or person that keeps the page right."""
    approval: str | None
    """「2026年4月3日 大野 恵子（専務取締役）が承認」."""
    permalink: Link | None
    """The page's id and its permanent address."""


class Pager(Struct, frozen=True):
    """The way through a long list; full pages never change, so they lead to older ones and to the newest only."""

    older: Link | None
    """The full page before this one."""
    newest: Link | None
    """Back to the first page of the list; None on that page itself."""


class Neighbours(Struct, frozen=True):
    """The pages before and after in an order."""

    previous: Link | None
    """The one before."""
    following: Link | None
    """The one after."""


class FigurePart(Struct, frozen=True):
    """A finished figure with a heading: tile or chart, from `generator.charts`."""

    heading: str
    """Words above the figure."""
    html: Markup
    """The whole figure with its sentence, table and notes."""
