"""Text that YAML would drop as a comment is told; comments that explain a line are not."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from generator.model.page import PageType
from generator.read.front_matter import split
from tests.read.content import read_files
from tests.read.test_what_may_wait import CAMPAIGN

CODE = "text-cut-short"


def places(root: Path, source: str, text: str) -> list[str]:
    _, findings = read_files(root, {source: text})
    return [str(finding.place) for finding in findings if finding.code == CODE]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("title: 売上50%増 #営業部", 15),
        ("summary: 「#質問」は、 #全社 で。", 18),
        ("description: 全社へ\t#お知らせ", 18),
        ("summary: #質問 で聞けます", 10),
        ("title: 2026 #年度", 13),
        ("tags: [一つ, 二つ #三つ\n  ]", 15),
    ],
)
def test_a_word_with_a_hash_behind_a_text_is_told_where_it_stands(line: str, column: int, tmp_path: Path) -> None:
    assert places(tmp_path, "articles/a.md", f"---\n{line}\n---\n# 題\n\n本文です。\n") == [
        f"content/articles/a.md:2:{column}"
    ]


def test_what_remains_and_the_remedy_are_told(tmp_path: Path) -> None:
    _, findings = read_files(tmp_path, {"articles/a.md": "---\ntitle: 売上50%増 #営業部\n---\n本文です。\n"})
    (finding,) = findings
    assert "`売上50%増`" in finding.what.ja
    assert '`"`' in finding.remedy.ja
    assert not finding.is_error


def test_of_a_text_that_is_nothing_but_a_comment_nothing_is_said_to_remain(tmp_path: Path) -> None:
    _, findings = read_files(tmp_path, {"articles/a.md": "---\nsummary: #質問 で聞けます\n---\n# 題\n\n本文です。\n"})
    assert findings[0].what.ja.endswith("捨てられ、何も残りません")


def test_texts_inside_lists_and_mappings_are_told_too(tmp_path: Path) -> None:
    text = CAMPAIGN.replace("solves: []", "solves:\n  - q: 困りごと #質問\n    a: 答え")
    assert places(tmp_path, "campaigns/chat.md", text) == ["content/campaigns/chat.md:11:13"]


def test_the_title_of_a_chart_is_told_where_it_stands(tmp_path: Path) -> None:
    block = "```chart\nmetric: chat_rate\nkind: trend #推移\ntitle: 利用率 #全社\n```\n"
    assert places(tmp_path, "articles/a.md", f"# 題\n\n本文です。\n\n{block}") == ["content/articles/a.md:8:12"]


@pytest.mark.parametrize(
    "line",
    [
        "title: 売上50%増 # 営業部の話です",
        'title: "売上50%増 #営業部"',
        "title: '売上50%増 #営業部'",
        "title: 売上#営業部",
        'title: "売上" #営業部',
        "title: >-\n  売上50%増 #営業部",
        "date: 2026-11-01 #公開日",
        "status: published #公開",
        "title: 題 ## 見出し",
        "title: 題\n#営業部",
    ],
)
def test_what_loses_no_text_is_not_told(line: str, tmp_path: Path) -> None:
    assert places(tmp_path, "articles/a.md", f"---\n{line}\n---\n# 題\n\n本文です。\n") == []


@pytest.mark.parametrize("kind", PageType)
def test_the_comments_of_new_pages_are_not_told(kind: PageType) -> None:
    parts, _ = split((files("generator.archetypes") / f"{kind.value}.md").read_text("utf-8"), "a.md")
    assert parts is not None
    assert parts.fields.values
    assert parts.fields.cut == {}
