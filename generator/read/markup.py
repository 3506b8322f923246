"""The outline of a Markdown text, line by line: what is code, what is a fence, what is prose.

This is no Markdown parser. It knows just enough to leave code alone, and it agrees with Python-Markdown and
pymdownx.superfences about fences: a fence closes with exactly the marks that opened it, at the same indentation.
Each pass is linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r"(?P<prefix>[ >\t]*)(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)$")
_CONTAINER = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]|!!!|\?\?\?|===|\[\^[^\]\n]{1,80}\]:")
_BACKTICKS = re.compile(r"`+")
MAX_BACKTICKS = 100_000
_NOT_NEWLINE = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block; lines are indexes into the text's lines, from 0."""

    prefix: str  # indentation and quote marks before the fence
    info: str  # what stands after the opening marks
    opens: int
    closes: int | None  # None: never closed

    @property
    def language(self) -> str:
        return self.info.split()[0] if self.info.split() else ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The lines of a text, its fences, and the same lines with everything that is code blanked out."""

    lines: tuple[str, ...]
    fences: tuple[Fence, ...]
    prose: str  # as long as the text, line for line and column for column


def outline(text: str) -> Outline:
    """Find the code in `text`."""
    lines = text.split("\n")
    indented = _indented_code(lines)
    fences = _fences(lines, indented)
    masked = list(lines)
    for fence in fences:
        if fence.closes is not None:
            for index in range(fence.opens, fence.closes + 1):
                masked[index] = " " * len(lines[index])
    for index in indented:
        masked[index] = " " * len(lines[index])
    return Outline(tuple(lines), tuple(fences), _without_code_spans("\n".join(masked)))


def _fences(lines: list[str], indented: set[int]) -> list[Fence]:
    fences: list[Fence] = []
    opening: tuple[int, str, str, str] | None = None
    for index, line in enumerate(lines):
        if opening is None:
            match = _FENCE.match(line) if index not in indented and ("```" in line or "~~~" in line) else None
            if match:
                opening = (index, match["prefix"], match["marks"], match["info"].strip())
            continue
        start, prefix, marks, info = opening
        if line.rstrip() == f"{prefix}{marks}":
            fences.append(Fence(prefix, info, start, index))
            opening = None
        elif line.strip(" \t>") and not line.startswith(prefix):
            # Text to the left of a fence ends the list item or quote it stands in: it was never closed.
            fences.append(Fence(prefix, info, start, None))
            opening = None
    if opening is not None:
        fences.append(Fence(opening[1], opening[3], opening[0], None))
    return fences


def _indented_code(lines: list[str]) -> set[int]:
    """Lines that are code because they stand four columns to the right of what surrounds them."""
    code: set[int] = set()
    containers: list[int] = []  # columns at which the content of open list items and admonitions begins
    after_blank = True
    for index, line in enumerate(lines):
        bare = line.lstrip(" \t")
        if not bare:
            after_blank = True
            continue
        column = len(line[: len(line) - len(bare)].expandtabs(4))
        while containers and containers[-1] > column:
            containers.pop()
        beyond = column - (containers[-1] if containers else 0)
        if beyond >= 4 and (after_blank or index - 1 in code):
            code.add(index)
        elif _CONTAINER.match(bare):
            containers.append(column + 2)
        after_blank = False
    return code


def _without_code_spans(text: str) -> str:
    """Blank out `code spans` and comments, paragraph by paragraph as Markdown pairs the marks."""
    pieces = _without_comments(text)
    # Where there are too many to pair them in reasonable time, all stay; `references.is_overloaded` refuses the page.
    if not 0 < pieces.count("`") <= MAX_BACKTICKS:
        return pieces
    return "\n\n".join(_blank_code_spans(paragraph) for paragraph in pieces.split("\n\n"))


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
