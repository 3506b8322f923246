"""What follows the sanitiser: pictures and links that cannot stay what they are become words or plain links.

The sanitiser keeps or drops elements and attributes; it cannot make one element into another. Its output is
regular (lower-case tags, every value in double quotes), so tags can be found in it with an expression.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import unquote, urlsplit

from generator.model.page import Sides

_ANY_ATTRIBUTE = r' [^\s=">/]+="[^"]*"'
_LINK_OR_PICTURE = re.compile(rf"<(a|img)((?:{_ANY_ATTRIBUTE})*)>|</a>")
_WITH_ID = re.compile(rf'<[a-z][a-z0-9]*(?:{_ANY_ATTRIBUTE})*? id="([^"]*)"')
_ATTRIBUTE = re.compile(r' ([^\s=">/]+)="([^"]*)"')
_ALWAYS_THERE = frozenset({"", "top"})  # names that browsers know without an element
_PICTURE = ("画像", "Picture")
_PIXELS = re.compile(r"[0-9]{1,5}")


class Finish:
    """Finishes one text."""

    def __init__(
        self,
        ids: Iterable[str],
        pictures: Mapping[str, Sides | None],
        *,
        has_picture: bool,
        check_anchors: bool,
        is_english: bool,
    ) -> None:
        """`ids` are the anchors on its page; `check_anchors` drops links to others of its own page.

        `pictures` are those of the site that it shows, by the value of `src`. With `has_picture` the page shows one
        further up: the first is seen at once; browsers may wait with the others.
        """
        self.pictures, self.has_picture = pictures, has_picture
        self.check_anchors, self.is_english = check_anchors, is_english
        self.broken_anchors: list[str] = []
        self._known = frozenset(ids)
        self._in_link = False
        self._dropped = False

    def __call__(self, text: str) -> str:
        """`text` (sanitised HTML) as it goes into the page."""
        return _LINK_OR_PICTURE.sub(self._tag, text) if "<a" in text or "<img" in text else text

    def _tag(self, match: re.Match[str]) -> str:
        if match[1] is None:
            dropped, self._in_link, self._dropped = self._dropped, False, False
            return "" if dropped else match[0]
        attributes = dict(_ATTRIBUTE.findall(match[2]))
        return self._link(match[0], attributes) if match[1] == "a" else self._picture(match[0], attributes)

    def _link(self, tag: str, attributes: dict[str, str]) -> str:
        target = attributes.get("href")
        if self.check_anchors and target is not None and target.startswith("#"):
            name = unquote(html.unescape(target[1:]))
            if name not in self._known and name not in _ALWAYS_THERE:
                return self._lost_anchor(tag, target, name, attributes)
        self._in_link = target is not None
        self._dropped = not attributes
        return "" if self._dropped else tag

    def _lost_anchor(self, tag: str, target: str, name: str, attributes: dict[str, str]) -> str:
        """A link to a place that is not there becomes text, unless only capitals differ."""
        if name.lower() in self._known:
            self._in_link = True
            return tag.replace(f'href="{target}"', f'href="{target.lower()}"')
        self.broken_anchors.append(name)
        rest = tag.replace(f' href="{target}"', "")
        self._dropped = rest == "<a>"
        return "" if self._dropped else rest

    def _picture(self, tag: str, attributes: dict[str, str]) -> str:
        source, alt = attributes.get("src"), attributes.get("alt", "").strip()
        words = alt.replace("<", "&lt;").replace(">", "&gt;")
        if source is None:
            return f'<span class="kb-picture-removed">{words}</span>'
        host = _host(source)
        if host is None:
            return self._shown(tag, source, attributes)
        named = f"{_PICTURE[self.is_english]}: {words or host}"
        if self._in_link:
            return named
        return f'<a class="kb-picture-removed" href="{source}">{named}</a>'

    def _shown(self, tag: str, source: str, attributes: dict[str, str]) -> str:
        """A picture of the site."""
        added = "" if "alt" in attributes else ' alt=""'
        added += _missing_sides(attributes, self.pictures.get(html.unescape(source)))
        if self.has_picture and "loading" not in attributes:
            added += ' loading="lazy" decoding="async"'
        self.has_picture = True
        return f"{tag[:-1]}{added}>"


def _missing_sides(attributes: Mapping[str, str], sides: Sides | None) -> str:
    """Width and height as far as the author left them out: with both, the text below stays where it is."""
    width, height = attributes.get("width"), attributes.get("height")
    if sides is None or (width is not None and height is not None):
        return ""
    if width is not None:
        return f' height="{round(int(width) * sides.height / sides.width)}"' if _PIXELS.fullmatch(width) else ""
    if height is not None:
        return f' width="{round(int(height) * sides.width / sides.height)}"' if _PIXELS.fullmatch(height) else ""
    return f' width="{sides.width}" height="{sides.height}"'


def _host(source: str) -> str | None:
    """The server of a picture that lies elsewhere, as HTML; None when it lies on the site."""
    try:
        parts = urlsplit(html.unescape(source))
    except ValueError:
        return html.escape(source)
    return html.escape(parts.hostname or parts.scheme) if parts.scheme or parts.netloc else None


def without_repeated_ids(text: str, ids: Sequence[str]) -> str:
    """`text` in which each id stands once; `ids` are those it has."""
    if len(set(ids)) == len(ids):
        return text
    seen: set[str] = set()

    def once(match: re.Match[str]) -> str:
        name = match[1]
        if name not in seen:
            seen.add(name)
            return match[0]
        return match[0].replace(f' id="{name}"', "")

    return _WITH_ID.sub(once, text)


def repeated(ids: Iterable[str]) -> list[str]:
    """Ids that stand more than once, in order."""
    seen: set[str] = set()
    return list(dict.fromkeys(name for name in ids if name in seen or seen.add(name)))  # type: ignore[func-returns-value]
