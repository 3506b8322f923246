"""Builds SVG and HTML elements; the only place where markup is made, so that nothing enters unescaped."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from markupsafe import Markup, escape

_UNPRINTABLE = re.compile("[\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff\\U00100000-\\U0010ffff]")
"""What XML 1.0 § 2.2 does not allow, and the last private plane (`generator.model.marker`), whose characters
would be taken for marks of ours."""

Attribute = str | int | float


def element(tag: str, *children: str, **attributes: Attribute | None) -> Markup:
    """One element. Children are escaped unless they are Markup; attributes that are None are left out.

    A trailing underscore is dropped from attribute names (`class_`), others become hyphens (`text_anchor`).
    """
    named = "".join([f' {_name(name)}="{_value(value)}"' for name, value in attributes.items() if value is not None])
    inner = "".join([plain(child) for child in children])
    # An empty element is closed by a tag of its own: it is read alike as XML and as HTML.
    return Markup(f"<{tag}{named}>{inner}</{tag}>")  # noqa: S704 - every part was escaped above


def joined(parts: list[Markup]) -> Markup:
    """Several elements in a row."""
    return Markup("").join(parts)


def plain(text: str) -> Markup:
    """Text as it may stand between tags or in quotes; Markup stays as it is."""
    return text if isinstance(text, Markup) else _escaped(text)


@lru_cache(maxsize=1024)  # classes, units, names of departments: each is said in hundreds of places
def _escaped(text: str) -> Markup:
    return escape(_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text))


@cache
def _name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _value(value: Attribute) -> str:
    return plain(value) if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """A coordinate with at most one decimal: a tenth of a unit is below what anybody sees."""
    tenths = round(value * 10)
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths / 10:.1f}"


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def box(x: float, y: float, width: float, height: float, class_: str, fill: str | None = None) -> Markup:
    return element("rect", x=x, y=y, width=width, height=height, class_=class_, fill=fill)


def text(x: float, y: float, words: str, class_: str, *, anchor: str | None = None) -> Markup:
    """Words at a point; `anchor` is SVG's text-anchor."""
    return element("text", words, x=x, y=y, class_=class_, text_anchor=anchor)


FONT_SIZE = 14
"""In units of the viewBox: 11 px where 360 units are 288 px wide, the text column of a 320 px screen."""
_HALF, _FULL = 0.6, 1.0  # advance widths in em: Latin letters and digits, Japanese characters


def width_of(words: str) -> float:
    """About how wide words are drawn, in units of the viewBox; the same on every machine, unlike measuring."""
    return FONT_SIZE * sum(_HALF if character < "\u2000" else _FULL for character in words)


def fitted(words: str, room: float) -> str:
    """Words cut to `room` with an ellipsis; the table beside the chart has them in full.

    SVG's `textLength` would squeeze them instead, but it also stretches them where letters are set smaller.
    """
    if width_of(words) <= room:
        return words
    while words and width_of(words + "…") > room:
        words = words[:-1]
    return words + "…"


def hatched(key: str) -> str:
    """The `fill` for a share below its target, and for an earlier month."""
    return f"url(#{key}-hatch)"


def dotted(key: str) -> str:
    """The `fill` for a range."""
    return f"url(#{key}-dots)"


def _textures(key: str, body: Markup) -> Markup:
    """The patterns that the body refers to; ids are of this drawing only, as several share a page."""
    used = [pattern for fill, pattern in ((hatched(key), _strokes), (dotted(key), _dots)) if fill in body]
    return element("defs", *(pattern(key) for pattern in used)) if used else Markup()


def _strokes(key: str) -> Markup:
    return element(
        "pattern",
        element("rect", width=5, height=5, class_="kb-chart__texture-ground"),
        element("path", d="M1 0V5", class_="kb-chart__texture-stroke"),
        id=f"{key}-hatch",
        width=5,
        height=5,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def _dots(key: str) -> Markup:
    return element(
        "pattern",
        element("rect", width=5, height=5, class_="kb-chart__texture-ground"),
        element("circle", cx=2.5, cy=2.5, r=1.2, class_="kb-chart__texture-dot"),
        id=f"{key}-dots",
        width=5,
        height=5,
        patternUnits="userSpaceOnUse",
    )


_KEY = re.compile("[A-Za-z][A-Za-z0-9_-]*")


def drawing(key: str, kind: str, size: tuple[float, float], title: str, description: str, body: list[Markup]) -> Markup:
    """The `<svg>` around a chart: one image with a name and a description for who does not see it.

    Raises ValueError when `key` cannot be an id.
    """
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} cannot be the key of a chart: use letters, digits, - and _")
    width, height = size
    drawn = joined(body)
    return element(
        "svg",
        element("title", title, id=f"{key}-title"),
        element("desc", description, id=f"{key}-desc"),
        _textures(key, drawn),
        drawn,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        class_=f"kb-chart kb-chart--{kind}",
        role="img",
        aria_labelledby=f"{key}-title {key}-desc",
    )
