"""What is written directly is what Python-Markdown would have written, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from generator.model import marker
from generator.render.cpu_limit import cpu_limit
from generator.render.markdown import MarkdownDialect, MarkdownReader, anchor_of
from generator.render.markdown.simple import SimpleTexts

REPOSITORY = Path(__file__).parents[2]
FOLDERS = ("content", "tests/sites", "tests/render/dialect", "generator/archetypes", "generator/scaffold")
FILES = [REPOSITORY / "README.md", *(file for each in FOLDERS for file in sorted((REPOSITORY / each).rglob("*.md")))]
EXTENSIONS = (
    *("toc", "tables", "fenced_code", "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html"),
    *("pymdownx.details", "pymdownx.highlight", "pymdownx.superfences", "pymdownx.tasklist"),
)
OPTIONS: Mapping[str, Mapping[str, Any]] = {"toc": {"slugify": anchor_of}, "tables": {"use_align_attribute": True}}
DIRECT = SimpleTexts({name: OPTIONS.get(name, {}) for name in EXTENSIONS})
# An option that nothing is known of, though it changes nothing: every text goes the whole way.
WHOLE_WAY = MarkdownReader(MarkdownDialect(EXTENSIONS, {"toc": {"toc_depth": 6}}))

WORDS = [
    *("情報システム部", "4月の数字です。", "２．全角", "words", "C&D", "a > b", "snake_case", "〜", "。", "、", " "),
    *("\u3000", "\u00a0"),
]
MARKED = [
    *("**太字**", "**「太字」**", "*斜体*", "`code`", "`a*b`", "`<b>`", "[言葉](a.md)", "[**太**字](../b/c_d.md#x)"),
    *("**[言](a.md)と`c`**", "![絵](../p/a.png)", "[a&b](x.md?y=1&z=2)", "  ", "https://a.example/あ?b=1&c=d"),
    *("（www.b.example）。", "甲<br>乙", "<br />", "[`x`](a.md)", "[`a``b`](c.md)"),
]
ODD = [
    *("*", "**", "_", "__太__", "`", "``a`b``", "[", "]", "[x]", "[^1]", "[a][b]", "[a]: b.md", "*[IT]: 情報"),
    *('![a](b "c")', "<b>", "<https://c.example>", "&amp;", "&#91;", "\\", "\\*", "$x$", "$", "~~消~~", "{: .x}"),
    *("{{ y }}", "|", "\t", "\r", "\x02", "\x03", "***強***", "* *", "(a(b))", "[a](b(c).md)", "[x](y)(z)", "!", "#"),
    *("://", "'", '"', ":", "klzzwxh:0000", "\x02klzzwxh:0000\x03", "[ ] ", "<!-- c -->", "]: ", "!["),
]
STARTS = [
    "",
    "",
    "",
    "",
    "- ",
    "- ",
    "* ",
    "1. ",
    "2. ",
    "> ",
    "> ",
    "# ",
    "## ",
    "### ",
    "    ",
    "— ",
    "  - ",
    "    - ",
]
ODD_STARTS = [
    *(
        "+ ",
        "1) ",
        "１. ",
        "10. ",
        ">",
        "> > ",
        "> - ",
        "   - ",
        "  1. ",
        "    * ",
        "      - ",
        "-",
        "#",
        "####### ",
        "   ",
        " ",
        "\u3000",
    ),
    *(": ", "- - ", "- 1. ", "        "),
]
LINES = [
    *("| 甲 | 乙 |", "|---|---|", "|:--|--:|", "|:-:|---|", "| 1 | **二** |", "| 3 |", "| `a` | b | c |"),
    *('!!! note "題"', "!!! warning", "---", "***", marker.block(0), "> — 川村（総務部）", "— 川村（総務部）", ">"),
    *("## 見出し", "## 見出し", "    中身", "    - 項目", "## 甲 | 乙"),
]
ODD_LINES = [
    *("===", "___", "```", "~~~", "??? tip", ":::", ":::tip", "> [!NOTE]", "[TOC]", "<div markdown>", "</div>", "$$"),
    *("|-|", "---|---", "   ", f"    {marker.block(1)}", '!!! note ""', '=== "タブ"', "甲 | 乙", "- [x] 済"),
    *("*[IT]: 情報", "{:toc}", "///Footnotes Go Here///", "\u3000"),
]


def texts(starts: list[str], pieces: list[str], lines: list[str]) -> st.SearchStrategy[str]:
    words = st.lists(st.sampled_from(pieces), min_size=1, max_size=4).map("".join)
    line = st.tuples(st.sampled_from(starts), words).map("".join) | st.sampled_from(lines)
    ended = st.tuples(line, st.sampled_from(["\n", "\n\n", "\n\n", "\n\n\n"])).map("".join)
    return st.lists(ended, min_size=1, max_size=9).map("".join)


MOSTLY_SIMPLE = texts(STARTS, [*WORDS, *WORDS, *MARKED], LINES)
ANYTHING = texts(STARTS + ODD_STARTS, WORDS + MARKED + ODD, LINES + ODD_LINES)


@given(MOSTLY_SIMPLE | ANYTHING)
@settings(max_examples=500, deadline=None)
def test_a_text_becomes_what_python_markdown_makes_of_it(text: str) -> None:
    html = DIRECT.html(text)
    event("simple" if html is not None else "not simple")
    assert html in (None, WHOLE_WAY.convert(text))


def below_front_matter(file: Path) -> str:
    text = file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    return re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(REPOSITORY).as_posix())
def test_every_text_of_the_repository_becomes_what_python_markdown_makes_of_it(file: Path) -> None:
    text = below_front_matter(file)
    assert DIRECT.html(text) in (None, WHOLE_WAY.convert(text))


def test_most_of_what_communicators_write_is_simple() -> None:
    written = [file for file in FILES if file.is_relative_to(REPOSITORY / "content")]
    simple = [file for file in written if DIRECT.html(below_front_matter(file)) is not None]
    assert len(simple) > 0.7 * len(written), f"{len(simple)} of {len(written)}"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## 数字\n\n## 数字", '<h2 id="数字">数字</h2>\n<h2 id="数字_1">数字</h2>'),
        ("本文\n- a\n- **b**", "<p>本文</p>\n<ul>\n<li>a</li>\n<li><strong>b</strong></li>\n</ul>"),
        ("一行目\n**二行目**\nthree", "<p>一行目<strong>二行目</strong>\nthree</p>"),
        ("一  \n二", "<p>一<br />\n二</p>"),
        (
            "R&D は `a<b>` と [x](y.md?a=1&b)",
            '<p>R&amp;D は <code>a&lt;b&gt;</code> と <a href="y.md?a=1&amp;b">x</a></p>',
        ),
        ("> 速い。\n> — 川村", '<blockquote class="kb-voice">\n<p>速い。<cite>— 川村</cite></p>\n</blockquote>'),
        (
            '!!! note "題"\n    文\n\n    - a',
            '<div class="admonition note">\n<p class="admonition-title">題</p>\n<p>文</p>\n<ul>\n<li>a</li>\n</ul>\n</div>',
        ),
    ],
)
def test_simple_texts_are_written_directly(text: str, html: str) -> None:
    assert DIRECT.html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        *(
            "- a\n\n- b",
            "- a\n\n  - b",
            "> a\n\n> b",
            "- a\nb",
            "a\n---",
            "    code",
            "```\na\n```",
            "[a]\n\n[a]: b.md",
        ),
        *("<b>a</b>", "a {: .x}", "a\\*b", "&copy;", "$x$", "~~a~~", "a[^1]", "*a", "_a_", "![a](b.png 'c')"),
        *("[`a``b`](c.md)", "![`a``b`](c.png)"),
    ],
)
def test_what_is_odd_is_left_to_python_markdown(text: str) -> None:
    assert DIRECT.html(text) is None


@pytest.mark.parametrize(
    ("extension", "options", "text", "expected"),
    [
        ("nl2br", {}, "a\nb", "<br />"),
        ("toc", {"permalink": True}, "# a", "headerlink"),
        ("tables", {"use_align_attribute": False}, "|a|b|\n|:-|-|\n|c|d|", "style="),
        ("abbr", {"glossary": {"IT": "情報"}}, "IT", "<abbr"),
    ],
)
def test_what_a_site_adds_gets_its_turn_in_simple_texts(
    extension: str, options: dict[str, Any], text: str, expected: str
) -> None:
    assert expected in MarkdownReader(MarkdownDialect((extension,), {extension: options})).convert(text)


@pytest.mark.parametrize(
    "piece",
    [
        "`",
        "*a",
        "**a ",
        "[a](",
        "- a\n",
        "- a\n  - b\n",
        "1. a\n    - b\n",
        "> a\n",
        "|a",
        "| a |\n",
        "\u3000",
        "\n",
        "#",
        "1",
        "    a\n",
        "$",
    ],
)
def test_a_long_text_that_is_almost_simple_is_given_up_soon(piece: str) -> None:
    with cpu_limit():
        assert DIRECT.html(f"`{piece * 100_000}<") is None
        assert DIRECT.html(f"{piece * 100_000}<") is None


def test_thousands_of_equal_headings_take_no_square_of_time() -> None:
    with cpu_limit():
        assert "数字_19999" in (DIRECT.html("## 数字\n\n" * 20_000) or "")
