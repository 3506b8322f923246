"""A page's headings: its title when the front matter has none, and the sections that a type asks for."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

MAX_TITLE = 300  # characters

_SETEXT = re.compile(r"=+[ \t]*$")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\](?:\([^()]{0,300}\)|\[[^\[\]]{0,300}\])")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|_{2,3}|`)(\S(?:[^*_`]{0,300}?\S)?)\1")
_ATTRIBUTES = re.compile(r"[ \t]*\{[^{}\n]{0,200}\}[ \t]*$")
_NAME_DATE = re.compile(r"\d{4}-\d{2}-\d{2}[-_ ]")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading; `first` and `last` are line indexes from 0."""

    level: int
    text: str  # without markup
    first: int
    last: int


def headings(lines: tuple[str, ...], prose: str) -> list[Heading]:
    """The headings of a text, those in code left out. `prose` has the same lines with code blanked."""
    found = []
    visible = prose.split("\n")
    for index, line in enumerate(visible):
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            text = lines[index][level:].strip().rstrip("#").strip()
            if level <= 6 and text:
                found.append(Heading(level, plain(text), index, index))
        elif line.startswith("=") and index and _SETEXT.match(line) and _is_alone(visible, index - 1):
            found.append(Heading(1, plain(lines[index - 1].strip()), index - 1, index))
    return found


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
