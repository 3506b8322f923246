"""お知らせ: what to know or to do by a day."""

from __future__ import annotations

from collections.abc import Iterator

from generator.compose import sections
from generator.compose.desk import Desk
from generator.compose.paging import Listing, paged_list
from generator.compose.parts import cards_of, day_of, draft_of, foot_of, head_of, slot_mark
from generator.compose.planned import PlannedPage
from generator.compose.press import Draft
from generator.compose.relative import Here
from generator.compose.shelves import Piece
from generator.compose.views.writing import NoticeView
from generator.compose.wording import full_day, short_day
from generator.model.page import Notice

LISTING = Listing(
    sections.NOTICES, "お知らせ", "期限のあることを、新しい順に並べています。", "今お伝えすることはありません。", ""
)


def notice_pages(desk: Desk) -> Iterator[PlannedPage]:
    for piece in desk.shelves.notices:
        yield PlannedPage(piece.page.url, _notice, (piece,))
    yield from paged_list(LISTING, [piece.page for piece in reversed(desk.shelves.notices)])


def current_notices(desk: Desk) -> list[Piece[Notice]]:
    """Notices that hold today, the most important first, then the newest."""
    holding = [n for n in desk.shelves.notices if n.front.starts_on <= desk.today and not _ended(desk, n.front)]
    return sorted(holding, key=lambda n: -n.front.importance)


def _ended(desk: Desk, front: Notice) -> bool:
    return front.ends_on is not None and front.ends_on < desk.today


def _notice(desk: Desk, piece: Piece[Notice]) -> Draft:
    page, front = piece.page, piece.front
    here = Here(page.url)
    view = NoticeView(
        head=head_of(desk, page, here),
        importance="重要なお知らせ" if front.importance == 3 else "お知らせ",
        pattern=str(front.importance),
        span=_span(front),
        ended=_ended(desk, front),
        action_required=front.action_required,
        deadline=day_of(front.deadline) if front.deadline else None,
        body=slot_mark(),
        related=cards_of(desk, front.related, here),
        foot=foot_of(desk, page, here),
    )
    return draft_of(desk, page, view, since=front.starts_on)


def _span(front: Notice) -> str:
    if front.ends_on is None:
        return f"{full_day(front.starts_on)}から"
    if front.ends_on == front.starts_on:
        return full_day(front.starts_on)
    same_year = front.ends_on.year == front.starts_on.year
    return f"{full_day(front.starts_on)}から{(short_day if same_year else full_day)(front.ends_on)}まで"
