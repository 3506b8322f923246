"""Markdown as GitHub, Zenn, Qiita and VitePress read it: one construct a file in dialect/, its HTML beside it.

A missing HTML file is written and fails the test once, so that somebody looks at it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markup.line import Kind
from generator.markup.outline import outline
from generator.markup.structure import structure
from generator.render.markdown import MarkdownDialect, MarkdownReader
from generator.render.markdown.layout import Writers, canonical_fence, laid_out

CASES = sorted((Path(__file__).parent / "dialect").glob("*.md"))
READER = MarkdownReader(MarkdownDialect(("abbr", "def_list", "md_in_html", "pymdownx.highlight", "pymdownx.tasklist")))
AS_WRITTEN = Writers(canonical_fence, lambda html: html.split("\n"))


def laid(text: str) -> str:
    return "\n".join(laid_out(text.split("\n"), AS_WRITTEN))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_construct_becomes_what_its_author_expects(case: Path) -> None:
    expected = case.with_suffix(".html")
    html = READER.convert(case.read_text(encoding="utf-8")) + "\n"
    if not expected.exists():
        expected.write_text(html, encoding="utf-8")
        pytest.fail(f"{expected.name} was missing and has been written: look at it")
    assert html == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_text_in_python_markdowns_form_stays_as_it_is(case: Path) -> None:
    once = laid(case.read_text(encoding="utf-8"))
    assert laid(once) == once


_VERBATIM = (Kind.CODE, Kind.INDENTED, Kind.FORMULA)
_PIECES = [
    "- a",
    "  - b",
    "1. c",
    "   d",
    "    e",
    "> f",
    "> - g",
    "```js:x",
    "```",
    "| h | i |",
    "|---|---|",
    "# j",
    "k",
]
_PIECES += [
    "",
    "",
    "l",
    ":::tip",
    ":::",
    "---",
    "<div>",
    "</div>",
    "10) m",
    "２. o",
    "* ",
    "!!! note",
    "[^1]: n",
    "> [!NOTE]",
    "$$",
]
TEXTS = st.lists(st.sampled_from(_PIECES), max_size=12).map("\n".join)


@settings(max_examples=300)
@given(TEXTS)
def test_every_word_is_still_there(text: str) -> None:
    for word in "abcdefghijklmn":
        assert laid(text).count(word) >= (word in text)


@settings(max_examples=300)
@given(TEXTS)
def test_code_is_written_as_it_was_typed(text: str) -> None:
    def code(of: str) -> list[str]:
        return [line.text for line in structure(of.split("\n")) if line.kind in _VERBATIM]

    assert [line.strip() for line in code(laid(text)) if line.strip()] == [c.strip() for c in code(text) if c.strip()]


@settings(max_examples=300)
@given(TEXTS)
def test_the_outline_keeps_every_line_and_column(text: str) -> None:
    told = outline(text)
    assert [len(line) for line in told.prose.split("\n")] == [len(line) for line in text.split("\n")]


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_no_mixture_stops_the_reader(text: str) -> None:
    assert isinstance(READER.convert(text), str)
