"""What Python-Markdown need not look for: it tries every pattern on every text, and every kind of block on every block.

A shortcut is taken only where the result is the same: what needs a `[` finds nothing where there is none. Whatever a
site adds in mkdocs.yml is unknown here and always gets its turn. Texts that are not `simple` take half the time
because of it (3 KB: 1.7 → 0.9 ms).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown import inlinepatterns
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from generator.render.markdown import inline

_FOOTNOTE_RE = r"\[\^([^\]]*)\]"
_MARKS: dict[str, tuple[str, ...]] = {
    **inline.MARKS,
    inlinepatterns.BACKTICK_RE: ("`",),
    inlinepatterns.ESCAPE_RE: ("\\",),
    inlinepatterns.LINK_RE: ("[",),  # of references too
    inlinepatterns.IMAGE_LINK_RE: ("![",),
    inlinepatterns.AUTOLINK_RE: ("<",),
    inlinepatterns.AUTOMAIL_RE: ("<",),
    inlinepatterns.ENTITY_RE: ("&",),
    inlinepatterns.LINE_BREAK_RE: ("  \n",),
    _FOOTNOTE_RE: ("[^",),
}

_MAY_BE_MORE = re.compile(r"\||^(?:\Z|[\s\d!?#=*+_:>\[\x02-])", re.MULTILINE)
"""A bar, or a line that is empty or begins as no paragraph has to."""
_NEED_SUCH = frozenset(
    {
        "markdown.blockprocessors",
        *(f"markdown.extensions.{name}" for name in ("abbr", "admonition", "def_list", "footnotes", "md_in_html")),
        *("markdown.extensions.sane_lists", "markdown.extensions.tables"),
        *("pymdownx.details", "pymdownx.superfences"),
    }
)
"""Modules whose kinds of blocks all need one of those."""


class Shortcuts:
    """All of them, taken on a Markdown instance whose extensions are complete."""

    def __init__(self, md: markdown.Markdown) -> None:
        self._patterns = ChosenPatterns(md)
        md.treeprocessors.register(self._patterns, "inline", 20)
        ParagraphsFirst(md)
        # Asked 170 times a text, and each time it looks through a list.
        md.is_block_level = lru_cache(md.is_block_level)  # type: ignore[method-assign]

    def begin(self, source: str) -> None:
        """To be called before each text."""
        self._patterns.begin(source)


class ChosenPatterns(InlineProcessor):
    """Tries on each text only the patterns that may find something in it: on most Japanese sentences none at all.

    What a pattern finds is replaced by a placeholder of letters and digits, so no text gains a mark on the way.
    """

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self._patterns = [(index, pattern, _marks_of(pattern)) for index, pattern in enumerate(md.inlinePatterns)]
        self._all_marks = tuple(dict.fromkeys(mark for *_, marks in self._patterns for mark in marks or ()))
        self._marks = self._all_marks
        self._chosen: dict[tuple[str, ...], list[tuple[int, Any]]] = {}

    def begin(self, source: str) -> None:
        """Before the texts of a page: addresses become links on a page that has one outside brackets and quotes."""
        has_address = inline.is_address_on(source)
        self._marks = tuple(m for m in self._all_marks if has_address or m not in inline.MARKS_OF_ADDRESS)

    # Python-Markdown calls both by these private names; that it still does is held by the dialect's tests.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        marks = tuple([mark for mark in self._marks if mark in data])
        if marks not in self._chosen:
            self._chosen[marks] = self._choose(frozenset(marks))
        for index, pattern in self._chosen[marks]:
            found, start = index >= patternIndex, 0
            while found:
                data, found, start = self._InlineProcessor__applyPattern(pattern, data, index, start)  # type: ignore[attr-defined]
        return data

    def _choose(self, present: frozenset[str]) -> list[tuple[int, Any]]:
        return [(n, pattern) for n, pattern, marks in self._patterns if marks is None or not present.isdisjoint(marks)]


def _marks_of(pattern: Any) -> tuple[str, ...] | None:
    """The marks without which `pattern` finds nothing; None for one that nothing is known of."""
    if isinstance(pattern, inlinepatterns.DelimiterProcessor):
        return tuple(pattern.tokens)
    return _MARKS.get(pattern.pattern)


class ParagraphsFirst:
    """Python-Markdown's loop over the blocks of a text; what can only be a paragraph is not tried as anything else."""

    def __init__(self, md: markdown.Markdown) -> None:
        self._processors = list(md.parser.blockprocessors)
        self._paragraph = md.parser.blockprocessors["paragraph"]
        self._is_sure = _NEED_SUCH.issuperset(type(processor).__module__ for processor in self._processors)
        md.parser.parseBlocks = self._parse  # type: ignore[method-assign]

    def _parse(self, parent: Element, blocks: list[str]) -> None:
        while blocks:
            if self._is_sure and not _MAY_BE_MORE.search(blocks[0]):
                self._paragraph.run(parent, blocks)
                continue
            for processor in self._processors:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break
