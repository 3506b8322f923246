"""What a page points at: links and pictures, each with its place. Used to let only needed files out."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec import Struct

from generator.markup.outline import MAX_BACKTICKS
from generator.markup.targets import is_elsewhere, meant_files, path_of

_TOKEN = re.compile(r"\\.|!\[|\[|\]\(|\]\[|\]|\n[ \t]*\n")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)([^\]\n]{1,200})\]:[ \t]*(\S{1,2000})", re.MULTILINE)
_HTML_TAG = re.compile(r"<(img|a|source|video|audio)\b([^<>]*)>", re.IGNORECASE)
_HTML_TARGET = re.compile(r"""(?:^|\s)(?:src|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_HTML_ALT = re.compile(r"""(?:^|\s)alt\s*=\s*(?:"\s*[^"\s]|'\s*[^'\s]|[^\s"'>])""", re.IGNORECASE)
_PARENTHESES = re.compile(r"\\.|\(|\)|\n[ \t]*\n")  # not `[()]`: then the engine would try at every character
_MAX_TARGET = 2000  # characters
_MAX_LABEL = 200  # characters
# Python-Markdown's own time grows with the square of these; a page for people has far fewer.
_MAX_MARKS = {"[": 20_000, "(": 50_000, "<": 30_000, "`": MAX_BACKTICKS}


class Reference(Struct, frozen=True):
    """One link or picture."""

    target: str  # as written, entities decoded
    index: int  # offset into the prose
    is_picture: bool
    has_words: bool = True  # whether a picture says in words what it shows

    def files_from(self, source: str, *, is_foreign: bool) -> Iterator[str]:
        """Files below content/ that it may mean, seen from page `source`; none when it leads elsewhere."""
        if is_elsewhere(self.target):
            return iter(())
        path = path_of(self.target)
        return meant_files(source, path, is_foreign=is_foreign) if path else iter(())


def resolved(source: str, path: str) -> str:
    """`path` as written on page `source`, as a path below content/ (NFC, without `.` and inner `..`)."""
    steps: list[str] = []
    for step in [*PurePosixPath(source).parent.parts, *path.split("/")]:
        if step == ".." and steps and steps[-1] != "..":
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return unicodedata.normalize("NFC", "/".join(steps))


def is_overloaded(prose: str) -> bool:
    """Whether a page has more links and brackets than anybody could mean."""
    return any(prose.count(mark) > limit for mark, limit in _MAX_MARKS.items())


def references(prose: str) -> list[Reference]:
    """All links and pictures of a page's prose, in reading order."""
    if "[" not in prose and "<" not in prose:
        return []
    definitions = {_label(match[1]): match[2].strip("<>") for match in _DEFINITION.finditer(prose)}
    if definitions:  # a definition points nowhere by itself, only what uses it does
        prose = _DEFINITION.sub(lambda match: " " * len(match[0]), prose)
    found = [*_markdown(prose, definitions), *_html(prose)]
    return sorted(found, key=lambda reference: (reference.index, reference.target))


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _html(prose: str) -> Iterator[Reference]:
    for tag in _HTML_TAG.finditer(prose):
        for match in _HTML_TARGET.finditer(tag[2]):
            target = html.unescape(match[1] or match[2] or match[3] or "").strip()
            if target:
                name = tag[1].lower()
                has_words = name != "img" or bool(_HTML_ALT.search(tag[2]))
                yield Reference(target, tag.start(), name != "a", has_words)


def _markdown(prose: str, definitions: dict[str, str]) -> Iterator[Reference]:
    """Match brackets as Markdown does; a blank line ends whatever is open."""
    closing = _closing_parentheses(prose)
    open_brackets: list[tuple[int, bool]] = []
    position = 0
    while token := _TOKEN.search(prose, position):
        position = token.end()
        mark = token[0]
        if mark in ("[", "!["):
            open_brackets.append((token.start(), mark == "!["))
        elif mark.startswith("\n"):
            open_brackets.clear()
            position = token.end() - 1
        elif mark.startswith("]") and open_brackets:
            start, is_picture = open_brackets.pop()
            if mark == "](":
                target = _inline_target(prose, token.end(), closing.get(token.end() - 1))
            else:
                label_end = prose.find("]", position, position + _MAX_LABEL) if mark == "][" else -1
                label = prose[position:label_end] if label_end > position else ""
                position = max(position, label_end + 1)
                text = prose[start + (2 if is_picture else 1) : token.start()][:_MAX_LABEL]
                target = definitions.get(_label(label or text))
            if target:
                has_words = not is_picture or bool(prose[start + 2 : token.start()].strip())
                yield Reference(html.unescape(target), start, is_picture, has_words)


def _inline_target(prose: str, start: int, end: int | None) -> str | None:
    return _without_title(prose[start:end]) if end is not None and end - start <= _MAX_TARGET else None


def _closing_parentheses(prose: str) -> dict[int, int]:
    """For each opening parenthesis, where it closes; found in one pass, whatever is nested or left open."""
    closing: dict[int, int] = {}
    open_at: list[int] = []
    for token in _PARENTHESES.finditer(prose):
        if token[0] == "(":
            open_at.append(token.start())
        elif token[0] == ")" and open_at:
            closing[open_at.pop()] = token.start()
        elif token[0].startswith("\n"):
            open_at.clear()
    return closing


def _without_title(inside: str) -> str | None:
    """The address of an inline link; it may hold spaces, stand in <>, and be followed by a "title"."""
    inside = inside.strip()
    if inside.startswith("<") and ">" in inside:
        return inside[1 : inside.index(">")] or None
    if inside[-1:] in ('"', "'"):
        opening = inside.rfind(inside[-1], 0, -1)
        if opening > 0 and inside[opening - 1].isspace():
            inside = inside[:opening].rstrip()
    return inside or None
