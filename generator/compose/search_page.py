"""The page of a search's results."""

from __future__ import annotations

from generator.compose import sections
from generator.compose.desk import Desk
from generator.compose.parts import contact_label, plain_head
from generator.compose.planned import PlannedPage
from generator.compose.press import Draft
from generator.compose.relative import Here
from generator.compose.views.parts import Link
from generator.compose.views.writing import SearchView

_LISTS = (*sections.NAVIGATION, sections.TAGS_ENTRY, sections.NOTICES_ENTRY)


def search_page() -> PlannedPage:
    return PlannedPage(sections.SEARCH, _search)


def _search(desk: Desk) -> Draft:
    here = Here(sections.SEARCH)
    title, standfirst = "紙面を検索", "記事と数字のページから、言葉を探します。"
    view = SearchView(
        plain_head(title, standfirst),
        tuple(Link(entry.title, here.to(entry.url)) for entry in _LISTS),
        contact_label(desk.settings.options.contact),
    )
    return Draft(sections.SEARCH, title, standfirst, view)
