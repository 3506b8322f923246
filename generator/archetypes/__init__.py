"""One draft a page type, as `kawaraban new` writes it, and which of its words only say what to write there.

The `.md` files are real pages with `§name` where a value goes in. Everything else in Japanese that readers would see
and that is no heading is an instruction, so a new sentence in a file is known as one without a second list.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from msgspec import Struct

from generator.declared.yaml_fields import Origin, read_fields
from generator.markup.outline import outline
from generator.model.finding import Family
from generator.model.page import FaqCategory, PageType

_FOLDER = Path(__file__).parent
_CHOICES = frozenset(category.value for category in FaqCategory)  # the only choice that is written in Japanese
_MARKS = re.compile(r"[ \t>]*(?:(?:[-*+]|[0-9]+[.)])[ \t]+)?")


class Instructions(Struct, frozen=True):
    """What nobody may publish as it stands."""

    values: frozenset[str]  # of front matter, without quotes
    lines: frozenset[str]  # below it, without the marks of quotes and lists


def archetype(kind: PageType) -> str:
    """The text of a page type's draft."""
    return (_FOLDER / f"{kind.value}.md").read_text("utf-8")


@cache
def instructions(kind: PageType) -> Instructions:
    """The words of a page type's draft that whoever writes the page puts their own in place of."""
    _, front, body = archetype(kind).split("---\n", 2)
    fields, _ = read_fields(front, Origin(f"{kind.value}.md", Family.CONTENT))
    values = frozenset(fields.typed.values()) if fields is not None else frozenset()
    lines = {without_marks(line) for line in outline(body).prose.split("\n") if not line.startswith("#")}
    return Instructions(
        frozenset(filter(_is_instruction, values - _CHOICES)), frozenset(filter(_is_instruction, lines))
    )


def without_marks(line: str) -> str:
    """A line without what makes it part of a quote or a list."""
    return line[_MARKS.match(line).end() :].strip()  # type: ignore[union-attr] # it matches nothing, too


def _is_instruction(words: str) -> bool:
    return not words.isascii() and "§" not in words
