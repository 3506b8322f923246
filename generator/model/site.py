"""What `compose` hands to `render`: documents whose words and figures are final, and files beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from generator.model.page import AssetFile


class Slot(Struct, frozen=True):
    """A place in a document where an author's Markdown goes.

    `fragments` are finished HTML for the block markers in `markdown`, in order; they are put in after
    the author's part was sanitised.
    """

    markdown: str
    source: str  # posix path below content/: links in the Markdown are relative to it
    first_line: int  # line of `source` on which `markdown` begins
    fragments: tuple[str, ...] = ()
    id_prefix: str = ""  # put before ids (headings, footnotes) where several authors' texts share a page
    is_foreign: bool = False  # may come from another tool, or is a draft: its broken links become words
    heading: str = ""  # of the author's own that became the page's title; links may lead to its anchor
    judged: frozenset[str] = frozenset()
    """Paths of the links that are judged with line and column beside the page (`generator.compose.targets`)."""


class Document(Struct, frozen=True):
    """One page of the site.

    `body` is HTML from our templates, in which slot markers (`generator.model.marker`) stand for
    `slots`, in order. Everything in it is escaped already.
    """

    url: str  # "" for the home page, else with a trailing slash
    kind: str  # page type or kind of generated article: "story", "metric", "home" …; names its style
    title: str  # plain text
    description: str  # plain text
    body: str
    slots: tuple[Slot, ...] = ()
    source: str | None = None  # the author's file; None when generated
    section: str = ""  # the url of the navigation entry it belongs to, e.g. "stories/"
    lang: str = "ja"
    published_on: date | None = None
    updated_on: date | None = None
    found_as: str = ""  # what the search calls its kind; empty for a page that it does not find
    departments: tuple[str, ...] = ()  # names of those it is about
    words: tuple[str, ...] = ()  # that lead to it in the search like its title


class DataFile(Struct, frozen=True):
    """A finished file that is not a page: figures as JSON and CSV, feeds."""

    url: str
    content: bytes


class NavigationEntry(Struct, frozen=True):
    """One of the few words under the masthead."""

    title: str
    url: str


class CurrentNumber(Struct, frozen=True):
    """The newest number that has come out, as the masthead names it."""

    number: int
    url: str
    day: str  # as printed: 「2026年11月16日（月）」
    iso: str  # the same for `<time>`: `2026-11-16`


class Contact(Struct, frozen=True):
    """Whom to write to: a mailbox or a page becomes a link, anything else stays text."""

    text: str
    href: str | None


class Masthead(Struct, frozen=True):
    """The head and foot of every page; everything is as printed."""

    title: str
    tagline: str
    publisher: str
    issue: CurrentNumber | None
    navigation: tuple[NavigationEntry, ...]
    mission: str | None
    mission_url: str | None
    contact: Contact | None
    data_use_url: str | None = None  # what people's figures may be used for, if the company has written it


class Site(Struct, frozen=True):
    """The whole newsletter, ready to be rendered."""

    masthead: Masthead
    documents: tuple[Document, ...]  # by url
    assets: tuple[AssetFile, ...]
    files: tuple[DataFile, ...]
    addresses: Mapping[str, str] = {}
    """Where each source file below content/ is found on the site: path → url (with #anchor for a question)."""
    redirects: Mapping[str, str] = {}
    """Permanent addresses: `p/<id>/` → url."""
