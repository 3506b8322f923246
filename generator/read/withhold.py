"""Which pages stay in: drafts, unapproved pages, pages whose time has not come or has passed."""

from __future__ import annotations

import datetime as dt

from generator.model.finding import Finding, Place, Text
from generator.model.page import FrontMatter, Issue, PageType, Status, Term, Withheld, WithheldReason
from generator.read.reporting import warning

_STATUS_REASONS: dict[Status, WithheldReason] = {
    Status.DRAFT: "draft",
    Status.REVIEW: "review",
    Status.ARCHIVED: "archived",
}
REASON_TEXTS: dict[WithheldReason, Text] = {
    "draft": Text("下書きです", "a draft"),
    "review": Text("確認中です", "under review"),
    "archived": Text("保管に移されています", "archived"),
    "unapproved": Text("まだ承認されていません", "not approved yet"),
    "embargoed": Text("公開日時の前です", "not due yet"),
    "expired": Text("掲載期限が過ぎています", "expired"),
}
"""Why a page is not on the site, as the end of a sentence about it."""


def declared_reason(values: dict[str, object]) -> WithheldReason | None:
    """Why a page stays in by its own word, read before anything else about it is known to be right."""
    if values.get("draft") is True:
        return "draft"
    status = values.get("status")
    return next((reason for known, reason in _STATUS_REASONS.items() if known.value == status), None)


def withheld(
    source: str, front: FrontMatter, now: dt.datetime, approval_required: tuple[PageType, ...]
) -> Withheld | None:
    """Why this page stays in; None when it may leave. `now` is in the site's zone: its day is the day of the build."""
    if front.draft:
        return Withheld(source, "draft")
    if front.status is not Status.PUBLISHED:
        return Withheld(source, _STATUS_REASONS[front.status])
    term = term_of(front, now.tzinfo, approval_required)
    if term is _ALWAYS or (term is not None and term.holds(now)):
        return None
    if front.expires_on is not None and front.expires_on < now.date():
        return Withheld(source, "expired", term)
    if front.type in approval_required and not _is_approved(front, now.date()):
        return Withheld(source, "unapproved", term)
    return Withheld(source, "embargoed", term)


_ALWAYS = Term()


def term_of(front: FrontMatter, zone: dt.tzinfo | None, approval_required: tuple[PageType, ...]) -> Term | None:
    """When the clock lets a page out and takes it away; None: at no time, for nobody has approved it."""
    opens = _due_of(front, zone)
    if front.type in approval_required:
        if not front.approved_by or front.approved_on is None:
            return None
        approved = dt.datetime.combine(front.approved_on, dt.time.min, zone)
        opens = approved if opens is None else max(opens, approved)
    if opens is None and front.expires_on is None:
        return _ALWAYS  # as nearly all are
    last = None if front.expires_on is None else dt.datetime.combine(front.expires_on, dt.time.max, zone)
    return Term(opens, last)


def _due_of(front: FrontMatter, zone: dt.tzinfo | None) -> dt.datetime | None:
    """When a page comes out, if it says so; a number of the newsletter does not before its day begins."""
    if not isinstance(front, Issue):
        return front.publish_at
    day = dt.datetime.combine(front.date, dt.time.min, zone)
    return max(day, front.publish_at) if front.publish_at is not None else day


def _is_approved(front: FrontMatter, today: dt.date) -> bool:
    return bool(front.approved_by) and front.approved_on is not None and front.approved_on <= today


def unapproved_warning(front: FrontMatter, place: Place, today: dt.date) -> Finding:
    """Nobody should wonder why a finished page is missing from the site."""
    if front.approved_on is not None and front.approved_on > today:
        what = Text(
            f"承認日 `approved_on` の {front.approved_on} が先の日付のため、公開していません",
            f"withheld: `approved_on`, {front.approved_on}, lies in the future",
        )
        remedy = Text("承認された日を書いてください", "write the day it was approved")
        return warning("unapproved", place, what, remedy, may_wait=True)
    return warning(
        "unapproved",
        place,
        Text("承認されていないため、公開していません", "withheld: nobody has approved it"),
        Text(
            "承認を得て、`approved_by` と `approved_on` を書いてください",
            "have it approved and fill in `approved_by` and `approved_on`",
        ),
        may_wait=True,
    )
