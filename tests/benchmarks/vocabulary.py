"""The words of the benchmark corpus: real morphemes, and a seeded combiner that makes thousands of words of them.

Words stand in order of rank and are drawn by the law of Zipf and Mandelbrot, so that the counts of words and of pairs
of characters fall off as they do in real text: a few in every article, most in a handful.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

WORDS = Path(__file__).parent / "words"

DEPARTMENTS = {
    "corporate-planning": "経営企画部",
    "general-affairs": "総務部",
    "human-resources": "人事部",
    "accounting": "経理部",
    "information-systems": "情報システム部",
    "legal": "法務室",
    "sales-east": "東日本営業部",
    "sales-west": "西日本営業部",
    "overseas-sales": "海外営業部",
    "marketing": "マーケティング部",
    "customer-service": "カスタマーサービス部",
    "research": "研究開発部",
    "design": "設計部",
    "production-engineering": "生産技術部",
    "manufacturing-1": "製造一部",
    "manufacturing-2": "製造二部",
    "quality": "品質保証部",
    "supply": "購買物流部",
}
"""Ids and names of the demo company."""


def listed(name: str) -> list[str]:
    """The words of `words/<name>.txt`, or its sentence patterns: neither has a space within."""
    return (WORDS / f"{name}.txt").read_text("utf-8").split()


@dataclass(frozen=True)
class Vocabulary:
    """Words by kind, the most frequent first."""

    nouns: list[str]
    people: list[str]
    places: list[str]


def vocabulary(seed: int) -> Vocabulary:
    """The same words for the same seed: about 12,000 nouns, 4,000 people, 1,200 places."""
    chance = random.Random(seed)
    surnames = _pairs("".join(listed("surname_fronts")), "".join(listed("surname_backs")))
    chance.shuffle(surnames)
    given = listed("given_names")
    people = [f"{surname} {name}" for surname in surnames[:500] for name in chance.sample(given, 8)]
    places = [f"{name}{kind}" for name in surnames[500:800] for kind in ("工場", "営業所", "町", "駅前")]
    chance.shuffle(people)
    chance.shuffle(places)
    return Vocabulary(_nouns(chance), people, places)


def _nouns(chance: random.Random) -> list[str]:
    """Everyday words first; behind them compounds of two, and rare words of two characters."""
    common = [*listed("heads"), *listed("katakana")]
    chance.shuffle(common)
    compounds = [*_pairs(listed("heads"), listed("tails")), *_pairs(listed("katakana"), listed("katakana_tails"))]
    kanji = "".join(listed("kanji"))
    rare = [*chance.sample(compounds, 8_700), *chance.sample(_pairs(kanji, kanji), 3_000)]
    chance.shuffle(rare)
    return common + [word for word in dict.fromkeys(rare) if word not in common]


def _pairs(fronts: list[str] | str, backs: list[str] | str) -> list[str]:
    return [front + back for front in fronts for back in backs if front != back]
