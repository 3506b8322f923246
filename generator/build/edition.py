"""A newsletter whose pages are planned, and what makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from generator.build.memory import Memory
from generator.build.page import Body, Chrome, NotedAddresses, PageMaker, WholePages
from generator.cache.store import Store
from generator.compose import Newspaper, Writer
from generator.compose.facts import Facts
from generator.compose.uses import Uses
from generator.markup.targets import Addresses
from generator.model.figure import ReleasedFigures
from generator.model.finding import Finding
from generator.model.site import Document
from generator.read import Notebook
from generator.render.body import BodyRenderer
from generator.render.markdown import MarkdownDialect
from generator.settings import Settings
from generator.verify import FileJudge, Forbidden, ForbiddenText


class Edition(Struct, frozen=True, dict=True):
    """Everything about one build that is known before a page is made."""

    settings: Settings
    newspaper: Newspaper
    facts: Facts
    outline: str
    """Digest of everything that the pages were planned from (`Gathered.digests`)."""
    lists: str
    """Digest of that part of it which lists of authors' files are made from."""
    forbidden: Forbidden
    synonyms: tuple[tuple[str, ...], ...]  # for the search
    warnings: tuple[Finding, ...]
    is_partial: bool  # some figure is stale, or shown from an earlier pull: exit code 3
    notebook: Notebook
    memory: Memory
    store: Store
    released: ReleasedFigures

    @cached_property
    def addresses(self) -> Addresses:
        """All places that a link may lead to."""
        return self.newspaper.addresses

    @property
    def sought(self) -> Mapping[bytes, ForbiddenText]:
        """What may not leave, by digest."""
        return self.forbidden.by_digest

    @cached_property
    def new_texts(self) -> list[ForbiddenText]:
        """What may not leave and what the pages of earlier builds were not searched for."""
        swept = self.memory.grounds.swept
        return [text for digest, text in self.sought.items() if digest not in swept]


class Engine(Struct, frozen=True):
    """What makes whole pages of contents; MkDocs gives it."""

    dialect: MarkdownDialect
    chrome: Chrome
    frame: str
    """Digest of everything around the contents."""
    fault_of: Callable[[Exception], Finding | None]
    """What is wrong with a template of the theme or with a plugin; None for every other error."""
    folder: Path
    """Where new pages are written before they go into the site."""
    plugged: Callable[[Body], WholePages] | None = None
    """Puts other people's plugins between our rendering of contents and the finished pages; None without any."""


def body_of(edition: Edition, dialect: MarkdownDialect, addresses: Addresses) -> BodyRenderer:
    """Renders the contents of an edition; `addresses` are those of its newspaper."""
    return BodyRenderer(dialect, addresses, edition.settings.shown(edition.settings.content))


def documents(edition: Edition) -> Iterator[Document]:
    """All pages of an edition as they are written, whether an earlier build has them or not."""
    writer = Writer.of(edition.newspaper, edition.addresses)
    return (writer.document(planned, Uses()) for planned in edition.newspaper.pages)


def maker_of(edition: Edition, engine: Engine) -> PageMaker:
    """Makes the pages of an edition; each worker process has its own."""
    settings, newspaper = edition.settings, edition.newspaper
    addresses = NotedAddresses(edition.addresses)
    pictures = frozenset(asset.url for asset in newspaper.library.assets)
    body = body_of(edition, engine.dialect, addresses)
    plugged = engine.plugged(body) if engine.plugged is not None else None
    return PageMaker(
        writer=Writer.of(newspaper, addresses),
        facts=edition.facts,
        body=plugged or body,
        chrome=plugged or engine.chrome,
        judge=FileJudge.of(settings, edition.forbidden, pictures),
        addresses=addresses,
        store=edition.store,
        folder=engine.folder,
        fault_of=engine.fault_of,
        plugged=plugged,
    )
