"""The shortcuts around Python-Markdown change no HTML, and stay out of the way of what they do not know."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from generator.render.markdown.inline import InlineDialect
from generator.render.markdown.shortcuts import Shortcuts

EXTENSIONS = (
    *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "tables", "toc"),
    *("pymdownx.details", "pymdownx.superfences"),
)
PIECES = (
    *(
        "情報システム部",
        "words",
        "１. 全角の番号",
        "title: 電子化",
        "　字下げ",
        "klzzwxh:0001",
        "wzxhzdk:0",
        " ",
        "    ",
        "\t",
    ),
    *("**太字**", "*斜*", "_a_", "***a***b", "`code`", "``a`b``", "~~消~~", "$x$", "\\\\", "\\*", "\\", "  ", "{: .x}"),
    *(
        "[言葉](a.md)",
        "[a](b\\_c.md)",
        "[a][b]",
        "[b]: c.md",
        "![絵](a.png)",
        "[x]({{ y }})",
        "[^1]",
        "[^1]: 注",
        "*[IT]: 情報",
        "IT",
    ),
    *("<b>太</b>", "<https://a.example>", "<a@b.example>", "https://a.example/あ", "www.a.example", "&amp;", "&#91;"),
    *(
        "- ",
        "1. ",
        "> ",
        "# 見出し",
        "## a {#b}",
        "---",
        "===",
        "| a | b |",
        "|---|---|",
        ": 意味",
        "!!! note",
        "[TOC]",
    ),
    *("??? tip", "<div markdown>", "</div>", "```", "<!-- c -->", "\x02", "///Footnotes Go Here///"),
)
TEXTS = st.lists(st.lists(st.sampled_from(PIECES), max_size=4).map("".join) | st.just(""), min_size=1, max_size=12).map(
    "\n".join
)


def instance(*more: Extension, with_shortcuts: bool) -> tuple[markdown.Markdown, Shortcuts | None]:
    md = markdown.Markdown(extensions=[*EXTENSIONS, InlineDialect(), *more])
    return md, Shortcuts(md) if with_shortcuts else None


PLAIN, _ = instance(with_shortcuts=False)
QUICK, SHORTCUTS = instance(with_shortcuts=True)


@given(TEXTS)
@settings(max_examples=300)
def test_html_is_the_same_with_and_without(text: str) -> None:
    assert SHORTCUTS is not None
    # Whether addresses become links is for the whole page to say: here it has one.
    SHORTCUTS.begin(f"{text} https://a.example")
    assert QUICK.reset().convert(text) == PLAIN.reset().convert(text)


class _Letters(InlineProcessor):
    """A pattern of somebody else's that needs no mark at all."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        return Element("kbd"), m.start(0), m.end(0)


class _Paragraphs(BlockProcessor):
    """A kind of block of somebody else's that looks like a paragraph."""

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith("あ")

    def run(self, parent: Element, blocks: list[str]) -> None:
        blocks.pop(0)
        SubElement(parent, "aside")


class _Foreign(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        md.inlinePatterns.register(_Letters("鍵", md), "letters", 100)
        md.parser.blockprocessors.register(_Paragraphs(md.parser), "paragraphs", 20)


@pytest.mark.parametrize(("text", "html"), [("合い鍵", "<p>合い<kbd /></p>"), ("あいさつ", "<aside></aside>")])
def test_what_a_site_adds_gets_its_turn(text: str, html: str) -> None:
    md, shortcuts = instance(_Foreign(), with_shortcuts=True)
    assert shortcuts is not None
    shortcuts.begin(text)
    assert md.convert(text).replace("<kbd></kbd>", "<kbd />") == html
