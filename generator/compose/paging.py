"""Long lists in pages counted from the oldest: a page that is full never changes again, so it is rendered once.

The list's own address shows the newest 20 to 39 entries; 20 of them move to a page of their own as soon as 20
newer ones stand behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.compose.desk import Desk
from generator.compose.parts import body_slot, card_of, plain_head, slot_mark
from generator.compose.planned import PlannedPage
from generator.compose.press import Draft
from generator.compose.relative import Here
from generator.compose.views.parts import Label, Link, Pager
from generator.compose.views.writing import ListView
from generator.model.page import Page
from generator.model.site import Slot

PAGE_SIZE = 20


class Listing(Struct, frozen=True):
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


def paged_list(listing: Listing, oldest_first: Sequence[Page]) -> Iterator[PlannedPage]:
    """The list's own page and its full pages, each with the newest entry on top."""
    settled, newest = chunks(oldest_first)
    for number, pages in enumerate(settled, start=1):
        yield PlannedPage(_page_url(listing, number), _settled, (listing, number, tuple(pages)))
    yield PlannedPage(listing.url, _newest, (listing, len(settled), tuple(newest)))


def plain_list(listing: Listing, pages: Sequence[Page]) -> PlannedPage:
    """A list on one page, in the order given."""
    return PlannedPage(listing.url, _plain, (listing, tuple(pages)))


def intro_of(desk: Desk, url: str) -> tuple[Slot, ...]:
    """The text of an author's index.md for a generated list, when there is one."""
    page = desk.shelves.intros.get(url)
    return (body_slot(desk, page, key="intro"),) if page and desk.text_of(page).body.strip() else ()


def _settled(desk: Desk, listing: Listing, number: int, pages: Sequence[Page]) -> Draft:
    url = _page_url(listing, number)
    here = Here(url)
    pager = Pager(_page_link(listing, here, number - 1), Link(f"{listing.title}の最新へ", here.to(listing.url)))
    return _draft(desk, listing, url, pages[::-1], pager, f"{listing.title}（{number}）")


def _newest(desk: Desk, listing: Listing, settled: int, pages: Sequence[Page]) -> Draft:
    pager = Pager(_page_link(listing, Here(listing.url), settled), None) if settled else None
    return _draft(desk, listing, listing.url, pages[::-1], pager, listing.title)


def _plain(desk: Desk, listing: Listing, pages: Sequence[Page]) -> Draft:
    return _draft(desk, listing, listing.url, pages, None, listing.title)


def _draft(desk: Desk, listing: Listing, url: str, pages: Sequence[Page], pager: Pager | None, title: str) -> Draft:
    """A list that shows `pages` from the top."""
    here = Here(url)
    slots, intro = intro_of(desk, url), desk.shelves.intros.get(url)
    title, standfirst = (intro.title, intro.front.summary) if intro else (title, listing.standfirst)
    kicker = (Label(text, here.to(address)) for text, address in listing.kicker)
    view = ListView(
        head=plain_head(title, standfirst, kicker),
        intro=slot_mark() if slots else None,
        cards=tuple(card_of(desk, page, here) for page in pages),
        nothing=listing.nothing,
        pager=pager,
    )
    source = intro.source if intro else None
    return Draft(url, title, standfirst, view, slots, source, section=listing.section)


def _page_link(listing: Listing, here: Here, number: int) -> Link | None:
    return Link("これより前", here.to(_page_url(listing, number))) if number else None


def _page_url(listing: Listing, number: int) -> str:
    return f"{listing.url}page/{number}/"
