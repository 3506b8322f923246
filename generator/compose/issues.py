"""第N号 and the archive. What a number shows stays as it was printed: figures of the month before it came out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.compose import sections
from generator.compose.desk import Desk
from generator.compose.paging import intro_of
from generator.compose.parts import card_of, cards_of, day_of, draft_of, foot_of, head_of, plain_head, slot_mark
from generator.compose.planned import PlannedPage
from generator.compose.press import Draft
from generator.compose.relative import Here
from generator.compose.reports import small_tile
from generator.compose.shelves import Piece
from generator.compose.views.issue import IssueLine, IssuesView, IssueView, ThanksLine
from generator.compose.views.parts import Link, Neighbours
from generator.compose.wording import issue_name
from generator.model.figure import ReleasedFigure
from generator.model.page import Issue
from generator.model.period import Month

_THANKS_TOLD = re.compile(r"^## *ありがとう", re.MULTILINE)


def issue_pages(desk: Desk) -> Iterator[PlannedPage]:
    yield PlannedPage(sections.ISSUES, _archive)
    for index, piece in enumerate(desk.shelves.issues):
        yield PlannedPage(piece.page.url, _issue, (piece, index))


def current_issue(desk: Desk) -> Piece[Issue] | None:
    """The newest number that has come out."""
    out = (piece for piece in desk.shelves.issues if piece.page.stays_in is None)
    return max(out, key=lambda piece: (piece.front.date, piece.front.number), default=None)


def thanks_lines(front: Issue) -> tuple[ThanksLine, ...]:
    return tuple(ThanksLine(thanks.to, thanks.for_) for thanks in front.thanks)


def _issue(desk: Desk, piece: Piece[Issue], index: int) -> Draft:
    page, front = piece.page, piece.front
    here, lead = Here(page.url), desk.find(front.lead)
    text = desk.text_of(page)
    figure = None if text.blocks else _figure_of_the_month(desk, front)
    view = IssueView(
        head=head_of(desk, page, here),
        lead=card_of(desk, lead, here) if lead else None,
        body=slot_mark(),
        figure=small_tile(desk, figure, "issue-tile") if figure else None,
        items=cards_of(desk, front.items, here),
        thanks_heading=_THANKS_TOLD.search(text.body) is None,
        thanks=thanks_lines(front),
        next_issue=day_of(front.next_issue) if front.next_issue else None,
        neighbours=Neighbours(_link(desk, index - 1, here), _link(desk, index + 1, here)),
        foot=foot_of(desk, page, here),
    )
    return draft_of(desk, page, view, title=f"{issue_name(front.number)} {page.title}")


def _figure_of_the_month(desk: Desk, front: Issue) -> ReleasedFigure | None:
    """The headline metric in the last month that was closed when the number came out."""
    metric = desk.headline_metric
    return desk.book.cell(metric, Month.of(front.date).plus(-1)) if metric else None


def _link(desk: Desk, index: int, here: Here) -> Link | None:
    if not 0 <= index < len(desk.shelves.issues):
        return None
    piece = desk.shelves.issues[index]
    return Link(f"{issue_name(piece.front.number)} {piece.page.title}", here.to(piece.page.url))


def _archive(desk: Desk) -> Draft:
    here = Here(sections.ISSUES)
    slots, current = intro_of(desk, sections.ISSUES), current_issue(desk)
    title, standfirst = "バックナンバー", "創刊号から最新号まで、すべて読めます。"
    coming = current.front.next_issue if current else None
    view = IssuesView(
        head=plain_head(title, standfirst),
        intro=slot_mark() if slots else None,
        issues=tuple(_line(desk, piece, here) for piece in reversed(desk.shelves.issues)),
        next_issue=day_of(coming) if coming and coming > desk.today else None,
    )
    return Draft(sections.ISSUES, title, standfirst, view, slots, section=sections.ISSUES)


def _line(desk: Desk, piece: Piece[Issue], here: Here) -> IssueLine:
    lead = desk.find(piece.front.lead)
    return IssueLine(
        number=issue_name(piece.front.number),
        day=day_of(piece.front.date),
        link=Link(piece.page.title, here.to(piece.page.url)),
        summary=piece.front.summary,
        lead=lead.title if lead else None,
    )
