"""Which warnings keep no other page from coming and going: those that no edit of what readers get has made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.read.content import read_files

UNSAFE = "\n# 題\n\n本文です。<script>alert(1)</script>\n"
CAMPAIGN = """---
title: 題
date: 2026-10-01
campaign: chat
stage: hearing
purpose: 目的です
sponsor: 社長
facilitator: 情報システム部
starts_on: 2026-10-01
solves: []
roles: []
milestones:
  - {name: 聞き取り, due: 2026-11-20}
rules: {effective_from: 2026-10-01, do: [], dont: []}
channels: []
voices: []
---
本文です。
"""
NOTICE = (
    "title: 題\ndate: 2026-11-01\nsummary: 要約です。\nowner: 情報システム部\nstarts_on: 2026-11-20\nimportance: 1\n"
)


def article(front: str, body: str = "\n# 題\n\n本文です。\n") -> str:
    return f"---\n{front}\n---\n{body}"


def warned(root: Path, files: dict[str, str], now: str, **options: object) -> dict[str, bool]:
    """The warnings, by code, with whether each may wait."""
    _, findings = read_files(root, files, now, **options)
    return {finding.code: finding.may_wait for finding in findings if not finding.is_error}


EVENING, MORNING = "2026-11-20T23:00+09:00", "2026-11-21T06:05+09:00"
BROUGHT_BY_A_NIGHT = {
    "review-overdue": {"articles/a.md": article("review_by: 2026-11-20")},
    "milestone-overdue": {"campaigns/chat.md": CAMPAIGN},
    "link-to-withheld": {
        "articles/a.md": article("title: 題", "[先](b.md)\n"),
        "articles/b.md": article("expires_on: 2026-11-20"),
    },
}


@pytest.mark.parametrize("code", BROUGHT_BY_A_NIGHT)
def test_what_a_night_brings_may_wait(code: str, tmp_path: Path) -> None:
    files = BROUGHT_BY_A_NIGHT[code]
    assert code not in warned(tmp_path, files, EVENING)
    assert warned(tmp_path, files, MORNING)[code]


@pytest.mark.parametrize("front", ["", "approved_by: 部長\napproved_on: 2026-12-01\n"])
def test_a_page_that_nobody_has_approved_yet_may_wait(front: str, tmp_path: Path) -> None:
    notice = article(NOTICE + front)
    assert warned(tmp_path, {"notices/a.md": notice}, MORNING, approval_required=["notice"]) == {"unapproved": True}


@pytest.mark.parametrize("front", ["status: review", "expires_on: 2026-11-20"])
def test_what_stands_on_a_page_that_stays_in_may_wait(front: str, tmp_path: Path) -> None:
    assert warned(tmp_path, {"articles/a.md": article(front, UNSAFE)}, MORNING) == {"unsafe-html": True}


def test_a_mistyped_key_of_a_page_under_review_may_wait(tmp_path: Path) -> None:
    assert warned(tmp_path, {"articles/a.md": article("status: review\nsumary: 要約")}, MORNING) == {
        "unknown-key": True
    }


@pytest.mark.parametrize("front", ["title: 題", "publish_at: 2026-12-01T06:00"])
def test_what_stands_on_a_page_that_readers_get_or_will_get_by_the_clock_may_not_wait(
    front: str, tmp_path: Path
) -> None:
    assert warned(tmp_path, {"articles/a.md": article(front, UNSAFE)}, MORNING) == {"unsafe-html": False}


def test_a_link_to_a_page_that_somebody_archived_may_not_wait(tmp_path: Path) -> None:
    files = {"articles/a.md": article("title: 題", "[先](b.md)\n"), "articles/b.md": article("status: archived")}
    assert warned(tmp_path, files, MORNING) == {"link-to-withheld": False}


DATED_LATER = ["date: 2026-11-21", "date: 2026-10-01\nupdated: 2026-11-21", "publish_at: 2026-11-21T06:00"]


@pytest.mark.parametrize("now", [EVENING, MORNING, "2027-06-01T09:00+09:00"])
@pytest.mark.parametrize("front", DATED_LATER)
def test_a_link_written_after_its_page_was_gone_may_not_wait_whatever_day_it_is(
    front: str, now: str, tmp_path: Path
) -> None:
    files = {
        "articles/a.md": article(front, "# 題\n\n[先](b.md)\n"),
        "articles/b.md": article("expires_on: 2026-11-20"),
    }
    assert warned(tmp_path, files, now) == {"link-to-withheld": False}


@pytest.mark.parametrize("front", ["date: 2026-11-20", "title: 題", "date: 2026-10-01\nupdated: 2026-11-20"])
def test_a_link_written_while_its_page_was_there_may_wait(front: str, tmp_path: Path) -> None:
    files = {
        "articles/a.md": article(front, "# 題\n\n[先](b.md)\n"),
        "articles/b.md": article("expires_on: 2026-11-20"),
    }
    assert warned(tmp_path, files, EVENING) == {}
    assert warned(tmp_path, files, MORNING) == {"link-to-withheld": True}


def test_a_draft_that_would_be_gone_as_well_is_still_no_page_to_point_at(tmp_path: Path) -> None:
    files = {
        "guide/a.md": article("date: 2026-11-21", "# 題\n\n[先](b.md)\n"),
        "guide/b.md": article("status: draft\nexpires_on: 2026-11-20"),
    }
    _, findings = read_files(tmp_path, files, MORNING)
    assert [(finding.code, finding.is_error) for finding in findings] == [("link-to-withheld", True)]


def faqs(*categories: str) -> dict[str, str]:
    """A campaign with a question of each category; that of the last is shown until the evening."""
    front = "title: なぜですか {}\ncampaign: chat\ncategory: {}\nofficial_view: 見解です。"
    pages = {f"faq/chat/{n}.md": article(front.format(n, name)) for n, name in enumerate(categories)}
    last = f"faq/chat/{len(categories) - 1}.md"
    pages[last] = pages[last].replace("title:", "expires_on: 2026-11-20\ntitle:")
    return {"campaigns/chat.md": CAMPAIGN.replace("hearing", "enforce"), **pages}


FIVE = ("目的", "計画", "期待される効果", "各部署の役割分担", "リスク")


def test_an_answer_that_has_had_its_time_keeps_no_page_in(tmp_path: Path) -> None:
    options = {"approval_required": ["notice"]}
    assert "faq-incomplete" not in warned(tmp_path, faqs(*FIVE), EVENING, **options)
    _, findings = read_files(tmp_path, faqs(*FIVE), MORNING, **options)
    (finding,) = [finding for finding in findings if finding.code == "faq-incomplete"]
    assert (finding.is_error, finding.may_wait) == (False, True)


def test_an_answer_that_was_never_written_stops_the_build(tmp_path: Path) -> None:
    _, findings = read_files(tmp_path, faqs(*FIVE[:4]), MORNING, approval_required=["notice"])
    assert [finding.is_error for finding in findings if finding.code == "faq-incomplete"] == [True]


@pytest.mark.parametrize(("front", "codes"), [("expires_on: 2026-11-20\n", []), ("status: archived\n", ["issue-gap"])])
def test_a_number_that_has_had_its_time_leaves_no_gap(front: str, codes: list[str], tmp_path: Path) -> None:
    issue = "title: 第{0}号\nnumber: {0}\ndate: 2026-11-01\nlead: articles/a.md\n"
    files = {f"issues/00{n}.md": article(issue.format(n) + (front if n == 2 else "")) for n in (1, 2, 3)}
    _, findings = read_files(tmp_path, {"articles/a.md": article("title: 題"), **files}, MORNING)
    assert [finding.code for finding in findings if finding.is_error] == codes
