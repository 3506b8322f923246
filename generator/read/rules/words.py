"""Lists of words in front matter, whose words stand apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.finding import Finding, Text
from generator.read.manuscript import Manuscript
from generator.read.reporting import one_line, warning
from generator.read.rules.edition import Edition

_KEYS = ("tags", "synonyms")
_FULL_WIDTH_COMMA = re.compile("[、，]")


def words_stand_apart(_: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """`[手引き、数字]` is one word to YAML, and to the search."""
    for key in _KEYS:
        words: tuple[str, ...] = getattr(manuscript.page.front, key, ())
        joined = next((word for word in words if _FULL_WIDTH_COMMA.search(word)), None)
        if joined is not None:
            apart = ", ".join(filter(None, map(str.strip, _FULL_WIDTH_COMMA.split(joined))))
            yield warning(
                "words-joined",
                manuscript.at(key),
                Text(
                    f"`{key}` の `{one_line(joined)}` は、全角の `、` でつながった一つの言葉になります",
                    f"`{one_line(joined)}` in `{key}` is one word: `、` in full width does not part it",
                ),
                Text(
                    f"`[{one_line(apart)}]` のように、半角の `,` で区切ってください",
                    f"part the words by `,` in half width: `[{one_line(apart)}]`",
                ),
            )
