"""Where a page's front matter ends and its body begins.

Front matter is never guessed away: a page whose `draft: true` could not be read must not be published. Only a
file that clearly opens with a thematic break, not with front matter, is taken to have none.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from frontmatter.default_handlers import YAMLHandler

from generator.model.finding import Finding, Place, Text
from generator.model.page import FRONT_MATTER
from generator.read.foreign import FOREIGN_KEYS
from generator.read.reporting import error, one_line
from generator.read.yaml_fields import Fields, read_fields

KNOWN_KEYS = frozenset({*FOREIGN_KEYS, *(key for model in FRONT_MATTER.values() for key in model.model_fields)})
_NAME = r"""[ \t\u3000]*(?:[-?] )?["']?([A-Za-z_][A-Za-z0-9_-]{0,60})["']?"""
_SHAPED = re.compile(_NAME + r"[ \t]*:(?:[ \t]|$)|[ \t]*[{?]")
# As people mistype it: no space after the colon, or a full-width colon from a Japanese keyboard.
_INTENDED = re.compile(_NAME + r"[ \t\u3000]*[:：]")


class _Handler(YAMLHandler):
    """python-frontmatter's YAML pages, with boundaries of exactly three hyphens: a longer rule is a thematic break.

    Its own `load` keeps no line numbers and lets duplicate keys and aliases pass; `yaml_fields` reads the block.
    """

    FM_BOUNDARY = re.compile(r"^---[^\S\n]*$", re.MULTILINE)


_HANDLER = _Handler()
_OTHER_FORMATS = {"+++": "TOML", "{": "JSON"}


@dataclass(frozen=True, slots=True)
class Split:
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
        return None, [_other_format(_OTHER_FORMATS[opening], Place(path, start + 1))]
    if opening != _HANDLER.START_DELIMITER:
        return _without(text, lines, start, path)
    try:
        written, body = _HANDLER.split("\n".join(lines[start:]))
    except ValueError:  # python-frontmatter found no second boundary
        if not _means_front_matter(lines[start + 1 :], closed=False):
            return _none(text, path), []
        return None, [_unclosed(Place(path, start + 1))]
    block = written.split("\n")[1:-1]
    if not _means_front_matter(block, closed=True):
        return _none(text, path), []
    fields, findings = read_fields("\n".join(block) + "\n", path, start + 2)
    if fields is None:
        return None, findings
    return Split(fields, body.removeprefix("\n"), start + len(block) + 3), []


def _none(text: str, path: str) -> Split:
    fields = Fields()
    fields.places[()] = Place(path, 1)
    return Split(fields, text, 1)


def _without(text: str, lines: list[str], start: int, path: str) -> tuple[Split | None, list[Finding]]:
    """A page that opens with text, unless that text is front matter whose opening line was forgotten."""
    match = _INTENDED.match(lines[start])
    if match and match[1] in KNOWN_KEYS:
        paragraph = _first_paragraph(lines[start:])
        closes = any(line.rstrip() == _HANDLER.START_DELIMITER for line in lines[start + 1 : start + 60])
        if closes or all(_SHAPED.match(line) for line in paragraph):
            return None, [_unopened(match[1], Place(path, start + 1, 1))]
    return _none(text, path), []


def _means_front_matter(block: list[str], *, closed: bool) -> bool:
    """Whether what follows the first `---` of a file speaks about the page, or the `---` is a line across it.

    Directly below it, anything shaped like `key: value` does. After a blank line it must be a key that
    Kawaraban knows, or nearly knows.
    """
    if not any(line.strip() for line in block):
        return closed
    if not block[0].strip():
        return _names_known_key(block[:60])
    paragraph = _first_paragraph(block)
    return any(_SHAPED.match(line) for line in paragraph) or _names_known_key(paragraph)


def _first_paragraph(lines: list[str]) -> list[str]:
    end = next((index for index, line in enumerate(lines) if not line.strip()), len(lines))
    return lines[:end]


def _names_known_key(lines: list[str]) -> bool:
    return any(_is_nearly_known(match[1]) for line in lines if (match := _INTENDED.match(line)))


def _is_nearly_known(key: str) -> bool:
    return key in KNOWN_KEYS or bool(difflib.get_close_matches(key, KNOWN_KEYS, n=1, cutoff=0.8))


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


def _unopened(key: str, place: Place) -> Finding:
    shown = one_line(key)
    return error(
        "front-matter-unopened",
        place,
        Text(
            f"`{shown}:` で始まっていますが、その前に `---` の行がありません。このままでは本文として公開されます",
            f"the page begins with `{shown}:` but no `---` stands before it: it would be published as text",
        ),
        Text("ファイルの1行目に `---` だけの行を書いてください", "write a line with only `---` at the top of the file"),
    )


def _other_format(name: str, place: Place) -> Finding:
    return error(
        "front-matter-format",
        place,
        Text(f"先頭の項目欄が {name} で書かれています", f"the front matter is written in {name}"),
        Text("`---` の行で囲んだ YAML（`title: 見出し`）に書き直してください", "write it as YAML between `---` lines"),
    )
