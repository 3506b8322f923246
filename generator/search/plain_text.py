"""The words of a finished page, block by block.

Our renderers and the sanitiser write regular HTML (every value in quotes, every bracket of a text escaped), so tags are
found with expressions: a tenth of the time of building a tree, for every page of the site.

A tab marks lines that are more than words: behind an anchor a section begins that a link can lead to, and a line that
begins with the tab stands beside the text, like who wrote it and when.
"""

from __future__ import annotations

import html
import re

_ATTRIBUTES = r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+"""
"""Possessive: there is no second way to read them that would have to be tried."""
_UNSEEN = re.compile(rf"<!--.*?-->|<(script|style|svg|template|noscript|nav)\b{_ATTRIBUTES}>.*?</\1\s*>", re.DOTALL)
_INLINE = (
    *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "label", "mark"),
    *("q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
)
_INLINE_TAG = re.compile(rf"</?(?:{'|'.join(_INLINE)})(?=[\s/>]){_ATTRIBUTES}>")
_TAG = re.compile(rf"</?[a-z]{_ATTRIBUTES}>", re.IGNORECASE)
_SECTION = re.compile(rf"""<(?:h[2-6]|section)(?:\s+(?!id=)[\w-]+(?:="[^"]*")?)*\s+id="([^"]+)"{_ATTRIBUTES}>""")
_BESIDE = re.compile(rf"""<p class="kb-byline"{_ATTRIBUTES}>""")
_MARK = "\x01"  # no HTML holds it
_MARKED = re.compile(rf"{_MARK}([^{_MARK}]*){_MARK}\n?(?:{_MARK}([^{_MARK}]*){_MARK}\n?)*")
"""What was marked, with the end of the line when words come only in the next; of several the last is the nearest."""
_MARKS = re.compile(r"^[^\t\n]*\t", re.MULTILINE)


def text_of(fragment: str) -> str:
    """What a reader can read of it: a line for each block. Tables are read, drawings are not: their figures stand there too.

    Neither are lists of links to other places: what they say stands there.
    """
    words = _TAG.sub("\n", _INLINE_TAG.sub("", _without_line_ends(_marked(_UNSEEN.sub("", fragment)))))
    lines = [" ".join(parts) for line in html.unescape(words).split("\n") if (parts := line.split())]
    return _MARKED.sub(_nearest, "\n".join(lines))


def without_marks(text: str) -> str:
    """The words alone."""
    return _MARKS.sub("", text)


def _marked(fragment: str) -> str:
    """Marks before the tags at which a section begins, or something that stands beside the text."""
    fragment = _SECTION.sub(rf"\g<0>{_MARK}\1{_MARK}", fragment.replace(_MARK, ""))
    return _BESIDE.sub(rf"\g<0>{_MARK}{_MARK}", fragment)


def _nearest(marks: re.Match[str]) -> str:
    return f"{marks[1] if marks[2] is None else marks[2]}\t"


def _without_line_ends(fragment: str) -> str:
    """Those of the source are spaces; from here on a line end is the end of a block."""
    return fragment.replace("\n", " ")
