"""A page's headings: its title when the front matter has none, and the sections that a type asks for."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath

from msgspec import Struct

MAX_TITLE = 300  # characters
MAX_HEADINGS = 1000  # a page for people has far fewer

_SETEXT = re.compile(r"=+[ \t]*$")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\](?:\([^()]{0,300}\)|\[[^\[\]]{0,300}\])")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|_{2,3}|`)(\S(?:[^*_`]{0,300}?\S)?)\1")
_ATTRIBUTES = re.compile(r"[ \t]*\{[^{}\n]{0,200}\}[ \t]*$")
_NAME_DATE = re.compile(r"\d{4}-\d{2}-\d{2}[-_ ]")


class Heading(Struct, frozen=True):
    """One heading; `first` and `last` are line indexes from 0."""

    level: int
    markdown: str
    first: int
    last: int

    @property
    def text(self) -> str:
        """The heading's words without markup."""
        return plain(self.markdown)


def headings(lines: tuple[str, ...], prose: str) -> list[Heading]:
    """The first MAX_HEADINGS headings of a text, those in code left out. `prose` has its lines with code blanked."""
    return list(islice(_headings(lines, prose), MAX_HEADINGS))


def _headings(lines: tuple[str, ...], prose: str) -> Iterator[Heading]:
    visible = prose.split("\n")
    for index, line in enumerate(visible):
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            text = lines[index][level:].strip().rstrip("#").strip()
            if level <= 6 and text:
                yield Heading(level, text, index, index)
        elif line.startswith("=") and index and _SETEXT.match(line) and _is_alone(visible, index - 1):
            yield Heading(1, lines[index - 1].strip(), index - 1, index)


def _is_alone(lines: list[str], index: int) -> bool:
    """Whether a line could be the text of an underlined heading: text, with nothing but a blank line above."""
    return bool(lines[index].strip()) and not (index and lines[index - 1].strip())


def plain(markdown: str) -> str:
    """A heading's words without its markup."""
    text = _ATTRIBUTES.sub("", markdown[:MAX_TITLE])
    for pattern, kept in ((_LINK, r"\1"), (_TAG, ""), (_EMPHASIS, r"\2")):
        text = pattern.sub(kept, text)
    return html.unescape(re.sub(r"\\([\\`*_{}\[\]()#+.!-])", r"\1", text)).strip()


def readable_name(source: str) -> str:
    """A file name as a title: `2023-05-01-how_to.md` becomes `how to`."""
    path = PurePosixPath(source)
    stem = path.parent.name if path.stem.lower() in ("index", "readme") and path.parent.name else path.stem
    return re.sub(r"[-_\s]+", " ", _NAME_DATE.sub("", stem)).strip() or stem
