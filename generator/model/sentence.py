"""The sentences by which a text is known again wherever its words come out.

`read` cuts pages that stay in, `verify` looks for the pieces in what goes out; both must join lines alike.
"""

from __future__ import annotations

import re

_SHORTEST_TITLE = 6
"""Characters; anything shorter stands in ordinary text by chance."""
_SHORTEST_SENTENCE = 12
_SHORTEST_LATIN_SENTENCE = 25
_ENDS = re.compile(r"[。．.、，,！？!?「」『』（）()\[\]<>*_`#|:：\"'\t\n]|(?<=\s)-(?=\s)")
# Most builds cut no text that stays in; classes of so many characters take milliseconds to compile.
_BREAK_BETWEEN_JAPANESE = r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])"
_JAPANESE = r"[\u3040-\u30ff\u3400-\u9fff]"


def joined_lines(text: str) -> str:
    """`text` without the line breaks inside Japanese sentences, which are not shown either."""
    return re.sub(_BREAK_BETWEEN_JAPANESE, "", text)


def distinctive_sentences(titles: tuple[str, ...], body: str) -> tuple[str, ...]:
    """Titles whole, and every stretch of the body between punctuation that is long enough to be its own."""
    sentences = (part.strip() for part in _ENDS.split(joined_lines(body)))
    long_titles = (title for title in titles if len(title) >= _SHORTEST_TITLE)
    return tuple(dict.fromkeys([*long_titles, *filter(_is_long_enough, sentences)]))


def _is_long_enough(sentence: str) -> bool:
    return len(sentence) >= (_SHORTEST_SENTENCE if re.search(_JAPANESE, sentence) else _SHORTEST_LATIN_SENTENCE)
