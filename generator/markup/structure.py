"""The block structure of a Markdown text: what each line is, and in which lists, quotes and boxes it stands.

This follows CommonMark 0.31 (§5 containers, §4 leaves) with the tables of GitHub, the boxes of Zenn, Qiita and
VitePress, and the indented boxes, footnotes and definitions of Python-Markdown. Inline markup is not looked at.
One pass, each line looked at once, whatever is nested or never closed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.markup import html_tags
from generator.markup.containers import ITEM, ITEM_STARTS, RULE, box_at, container_at
from generator.markup.fences import OPENING
from generator.markup.leaves import end_of
from generator.markup.line import Container, Holder, Kind, Line
from generator.model import marker

_UNDERLINE = re.compile(r"(?:=+|-+)[ ]*$")
_DELIMITER = re.compile(r"[ >]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
_ATTRIBUTES_ALONE = re.compile(r"\{:[^{}]*\}[ ]*$")
_MARK = re.compile(rf"(?:{marker.BLOCK.pattern})[ ]*$")
_MAX_DEPTH = 100  # containers in each other; more is no text for people, and what is deeper stays text
# Not `Kind.TEXT` for every line: to look up a member takes as long as half of all else that a line needs.
_TEXT, _TABLE, _INDENTED = Kind.TEXT, Kind.TABLE, Kind.INDENTED
_PLAIN = (None, _TEXT)
_VERBATIM = (Kind.FENCE, Kind.HTML, Kind.COMMENT, Kind.FORMULA)
_ENDED_ELSEWHERE = (Kind.HTML, Kind.COMMENT, Kind.FORMULA)
_OF_ONE_LINE = (Kind.HEADING, Kind.RULE, Kind.MARK, Kind.NOTHING)
_SPECIAL = frozenset(" \t_>`~#<:!?=[|${\U0010f000" + ITEM_STARTS)
"""With one of these a line begins that may be more than text."""
_OPENS = frozenset(">:!?=[" + ITEM_STARTS)
"""With one of these a container begins, or ends that stands between colons."""


def structure(lines: Sequence[str]) -> list[Line]:
    """What each of `lines` is."""
    reading = _Reading(lines)
    for index, line in enumerate(lines):
        if line or reading.has_something_open:
            reading.line(index, line.expandtabs(4) if "\t" in line else line)
        else:
            reading.end_text()
    return reading.read


_EMPTY = Line(Kind.BLANK, (), 0, "", False, 0)


class _Reading:
    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self.read: list[Line] = []
        self._stack: list[Container] = []
        self._path: tuple[Container, ...] = ()
        self._leaf: Kind | None = None  # the block that the next line may continue
        self._until: re.Pattern[str] | None = None  # of HTML and formulas: what ends them; None: a blank line
        self._fence = ("", 0)  # marks and indentation of the open code block
        self._last_end: dict[str, int] = {}
        self._with_markdown: bool | None = None

    @property
    def has_something_open(self) -> bool:
        """Whether anything is open that an empty line may belong to."""
        return bool(self._stack) or self._leaf in _VERBATIM

    def end_text(self) -> None:
        """An empty line, where nothing is open that it may belong to."""
        self.read.append(_EMPTY)
        self._leaf = None

    def line(self, index: int, line: str) -> None:
        if line and not self._stack and self._has_taken(line):
            return
        matched, column = self._matched(line)
        rest = line[column:]
        whole = matched == len(self._stack)
        if whole and self._leaf in _VERBATIM:
            if self._continued(rest, column):
                return
        elif not whole and self._leaf in _VERBATIM:
            self._leaf = None
        if not rest.strip():
            self._blank(matched, column)
        elif not whole and self._leaf is Kind.TEXT and not self._begins_block(rest, index):
            self._add(Kind.TEXT, rest.lstrip(), column, fresh=False)  # CommonMark's lazy continuation
        else:
            if not whole:
                self._close(matched)
            self._block(index, rest, column, whole=whole)

    def _has_taken(self, line: str) -> bool:
        """Whether a line that stands in no container was certainly text, a heading or a row, as most lines are."""
        leaf, first = self._leaf, line[0]
        if leaf is _TABLE and first == "|":
            self.read.append(Line(_TABLE, (), 0, line, False, 0))
        elif leaf in _PLAIN and first == "#":
            self.read.append(Line(Kind.HEADING, (), 0, line, True, 0))
            self._leaf = None
        elif leaf in _PLAIN and _is_plain(line):
            self.read.append(Line(_TEXT, (), 0, line, leaf is None, 0))
            self._leaf = _TEXT
        else:
            return False
        return True

    def _matched(self, line: str) -> tuple[int, int]:
        """How many of the open containers this line continues, and where its rest begins."""
        column = 0
        for count, container in enumerate(self._stack):
            holder = container.holder
            if holder is Holder.COLONS:
                continue
            if holder in (Holder.QUOTE, Holder.ALERT):
                indent = _indent(line, column)
                if indent > 3 or line[column + indent : column + indent + 1] != ">":
                    return count, column
                column += indent + 1
                column += line[column : column + 1] == " "
            elif not line[column:].strip():
                column = len(line)
            elif _indent(line, column) >= container.width:
                column += container.width
            else:
                return count, column
        return len(self._stack), column

    def _continued(self, rest: str, column: int) -> bool:
        """Whether the line belongs to the open code, HTML or formula."""
        if self._leaf is Kind.FENCE:
            marks, indent = self._fence
            bare = rest.strip()
            if (
                bare
                and bare[0] == marks[0]
                and len(bare) >= len(marks)
                and not bare.strip(marks[0])
                and _indent(rest) < 4
            ):
                self._add(Kind.FENCE_END, bare, column, fresh=False)
                self._leaf = None
            else:
                kept = min(_indent(rest), indent)
                self._add(Kind.CODE, rest[kept:], column + kept, fresh=False)
            return True
        if self._until is None:
            if not rest.strip():
                return False
            self._add(Kind.HTML, rest, column, fresh=False)
            return True
        kind = self._leaf or Kind.HTML
        self._add(kind, rest, column, fresh=False)
        if self._until.search(rest):
            self._leaf = None
        return True

    def _blank(self, matched: int, column: int) -> None:
        self._close(matched)
        self._add(Kind.BLANK, "", column, fresh=False)

    def _close(self, matched: int) -> None:
        del self._stack[matched:]
        self._path = tuple(self._stack)
        self._leaf = None

    def _open(self, container: Container) -> None:
        self._stack.append(container)
        self._path = tuple(self._stack)
        self._leaf = None

    def _add(self, kind: Kind, text: str, column: int, *, fresh: bool, opened: int = 0) -> None:
        self.read.append(Line(kind, self._path, opened, text, fresh, column))

    def _begins_block(self, rest: str, index: int) -> bool:
        """Whether a line that continues fewer containers begins something new, instead of going on with a text."""
        indent = _indent(rest)
        if indent >= 4:
            return False
        bare = rest[indent:]
        if bare[0] not in _SPECIAL and "|" not in bare:
            return False
        if bare.startswith(":::") and not bare.strip(": "):
            return any(container.holder is Holder.COLONS for container in self._stack)
        if bare[0] in ITEM_STARTS:
            item = ITEM.match(bare)
            return bool(RULE.match(bare)) or (item is not None and bool(item["space"] or not item["rest"]))
        return bare[0] == ">" or self._leaf_kind(bare, index, continues=True) is not Kind.TEXT or bool(box_at(bare))

    def _block(self, index: int, rest: str, column: int, *, whole: bool) -> None:
        """A line that may open containers, and what stands in them."""
        opened = 0
        while True:
            indent = _indent(rest)
            bare = rest[indent:]
            if indent >= 4 or not bare or bare[0] not in _OPENS or len(self._stack) >= _MAX_DEPTH:
                break
            interrupts = whole and not opened and self._leaf is _TEXT
            if self._ends_colons(bare, column, opened):
                return
            container, used = container_at(bare, indent, interrupts=interrupts)
            if container is None:
                break
            self._open(container)
            opened += 1
            column += used
            rest = rest[used:]
            if container.holder in (Holder.COLONS, Holder.ALERT) or not rest.strip():
                self._add(Kind.OPENING, "", column, fresh=True, opened=opened)
                return
        self._set_leaf(index, rest, column, opened)

    def _ends_colons(self, bare: str, column: int, opened: int) -> bool:
        if not bare.startswith(":::") or bare.strip(": "):
            return False
        length = len(bare.strip())
        open_at = [n for n, c in enumerate(self._stack) if c.holder is Holder.COLONS and c.colons <= length]
        if not open_at:
            return False
        same = [n for n in open_at if self._stack[n].colons == length]
        self._close((same or open_at)[-1])
        self._add(Kind.NOTHING, bare, column, fresh=True, opened=opened)
        return True

    def _set_leaf(self, index: int, rest: str, column: int, opened: int) -> None:
        indent = _indent(rest)
        before = self._leaf
        continues = before is _TEXT
        if indent >= 4 and not continues:
            self._add(_INDENTED, rest[4:], column + 4, fresh=before is not _INDENTED, opened=opened)
            self._leaf = _INDENTED
            return
        bare = rest[indent:]
        kind = _TEXT if indent >= 4 or not bare else self._leaf_kind(bare, index, continues=continues)
        if kind is _TEXT and before is _TABLE:
            kind = _TABLE
        if indent >= 4:
            bare = rest if bare[0] in _SPECIAL else bare
        self._leaf = kind if kind not in _OF_ONE_LINE else None
        if kind is Kind.FENCE:
            marks = OPENING.match(bare)
            self._fence = (marks["marks"] if marks else "```", indent)
        elif kind in _ENDED_ELSEWHERE:
            self._until = end_of(kind, bare)
            after = bare[2:] if kind is Kind.FORMULA else bare
            if self._until is not None and self._until.search(after):
                self._leaf = None
        elif kind is Kind.NOTHING and self.read and self.read[-1].opened and bare.startswith("{:toc"):
            self.read[-1].kind = Kind.NOTHING  # kramdown puts the table of contents in place of the list above
        fresh = kind is not before or (kind is not _TABLE and kind is not _TEXT)
        self._add(kind, bare, column + indent, fresh=fresh, opened=opened)

    def _leaf_kind(self, bare: str, index: int, *, continues: bool) -> Kind:
        """What a line is that opens no container; `continues` when it may go on with a text."""
        match bare[0]:
            case "`" | "~" if OPENING.match(bare):
                return Kind.FENCE
            case "#":
                return Kind.HEADING
            case "*" | "-" | "_" if RULE.match(bare):
                return Kind.TEXT if continues and _UNDERLINE.match(bare) else Kind.RULE
            case "<":
                return self._html_kind(bare, index, continues=continues)
            case "$" if bare.startswith("$$") and self._formula_ends(bare, index):
                return Kind.FORMULA
            case "{" if _ATTRIBUTES_ALONE.match(bare) and (not continues or bare.startswith("{:toc")):
                return Kind.NOTHING
            case "\U0010f000" if _MARK.match(bare):
                return Kind.MARK
        if "|" in bare and index + 1 < len(self._lines) and self._leaf is not Kind.TABLE:
            below = self._lines[index + 1]
            if "-" in below and ("|" in below or ":" in below or bare.startswith("|")) and _DELIMITER.match(below):
                return Kind.TABLE
        return Kind.TEXT

    def _html_kind(self, bare: str, index: int, *, continues: bool) -> Kind:
        if bare.startswith("<!--"):
            return Kind.COMMENT if self._occurs_later("-->", index) else Kind.TEXT
        if html_tags.VERBATIM.match(bare):
            return Kind.HTML
        if html_tags.STARTS_BLOCK.match(bare):
            return Kind.TEXT if self._python_markdown_reads_html else Kind.HTML
        alone = None if continues else html_tags.ALONE.match(bare)
        if alone and html_tags.is_html(alone[1]) and not self._python_markdown_reads_html:
            return Kind.HTML
        return Kind.TEXT

    @property
    def _python_markdown_reads_html(self) -> bool:
        """Whether the author uses md_in_html's attribute `markdown`, whose rules are other ones."""
        if self._with_markdown is None:
            self._with_markdown = any(
                "markdown" in line and html_tags.WITH_MARKDOWN.search(line) for line in self._lines
            )
        return self._with_markdown

    def _occurs_later(self, end: str, index: int) -> bool:
        if end not in self._last_end:
            found = (n for n in range(len(self._lines) - 1, -1, -1) if end in self._lines[n])
            self._last_end[end] = next(found, -1)
        return self._last_end[end] >= index

    def _formula_ends(self, bare: str, index: int) -> bool:
        return ("$$" in bare[2:] and bare.rstrip().endswith("$$")) or (
            "$$" not in bare[2:] and self._occurs_later("$$", index + 1)
        )


def _is_plain(line: str) -> bool:
    """Whether a line is certainly text."""
    first = line[0]
    if "|" in line:
        return False
    return first not in _SPECIAL or (first in "`~" and not line.startswith(("```", "~~~")))


def _indent(text: str, start: int = 0) -> int:
    """Spaces at the beginning of `text[start:]`."""
    end = start
    length = len(text)
    while end < length and text[end] == " ":
        end += 1
    return end - start
