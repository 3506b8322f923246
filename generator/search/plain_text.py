"""The words of a finished page, block by block.

Our renderers and the sanitiser write regular HTML (every value in quotes, every bracket of a text escaped), so tags are
found with expressions: a tenth of the time of building a tree, for every page of the site.
"""

from __future__ import annotations

import html
import re

_ATTRIBUTES = r"""(?:[^>"']|"[^"]*"|'[^']*')*"""
_UNSEEN = re.compile(rf"<!--.*?-->|<(script|style|svg|template|noscript)\b{_ATTRIBUTES}>.*?</\1\s*>", re.DOTALL)
_INLINE = (
    *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "label", "mark"),
    *("q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
)
_INLINE_TAG = re.compile(rf"</?(?:{'|'.join(_INLINE)})(?=[\s/>]){_ATTRIBUTES}>")
_TAG = re.compile(rf"</?[a-z]{_ATTRIBUTES}>", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def text_of(fragment: str) -> str:
    """What a reader can read of it: a line for each block. Tables are read, drawings are not: their figures stand there too."""
    words = _TAG.sub("\n", _INLINE_TAG.sub("", _without_line_ends(_UNSEEN.sub("", fragment))))
    lines = (_SPACE.sub(" ", line).strip() for line in html.unescape(words).split("\n"))
    return "\n".join(line for line in lines if line)


def _without_line_ends(fragment: str) -> str:
    """Those of the source are spaces; from here on a line end is the end of a block."""
    return fragment.replace("\n", " ")
