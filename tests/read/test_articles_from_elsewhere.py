"""What articles of other tools bring along is left out with a warning; pages of our own are held to the rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.finding import Finding
from tests.read.content import PNG, errors, names, read_files


def warned(findings: list[Finding]) -> list[str]:
    assert errors(findings) == []
    return names(findings)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("見えない\u200b文字\u200bです", "invisible-character"),
        ("右\u200eから", "bidi-control"),
        ("改頁\u000cです\u2028ね", "control-character"),
        ("文字 &#8203; と &#x200B; です", "forbidden-entity"),
        ("![](pic.png)", "picture-without-alt"),
        ("<center>中央</center><center>二つ目</center>", "dropped-html"),
        ("![図](data:image/png;base64," + "A" * 70_000 + ")", "embedded-picture"),
    ],
)
def test_what_nobody_misses_is_left_out_once_and_told(tmp_path: Path, body: str, code: str) -> None:
    library, findings = read_files(tmp_path / "a", {"articles/x/a.md": f"# 題\n\n{body}\n", "articles/x/pic.png": PNG})
    assert [name for name in warned(findings) if name != "unused-file"] == [code]
    assert "\u200b" not in library.texts["articles/x/a.md"].body
    _, own = read_files(tmp_path / "b", {"guide/a.md": f"# 題\n\n{body}\n", "guide/pic.png": PNG})
    assert code == "dropped-html" or errors(own)


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\0"])
def test_what_can_deceive_is_refused_in_articles_too(tmp_path: Path, character: str) -> None:
    _, findings = read_files(tmp_path, {"articles/a.md": f"# 題\n\n文{character}字\u200b\n"})
    assert any(finding.is_error for finding in findings)


def test_joiners_stay_where_a_script_needs_them(tmp_path: Path) -> None:
    text = "# 題\n\nمی\u200cخواهم क्\u200dष 👨\u200d👩\u200d👧\n"
    library, findings = read_files(tmp_path, {"articles/a.md": text})
    assert warned(findings) == []
    assert "می\u200cخواهم क्\u200dष 👨\u200d👩\u200d👧" in library.texts["articles/a.md"].body


def test_files_of_other_kinds_are_passed_over_once_a_kind(tmp_path: Path) -> None:
    files = {f"articles/x/{name}": b"x" for name in ("a.svg", "b.svg", "LICENSE", "c.yml", ".vuepress/d.md")}
    library, findings = read_files(tmp_path, {"articles/x/a.md": "# 題\n", **files})
    assert sorted(warned(findings)) == ["file-type", "file-type", "file-type", "hidden-folder"]
    assert library.assets == ()


def test_a_key_is_refused_wherever_it_lies(tmp_path: Path) -> None:
    _, findings = read_files(tmp_path, {"articles/x/server.key": b"x"})
    assert errors(findings) == ["content/articles/x/server.key file-type"]


def test_a_picture_with_another_pictures_ending_is_shown(tmp_path: Path) -> None:
    library, findings = read_files(tmp_path, {"articles/a.md": "# 題\n\n![図](a.jpg)\n", "articles/a.jpg": PNG})
    assert warned(findings) == ["file-content"]
    assert [asset.url for asset in library.assets] == ["articles/a.jpg"]


@pytest.mark.parametrize(
    ("front", "key", "value"),
    [
        ("date: 2020-1-2", "date", "2020-01-02"),
        ("date: 2020/1/2 10:00", "date", "2020-01-02"),
        ("date:\n  created: 2020-01-02\n  updated: 2021-03-04", "updated", "2021-03-04"),
        ("Date: 2020-01-02", "date", "2020-01-02"),
        ("Title: 別の題", "title", "別の題"),
        ("tags:\n  - name: 仕事\n  - name: 工夫", "tags", "('仕事', '工夫')"),
    ],
)
def test_front_matter_of_other_tools_is_understood(tmp_path: Path, front: str, key: str, value: str) -> None:
    library, findings = read_files(tmp_path, {"articles/a.md": f"---\n{front}\n---\n# 題\n"})
    assert warned(findings) == []
    assert str(getattr(library.pages[0].front, key)) == value


@pytest.mark.parametrize(
    ("front", "code"),
    [
        ("type: tech", "foreign-type"),
        ("slug: 日本語/です", "slug-unfit"),
        ("lang: fr", "unknown-language"),
        ("title: {{ .Name }}", "template-page"),
    ],
)
def test_what_other_tools_mean_and_we_do_not_is_told(tmp_path: Path, front: str, code: str) -> None:
    _, findings = read_files(tmp_path, {"articles/a.md": f"---\n{front}\n---\n# 題\n"})
    assert warned(findings) == [code]


def test_an_article_in_capitals_can_be_a_draft(tmp_path: Path) -> None:
    library, _ = read_files(tmp_path, {"articles/a.md": "---\nDraft: true\n---\n# 題\n"})
    assert library.pages == ()


def test_a_text_without_japanese_is_english(tmp_path: Path) -> None:
    files = {
        "articles/a.md": "# Title\n\n" + "Plain English words. " * 20,
        "articles/b.md": "# 題\n\n" + "短い文。" * 50,
    }
    library, _ = read_files(tmp_path, files)
    assert [page.front.lang for page in library.pages] == ["en", "ja"]


def test_articles_that_share_an_address_each_get_their_own(tmp_path: Path) -> None:
    files = {
        "articles/2020-joke.md": "---\nslug: joke\n---\n# 一\n",
        "articles/2021-joke.md": "---\nslug: joke\n---\n# 二\n",
        "articles/money.md": "# 三\n",
        "articles/money/README.md": "# 四\n",
    }
    library, findings = read_files(tmp_path, files)
    assert sorted(warned(findings)) == ["shared-address", "slug-unfit", "slug-unfit"]
    assert {page.source.removeprefix("articles/"): page.url.removeprefix("articles/") for page in library.pages} == {
        "2020-joke.md": "2020-joke/",
        "2021-joke.md": "2021-joke/",
        "money.md": "money-2/",
        "money/README.md": "money/",
    }


ZENN = '---\ntitle: "題"\nemoji: "📝"\ntype: "tech"\ntopics: ["zenn", "markdown"]\n{}\n---\n本文です。\n'


def test_an_article_of_zenn_is_shown_with_its_topics_as_tags(tmp_path: Path) -> None:
    library, findings = read_files(tmp_path, {"articles/a.md": ZENN.format("published: true")})
    assert warned(findings) == ["foreign-type"]
    assert library.pages[0].front.tags == ("zenn", "markdown")


@pytest.mark.parametrize("also", ["", "status: published", "draft: false", "date: 2026-11-01"])
def test_what_another_tool_has_not_published_stays_in(also: str, tmp_path: Path) -> None:
    library, findings = read_files(tmp_path, {"articles/a.md": ZENN.format(f"published: false\n{also}".rstrip())})
    assert warned(findings) == []
    assert [(page.source, page.reason) for page in library.withheld] == [("articles/a.md", "draft")]


def test_what_another_tool_has_published_stays_a_draft_where_it_says_so(tmp_path: Path) -> None:
    library, _ = read_files(tmp_path, {"articles/a.md": ZENN.format("published: true\ndraft: true")})
    assert [page.reason for page in library.withheld] == ["draft"]


@pytest.mark.parametrize("value", ["'false'", "later", "2026-12-01", ""])
def test_what_is_neither_yes_nor_no_is_refused(value: str, tmp_path: Path) -> None:
    _, findings = read_files(tmp_path, {"articles/a.md": ZENN.format(f"published: {value}")})
    (finding,) = [finding for finding in findings if finding.is_error]
    assert (finding.code, str(finding.place)) == ("unknown-key", "content/articles/a.md:6:1")
    assert "`draft: true`" in finding.remedy.ja


def test_in_pages_of_our_own_nobody_is_led_to_delete_the_line_that_keeps_a_page_in(tmp_path: Path) -> None:
    _, findings = read_files(tmp_path, {"guide/a.md": "---\ntitle: 題\npublished: false\n---\n本文です。\n"})
    (finding,) = findings
    assert (finding.code, finding.is_error) == ("unknown-key", True)
    assert finding.remedy.ja.startswith("公開しないページなら `draft: true` に書き換え")
