"""All pages of the newsletter: those that a change reaches are made, the others are what they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

from msgspec import Struct

from generator.build.memory import Link, Memory, PageRecord
from generator.build.page import (
    CONTENT,
    FACTS,
    MadePage,
    PageMaker,
    Task,
    facts_name,
    make_page,
    stored_content,
    swept_page,
)
from generator.build.reuse import Changes, Choice, Why, choices
from generator.cache.store import Store
from generator.compose.facts import Facts
from generator.compose.planned import PlannedPage
from generator.effects import Effects
from generator.model.finding import Finding, Text
from generator.search import Part
from generator.verify import ForbiddenText

_MAKING = Text("ページを作成", "rendering")
_SWEEPING = Text("公開できない語を検索", "searching for what may not leave")


class Pages(Struct, dict=True):
    """The pages of one build."""

    records: dict[str, PageRecord] = {}  # by url
    chosen: dict[str, Choice] = {}  # by url
    answers: dict[Link, str | None] = {}
    """Where the links on the pages lead that were written in this build."""
    parts: dict[str, tuple[Part, ...]] = {}  # of pages made in this build, by url
    met: set[ForbiddenText] = set()
    faults: list[Finding] = []
    faulty: set[str] = set()
    """Addresses of the pages that a fault kept from being made."""

    @cached_property
    def made(self) -> list[str]:
        """Addresses of the pages whose bytes were made in this build."""
        return [url for url, choice in self.chosen.items() if not choice.is_reused]

    @property
    def findings(self) -> Iterator[Finding]:
        """What is wrong with the authors' texts, in this build or still."""
        yield from self.faults
        yield from chain.from_iterable(record.findings for record in self.records.values())


def chosen_pages(
    pages: Sequence[PlannedPage], memory: Memory, facts: Facts, changes: Changes, store: Store
) -> list[Choice]:
    """What happens to each page."""
    found = choices(pages, memory, facts, changes)
    # Only for a new frame is a content that the store may have lost needed at once.
    return [_with_content(choice, store) if choice.why is Why.FRAME else choice for choice in found]


def _with_content(choice: Choice, store: Store) -> Choice:
    is_there = choice.known is not None and stored_content(store, choice.known) is not None
    return choice if is_there else Choice(choice.planned, Why.LOST)


def make_pages(
    chosen: Sequence[Choice], maker: PageMaker, effects: Effects, new_texts: Iterable[ForbiddenText]
) -> Pages:
    """Make what must be made; look for `new_texts`, which no earlier build knew, on all other pages."""
    pages = Pages(chosen={choice.planned.url: choice for choice in chosen})
    for choice in chosen:
        if choice.is_reused and choice.known is not None:
            pages.records[choice.planned.url] = choice.known
    tasks = [Task(choice.planned, choice.known) for choice in chosen if not choice.is_reused]
    made = effects.workers.map(make_page, maker, tasks)
    for page in effects.progress.track(made, _MAKING, len(tasks)):
        _keep(page, pages, maker.store)
    if any(True for _ in new_texts):
        reused = [record for url, record in pages.records.items() if pages.chosen[url].is_reused]
        found = effects.workers.map(swept_page, maker, reused)
        for met in effects.progress.track(found, _SWEEPING, len(reused)):
            pages.met |= met
    return pages


def _keep(page: MadePage, pages: Pages, store: Store) -> None:
    record = page.record
    pages.records[record.url] = record
    pages.met |= page.met
    pages.parts[record.url] = page.parts
    if page.faults:
        pages.faults += page.faults
        pages.faulty.add(record.url)
    else:
        pages.answers.update(page.answers)
    store.put(CONTENT, record.content, page.content)
    store.put(FACTS, facts_name(record.sha256), page.facts)
