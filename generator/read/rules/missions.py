"""使命: the company has one at a time, because every page ends with it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator.model.finding import Finding, Text
from generator.model.page import Mvv
from generator.read.manuscript import Manuscript
from generator.read.reporting import listed, warning
from generator.read.rules.edition import Edition


def the_company_has_one_mission(edition: Edition) -> Iterator[Finding]:
    """An earlier one is gone on the day on which a later one takes effect; told as soon as both are written."""
    missions = [(mvv, manuscript) for manuscript, mvv in edition.of(Mvv) if mvv.level == "company"]
    missions.sort(key=lambda mission: mission[0].effective_from)
    for (earlier, before), (later, after) in pairwise(missions):
        if earlier.expires_on is None or earlier.expires_on >= later.effective_from:
            yield _two(before, after, later)


def _two(before: Manuscript, after: Manuscript, later: Mvv) -> Finding:
    both = listed([before.shown, after.shown])
    return warning(
        "two-missions",
        after.at("level"),
        Text(
            f"{both} がどちらも会社の使命（`level: company`）です。{later.effective_from} から、ホームと各ページの終わりには `{after.shown}` の使命だけが出ます",
            f"{both} are both the company's mission (`level: company`): from {later.effective_from} the front page and the foot of every page show that of `{after.shown}` alone",
        ),
        Text(
            "部署の使命なら `level: department` に直し、使命を改めるなら、前のページに `expires_on` を書くか `status: archived` にしてください",
            "make a department's mission `level: department`; to replace a mission, write `expires_on` in the earlier page or make it `status: archived`",
        ),
    )
