"""Where a page's front matter ends and its body begins.

Front matter is never guessed away: a page whose `draft: true` could not be read must not be published. Only a
file that clearly opens with a thematic break, not with front matter, is taken to have none.
"""

from __future__ import annotations

import re

from frontmatter.default_handlers import YAMLHandler
from msgspec import Struct

from generator.declared.yaml_fields import Fields, Origin, read_fields
from generator.model.finding import Family, Finding, Place, Text
from generator.read.attempts import (
    FIRST_LINES,
    attempt_at_front_matter,
    first_paragraph,
    names_known_key,
    other_format,
    second_front_matter,
)
from generator.read.reporting import error

MAX_YAML_BYTES = 16_000  # of front matter or of a figure block; longer texts belong into the body
_SHAPED = re.compile(r"""\s*(?:[-?] )?["']?[A-Za-z_][A-Za-z0-9_-]{0,60}["']?[ \t]*:(?:[ \t]|$)|\s*[{?]""")


class _Handler(YAMLHandler):
    """python-frontmatter's YAML pages, with boundaries of exactly three hyphens: a longer rule is a thematic break.

    Its own `load` keeps no line numbers and lets duplicate keys and aliases pass; `declared.yaml_fields` reads the block.
    """

    FM_BOUNDARY = re.compile(r"^---[^\S\n]*$", re.MULTILINE)


_HANDLER = _Handler()
_OTHER_FORMATS = {"+++": "TOML", "{": "JSON"}


class Split(Struct, frozen=True):
    """A page in two: what it says about itself, and the lines of its body."""

    fields: Fields
    body: str
    body_line: int  # line of the file on which `body` begins, from 1


def split(text: str, path: str) -> tuple[Split | None, list[Finding]]:
    """Divide `text`; None with findings when its front matter cannot be read."""
    lines = text.split("\n")
    start = next((index for index, line in enumerate(lines) if line.strip()), 0)
    opening = lines[start].rstrip()
    if opening in _OTHER_FORMATS:
        return None, [other_format(_OTHER_FORMATS[opening], Place(path, start + 1))]
    if opening != _HANDLER.START_DELIMITER:
        attempt = attempt_at_front_matter(lines, start, path) if opening else None
        return (None, [attempt]) if attempt else (_none(text, path), [])
    try:
        written, body = _HANDLER.split("\n".join(lines[start:]))
    except ValueError:  # python-frontmatter found no second boundary
        if not _means_front_matter(lines[start + 1 :], closed=False):
            return _none(text, path), []
        return None, [_unclosed(Place(path, start + 1))]
    block = written.split("\n")[1:-1]
    if not _means_front_matter(block, closed=True):
        return _none(text, path), []
    fields, findings = read_fields(
        "\n".join(block) + "\n", Origin(path, Family.CONTENT, start + 2), limit=MAX_YAML_BYTES
    )
    if fields is None:
        return None, findings
    body, body_line = body.removeprefix("\n"), start + len(block) + 3
    second = second_front_matter(body.split("\n", FIRST_LINES), body_line, path)
    return (None, [second]) if second else (Split(fields, body, body_line), [])


def _none(text: str, path: str) -> Split:
    return Split(Fields(Family.CONTENT, {(): Place(path, 1)}), text, 1)


def _means_front_matter(block: list[str], *, closed: bool) -> bool:
    """Whether what follows the first `---` of a file speaks about the page, or the `---` is a line across it.

    Directly below it, anything shaped like `key: value` does. After a blank line it must be a key that
    Kawaraban knows, or nearly knows.
    """
    if not any(line.strip() for line in block):
        return closed
    is_shaped = bool(block[0].strip()) and any(map(_SHAPED.match, first_paragraph(block)))
    return is_shaped or names_known_key(block)


def _unclosed(place: Place) -> Finding:
    return error(
        "front-matter-unclosed",
        place,
        Text(
            "先頭の項目欄（`---` で始まる部分）が閉じていません",
            "the front matter that begins with `---` is never closed",
        ),
        Text("先頭の項目欄の終わりに `---` だけの行を書いてください", "write a line with only `---` where it ends"),
    )
