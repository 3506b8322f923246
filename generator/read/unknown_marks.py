"""Marks at the beginning of lines that look like Markdown's and are none: the lines run into one another.

Only what is certainly meant as a mark is told, mostly two lines of one paragraph that begin alike: a single `・` or `＞`
may be prose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from msgspec import Struct

from generator.markup.line import Kind, Line
from generator.model.finding import Finding, Place, Text
from generator.read.reporting import one_line, warning

_FIRST = frozenset("・･•●■◆▪‣-*+＊＋－0123456789０１２３４５６７８９(（＃＞｜|！？")
_BLANKS = " \u3000"
_FIRST_OR_BLANK = _FIRST | frozenset(_BLANKS)
_LONGEST_EXAMPLE = 20  # characters of what somebody wrote

# As texts, which `re` compiles when a page needs them: most builds read none that does.
_BULLET = r"(?:[・･•●■◆▪‣](?![・･•●■◆▪‣])|[＊＋－][ \u3000]|[-*+]\u3000|-(?=[\u3040-\u9fff]))[ \u3000]*(?P<rest>.+)"
# Not `1. ` and `１. `, which begin items, nor a decimal point.
_NUMBER = r"[(（]?(?P<number>[0-9０-９]{1,3})(?:[．、）]|[.)](?! ))[ \u3000]*(?P<rest>[^0-9０-９\s].*)"
_HEADING = r"(?P<marks>＃{1,6})(?:[ \u3000]+|(?<=＃＃))(?P<rest>[^＃\s].*)"  # `＃社内報` is a hashtag
_QUOTE = r"＞(?!＞)[ \u3000]*(?P<rest>.+)"
_ROW = r"｜(?P<rest>[^《》]*[｜|][^《》]*)"  # `｜瓦版《かわらばん》` says how a word is read
_ROW_OR_DELIMITER = rf"{_ROW}|\|[ :|-]*-[ :|-]*$"
_BOX = r"(?P<marks>！！！|？？？)[ \u3000]*(?P<rest>[a-z]{2,20}(?:[ \u3000].*)?)$"  # `！！！すごい` is prose
_BREAKS = ("<br>", "<br/>", "<br />")


class _Written(Struct, frozen=True):
    """A line of text with one of these characters at its beginning."""

    row: int
    column: int
    words: str
    follows: bool
    """Whether it runs into the line above."""


_Marked: TypeAlias = tuple[_Written, re.Match[str]]


def judge_marks(read: Sequence[Line], path: str, first_line: int) -> Iterator[Finding]:
    """A warning for each kind of mark that Markdown does not know, where a text first uses it.

    `first_line` is the line of the file with which the text begins.
    """
    written = list(_written(read))
    for marked, tell in _KINDS if written else ():
        for line, match in marked(written):
            place = Place(path, first_line + line.row, line.column + 1)
            yield warning("unknown-mark", place, *tell(match))
            break


def _written(read: Sequence[Line]) -> Iterator[_Written]:
    for index, line in enumerate(read):
        if line.text[:1] in _FIRST_OR_BLANK and line.kind is Kind.TEXT:
            words = line.text.lstrip(_BLANKS)
            if words[:1] in _FIRST:
                follows = index > 0 and not line.fresh and not _ends_with_break(read[index - 1].text)
                yield _Written(index, line.column + len(line.text) - len(words), words, follows)


def _ends_with_break(text: str) -> bool:
    return text.endswith(("  ", "\\")) or text.lower().endswith(_BREAKS)


def _pairs(written: Iterable[_Written]) -> Iterator[tuple[_Written, _Written]]:
    """Lines of which one runs into the other."""
    return ((one, two) for one, two in pairwise(written) if two.row == one.row + 1 and two.follows)


def _alike(mark: str, below: str) -> Callable[[list[_Written]], Iterator[_Marked]]:
    """What finds lines with a mark, above lines that begin with `below`."""

    def marked(written: list[_Written]) -> Iterator[_Marked]:
        for one, two in _pairs(written):
            if (match := re.match(mark, one.words)) and re.match(below, two.words):
                yield one, match

    return marked


def _counted(written: list[_Written]) -> Iterator[_Marked]:
    """Lines that begin with a number, above one with the next number."""
    for one, two in _pairs(written):
        first, second = re.match(_NUMBER, one.words), re.match(_NUMBER, two.words)
        if first and second and int(second["number"]) == int(first["number"]) + 1:
            yield one, first


def _headings(written: list[_Written]) -> Iterator[_Marked]:
    begun = (line for line in written if line.words[0] == "＃")
    return ((line, match) for line in begun if (match := re.match(_HEADING, line.words)))


def _boxes(written: list[_Written]) -> Iterator[_Marked]:
    begun = (line for line in written if line.words[0] in "！？")
    return ((line, match) for line in begun if (match := re.match(_BOX, line.words)))


def _no_list(match: re.Match[str]) -> tuple[Text, Text]:
    mark, example = _mark(match), f"- {_rest(match)}"
    return (
        Text(
            f"`{mark}` で始まる行は箇条書きにならず、一つの段落につながります",
            f"lines that begin with `{mark}` are no list: they run into one paragraph",
        ),
        Text(
            f"`{example}` のように、半角の `-` と半角の空白で始めてください",
            f"begin them with a hyphen and a space, as in `{example}`",
        ),
    )


def _no_numbered_list(match: re.Match[str]) -> tuple[Text, Text]:
    mark, example = _mark(match), f"{int(match['number'])}. {_rest(match)}"
    return (
        Text(
            f"`{mark}` で始まる行は番号付きの箇条書きにならず、一つの段落につながります",
            f"lines that begin with `{mark}` are no numbered list: they run into one paragraph",
        ),
        Text(
            f"`{example}` のように、半角の数字と `.` と半角の空白で始めてください",
            f"begin them with a number, a full stop and a space, as in `{example}`",
        ),
    )


def _no_heading(match: re.Match[str]) -> tuple[Text, Text]:
    marks, example = match["marks"], f"{'#' * len(match['marks'])} {_rest(match)}"
    return (
        Text(
            f"全角の `{marks}` で始まる行は見出しにならず、そのまま文字として出ます",
            f"a line that begins with the full-width `{marks}` is no heading: it is shown as it is typed",
        ),
        Text(
            f"`{example}` のように、半角の `#` と半角の空白で始めてください",
            f"begin it with `#` in half width and a space, as in `{example}`",
        ),
    )


def _no_box(match: re.Match[str]) -> tuple[Text, Text]:
    marks = match["marks"]
    example = f"{'!!!' if marks[0] == '！' else '???'} {_rest(match)}"
    return (
        Text(
            f"全角の `{marks}` で始まる行は囲みにならず、そのまま文字として出ます",
            f"a line that begins with the full-width `{marks}` begins no box: it is shown as it is typed",
        ),
        Text(
            f"`{example}` のように、半角の記号と半角の空白で始めてください",
            f"begin it with marks in half width and a space, as in `{example}`",
        ),
    )


def _no_quote(match: re.Match[str]) -> tuple[Text, Text]:
    example = f"> {_rest(match)}"
    return (
        Text(
            "全角の `＞` で始まる行は引用にならず、一つの段落につながります",
            "lines that begin with the full-width `＞` are no quotation: they run into one paragraph",
        ),
        Text(
            f"`{example}` のように、半角の `>` と半角の空白で始めてください",
            f"begin them with `>` in half width and a space, as in `{example}`",
        ),
    )


def _no_table(match: re.Match[str]) -> tuple[Text, Text]:
    cells = [cell.strip(_BLANKS) for cell in re.split("[｜|]", match["rest"].strip(f"{_BLANKS}｜|"))]
    example, below = f"| {one_line(' | '.join(cells))} |", "|" + "---|" * len(cells)
    return (
        Text(
            "全角の `｜` で区切った行は表にならず、一つの段落につながります",
            "lines divided by the full-width `｜` are no table: they run into one paragraph",
        ),
        Text(
            f"`{example}` のように半角の `|` で区切り、一行目の下に `{below}` の行を書いてください",
            f"divide them by `|` in half width, as in `{example}`, and write `{below}` below the first",
        ),
    )


def _mark(match: re.Match[str]) -> str:
    return match.string[: match.start("rest")].strip(_BLANKS)


def _rest(match: re.Match[str]) -> str:
    return one_line(match["rest"].strip(), _LONGEST_EXAMPLE)


_KINDS = (
    (_alike(_BULLET, _BULLET), _no_list),
    (_counted, _no_numbered_list),
    (_headings, _no_heading),
    (_boxes, _no_box),
    (_alike(_QUOTE, _QUOTE), _no_quote),
    (_alike(_ROW, _ROW_OR_DELIMITER), _no_table),
)
"""What finds the lines that certainly use a mark of one kind, and what tells of the first."""
