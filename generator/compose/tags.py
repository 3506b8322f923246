"""Pages by tag."""

from __future__ import annotations

from collections.abc import Iterator

from generator.compose import sections
from generator.compose.desk import Desk
from generator.compose.paging import Listing, paged_list
from generator.compose.parts import plain_head
from generator.compose.planned import PlannedPage
from generator.compose.press import Draft
from generator.compose.relative import Here
from generator.compose.views.parts import Link
from generator.compose.views.writing import TagLine, TagsView


def tag_pages(desk: Desk) -> Iterator[PlannedPage]:
    yield PlannedPage(sections.TAGS, _all_tags)
    for slug, (label, pages) in desk.shelves.tags.items():
        listing = Listing(
            url=f"{sections.TAGS}{slug}/",
            title=f"「{label}」のついた記事",
            standfirst="",
            nothing="",
            section="",
            kicker=(("タグ", sections.TAGS),),
        )
        yield from paged_list(listing, pages)


def _all_tags(desk: Desk) -> Draft:
    here = Here(sections.TAGS)
    title, standfirst = "タグ", "同じ話題の記事をまとめて読めます。"
    lines = tuple(
        TagLine(Link(label, here.to(f"{sections.TAGS}{slug}/")), f"{len(pages)}件")
        for slug, (label, pages) in desk.shelves.tags.items()
    )
    view = TagsView(plain_head(title, standfirst), lines)
    return Draft(sections.TAGS, title, standfirst, view)
