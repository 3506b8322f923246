"""Dates that lie in the past or in the wrong order, seen from the day of the build."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.finding import Finding, Text
from generator.model.page import Campaign
from generator.read.manuscript import Manuscript
from generator.read.reporting import error, warning
from generator.read.rules.edition import Edition

_SPANS = (("starts_on", "ends_on"), ("term_from", "term_to"))


def reviews_are_not_overdue(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """A page whose owner wanted to look at it again."""
    if not edition.is_released(manuscript):
        return
    review_by = manuscript.page.front.review_by
    if review_by is not None and review_by < edition.today:
        yield warning(
            "review-overdue",
            manuscript.at("review_by"),
            Text(f"見直しの期限 {review_by} を過ぎています", f"the review was due on {review_by}"),
            Text(
                "内容を確かめ、`review_by` を次の期限に書き換えてください",
                "check the page and set `review_by` to the next date",
            ),
            may_wait=True,
        )


def milestones_are_not_overdue(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """A step of a plan that is past and has no result."""
    campaign = manuscript.page.front
    if not isinstance(campaign, Campaign):
        return
    for index, milestone in enumerate(campaign.milestones):
        if milestone.done_on is None and milestone.due < edition.today:
            yield warning(
                "milestone-overdue",
                manuscript.at("milestones", index),
                Text(
                    f"「{milestone.name}」の期限 {milestone.due} を過ぎていますが、`done_on` がありません",
                    f"`{milestone.name}` was due on {milestone.due} and has no `done_on`",
                ),
                Text(
                    "終わった日を `done_on` に書くか、`due` を直してください",
                    "write the day it was done in `done_on`, or correct `due`",
                ),
                may_wait=True,
            )


def spans_end_after_they_begin(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """The last day is not before the first."""
    told = vars(manuscript.page.front)  # most pages have none of these fields
    for first, last in _SPANS:
        begins, ends = told.get(first), told.get(last)
        if begins is not None and ends is not None and ends < begins:
            yield error(
                "dates-in-wrong-order",
                manuscript.at(last),
                Text(
                    f"`{last}` の {ends} が、`{first}` の {begins} より前です",
                    f"`{last}`, {ends}, is before `{first}`, {begins}",
                ),
                Text("どちらかの日付を直してください", "correct one of the dates"),
            )
