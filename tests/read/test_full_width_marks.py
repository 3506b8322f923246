"""Bold, links and pictures typed with marks in full width: their writer is told, and nobody else."""

from __future__ import annotations

import pytest

from generator.markup.outline import outline
from generator.model.finding import Finding
from generator.read.full_width_marks import judge_full_width_marks
from generator.read.places import PlaceOf


def _told(text: str) -> list[Finding]:
    prose = outline(text).prose
    return list(judge_full_width_marks(prose, PlaceOf(prose, "p.md", 10)))


@pytest.mark.parametrize(
    ("text", "written_right"),
    [
        ("文に＊＊太字＊＊があります。", "**太字**"),
        ("**太字＊＊", "**太字**"),
        ("［事例］（../stories/x.md）を読む", "[事例](../stories/x.md)"),
        ("[事例](x.md）を読む。[次](y.md)", "[事例](x.md)"),
        ("[事例]（https://example.com/a）", "[事例](https://example.com/a)"),
        ("［事例](x.md#課題)", "[事例](x.md#課題)"),
        ("すごい！［事例］（x.md）", "[事例](x.md)"),
        ("![写真](x.jpg）", "![写真](x.jpg)"),
        ("！［写真］（図/x.png）", "![写真](図/x.png)"),
        ("！[写真](図/x.png)", "![写真](図/x.png)"),
        ("| 列 |\n|---|\n| ［表］（x.pdf） |", "[表](x.pdf)"),
    ],
)
def test_who_certainly_meant_a_mark_is_told_how_to_write_it(text: str, written_right: str) -> None:
    (finding,) = _told(text)
    assert (finding.name, finding.is_error) == ("content/unknown-mark", False)
    assert f"`{written_right}`" in finding.remedy.ja
    assert f"`{written_right}`" in finding.remedy.en


@pytest.mark.parametrize(
    "text",
    [
        "**太字** と [事例](x.md)（x.md）と ![写真](x.jpg)",
        "＊＊さんと＊＊さんが話した",
        "＊＊＊ 休憩 ＊＊＊",
        "＊＊ 休憩 ＊＊",
        "価格＊＊は税込み",
        "［注］（2026年の数字です）",
        "［第1部］（営業部）",
        "[1]（総務部調べ）",
        "すごい！[事例](x.md)",
        "`［事例］（x.md）` と `＊＊太字＊＊` と書く",
        "```\n![写真](x.jpg）\n＊＊太字＊＊\n```",
        "[事例](<x（1）.md>)",
        "[事例](x（1）.md)",
    ],
)
def test_what_may_be_prose_or_is_code_is_let_through(text: str) -> None:
    assert _told(text) == []


def test_each_kind_is_told_once_where_it_is_used_first() -> None:
    text = "文\n\n二つめの ＊＊太字＊＊ と ＊＊もう一つ＊＊\n\n[表](a.pdf） ![図](b.png）\n［表］（c.pdf）![図］(d.png)"
    assert [(str(finding.place), finding.remedy.ja.split("`")[1]) for finding in _told(text)] == [
        ("p.md:12:6", "**太字**"),
        ("p.md:14:1", "[表](a.pdf)"),
        ("p.md:14:12", "![図](b.png)"),
    ]
