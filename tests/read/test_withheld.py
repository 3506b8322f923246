"""What is remembered of a page that stays in: enough to know its text again, and when it is due."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from tests.read.content import errors, read_files

DRAFT = """---
title: 会議室を減らす計画
description: '来春から会議室を半分にします'
draft: true
approved_by: 管理本部長
---
## 課題

会議室が足りないという声が
毎月のように届きます。
この文は短い。

The rooms will be closed one after the other, from spring on.
"""


def test_a_withheld_page_is_known_by_its_title_and_its_long_sentences(tmp_path: Path) -> None:
    library, _ = read_files(tmp_path, {"articles/plan.md": DRAFT})
    assert library.withheld[0].sentences == (
        "会議室を減らす計画",
        "来春から会議室を半分にします",
        "会議室が足りないという声が毎月のように届きます",
        "The rooms will be closed one after the other",
    )


def test_a_draft_that_cannot_be_typed_is_known_by_its_sentences_too(tmp_path: Path) -> None:
    library, _ = read_files(tmp_path, {"stories/plan.md": DRAFT})
    assert "会議室が足りないという声が毎月のように届きます" in library.withheld[0].sentences


def test_a_page_that_waits_is_known_by_its_sentences(tmp_path: Path) -> None:
    page = DRAFT.replace("draft: true", "publish_at: 2027-04-01T09:00")
    library, _ = read_files(tmp_path, {"articles/plan.md": page})
    assert library.withheld[0].reason == "embargoed"
    assert "The rooms will be closed one after the other" in library.withheld[0].sentences


def test_a_page_that_waits_is_known_by_its_first_heading_although_the_body_leaves_that_out(tmp_path: Path) -> None:
    page = "---\npublish_at: 2027-04-01T09:00\n---\n# 来春から会議室を半分にします\n\n短い。\n"
    library, _ = read_files(tmp_path, {"articles/plan.md": page})
    assert library.withheld[0].sentences == ("来春から会議室を半分にします",)


def test_a_draft_whose_name_has_its_marks_apart_is_read_like_any_other(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "企画ガイド")
    library, findings = read_files(tmp_path, {f"articles/{name}.md": DRAFT})
    assert errors(findings) == []
    assert library.withheld[0].source == "articles/企画ガイド.md"
    assert len(library.withheld[0].sentences) == 4


ISSUE = "---\ntitle: 号\nnumber: {number}\ndate: {date}\nlead: articles/lead.md\n---\n"
LEAD = "# 巻頭\n\n[次の号](../issues/002.md)\n"


def test_a_number_is_withheld_until_its_day_begins_in_the_zone_of_the_site(tmp_path: Path) -> None:
    files = {
        "articles/lead.md": "# 巻頭\n",
        "issues/001.md": ISSUE.format(number=1, date="2026-11-20"),
        "issues/002.md": ISSUE.format(number=2, date="2026-11-21"),
    }
    before, findings = read_files(tmp_path, files, now="2026-11-20T14:59:59+00:00")
    after, _ = read_files(tmp_path, files, now="2026-11-20T15:00:00+00:00")
    assert findings == []
    assert [(page.source, page.reason, str(page.until)) for page in before.withheld] == [
        ("issues/002.md", "embargoed", "2026-11-21 00:00:00+09:00")
    ]
    assert after.withheld == ()


def test_a_link_to_a_number_that_has_not_come_out_is_explained(tmp_path: Path) -> None:
    files = {"articles/lead.md": LEAD, "issues/002.md": ISSUE.format(number=2, date="2026-12-01")}
    _, findings = read_files(tmp_path, files)
    assert errors(findings) == ["content/articles/lead.md:3:1 link-to-withheld"]
    assert "2026-12-01 00:00" in findings[0].what.en


def test_a_moment_typed_in_another_zone_is_told_in_the_zone_of_the_site(tmp_path: Path) -> None:
    files = {
        "articles/a.md": "---\ntitle: 題\npublish_at: 2026-11-25T00:30Z\n---\n",
        "articles/b.md": "# 題\n\n[予告](a.md)\n",
    }
    library, findings = read_files(tmp_path, files)
    assert str(library.withheld[0].until) == "2026-11-25 09:30:00+09:00"
    assert "2026-11-25 09:30" in findings[0].what.en


def test_a_moment_without_a_zone_is_one_of_the_site_wherever_that_is(tmp_path: Path) -> None:
    files = {"articles/a.md": "---\ntitle: 題\npublish_at: 2026-11-25T09:00\n---\n"}
    library, _ = read_files(tmp_path, files, timezone="Europe/Berlin")
    assert str(library.withheld[0].until) == "2026-11-25 09:00:00+01:00"
