"""Characters that may not stand in content, because nobody can see them or because they mislead.

Sources: Trojan Source (CVE-2021-42574) for bidirectional controls, Unicode 16 chapter 23 for noncharacters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from generator.markup.characters import DIRECTION_MARKS, DIRECTION_OVERRIDES, INVISIBLE, MAY_BE_INVISIBLE
from generator.model.finding import Text
from generator.model.marker import RESERVED

_BIDI = DIRECTION_MARKS + DIRECTION_OVERRIDES
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
_SURROGATE = "\ud800-\udfff"
_NONCHARACTER_OF_PLANE_0 = "\ufdd0-\ufdef\ufffe\uffff"
_NONCHARACTER = _NONCHARACTER_OF_PLANE_0 + "".join(
    f"{chr(n << 16 | 0xFFFE)}{chr(n << 16 | 0xFFFF)}" for n in range(1, 17)
)


class Kind(Struct, frozen=True):
    """One kind of forbidden character."""

    code: str
    pattern: str
    name: Text
    why: Text

    def stands_in(self, text: str, at: int = 0) -> bool:
        """Whether a character of this kind stands at that place."""
        return _compiled(self.pattern).match(text, at) is not None


# RESERVED before noncharacters: the last two of plane 16 are nobody's either way.
KINDS = (
    Kind(
        "control-character",
        f"[{_CONTROL}]",
        Text("制御文字", "control character"),
        Text("文章には使えません", "it has no place in a text"),
    ),
    Kind(
        "bidi-control",
        f"[{_BIDI}]",
        Text("文字の並ぶ向きを変える見えない文字", "invisible character that changes the direction of text"),
        Text("見た目と中身が違う文章になります", "the text would read differently from what it is"),
    ),
    Kind(
        "invisible-character",
        INVISIBLE,
        Text("見えない文字", "invisible character"),
        Text("検索や読み上げが正しく働きません", "search and screen readers stumble over it"),
    ),
    Kind(
        "lone-surrogate",
        f"[{_SURROGATE}]",
        Text("文字の片割れ", "half of a character"),
        Text("文字として成り立っていません", "it is no character by itself"),
    ),
    Kind(
        "reserved-character",
        RESERVED.pattern,
        Text("予約された文字", "reserved character"),
        Text("瓦版が図の場所の目印に使います", "Kawaraban marks the places of figures with it"),
    ),
    Kind(
        "noncharacter",
        f"[{_NONCHARACTER}]",
        Text("文字ではない符号", "code point that is no character"),
        Text("文章には使えません", "it has no place in a text"),
    ),
)
_ANY_KIND = "|".join(kind.pattern for kind in KINDS)
_MAY_BE_FORBIDDEN = re.compile(
    f"[{_CONTROL}{_BIDI}{MAY_BE_INVISIBLE}{_SURROGATE}{RESERVED.pattern[1:-1]}{_NONCHARACTER}]"
)
_MAY_BE_OR_IS_RARE = re.compile(
    f"[{_CONTROL}{_BIDI}{MAY_BE_INVISIBLE}{_SURROGATE}{_NONCHARACTER_OF_PLANE_0}\U00010000-\U0010ffff]"
)
"""The same and every character beyond plane 0: the engine looks for single ones out there eight times as long."""
_TAB_OR_LINE_BREAK = re.compile(r"[\t\n]")


def kind_of(character: str) -> Text | None:
    """What a forbidden character is called; None for one that may stand in content."""
    kind = next((kind for kind in KINDS if kind.stands_in(character)), None)
    return None if kind is None else kind.name


def forbidden(text: str) -> re.Match[str] | None:
    """The first character of `text` that may not stand in content."""
    return next(all_forbidden(text), None)


def all_forbidden(text: str) -> Iterator[re.Match[str]]:
    """Every character of `text` that may not stand in content."""
    return _compiled(_ANY_KIND).finditer(text) if may_be_forbidden(text) else iter(())


def escaped(text: str) -> str:
    """`text` with each forbidden character and each line break written as `\\u{…}`."""
    if not may_be_forbidden(text) and not _TAB_OR_LINE_BREAK.search(text):
        return text
    return _compiled(f"[\t\n]|{_ANY_KIND}").sub(lambda match: f"\\u{{{ord(match[0]):x}}}", text)


def may_be_forbidden(text: str) -> bool:
    """Whether `text` has a character that may not stand in content, at least not everywhere."""
    return bool(_MAY_BE_OR_IS_RARE.search(text) and _MAY_BE_FORBIDDEN.search(text))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Most builds meet no character that is forbidden, and these patterns take longer to compile than to search."""
    return re.compile(pattern)
