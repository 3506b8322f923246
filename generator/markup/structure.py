"""The block structure of a Markdown text: what each line is, and in which lists, quotes and boxes it stands.

This follows CommonMark 0.31 (§5 containers, §4 leaves) with the tables of GitHub, the boxes of Zenn, Qiita and
VitePress, and the indented boxes, footnotes and definitions of Python-Markdown. Inline markup is not looked at.
One pass, each line looked at once, whatever is nested or never closed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from generator.markup import boxes, html_tags
from generator.markup.fences import OPENING
from generator.model import marker


class Kind(Enum):
    """What a line is."""

    BLANK = auto()
    TEXT = auto()
    HEADING = auto()
    RULE = auto()
    TABLE = auto()
    FENCE = auto()  # the opening line of a code block
    CODE = auto()
    FENCE_END = auto()
    INDENTED = auto()  # code because it stands four columns to the right
    FORMULA = auto()
    HTML = auto()
    COMMENT = auto()
    OPENING = auto()  # opens a list item, quote or box and holds nothing else
    MARK = auto()  # the place of a figure
    NOTHING = auto()  # means something to another tool and is not shown


class Holder(Enum):
    """What a container is."""

    QUOTE = auto()
    BULLET = auto()
    NUMBER = auto()
    INDENT = auto()  # a box, footnote or definition whose content is indented by four
    COLONS = auto()  # a box between lines of colons
    ALERT = auto()  # a quote that GitHub shows as a box


@dataclass(slots=True, eq=False)
class Container:
    """A list item, quote or box that holds lines; one object each, however many lines it holds."""

    holder: Holder
    width: int = 0  # columns that its content stands to the right
    mark: str = ""  # as it was written: "-", "3.", "!!! note", "[^1]:"
    box: boxes.Box | None = None
    colons: int = 0


@dataclass(slots=True, eq=False)
class Line:
    """One line of a text."""

    kind: Kind
    path: tuple[Container, ...]  # what it stands in, the outermost first
    opened: int  # how many of `path`, from its end, begin on this line
    text: str  # what it holds inside them; of code everything beyond its indentation
    fresh: bool  # whether a new block begins with it
    column: int  # where `text` begins in the line, tabs counted as columns


_ITEM = re.compile(r"(?:(?P<bullet>[-*+])|(?P<number>\d{1,9})[.)])(?P<space>[ ]*)(?P<rest>.*)$")
_RULE = re.compile(r"(?:\*[ ]*){3,}$|(?:-[ ]*){3,}$|(?:_[ ]*){3,}$")
_UNDERLINE = re.compile(r"(?:=+|-+)[ ]*$")
_DELIMITER = re.compile(r"[ >]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
_INDENTED_BOX = re.compile(r"""(?:!!!|\?\?\?\+?|===[!+]?)[ ]?[\w"'-]""")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,80}\]:")
_DEFINITION = re.compile(r":[ ]{1,3}(?=\S)")
_ATTRIBUTES_ALONE = re.compile(r"\{:[^{}]*\}[ ]*$")
_MARK = re.compile(rf"(?:{marker.BLOCK.pattern})[ ]*$")
_MAX_DEPTH = 100  # containers in each other; more is no text for people, and what is deeper stays text
_PLAIN = (None, Kind.TEXT)
_SPECIAL = frozenset(" \t-*+_>0123456789`~#<:!?=[|${\U0010f000")
"""With one of these a line begins that may be more than text."""


def structure(lines: Sequence[str]) -> list[Line]:
    """What each of `lines` is."""
    reading = _Reading(lines)
    for index, line in enumerate(lines):
        if line or not reading.is_between_blocks:
            reading.line(index, line.expandtabs(4) if "\t" in line else line)
        else:
            reading.read.append(_EMPTY)
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
    def is_between_blocks(self) -> bool:
        """Whether nothing at all is open that an empty line could end or belong to."""
        return self._leaf is None and not self._stack

    def line(self, index: int, line: str) -> None:
        if not self._stack and self._leaf in _PLAIN and line and self._is_plain(line):
            self.read.append(Line(Kind.TEXT, (), 0, line, self._leaf is None, 0))
            self._leaf = Kind.TEXT
            return
        matched, column = self._matched(line)
        rest = line[column:]
        whole = matched == len(self._stack)
        if whole and self._leaf in (Kind.FENCE, Kind.HTML, Kind.COMMENT, Kind.FORMULA):
            if self._continued(rest, column):
                return
        elif not whole and self._leaf in (Kind.FENCE, Kind.HTML, Kind.COMMENT, Kind.FORMULA):
            self._leaf = None
        if not rest.strip():
            self._blank(matched, column)
        elif not whole and self._leaf is Kind.TEXT and not self._begins_block(rest, index):
            self._add(Kind.TEXT, rest.lstrip(), column, fresh=False)  # CommonMark's lazy continuation
        else:
            if not whole:
                self._close(matched)
            self._block(index, rest, column, whole=whole)

    def _is_plain(self, line: str) -> bool:
        """Whether a line is certainly text, as most lines are."""
        first = line[0]
        if "|" in line:
            return False
        return first not in _SPECIAL or (first in "`~" and not line.startswith(("```", "~~~")))

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
        if bare[0] in "-*+0123456789":
            item = _ITEM.match(bare)
            return bool(_RULE.match(bare)) or (item is not None and bool(item["space"] or not item["rest"]))
        return bare[0] == ">" or self._leaf_kind(bare, index, continues=True) is not Kind.TEXT or bool(_holder(bare))

    def _block(self, index: int, rest: str, column: int, *, whole: bool) -> None:
        """A line that may open containers, and what stands in them."""
        opened = 0
        while True:
            indent = _indent(rest)
            bare = rest[indent:]
            if indent >= 4 or not bare or len(self._stack) >= _MAX_DEPTH:
                break
            interrupts = whole and not opened and self._leaf is Kind.TEXT
            if self._ends_colons(bare, column, opened):
                return
            container, used = self._container(bare, indent, interrupts=interrupts)
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

    def _container(self, bare: str, indent: int, *, interrupts: bool) -> tuple[Container | None, int]:
        """The container that begins here, and how many columns its mark takes."""
        first = bare[0]
        if first == ">":
            used = indent + 1 + (bare[1:2] == " ")
            alert = boxes.ALERT.match(bare[1:].lstrip())
            if alert:
                return Container(Holder.ALERT, box=boxes.alert_box(alert)), indent + len(bare)
            return Container(Holder.QUOTE), used
        if first in "-*+0123456789":
            return self._item(bare, indent, interrupts=interrupts)
        holder = _holder(bare)
        if holder is None:
            return None, 0
        if holder.holder is Holder.COLONS:
            return holder, indent + len(bare)
        return holder, indent + len(holder.mark)

    def _item(self, bare: str, indent: int, *, interrupts: bool) -> tuple[Container | None, int]:
        match = _ITEM.match(bare)
        if match is None or (match["rest"] and not match["space"]) or _RULE.match(bare):
            return None, 0
        if interrupts and (not match["rest"] or match["number"] not in (None, "1")):
            return None, 0
        mark = match["bullet"] or f"{match['number']}."
        space = len(match["space"])
        used = indent + len(mark) + (space if match["rest"] and 1 <= space <= 4 else 1)
        holder = Holder.BULLET if match["bullet"] else Holder.NUMBER
        return Container(holder, width=used, mark=mark), min(used, indent + len(bare))

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
        continues = self._leaf is Kind.TEXT
        if indent >= 4 and not continues:
            self._add(Kind.INDENTED, rest[4:], column + 4, fresh=self._leaf is not Kind.INDENTED, opened=opened)
            self._leaf = Kind.INDENTED
            return
        bare = rest[indent:]
        kind = Kind.TEXT if indent >= 4 or not bare else self._leaf_kind(bare, index, continues=continues)
        if kind is Kind.TEXT and self._leaf is Kind.TABLE:
            kind = Kind.TABLE
        fresh = kind is not self._leaf
        if indent >= 4:
            bare = rest if bare[0] in _SPECIAL else bare
        self._leaf = kind if kind not in (Kind.HEADING, Kind.RULE, Kind.MARK, Kind.NOTHING) else None
        if kind is Kind.FENCE:
            marks = OPENING.match(bare)
            self._fence = (marks["marks"] if marks else "```", indent)
        elif kind in (Kind.HTML, Kind.COMMENT, Kind.FORMULA):
            self._until = _end_of(kind, bare)
            after = bare[2:] if kind is Kind.FORMULA else bare
            if self._until is not None and self._until.search(after):
                self._leaf = None
        elif kind is Kind.NOTHING and self.read and self.read[-1].opened and bare.startswith("{:toc"):
            self.read[-1].kind = Kind.NOTHING  # kramdown puts the table of contents in place of the list above
        self._add(
            kind,
            bare,
            column + indent,
            fresh=fresh or (kind is not Kind.TABLE and kind is not Kind.TEXT),
            opened=opened,
        )

    def _leaf_kind(self, bare: str, index: int, *, continues: bool) -> Kind:
        """What a line is that opens no container; `continues` when it may go on with a text."""
        match bare[0]:
            case "`" | "~" if OPENING.match(bare):
                return Kind.FENCE
            case "#":
                return Kind.HEADING
            case "*" | "-" | "_" if _RULE.match(bare):
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


def _end_of(kind: Kind, bare: str) -> re.Pattern[str] | None:
    if kind is Kind.COMMENT:
        return _COMMENT_END
    if kind is Kind.FORMULA:
        return _FORMULA_END
    verbatim = html_tags.VERBATIM.match(bare)
    return _VERBATIM_ENDS[verbatim[1].lower()] if verbatim else None


_COMMENT_END = re.compile("-->")
_FORMULA_END = re.compile(r"\$\$[ ]*$")
_VERBATIM_ENDS = {name: re.compile(f"</{name}>", re.IGNORECASE) for name in ("pre", "script", "style", "textarea")}


def _holder(bare: str) -> Container | None:
    """The box, footnote or definition that begins with this line."""
    match bare[0]:
        case ":":
            if bare.startswith(":::"):
                colons = boxes.COLONS.match(bare)
                box = boxes.colon_box(colons) if colons else None
                return Container(Holder.COLONS, box=box, colons=len(colons["marks"])) if colons and box else None
            definition = _DEFINITION.match(bare)
            return Container(Holder.INDENT, 4, ":") if definition else None
        case "!" | "?" | "=" if _INDENTED_BOX.match(bare):
            return Container(Holder.INDENT, 4, bare)
        case "[":
            footnote = _FOOTNOTE.match(bare)
            return Container(Holder.INDENT, 4, footnote[0]) if footnote else None
    return None


def _indent(text: str, start: int = 0) -> int:
    """Spaces at the beginning of `text[start:]`."""
    end = start
    length = len(text)
    while end < length and text[end] == " ":
        end += 1
    return end - start
