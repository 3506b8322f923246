"""使命・将来像・行動指針, of the company and of a department."""

from __future__ import annotations

from collections.abc import Iterator

from generator.compose.desk import Desk
from generator.compose.parts import day_of, draft_of, foot_of, head_of, slot_mark
from generator.compose.planned import PlannedPage
from generator.compose.press import Draft
from generator.compose.relative import Here
from generator.compose.shelves import Piece
from generator.compose.views.writing import MvvView, ValueRow
from generator.model.page import Mvv


def mvv_pages(desk: Desk) -> Iterator[PlannedPage]:
    for piece in desk.shelves.mvv:
        yield PlannedPage(piece.page.url, _mvv, (piece,))


def _mvv(desk: Desk, piece: Piece[Mvv]) -> Draft:
    page, front = piece.page, piece.front
    here = Here(page.url)
    view = MvvView(
        head=head_of(desk, page, here),
        whose=desk.department_name(front.department) if front.department else "会社",
        mission=front.mission,
        vision=front.vision,
        values=tuple(ValueRow(value.id, value.text, value.in_our_words) for value in front.values),
        effective_from=day_of(front.effective_from),
        body=slot_mark(),
        foot=foot_of(desk, page, here),
    )
    return draft_of(desk, page, view, said=front.mission, since=front.effective_from)


def company_mvv(desk: Desk) -> Piece[Mvv] | None:
    """The company's own, whose mission stands at the foot of every page: the one in force, newest first."""
    out = [m for m in desk.shelves.mvv if m.front.level == "company" and m.page.stays_in is None]
    own = [m for m in out if m.front.effective_from <= desk.today]
    return max(own, key=lambda piece: piece.front.effective_from, default=None)
