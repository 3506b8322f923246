"""号: numbers are unique, follow each other, and agree with the file's name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath

from generator.model.finding import Finding, Place, Text
from generator.model.page import Issue
from generator.read.manuscript import Manuscript
from generator.read.reporting import error, listed
from generator.read.rules.edition import Edition


def issue_numbers_follow(edition: Edition) -> Iterator[Finding]:
    """No number twice, none left out between the first and the last but those that have had their time."""
    by_number: dict[int, list[Manuscript]] = defaultdict(list)
    for manuscript, issue in edition.of(Issue):
        by_number[issue.number].append(manuscript)
    for number, sharing in sorted(by_number.items()):
        if len(sharing) > 1:
            yield _shared(number, [manuscript.shown for manuscript in sharing], sharing[-1].at("number"))
    expired = {issue.number for issue in edition.expired(Issue)}
    for before, after in pairwise(sorted(by_number)):
        if not expired.issuperset(range(before + 1, after)):
            yield _gap(before, after, by_number[after][0].at("number"))


def issue_files_are_named_after_numbers(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """The address of an issue is its file name, so `issues/003.md` is number 3."""
    issue = manuscript.page.front
    if not isinstance(issue, Issue):
        return
    stem = PurePosixPath(manuscript.source).stem
    if stem.isdecimal() and int(stem) != issue.number:
        yield error(
            "issue-number",
            manuscript.at("number"),
            Text(
                f"`number` は {issue.number} ですが、ファイル名は `{stem}` です",
                f"`number` is {issue.number} but the file is named `{stem}`",
            ),
            Text("どちらかをそろえてください", "make the two agree"),
        )


def _shared(number: int, paths: list[str], place: Place) -> Finding:
    return error(
        "issue-number",
        place,
        Text(f"{listed(paths)} がどれも第{number}号です", f"{listed(paths)} all have number {number}"),
        Text("`number` を重ならないように直してください", "give each its own `number`"),
    )


def _gap(before: int, after: int, place: Place) -> Finding:
    lacking = f"第{before + 1}号" if after == before + 2 else f"第{before + 1}号から第{after - 1}号"
    lacking_en = f"number {before + 1}" if after == before + 2 else f"numbers {before + 1} to {after - 1}"
    return error(
        "issue-gap",
        place,
        Text(
            f"第{after}号の前に {lacking} がありません（下書きは数えません）",
            f"{lacking_en} is missing before number {after} (drafts do not count)",
        ),
        Text("抜けた号を公開するか、`number` を直してください", "publish what is missing, or correct `number`"),
    )
