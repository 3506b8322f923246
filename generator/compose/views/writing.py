"""Views of the pages that authors write: stories, articles, notices, MVV, the guide, and lists of them."""

from __future__ import annotations

from typing import ClassVar

from markupsafe import Markup
from msgspec import Struct

from generator.compose.views.parts import Card, Cover, Day, Foot, Head, Label, Link, Neighbours, Pager


class FactsBox(Struct, frozen=True):
    """課題 → 取り組み → 成果, one line each."""

    challenge: str
    """課題."""
    action: str
    """取り組み."""
    result: str
    """成果."""
    number: str | None
    """The result in large type; None when the story has no number."""


class PersonLine(Struct, frozen=True):
    """Somebody in a story, named as they agreed."""

    name: str
    """As they wish to be named."""
    role: str
    """Department and office."""


class ValueLine(Struct, frozen=True):
    """Whom it is worth something, and what."""

    whom: str
    """「会社」「部署」「一人ひとり」「お客様」."""
    what: str
    """One line."""


class StoryView(Struct, frozen=True):
    """活用事例."""

    kind: ClassVar[str] = "story"
    head: Head
    """Kicker, headline, standfirst, byline."""
    pattern: str
    """`success`, `failure` or `field_innovation`, as class `kb-story--<pattern>`."""
    cover: Cover | None
    """The picture, if there is one."""
    facts: FactsBox
    """The story in three lines."""
    body: Markup
    """Slot of the author's text."""
    lesson: str | None
    """What others should take from it."""
    people: tuple[PersonLine, ...]
    """Who appears in it."""
    value_to: tuple[ValueLine, ...]
    """Whom it is worth something."""
    champion: Label | None
    """The department's champion, who can be asked about it."""
    related: tuple[Card, ...]
    """Where to read on."""
    foot: Foot
    """Whom to ask, permanent address."""


class ArticleView(Struct, frozen=True):
    """A plain page: an article, a page about us, a chapter of the guide."""

    kind: ClassVar[str] = "article"
    head: Head
    """Kicker, headline, standfirst, byline."""
    cover: Cover | None
    """The picture, if there is one."""
    contents: Markup
    """Where the table of contents goes; nothing comes there while the text has few headings."""
    body: Markup
    """Slot of the author's text."""
    tags: tuple[Link, ...]
    """The page's tags."""
    related: tuple[Card, ...]
    """Where to read on."""
    neighbours: Neighbours | None
    """The chapters before and after; None where there is no order."""
    foot: Foot
    """Whom to ask, permanent address."""


class NoticeView(Struct, frozen=True):
    """お知らせ."""

    kind: ClassVar[str] = "notice"
    head: Head
    """Kicker, headline, standfirst, byline."""
    importance: str
    """「重要」 or 「お知らせ」."""
    pattern: str
    """`1`, `2` or `3` (most important), as class `kb-notice--<pattern>`."""
    span: str
    """「11月16日（月）から12月25日（金）まで」."""
    ended: bool
    """Whether the notice no longer holds."""
    action_required: str | None
    """What readers are asked to do."""
    deadline: Day | None
    """By when."""
    body: Markup
    """Slot of the author's text."""
    related: tuple[Card, ...]
    """Where to read on."""
    foot: Foot
    """Whom to ask, permanent address."""


class ValueRow(Struct, frozen=True):
    """One value and what people make of it."""

    anchor: str
    """Id of the value on the page."""
    text: str
    """The value as adopted."""
    in_our_words: str
    """自分たちの言葉で."""


class MvvView(Struct, frozen=True):
    """使命・将来像・行動指針."""

    kind: ClassVar[str] = "mvv"
    head: Head
    """Kicker, headline, standfirst, byline."""
    whose: str
    """「会社」 or the department's name."""
    mission: str
    """使命."""
    vision: str
    """将来像."""
    values: tuple[ValueRow, ...]
    """行動指針."""
    effective_from: Day
    """Since when."""
    body: Markup
    """Slot of the author's text: 今期の方向."""
    foot: Foot
    """Whom to ask, permanent address."""


class ListView(Struct, frozen=True):
    """A list of pages, newest first unless its order says otherwise."""

    kind: ClassVar[str] = "list"
    head: Head
    """Name of the list and what stands in it."""
    intro: Markup | None
    """Slot of an author's index.md; None when there is none."""
    cards: tuple[Card, ...]
    """The pages."""
    nothing: str
    """What to say when there are none."""
    pager: Pager | None
    """None for a list that is not paged."""


class SearchView(Struct, frozen=True):
    """The results of a search, filled in the reader's browser."""

    kind: ClassVar[str] = "search"
    head: Head
    """Name of the page and what it searches."""
    lists: tuple[Link, ...]
    """Where to look instead."""
    contact: Label | None
    """Whom to ask when nothing is found."""


class TagLine(Struct, frozen=True):
    """One tag and how many pages carry it."""

    link: Link
    """To the tag's list."""
    count: str
    """「12件」."""


class TagsView(Struct, frozen=True):
    """All tags."""

    kind: ClassVar[str] = "tags"
    head: Head
    """Name of the page."""
    tags: tuple[TagLine, ...]
    """In the order of their addresses."""
