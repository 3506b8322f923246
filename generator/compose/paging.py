"""Long lists in pages counted from the oldest: a page that is full never changes again, so it is rendered once.

The list's own address shows the newest 20 to 39 entries; 20 of them move to a page of their own as soon as 20
newer ones stand behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.compose.desk import Desk
from generator.compose.parts import body_slot, card_of, plain_head, slot_mark
from generator.compose.press import Draft
from generator.compose.relative import Here
from generator.compose.views.parts import Card, Label, Link, Pager
from generator.compose.views.writing import ListView
from generator.model.page import Page
from generator.model.site import Slot

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of pages and what is said above it."""

    url: str
    title: str
    standfirst: str
    nothing: str
    section: str
    kicker: tuple[tuple[str, str], ...] = ()  # text and address of what the list belongs to


def chunks(oldest_first: Sequence[Page]) -> tuple[list[Sequence[Page]], Sequence[Page]]:
    """Full pages from the oldest, and what the list's own address shows; all oldest first."""
    full = max(0, len(oldest_first) // PAGE_SIZE - 1)
    settled = [oldest_first[n * PAGE_SIZE : (n + 1) * PAGE_SIZE] for n in range(full)]
    return settled, oldest_first[full * PAGE_SIZE :]


def paged_list(desk: Desk, listing: Listing, oldest_first: Sequence[Page]) -> Iterator[Draft]:
    """The list's own page and its full pages, each with the newest entry on top."""
    settled, newest = chunks(oldest_first)
    for number, pages in enumerate(settled, start=1):
        url = f"{listing.url}page/{number}/"
        here = Here(url)
        older = _page_link(listing, here, number - 1)
        pager = Pager(older, Link(f"{listing.title}の最新へ", here.to(listing.url)))
        yield _draft(desk, listing, url, pages, pager, f"{listing.title}（{number}）")
    here = Here(listing.url)
    pager = Pager(_page_link(listing, here, len(settled)), None)
    yield _draft(desk, listing, listing.url, newest, pager if settled else None, listing.title)


def plain_list(desk: Desk, listing: Listing, pages: Sequence[Page]) -> Draft:
    """A list on one page, in the order given."""
    here = Here(listing.url)
    return _list_draft(desk, listing, listing.url, tuple(card_of(desk, p, here) for p in pages), None, listing.title)


def intro_of(desk: Desk, url: str) -> tuple[Slot, ...]:
    """The text of an author's index.md for a generated list, when there is one."""
    page = desk.shelves.intros.get(url)
    return (body_slot(desk, page, key="intro"),) if page and page.body.strip() else ()


def _draft(desk: Desk, listing: Listing, url: str, pages: Sequence[Page], pager: Pager | None, title: str) -> Draft:
    here = Here(url)
    return _list_draft(desk, listing, url, tuple(card_of(desk, p, here) for p in reversed(pages)), pager, title)


def _list_draft(
    desk: Desk, listing: Listing, url: str, cards: tuple[Card, ...], pager: Pager | None, title: str
) -> Draft:
    here = Here(url)
    slots, intro = intro_of(desk, url), desk.shelves.intros.get(url)
    title, standfirst = (intro.title, intro.front.summary) if intro else (title, listing.standfirst)
    kicker = (Label(text, here.to(address)) for text, address in listing.kicker)
    view = ListView(
        head=plain_head(title, standfirst, kicker),
        intro=slot_mark() if slots else None,
        cards=cards,
        nothing=listing.nothing,
        pager=pager,
    )
    source = intro.source if intro else None
    return Draft(url, title, standfirst, view, slots, source, section=listing.section)


def _page_link(listing: Listing, here: Here, number: int) -> Link | None:
    return Link("これより前", here.to(f"{listing.url}page/{number}/")) if number else None
