"""活用事例: one page a story, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator

from generator.compose import sections
from generator.compose.desk import Desk
from generator.compose.paging import Listing, paged_list
from generator.compose.parts import cards_of, cover_of, draft_of, foot_of, head_of, slot_mark
from generator.compose.planned import PlannedPage
from generator.compose.press import Draft
from generator.compose.relative import Here
from generator.compose.shelves import Piece
from generator.compose.views.parts import Label
from generator.compose.views.writing import FactsBox, PersonLine, StoryView, ValueLine
from generator.model.page import Story, ValueTo

LISTING = Listing(
    url=sections.STORIES,
    title="活用事例",
    standfirst="職場で試したことと、その結果です。うまくいかなかった話も、そのまま載せます。",
    nothing="最初の事例を取材しています。",
    section=sections.STORIES,
)


def story_pages(desk: Desk) -> Iterator[PlannedPage]:
    for piece in desk.shelves.stories:
        yield PlannedPage(piece.page.url, _story, (piece,))
    yield from paged_list(LISTING, [piece.page for piece in reversed(desk.shelves.stories)])


def _story(desk: Desk, piece: Piece[Story]) -> Draft:
    page, front = piece.page, piece.front
    here = Here(page.url)
    view = StoryView(
        head=head_of(desk, page, here),
        pattern=front.kind,
        cover=cover_of(desk, page, here),
        facts=FactsBox(front.facts.challenge, front.facts.action, front.facts.result, front.facts.number),
        body=slot_mark(),
        lesson=front.lesson,
        people=tuple(PersonLine(person.name, person.role) for person in front.people),
        value_to=_value_lines(front.value_to),
        champion=champion_of(desk, here, front.department),
        related=cards_of(desk, front.related, here),
        foot=foot_of(desk, page, here),
    )
    return draft_of(desk, page, view)


def _value_lines(value: ValueTo) -> tuple[ValueLine, ...]:
    rows = (
        ("会社", value.company),
        ("部署", value.department),
        ("一人ひとり", value.individual),
        ("お客様", value.customer),
    )
    return tuple(ValueLine(whom, what) for whom, what in rows if what)


def champion_of(desk: Desk, here: Here, department: str) -> Label | None:
    """Who can be asked about a department, linked to the list of all; once it is gone, its successor's champion."""
    there = desk.department_today(department)
    champion = desk.shelves.champions.get(there) if there else None
    if there is None or champion is None:
        return None
    name = f"{desk.department_name(there)}の推進担当 {champion.front.person}さん"
    return Label(name, here.to(desk.address_of(champion.page)))
