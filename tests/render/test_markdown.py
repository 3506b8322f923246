"""Markdown as Japanese authors write it."""

import pytest

from generator.render.markdown import MarkdownDialect, MarkdownReader


@pytest.fixture(scope="module")
def reader() -> MarkdownReader:
    return MarkdownReader(MarkdownDialect(("toc", "footnotes", "abbr", "tables"), {}))


def test_bold_works_beside_japanese_brackets(reader: MarkdownReader) -> None:
    assert reader.convert("これは**「重要」**です。**次。**です") == (
        "<p>これは<strong>「重要」</strong>です。<strong>次。</strong>です</p>"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("改行は\n空白になりません", "<p>改行は空白になりません</p>"),
        ("改行は\n**太字**でも", "<p>改行は<strong>太字</strong>でも</p>"),
        ("**太字**\nのあとも", "<p><strong>太字</strong>のあとも</p>"),
        ("English words\nstay apart", "<p>English words\nstay apart</p>"),
        ("日本語と\nEnglish", "<p>日本語と\nEnglish</p>"),
    ],
)
def test_a_line_break_inside_japanese_is_no_space(reader: MarkdownReader, text: str, expected: str) -> None:
    assert reader.convert(text) == expected


def test_a_line_break_inside_code_stays(reader: MarkdownReader) -> None:
    assert "一行目\n二行目" in reader.convert("    一行目\n    二行目\n")


def test_heading_ids_keep_japanese_and_do_not_depend_on_their_place(reader: MarkdownReader) -> None:
    assert 'id="取り組み"' in reader.convert("## 取り組み")
    assert 'id="取り組み"' in reader.convert("## 前の見出し\n\n## 取り組み")


def test_nothing_of_one_text_leaks_into_the_next(reader: MarkdownReader) -> None:
    reader.convert("注[^1]\n\n[^1]: 脚注\n\n*[IT]: 情報技術\n\n## 見出し")
    assert reader.convert("IT") == "<p>IT</p>"
    assert "footnote" not in reader.convert("次")


def test_a_voice_names_its_speaker_apart_from_the_words(reader: MarkdownReader) -> None:
    html = reader.convert("> 楽に\n> なりました。\n> — 大沢 清（製造二部）\n\n> **次**の声\n> — 菊池 直樹")
    assert html.count("<cite>") == 2
    assert '<blockquote class="kb-voice">' in html
    assert "<p>楽になりました。<cite>— 大沢 清（製造二部）</cite></p>" in html
    assert "<p><strong>次</strong>の声<cite>— 菊池 直樹</cite></p>" in html


def test_a_quotation_without_a_speaker_stays_one(reader: MarkdownReader) -> None:
    assert reader.convert("> 引用です") == "<blockquote>\n<p>引用です</p>\n</blockquote>"
