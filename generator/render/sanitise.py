"""The allow-list that every author's HTML passes; what is not on it does not reach a page.

Never on it: script, style, iframe, form, object, svg, math, template and the style attribute
(each was the way in of an advisory against permissive sanitisers).
"""

from __future__ import annotations

from collections.abc import Callable

import nh3

from generator.markup.html_tags import SHOWN_TAGS

_EVERYWHERE = {"class", "id", "lang", "dir", "title"}
ATTRIBUTES: dict[str, set[str]] = {
    **{tag: set(_EVERYWHERE) for tag in SHOWN_TAGS},
    "a": _EVERYWHERE | {"href"},
    "img": _EVERYWHERE | {"src", "alt", "width", "height", "loading"},
    "input": {"type", "checked", "disabled"},  # task lists; the filter below keeps check boxes only
    "ol": _EVERYWHERE | {"start", "reversed", "type"},
    "li": _EVERYWHERE | {"value"},
    "td": _EVERYWHERE | {"align", "colspan", "rowspan"},
    "th": _EVERYWHERE | {"align", "colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": _EVERYWHERE | {"open"},
    "time": _EVERYWHERE | {"datetime"},
}
SCHEMES = {"http", "https", "mailto", "tel"}

AttributeFilter = Callable[[str, str, str], str | None]
"""Given tag, attribute and value: the value to keep, or None to drop the attribute."""


class Sanitiser:
    """Reduces authors' HTML to the allow-list; made once, because nh3 reads its lists as long as it takes for a text."""

    def __init__(self) -> None:
        self._rewrite: AttributeFilter | None = None
        self._cleaner = nh3.Cleaner(
            tags=set(SHOWN_TAGS),
            clean_content_tags={"script", "style"},
            attributes=ATTRIBUTES,
            attribute_filter=self._keep,
            url_schemes=SCHEMES,
            set_tag_attribute_values={"input": {"disabled": "disabled"}},
            strip_comments=True,
            link_rel=None,  # links open in the same window, so there is no opener to hide
        )

    def clean(self, html: str, rewrite: AttributeFilter) -> str:
        """`html` with `rewrite` applied to each attribute that remains."""
        self._rewrite = rewrite
        return self._cleaner.clean(html)

    def _keep(self, tag: str, attribute: str, value: str) -> str | None:
        # Material finds its own elements by ids that begin with two underscores: an author's must not stand before.
        if attribute == "id" and value.startswith("__"):
            return None
        if tag == "input" and attribute == "type" and value != "checkbox":
            return None
        return self._rewrite(tag, attribute, value) if self._rewrite else None
