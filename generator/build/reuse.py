"""Which pages of an earlier build would come out the same again, and why the others would not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from msgspec import Struct

from generator.build.memory import Link, Memory, PageRecord
from generator.compose.facts import Facts
from generator.compose.planned import PlannedPage
from generator.markup.targets import Addresses


class Why(Enum):
    """Why a page is made, or is not."""

    SAME = "same"
    NEW = "new"  # no build of this version has made it
    GIVEN = "given"  # its writer is handed something else
    FACTS = "facts"  # something that it looked up is another
    LINKS = "links"  # a link on it leads elsewhere
    FRAME = "frame"  # its content is the same, the page around it is not
    LOST = "lost"  # the store has lost its content


class Choice(Struct, frozen=True):
    """What happens to one page; `names` are the facts or links that are another than before."""

    planned: PlannedPage
    why: Why
    known: PageRecord | None = None
    """The page's record, where its content can be used again."""
    names: tuple[str, ...] = ()

    @property
    def is_reused(self) -> bool:
        return self.why is Why.SAME


class Changes(Struct, frozen=True):
    """What is another than in the build of a memory."""

    facts: frozenset[str]
    links: frozenset[Link]
    frame: bool
    plan: bool
    """Whether pages may be planned that were not, or their writers handed something else."""

    @classmethod
    def since(cls, memory: Memory, facts: Facts, addresses: Addresses, frame: str, outline: str) -> Changes:
        grounds, plan = memory.grounds, outline != memory.grounds.outline
        changed = frozenset(name for name, known in grounds.facts.items() if facts.one(name) != known)
        links = frozenset[Link]()
        # The places that a link may lead to follow from what the pages are planned from.
        if plan and addresses.digest != grounds.addresses:
            links = frozenset(link for link, known in grounds.answers.items() if _find(addresses, link) != known)
        return cls(changed, links, frame != grounds.frame, plan)


def choices(pages: Sequence[PlannedPage], memory: Memory, facts: Facts, changes: Changes) -> Iterator[Choice]:
    """What happens to each page, in order."""
    for planned in pages:
        known = memory.records.get(planned.url)
        if known is None:
            yield Choice(planned, Why.NEW)
        elif changes.plan and known.given != facts.given_to(planned):
            yield Choice(planned, Why.GIVEN)
        elif changes.facts and not changes.facts.isdisjoint(known.uses):
            yield Choice(planned, Why.FACTS, names=tuple(name for name in known.uses if name in changes.facts))
        elif changes.links and not changes.links.isdisjoint(known.links):
            yield Choice(planned, Why.LINKS, names=tuple(link[0] for link in known.links if link in changes.links))
        elif changes.frame:
            yield Choice(planned, Why.FRAME, known)
        else:
            yield Choice(planned, Why.SAME, known)


def _find(addresses: Addresses, link: Link) -> str | None:
    path, source, page_url, is_foreign = link
    return addresses.find(path, source, page_url, is_foreign=is_foreign)
