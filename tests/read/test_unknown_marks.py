"""Marks that only look like Markdown's: who certainly meant one is told, and nobody else."""

from __future__ import annotations

import pytest

from generator.markup.outline import outline
from generator.model.finding import Finding
from generator.read.unknown_marks import judge_marks


def _told(text: str) -> list[Finding]:
    return list(judge_marks(outline(text).read, "p.md", 10))


@pytest.mark.parametrize(
    ("text", "written_right"),
    [
        ("・会議\n・資料", "- 会議"),
        ("持ち物\n　・名札\n　・鍵", "- 名札"),
        ("･会議\n･資料", "- 会議"),
        ("•\t会議\n•\t資料", "- 会議"),
        ("■日時 午後\n■場所 会議室", "- 日時 午後"),
        ("＊ 会議\n＊ 資料", "- 会議"),
        ("-　会議\n-　資料", "- 会議"),
        ("-会議\n-資料", "- 会議"),
        ("- 一つ\n  ・会議\n  ・資料", "- 会議"),
        ("> ・会議\n> ・資料", "- 会議"),
        ("１．会議\n２．資料", "1. 会議"),
        ("１．会議\n2．資料", "1. 会議"),
        ("3.会議\n4.資料", "3. 会議"),
        ("1.　会議\n2.　資料", "1. 会議"),
        ("（1）会議\n（2）資料", "1. 会議"),
        ("9、会議\n10、資料", "9. 会議"),
        ("＃ 見出し", "# 見出し"),
        ("文\n\n＃＃見出し\n\n文", "## 見出し"),
        ("＃＃　見出し", "## 見出し"),
        ('！！！ note "迷ったとき"\n    中', '!!! note "迷ったとき"'),
        ("文\n\n？？？　tip\n    中", "??? tip"),
        ("＞ 一行目\n＞ 二行目", "> 一行目"),
        ("｜部署｜人数｜\n｜工場｜20｜", "|---|---|"),
        ("｜部署 ｜ 人数｜\n|---|---|\n｜工場｜20｜", "| 部署 | 人数 |"),
    ],
)
def test_who_certainly_meant_a_mark_is_told_how_to_write_it(text: str, written_right: str) -> None:
    (finding,) = _told(text)
    assert finding.name == "content/unknown-mark"
    assert not finding.is_error
    assert f"`{written_right}`" in finding.remedy.ja
    assert f"`{written_right}`" in finding.remedy.en


@pytest.mark.parametrize(
    "text",
    [
        "・ひとつだけの行\nあとは文",
        "・一つめの段落\n\n・二つめの段落",
        "・改行した行  \n・次の行",
        "・改行した行<br>\n・次の行",
        "・改行した行\\\n・次の行",
        "・・・そして\n・・・それから",
        "| ・会議 | 10 |\n|---|---|\n| ・資料 | 20 |\n| ・本番 | 30 |",
        "```\n・会議\n・資料\n＃ 見出し\n```",
        "    ・会議\n    ・資料",
        "文\n\n<pre>\n・会議\n・資料\n</pre>",
        "<!--\n・会議\n・資料\n-->",
        "- 会議\n- 資料",
        "１. 会議\n２. 資料",
        "1. 会議\n2. 資料",
        "文\n2. 会議\n3. 資料",
        "１．５倍から\n２．５倍へ",
        "1.5倍から\n2.5倍へ",
        "-5度\n-3度",
        "３、あるいは\n３、まさに",
        "＃社内報 で話そう",
        "！！！すごい",
        "！！！ なんと note が届いた",
        '!!! note "囲み"\n    中',
        "＃",
        "＞＞ 詳しくはこちら\n＞＞ 申し込みはこちら",
        "＞ ひとこと",
        "｜瓦版《かわらばん》と｜読売《よみうり》\n｜瓦版《かわらばん》と｜読売《よみうり》",
        "｜名前\n｜所属",
        "**強い**\n*弱い*",
    ],
)
def test_what_may_be_prose_or_is_code_is_let_through(text: str) -> None:
    assert _told(text) == []


def test_each_kind_is_told_once_where_it_is_used_first() -> None:
    text = "文\n\n・会議\n・資料\n\n＃ 見出し\n\n・また\n・もう一つ\n・さらに\n\n＃ 次の見出し\n"
    assert [(str(finding.place), finding.remedy.ja[:6]) for finding in _told(text)] == [
        ("p.md:12:1", "`- 会議`"),
        ("p.md:15:1", "`# 見出し"),
    ]
