"""Front matter that somebody meant to write, but not so that it can be read.

Such a page may be a draft: an error is better than its text, and what it says about itself, on the site.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from itertools import takewhile

from generator.model.finding import Finding, Place, Text
from generator.model.page import FRONT_MATTER
from generator.read.foreign import FOREIGN_KEYS
from generator.read.reporting import error, one_line

KNOWN_KEYS = frozenset({*FOREIGN_KEYS, *(key for model in FRONT_MATTER.values() for key in model.model_fields)})
FIRST_LINES = 60
"""Lines in which front matter ends, if it is any."""
_PREAMBLE = 12  # lines that may stand above front matter that came too late

_DASHES = frozenset("-‐‑‒–—―−─━⸺⸻ー")  # hyphens, dashes, box lines, and the long vowel of a Japanese keyboard
_RULES = _DASHES | frozenset("_=~*+.")
_QUOTE = "[\"'“”‘’]?"
_NAME = rf"{_QUOTE}([A-Za-z_][A-Za-z0-9_-]{{0,60}}){_QUOTE}"
# As people mistype it: no space after the colon, an equals sign; full-width forms are undone before.
_KEY = re.compile(rf"\s*(?:[-?]\s+)?{_NAME}\s*[:=]")
_LIST_ITEM = re.compile(r"\s*[-*+]\s")
_KEY_IN_JSON = re.compile(rf"[{{,]\s*{_NAME}\s*:")
_KEY_AFTER_RULE = re.compile(rf"\s*([{re.escape(''.join(sorted(_RULES)))}]+)(\s*){_NAME}\s*[:=]")


def names_known_key(lines: list[str]) -> bool:
    """Whether one of the lines sets a key that Kawaraban knows, or nearly knows."""
    return any(_is_nearly_known(key) for line in lines[:FIRST_LINES] if (key := _key(line)))


def first_paragraph(lines: list[str]) -> list[str]:
    return list(takewhile(str.strip, lines))


def attempt_at_front_matter(lines: list[str], start: int, path: str) -> Finding | None:
    """What is wrong with the front matter that a page without any seems to open with; `lines[start]` is not blank."""
    opening, place = _plain(lines[start]), Place(path, start + 1)
    if opening.lstrip().startswith("{"):
        paragraph = "\n".join(map(_plain, first_paragraph(lines[start : start + FIRST_LINES])))
        is_json = any(_is_nearly_known(key) for key in _KEY_IN_JSON.findall(paragraph))
        return other_format("JSON", place) if is_json else None
    if is_rule(lines[start]) and _begins_with_keys(lines[start + 1 : start + FIRST_LINES]):
        return other_format("TOML", place) if set(opening.strip()) == {"+"} else _mistyped(lines[start], place)
    if _runs_into_a_key(opening, lines[start + 1 : start + FIRST_LINES]):
        return _mistyped(lines[start], place)
    if key := _unopened_key(lines[start : start + FIRST_LINES]):
        return _unopened(key, place)
    return _after_a_preamble(lines, start, path)


def second_front_matter(body: list[str], first_line: int, path: str) -> Finding | None:
    """A body that goes on with front matter: another tool may have put its own above it."""
    start = next((index for index, line in enumerate(body) if line.strip()), None)
    if start is None:
        return None
    rest = body[start : start + FIRST_LINES]
    if (is_rule(rest[0]) and _is_block_of_keys(rest[1:])) or _is_block_of_keys(rest):
        return _twice(Place(path, first_line + start))
    return None


def is_rule(line: str) -> bool:
    """Whether a line is one of those that people draw across a page, whatever they draw it with."""
    marks = "".join(_plain(line).split())
    return bool(marks) and _RULES.issuperset(marks)


def _plain(line: str) -> str:
    """A line in ordinary forms of its characters, without those that nobody sees (a byte order mark)."""
    line = unicodedata.normalize("NFKC", line)
    return line if line.isprintable() else "".join(c for c in line if unicodedata.category(c) != "Cf")


def _key(line: str) -> str | None:
    match = _KEY.match(_plain(line))
    return match[1] if match else None


def _is_nearly_known(key: str) -> bool:
    key = key.lower()
    return key in KNOWN_KEYS or bool(difflib.get_close_matches(key, KNOWN_KEYS, n=1, cutoff=0.8))


def _begins_with_keys(lines: list[str]) -> bool:
    """Whether the next text, directly below or after blank lines, sets a key."""
    start = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    return names_known_key(first_paragraph(lines[start:]))


def _runs_into_a_key(opening: str, below: list[str]) -> bool:
    """Whether the first key stands on the line of the dashes; emphasis and list items look much like that."""
    match = _KEY_AFTER_RULE.match(opening)
    if match is None or not _is_nearly_known(match[3]) or _LIST_ITEM.match(opening):
        return False
    return _DASHES.issuperset(match[1]) or names_known_key(first_paragraph(below))


def _unopened_key(lines: list[str]) -> str | None:
    """The first key, where a page begins with keys and nothing before them.

    A line `contact: …` alone may be a text, and so may a list of such. It is taken for a key when it is spelled as
    ours are and nothing else stands there or a line of dashes follows, and whenever there are several.
    """
    key = _key(lines[0])
    if key is None or not _is_nearly_known(key):
        return None
    paragraph = first_paragraph(lines)
    keys = list(takewhile(_key, paragraph))
    is_ours = key in KNOWN_KEYS and (len(keys) == len(paragraph) or any(map(_is_closing, lines[1:])))
    several = sum(names_known_key([line]) for line in keys) > 1 and not all(map(_LIST_ITEM.match, keys))
    return key if is_ours or several or _is_block_of_keys(lines) else None


def _is_block_of_keys(lines: list[str]) -> bool:
    """Keys, one of them known, down to a line of dashes."""
    keys = list(takewhile(_key, lines))
    return names_known_key(keys) and len(keys) < len(lines) and _is_closing(lines[len(keys)])


def _is_closing(line: str) -> bool:
    marks = "".join(_plain(line).split())
    return len(marks) > 1 and _DASHES.issuperset(marks)


def _after_a_preamble(lines: list[str], start: int, path: str) -> Finding | None:
    """Front matter below a heading or a comment."""
    for index in range(start, min(start + _PREAMBLE, len(lines))):
        if is_rule(lines[index]) and _is_block_of_keys(lines[index + 1 : index + FIRST_LINES]):
            return _late(Place(path, index + 1))
        line = _plain(lines[index]).strip()
        if line and not line.startswith(("#", "<!--")):
            return None
    return None


def other_format(name: str, place: Place) -> Finding:
    return error(
        "front-matter-format",
        place,
        Text(f"先頭の項目欄が {name} で書かれています", f"the front matter is written in {name}"),
        Text("`---` の行で囲んだ YAML（`title: 見出し`）に書き直してください", "write it as YAML between `---` lines"),
    )


def _unopened(key: str, place: Place) -> Finding:
    shown = one_line(key)
    return error(
        "front-matter-unopened",
        Place(place.path, place.line, 1),
        Text(
            f"`{shown}:` で始まっていますが、その前に `---` の行がありません。このままでは本文として公開されます",
            f"the page begins with `{shown}:` but no `---` stands before it: it would be published as text",
        ),
        Text("ファイルの1行目に `---` だけの行を書いてください", "write a line with only `---` at the top of the file"),
    )


def _mistyped(line: str, place: Place) -> Finding:
    shown = one_line(line, 20)
    return error(
        "front-matter-unopened",
        place,
        Text(
            f"先頭の行 `{shown}` は、先頭の項目欄の始まりとして読めません。このままでは本文として公開されます",
            f"the first line, `{shown}`, does not open front matter: it would be published as text",
        ),
        Text(
            "この行を、行頭から半角のハイフン3つ `---` だけにしてください",
            "make it a line of exactly three hyphens, `---`, and nothing else",
        ),
    )


def _late(place: Place) -> Finding:
    return error(
        "front-matter-unopened",
        place,
        Text(
            "先頭の項目欄の前に、ほかの行があります。このままでは本文として公開されます",
            "other lines stand above the front matter: it would be published as text",
        ),
        Text("項目欄を、ファイルの1行目から書いてください", "move the front matter to the top of the file"),
    )


def _twice(place: Place) -> Finding:
    return error(
        "front-matter-twice",
        place,
        Text(
            "先頭の項目欄の下に、項目欄がもう一つあります。このままでは本文として公開されます",
            "there is a second front matter below the first: it would be published as text",
        ),
        Text("二つを一つにまとめてください", "make one of the two"),
    )
