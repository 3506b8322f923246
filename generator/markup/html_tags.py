"""Which words in angle brackets are HTML: `<details>` is, `<your-name>` and the `<String>` of `List<String>` are not."""

from __future__ import annotations

import re

_BLOCK = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link"
    " main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead"
    " title tr track ul"
)
_INLINE = (
    "a abbr acronym applet area audio b bdi bdo big br button canvas cite code data datalist del dfn em embed font i"
    " img input ins kbd label map mark marquee meta meter nobr noscript object output picture portal pre progress q rp"
    " rt rtc ruby s samp script select slot small source span strike strong style sub sup template textarea time tt u"
    " var video wbr"
)
_DRAWING = (
    "svg g path circle ellipse rect line polyline polygon text tspan defs use symbol marker mask pattern clippath"
    " lineargradient radialgradient stop filter foreignobject animate image desc math mi mo mn mrow mfrac msup msub"
    " msqrt mtext mstyle mtable mtr mtd mglyph semantics annotation annotation-xml"
)
HTML_TAGS = frozenset(f"{_BLOCK} {_INLINE} {_DRAWING}".split())
"""Elements of HTML, of its past, and of drawings and formulas inside it."""

SHOWN_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
"""Elements that an author's text may have; the sanitiser takes away all others and leaves their words.

Never among them: script, style, iframe, form, object, svg, math, template (each was the way in of an advisory against
permissive sanitisers).
"""

STARTS_BLOCK = re.compile(rf"</?(?:{'|'.join(_BLOCK.split())})(?:[ \t]|/?>|$)", re.IGNORECASE)
"""CommonMark §4.6, condition 6: the line begins a block of HTML that ends with the next blank line."""
ALONE = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?:[ \t][^<>]*)?/?>[ \t]*$")
"""Condition 7: a line that is one whole tag, where the tag is HTML."""
VERBATIM = re.compile(r"<(pre|script|style|textarea)(?:[ \t]|>|$)", re.IGNORECASE)
"""Condition 1: everything up to the closing tag belongs to the block, blank lines too."""
WITH_MARKDOWN = re.compile(r"<[A-Za-z][^<>\n]*\smarkdown(?:[ \t]*=|[ \t]*/?>|[ \t]+[A-Za-z])")
"""A tag with Python-Markdown's own attribute `markdown`."""

_TAG_LIKE = re.compile(r"<(?=/?([A-Za-z][\w:.-]*))")
_NAMED_ANCHOR = re.compile(r"""(<a\b(?![^<>]*\sid\s*=)[^<>]*?\s)name(\s*=)""", re.IGNORECASE)


def is_html(name: str) -> bool:
    return name.lower() in HTML_TAGS


def without_unknown(html: str) -> str:
    """`html` with what only looks like a tag turned into text."""
    return _TAG_LIKE.sub(lambda match: "<" if is_html(match[1]) else "&lt;", html)


def with_ids(html: str) -> str:
    """Anchors as they were written before HTML 5, `<a name=…>`, with an id in its place."""
    return _NAMED_ANCHOR.sub(r"\1id\2", html)
