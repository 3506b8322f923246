"""Two hundred questions as readers type them, drawn from the site's own texts: the same for the same site and seed."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.benchmarks.search.site import PageText, fold

EACH = 25  # questions of every kind
SHORTEST = 2  # characters that a search has to find, when ー is passed over
SEED = 20261120

_WORD = r"[一-龠々]{2,}|[ァ-ヶー]{3,}"
_COMPOUND = re.compile(r"[一-龠々ァ-ヶー]{4,10}")
_PHRASE = re.compile(rf"(?:{_WORD})(?:の|を|から|と|より|が|に)(?:{_WORD})")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,9}")
_LATIN_IN_JAPANESE = re.compile(
    r"[A-Za-z][A-Za-z0-9-]{1,9}[でのをと][一-龠々ァ-ヶー]{1,4}|[一-龠々ァ-ヶー]{2}[A-Z]{2,}"
)
_KATAKANA = re.compile(r"[ァ-ヶー]{3,8}")
_NAME = re.compile(r"[一-龠々]{2} [一-龠々]{1,3}(?:さん|(?=（))")
_NUMBER = re.compile(r"(?:20\d\d年\d{1,2}月|内線\d{4}|\d{2,3}件|\d{2,3}時間|[A-Z]X-\d{3}|\d{2,3}分)")
_WITHIN = re.compile(r"[一-龠々ァ-ヶー]{6,}")

_TO_HALF = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E) if code != 0xFF70} | {
    "ー": "ｰ"
}


@dataclass(frozen=True)
class Query:
    """What is typed, and the kind of question that it is."""

    kind: str
    text: str


def queries(pages: list[PageText]) -> list[Query]:
    """`EACH` of every kind, none twice."""
    chance = random.Random(SEED)
    asked: dict[str, Query] = {}
    for kind, draw in _KINDS.items():
        wanted = len(asked) + EACH
        for _ in range(EACH * 200):
            text = draw(chance.choice(pages), chance)
            if len(fold(text)) >= SHORTEST:
                asked.setdefault(text, Query(kind, text))
            if len(asked) == wanted:
                break
        else:
            raise ValueError(f"the site has no {EACH} different texts of the kind {kind!r}")
    return list(asked.values())


Draw = Callable[[PageText, random.Random], str]
"""A question drawn from a page; empty when it has nothing of the kind."""


def _found(pattern: re.Pattern[str], change: Callable[[str, random.Random], str] = lambda text, chance: text) -> Draw:
    def draw(page: PageText, chance: random.Random) -> str:
        found = pattern.findall(chance.choice(page.blocks))
        return change(chance.choice(found), chance) if found else ""

    return draw


def _title(page: PageText, chance: random.Random) -> str:
    return page.title


def _part(text: str, chance: random.Random) -> str:
    """Two to four characters from the middle of a word."""
    start = chance.randint(1, len(text) - 4)
    return text[start : start + chance.randint(2, 4)]


def _other_width(text: str, chance: random.Random) -> str:
    """KPI as ＫＰＩ, チャット as ﾁｬｯﾄ."""
    if text.isascii():
        return "".join(chr(ord(character) + 0xFEE0) for character in text)
    return "".join(_half(text))


def _half(text: str) -> Iterator[str]:
    for character in unicodedata.normalize("NFD", text):
        yield {"\u3099": "ﾞ", "\u309a": "ﾟ"}.get(character) or _TO_HALF.get(character, character)


def _name(text: str, chance: random.Random) -> str:
    """With the space between surname and given name, or without."""
    return chance.choice([text, text.replace(" ", "")])


_KINDS: dict[str, Draw] = {
    "compounds": _found(_COMPOUND),
    "parts of words": _found(_WITHIN, _part),
    "phrases over particles": _found(_PHRASE),
    "other widths": _found(re.compile(f"{_LATIN.pattern}|{_KATAKANA.pattern}"), _other_width),
    "Latin in Japanese": _found(_LATIN_IN_JAPANESE),
    "names": _found(_NAME, _name),
    "numbers": _found(_NUMBER),
    "titles": _title,
}
