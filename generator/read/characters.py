"""Characters that may not stand in content, because nobody can see them or because they mislead.

Sources: Trojan Source (CVE-2021-42574) for bidirectional controls, Unicode 16 chapter 23 for noncharacters,
UAX 15 D3 for the limit on combining marks (it also bounds the cost of normalisation, which is quadratic
in the length of such a run).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from generator.model.finding import Finding, Place, Text
from generator.model.marker import RESERVED
from generator.read.places import PlaceOf
from generator.read.reporting import MAX_REPORTED, error

MAX_COMBINING_MARKS = 30

_PICTOGRAPH = "\u00a9\u00ae\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff"
# U+200D joins pictographs into one (a family, a flag); anywhere else it is an invisible character.
_STRAY_JOINER = f"(?<![{_PICTOGRAPH}\ufe0f])\u200d|\u200d(?![{_PICTOGRAPH}])"
# Tag characters spell the region of a subdivision flag after U+1F3F4.
_STRAY_TAG = "(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]|[\U000e0000-\U000e001f]"
_INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
_NONCHARACTER = "\ufdd0-\ufdef" + "".join(f"{chr(n << 16 | 0xFFFE)}{chr(n << 16 | 0xFFFF)}" for n in range(17))


@dataclass(frozen=True, slots=True)
class _Kind:
    code: str
    pattern: re.Pattern[str]
    name: Text
    why: Text


# RESERVED before noncharacters: the last two of plane 16 are nobody's either way.
_KINDS = (
    _Kind(
        "control-character",
        re.compile(f"[{_CONTROL}]"),
        Text("制御文字", "control character"),
        Text("文章には使えません", "it has no place in a text"),
    ),
    _Kind(
        "bidi-control",
        re.compile(f"[{_BIDI}]"),
        Text("文字の並ぶ向きを変える見えない文字", "invisible character that changes the direction of text"),
        Text("見た目と中身が違う文章になります", "the text would read differently from what it is"),
    ),
    _Kind(
        "invisible-character",
        re.compile(f"[{_INVISIBLE}]|{_STRAY_JOINER}|{_STRAY_TAG}"),
        Text("見えない文字", "invisible character"),
        Text("検索や読み上げが正しく働きません", "search and screen readers stumble over it"),
    ),
    _Kind(
        "lone-surrogate",
        re.compile("[\ud800-\udfff]"),
        Text("文字の片割れ", "half of a character"),
        Text("文字として成り立っていません", "it is no character by itself"),
    ),
    _Kind(
        "reserved-character",
        RESERVED,
        Text("予約された文字", "reserved character"),
        Text("瓦版が図の場所の目印に使います", "Kawaraban marks the places of figures with it"),
    ),
    _Kind(
        "noncharacter",
        re.compile(f"[{_NONCHARACTER}]"),
        Text("文字ではない符号", "code point that is no character"),
        Text("文章には使えません", "it has no place in a text"),
    ),
)
_ANY = re.compile("|".join(kind.pattern.pattern for kind in _KINDS))
_UNSHOWABLE = re.compile(f"[\t\n]|{_ANY.pattern}")

# Blocks that hold combining marks; runs found here are then counted exactly.
_MAY_COMBINE = re.compile(
    "[\u0300-\u036f\u0483-\u1dff\u20d0-\u20ff\u2cef-\u2dff\u302a-\u302f\u3099\u309a"
    f"\ua66f-\uabff\ufb1e\ufe20-\ufe2f\U00010000-\U0001efff]{{{MAX_COMBINING_MARKS + 1},}}"
)


def kind_of(character: str) -> Text | None:
    """What a forbidden character is called; None for one that may stand in content."""
    kind = next((kind for kind in _KINDS if kind.pattern.match(character)), None)
    return None if kind is None else kind.name


def forbidden(text: str) -> re.Match[str] | None:
    """The first character of `text` that may not stand in content."""
    return _ANY.search(text)


def escaped(text: str) -> str:
    """`text` with each forbidden character and each line break written as `\\u{…}`."""
    return _UNSHOWABLE.sub(lambda match: f"\\u{{{ord(match[0]):x}}}", text)


def judge_characters(text: str, path: str) -> list[Finding]:
    """A finding for each forbidden character of `text`, whose line ends are LF."""
    if text.isascii() and text.isprintable():
        return []
    place_of = PlaceOf(text, path)
    findings = [_forbidden(text, match, place_of(match.start())) for match in islice(_ANY.finditer(text), MAX_REPORTED)]
    return findings + [_piled_up(place_of(start)) for start in islice(_long_runs(text), 1)]


def _forbidden(text: str, match: re.Match[str], place: Place) -> Finding:
    character = match[0]
    # A stray joiner is found by what surrounds it, so the kind is the one whose pattern matches here.
    kind = next(kind for kind in _KINDS if kind.pattern.match(text, match.start()))
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
