"""Pages by tag."""

from __future__ import annotations

from collections.abc import Iterator

from generator.compose.desk import Desk
from generator.compose.paging import Listing, paged_list
from generator.compose.parts import plain_head
from generator.compose.press import Draft
from generator.compose.relative import Here
from generator.compose.views.parts import Link
from generator.compose.views.writing import TagLine, TagsView


def tag_drafts(desk: Desk) -> Iterator[Draft]:
    here = Here("tags/")
    title, standfirst = "タグ", "同じ話題の記事をまとめて読めます。"
    lines = tuple(
        TagLine(Link(label, here.to(f"tags/{slug}/")), f"{len(pages)}件")
        for slug, (label, pages) in desk.shelves.tags.items()
    )
    view = TagsView(plain_head(title, standfirst), lines)
    yield Draft("tags/", title, standfirst, view)
    for slug, (label, pages) in desk.shelves.tags.items():
        listing = Listing(
            url=f"tags/{slug}/",
            title=f"「{label}」のついた記事",
            standfirst="",
            nothing="",
            section="",
            kicker=(("タグ", "tags/"),),
        )
        yield from paged_list(desk, listing, pages)
