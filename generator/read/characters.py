"""The characters of a page, judged before anything else is.

Source: UAX 15 D3 for the limit on combining marks (it also bounds the cost of normalisation, which is quadratic
in the length of such a run).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from generator.markup.characters import BREAKS, DIRECTION_MARKS, INVISIBLE
from generator.markup.forbidden import KINDS, all_forbidden, may_be_forbidden
from generator.model.finding import Finding, Place, Text
from generator.read.places import PlaceOf
from generator.read.reporting import MAX_REPORTED, error, warning

MAX_COMBINING_MARKS = 30

# Blocks that hold combining marks; runs found here are then counted exactly.
_COMBINING = (
    "[\u0300-\u036f\u0483-\u1dff\u20d0-\u20ff\u2cef-\u2dff\u302a-\u302f\u3099\u309a"
    "\ua66f-\uabff\ufb1e\ufe20-\ufe2f\U00010000-\U0001efff]"
)
# The single one at the front lets the engine skip all other characters.
_MAY_COMBINE = re.compile(f"{_COMBINING}{_COMBINING}{{{MAX_COMBINING_MARKS},}}")


_REMOVABLE = (
    f"(?P<break>[{BREAKS}])|(?P<control>[\x01-\x08\x0d-\x1f\x7f-\x84\x86-\x9f])"
    f"|(?P<direction>[{DIRECTION_MARKS}])|(?P<invisible>{INVISIBLE})"
)
_REMOVED_AS = {"break": KINDS[0], "control": KINDS[0], "direction": KINDS[1], "invisible": KINDS[2]}


def without_removable(text: str, path: str) -> tuple[str, list[Finding]]:
    """`text` without what nobody would miss, as articles from elsewhere bring it; a warning for each kind.

    Breaks of other systems become spaces. What can deceive, or is no text at all, stays in and is an error.
    """
    found: dict[str, list[re.Match[str]]] = {}
    for match in re.finditer(_REMOVABLE, text) if may_be_forbidden(text) else ():
        found.setdefault(_REMOVED_AS[str(match.lastgroup)].code, []).append(match)
    if not found:
        return text, []
    place_of = PlaceOf(text, path)
    findings = [_removed(matches, place_of(matches[0].start())) for matches in found.values()]
    return re.sub(_REMOVABLE, lambda match: " " if match["break"] else "", text), findings


def _removed(matches: list[re.Match[str]], place: Place) -> Finding:
    kind, point = _REMOVED_AS[str(matches[0].lastgroup)], f"U+{ord(matches[0][0]):04X}"
    return warning(
        kind.code,
        place,
        Text(
            f"{kind.name.ja}（`{point}` など {len(matches)} 個）を取り除いて掲載します",
            f"{len(matches)} of this kind are left out: {kind.name.en} (`{point}`)",
        ),
        Text("気になるところがなければ、そのままでかまいません", "nothing needs to be done if the page reads well"),
    )


def is_removable(character: str) -> bool:
    """Whether a forbidden character is only left out of an article, not refused."""
    return re.fullmatch(_REMOVABLE, character) is not None


def judge_characters(text: str, path: str) -> list[Finding]:
    """A finding for each forbidden character of `text`, whose line ends are LF."""
    if text.isascii() and text.isprintable():
        return []
    characters, runs = list(islice(all_forbidden(text), MAX_REPORTED)), list(islice(_long_runs(text), 1))
    if not (characters or runs):
        return []
    place_of = PlaceOf(text, path)
    findings = [_forbidden(text, match, place_of(match.start())) for match in characters]
    return findings + [_piled_up(place_of(start)) for start in runs]


def _forbidden(text: str, match: re.Match[str], place: Place) -> Finding:
    character = match[0]
    # A stray joiner is found by what surrounds it, so the kind is the one whose pattern matches here.
    kind = next(kind for kind in KINDS if kind.stands_in(text, match.start()))
    point = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    shown = f"{point} {name}" if name else point
    return error(
        kind.code,
        place,
        Text(f"{kind.name.ja} `{shown}` があります。{kind.why.ja}", f"{kind.name.en} `{shown}`: {kind.why.en}"),
        Text("この文字を消してください", "delete this character"),
    )


def _piled_up(place: Place) -> Finding:
    return error(
        "too-many-combining-marks",
        place,
        Text(
            f"結合文字が {MAX_COMBINING_MARKS} 個を超えて続いています。文字として表示できません",
            f"more than {MAX_COMBINING_MARKS} combining marks in a row: no font can show that",
        ),
        Text("続いている結合文字を消してください", "delete the marks"),
    )


def _long_runs(text: str) -> Iterator[int]:
    """Where more than the allowed number of combining marks follow each other."""
    if text.isascii():
        return
    for candidate in _MAY_COMBINE.finditer(text):
        length = 0
        for offset, character in enumerate(candidate[0]):
            length = length + 1 if unicodedata.combining(character) else 0
            if length > MAX_COMBINING_MARKS:
                yield candidate.start() + offset
                length = 0
