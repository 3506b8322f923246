"""The outline of a Markdown text: its code blocks, and its lines with everything that is code blanked out."""

from __future__ import annotations

import re

from msgspec import Struct

from generator.markup.fences import OPENING, fence_info
from generator.markup.line import Kind, Line
from generator.markup.structure import structure

_BACKTICKS = re.compile(r"`+")
MAX_BACKTICKS = 100_000
_NOT_NEWLINE = re.compile(r"[^\n]")
_CODE = frozenset({Kind.FENCE, Kind.CODE, Kind.FENCE_END, Kind.INDENTED, Kind.FORMULA, Kind.COMMENT})


class Fence(Struct, frozen=True):
    """A fenced block; lines are indexes into the text's lines, from 0."""

    prefix: str  # indentation, quote and list marks before the fence
    info: str  # what stands after the opening marks
    opens: int
    closes: int | None  # None: never closed

    @property
    def language(self) -> str:
        return fence_info(self.info).language


class Outline(Struct, frozen=True):
    """The lines of a text, its fences, and the same lines with everything that is code blanked out."""

    lines: tuple[str, ...]
    fences: tuple[Fence, ...]
    prose: str  # as long as the text, line for line and column for column
    read: tuple[Line, ...]  # what each line is


def outline(text: str) -> Outline:
    """Find the code in `text`."""
    lines = text.split("\n")
    read = structure(lines)
    masked = [" " * len(line) if told.kind in _CODE else line for line, told in zip(lines, read, strict=True)]
    return Outline(tuple(lines), tuple(_fences(lines, read)), _without_code_spans("\n".join(masked)), tuple(read))


def _fences(lines: list[str], read: list[Line]) -> list[Fence]:
    fences: list[Fence] = []
    opening: tuple[int, str, str] | None = None
    for index, line in enumerate(read):
        if opening is not None and line.kind is not Kind.CODE:
            closes = index if line.kind is Kind.FENCE_END else None
            fences.append(Fence(opening[1], opening[2], opening[0], closes))
            opening = None
        if line.kind is Kind.FENCE:
            match = OPENING.match(line.text)
            opening = (index, lines[index].expandtabs(4)[: line.column], match["info"].strip() if match else "")
    if opening is not None:
        fences.append(Fence(opening[1], opening[2], opening[0], None))
    return fences


def _without_code_spans(text: str) -> str:
    """Blank out `code spans` and comments, paragraph by paragraph as Markdown pairs the marks."""
    pieces = _without_comments(text)
    # Where there are too many to pair them in reasonable time, all stay; `references.is_overloaded` refuses the page.
    if not 0 < pieces.count("`") <= MAX_BACKTICKS:
        return pieces
    paragraphs = pieces.split("\n\n")
    return "\n\n".join(_blank_code_spans(each) if "`" in each else each for each in paragraphs)


def _without_comments(text: str) -> str:
    parts: list[str] = []
    done = 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts += [text[done:start], _blank(text[start : end + 3])]
        done = end + 3
    return "".join([*parts, text[done:]])


def _blank(text: str) -> str:
    return _NOT_NEWLINE.sub(" ", text)


def _blank_code_spans(paragraph: str) -> str:
    runs = [match.span() for match in _BACKTICKS.finditer(paragraph)]
    later: dict[int, list[int]] = {}  # run length → indexes of runs that long, nearest last
    for index in reversed(range(len(runs))):
        later.setdefault(runs[index][1] - runs[index][0], []).append(index)
    parts: list[str] = []
    done = index = 0
    while index < len(runs):
        start, end = runs[index]
        same = later[end - start]
        while same and same[-1] <= index:
            same.pop()
        if not same or (start and paragraph[start - 1] == "\\"):
            index += 1
            continue
        close = runs[same[-1]][1]
        parts += [paragraph[done:start], _blank(paragraph[start:close])]
        done, index = close, same[-1] + 1
    return "".join([*parts, paragraph[done:]])
