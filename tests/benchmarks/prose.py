"""Sentences of the benchmark corpus: patterns as a company's newsletter uses them, filled by Zipf's law."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping

from tests.benchmarks.vocabulary import DEPARTMENTS, Vocabulary, listed

SENTENCES = listed("sentences")
HEADINGS = listed("headings")
TITLES = listed("titles")
ITEMS = listed("items")
SUMMARIES = listed("summaries")


FLAT_HEAD = 30
"""Mandelbrot's q: the first so many words are about equally frequent, none of them more than 1 % of all."""


def _shape(count: int) -> tuple[int, float]:
    """For ranks 0 … count-1 with weights 1/(rank + q): q, and the logarithm that spans them."""
    head = min(FLAT_HEAD, count)
    return head, math.log((count + head) / head)


class Voice(Mapping[str, str]):
    """Fills patterns: every `{slot}` looked up is another word."""

    def __init__(self, words: Vocabulary, chance: random.Random) -> None:
        self._chance = chance
        departments = list(DEPARTMENTS.values())
        self._ranked = {
            "noun": words.nouns,
            "person": words.people,
            "place": words.places,
            "latin": listed("latin"),
            "dept": departments,
            "season": listed("seasons"),
            "tag": listed("tags"),
        }
        self._shape = {slot: _shape(len(ranked)) for slot, ranked in self._ranked.items()}

    def __getitem__(self, slot: str) -> str:
        if ranked := self._ranked.get(slot):
            head, log = self._shape[slot]
            return ranked[int(head * math.exp(self._chance.random() * log) - head)]
        return self._other(slot)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ranked)

    def __len__(self) -> int:
        return len(self._ranked)

    def _other(self, slot: str) -> str:
        part = self._chance.random()
        match slot:
            case "number":
                return str(10 + int(part * 480))
            case "small":
                return str(2 + int(part * 18))
            case "year":
                return str(2019 + int(part * 8))
            case "month":
                return str(1 + int(part * 12))
            case "extension":
                return str(2100 + int(part * 2800))
            case "model":
                return f"{'ABCDKRSX'[int(part * 8)]}X-{int(part * 8000) % 900 + 100}"
            case "code":
                return ("kawaraban check", "RUN-300", "ipconfig /all", "=SUM(B2:B14)", "reset.bat")[int(part * 5)]
        raise KeyError(slot)

    def say(self, patterns: list[str]) -> str:
        """One of the patterns, filled."""
        return patterns[int(self._chance.random() * len(patterns))].format_map(self)

    def says(self, patterns: list[str], fewest: int, most: int) -> list[str]:
        """Between `fewest` and `most` of them."""
        return [self.say(patterns) for _ in range(self._chance.randint(fewest, most))]

    def distinct(self, slot: str, count: int) -> list[str]:
        """`count` different words of a kind, in the order drawn."""
        drawn: dict[str, None] = {}
        while len(drawn) < count:
            drawn[self[slot]] = None
        return list(drawn)
