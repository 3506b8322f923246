"""What stands inside a line and Python-Markdown does not know.

Bare addresses, ~~strokes~~, formulas, words in <>, a backslash at the end of a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    HtmlInlineProcessor,
    InlineProcessor,
    SimpleTagInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.util import AtomicString

from generator.markup import html_tags

_BREAK = r"\\\n"
_STROKE = r"(?<!~)(~~)(?![\s~])(.+?)(?<![\s~])~~(?!~)"
# Japanese follows an address without a space: only behind / = _ - are kanji and katakana part of it.
# It takes 2 ms to compile, and most builds meet no bare address.
ADDRESS = (
    r"(?<![A-Za-z0-9/@._-])(?:https?://|www\.)(?=[A-Za-z0-9])"
    r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]|(?<=[/=_\-\u30a0-\u30ff\u3400-\u9fff])[\u30a0-\u30ff\u3400-\u9fff])+"
)
_FORMULA = r"(?<![\\\w$])(\$\$?)(?=\S)((?:\\.|[^$\\\n])+?)(?<=\S)\1(?![\w$])"
_TEMPLATE_LINK = r"(?<!!)\[([^\[\]]{1,500})\]\([^(){}\n]{0,500}\{[{%][^()\n]{0,500}?[%}]\}[^()\n]{0,500}\)"
_TAG = r"(<(\/?[a-zA-Z][^<>@ ]*( [^<>]*)?|!--(?:(?!<!--|-->).)*--)>)"  # Python-Markdown's own
_BARE_ADDRESS = re.compile(r"(?<![(<\"'=])(?:https?://|www\.)")
_MOST_BRACKETS, _MOST_PUNCTUATION = 20, 40  # at the end of an address; more is no sentence
_TRAILING = re.compile(r"(?:[?!.,:*_~'\"]|&[a-z]+;)+$")


class InlineDialect(Extension):
    """Registers the patterns below among Python-Markdown's own (escapes 180, links 160, tags 90, emphasis 60)."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (Python-Markdown's own name)
        patterns = md.inlinePatterns
        patterns.register(_Formula(_FORMULA, md), "kawaraban-formula", 185)
        patterns.register(_TemplateLink(_TEMPLATE_LINK, md), "kawaraban-template-link", 165)
        patterns.register(SubstituteTagInlineProcessor(_BREAK, "br"), "kawaraban-break", 100)
        patterns.register(_KnownTag(_TAG, md), "html", 90)
        patterns.register(_Address(ADDRESS, md), "kawaraban-address", 85)
        patterns.register(SimpleTagInlineProcessor(_STROKE, "del"), "kawaraban-stroke", 65)


MARKS_OF_ADDRESS = ("://", "www.")
MARKS: Mapping[str, tuple[str, ...]] = {
    _FORMULA: ("$",),
    _TEMPLATE_LINK: ("{",),
    _TAG: ("<",),
    ADDRESS: MARKS_OF_ADDRESS,
    _BREAK: ("\\\n",),
    _STROKE: ("~~",),
}
"""By expression: the marks of which a text must hold one if the expression is to find anything in it."""


class _Formula(InlineProcessor):
    """TeX as it was written: Kawaraban sets no formulas, and Markdown must not garble them."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        code = Element("code", {"class": "kb-formula"})
        code.text = AtomicString(m[0])
        return code, m.start(0), m.end(0)


class _TemplateLink(InlineProcessor):
    """A link whose target another site generator was to fill in: its text stays."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        words = Element("span")
        words.text = m[1]
        return words, m.start(0), m.end(0)


class _KnownTag(HtmlInlineProcessor):
    """HTML stays HTML; `<your-name>` and the `<String>` of `List<String>` are words."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[str | None, int | None, int | None]:
        name = re.match(r"/?([A-Za-z][\w:.-]*)", m[2])
        if name and not html_tags.is_html(name[1]):
            return None, None, None
        raw = html_tags.with_ids(self.backslash_unescape(self.unescape(m[1])))
        return self.md.htmlStash.store(raw), m.start(0), m.end(0)


class _Address(InlineProcessor):
    """A bare address becomes a link, as GitHub does it."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        shown, target = link_of_address(m[0])
        link = Element("a", {"href": target})
        link.text = AtomicString(shown)
        return link, m.start(0), m.start(0) + len(shown)


def is_address_on(page: str) -> bool:
    """Whether addresses become links: on a page that has one outside brackets and quotes."""
    return ("://" in page or "www." in page) and _BARE_ADDRESS.search(page) is not None


def link_of_address(found: str) -> tuple[str, str]:
    """The words of the link that a match of ADDRESS becomes, the beginning of `found`, and where it leads."""
    shown = _without_punctuation(found)
    return shown, shown if "://" in shown else f"http://{shown}"


def _without_punctuation(address: str) -> str:
    """An address without what belongs to the sentence around it."""
    for _ in range(_MOST_BRACKETS):
        end = address[-_MOST_PUNCTUATION:]
        shorter = address[: len(address) - len(end)] + _TRAILING.sub("", end)
        if any(
            shorter.endswith(close) and shorter.count(close) > shorter.count(open_) for open_, close in ("()", "[]")
        ):
            shorter = shorter[:-1]
        if shorter == address:
            break
        address = shorter
    return address
