"""Plain pages: articles, the pages about us, the guide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.compose import sections
from generator.compose.desk import Desk
from generator.compose.paging import Listing, paged_list, plain_list
from generator.compose.parts import cards_of, contents_mark, cover_of, draft_of, foot_of, head_of, slot_mark
from generator.compose.planned import PlannedPage
from generator.compose.press import Draft
from generator.compose.relative import Here
from generator.compose.shelves import Piece, tag_slug
from generator.compose.views.parts import Link, Neighbours
from generator.compose.views.writing import ArticleView
from generator.model.page import Guide, Page

ARTICLES = Listing(sections.ARTICLES, "読み物", "号の外でお届けする読み物です。", "読み物はまだありません。", "")
ABOUT = Listing(
    sections.ABOUT,
    "私たちについて",
    "何のために、誰が、どのように働いているかをお伝えします。",
    "準備中です。",
    sections.ABOUT,
)
GUIDE = Listing(
    sections.GUIDE, "手引き", "瓦版に載せたい方と、瓦版を動かす方のための手引きです。", "手引きは準備中です。", ""
)


def article_pages(desk: Desk) -> Iterator[PlannedPage]:
    articles = [piece.page for piece in desk.shelves.articles]
    for page in articles:
        yield PlannedPage(page.url, plain_page, (page,))
    yield from paged_list(ARTICLES, articles)


def about_pages(desk: Desk) -> Iterator[PlannedPage]:
    about = [piece.page for piece in desk.shelves.about]
    for page in about:
        yield PlannedPage(page.url, plain_page, (page,))
    yield plain_list(ABOUT, [piece.page for piece in desk.shelves.mvv] + about)


def guide_pages(desk: Desk) -> Iterator[PlannedPage]:
    guide = desk.shelves.guide
    for index, piece in enumerate(guide):
        yield PlannedPage(piece.page.url, plain_page, (piece.page, _neighbours(guide, index)))
    yield plain_list(GUIDE, [piece.page for piece in guide])


def plain_page(desk: Desk, page: Page, neighbours: Neighbours | None = None) -> Draft:
    """A page that is its author's text and little else."""
    here, front = Here(page.url), page.front
    view = ArticleView(
        head=head_of(desk, page, here),
        cover=cover_of(desk, page, here),
        contents=contents_mark(),
        body=slot_mark(),
        tags=tuple(Link(tag, here.to(f"{sections.TAGS}{tag_slug(tag)}/")) for tag in front.tags),
        related=cards_of(desk, front.related, here),
        neighbours=neighbours,
        foot=foot_of(desk, page, here),
    )
    return draft_of(desk, page, view)


def _neighbours(guide: Sequence[Piece[Guide]], index: int) -> Neighbours:
    here = Here(guide[index].page.url)

    def link(position: int) -> Link | None:
        if not 0 <= position < len(guide):
            return None
        page = guide[position].page
        return Link(page.title, here.to(page.url))

    return Neighbours(link(index - 1), link(index + 1))
