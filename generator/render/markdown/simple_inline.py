"""What stands inside the lines of a simple text, as HTML: bold, emphasis, code, links, pictures, line breaks.

Python-Markdown takes what it finds out of the text kind by kind and puts a placeholder there, so that a later kind
does not look inside. The same order is kept here: code, links and pictures, addresses, emphasis.
"""

from __future__ import annotations

import re
from html import escape

from generator.render.markdown.inline import ADDRESS, is_address_on, link_of_address
from generator.render.markdown.japanese import CJK

_MARKS = re.compile(r"[`*_\[\]<>&\\{$~\n]")
_MARKS_AND_ADDRESSES = re.compile(rf"{_MARKS.pattern}|://|www\.")
_CODE = re.compile(r"(?<!`)`(?!`)([^`\n]+)`(?!`)")
_BREAK_TAG = re.compile(r"<br ?/?>")
_ODD = re.compile(r"[`<\\{]|~~|\$[^$]*\$|&(?:#|\w+;)")
"""Unpaired backticks, other HTML, escapes, attributes and templates, strokes, formulas, entities."""
_LINK_OR_PICTURE = re.compile(r"""(!?)\[([^\[\]\n]+)\]\(([^()\s<>"'`\x02]+)\)""")
_UNPAIRED = re.compile(r"[\[\]]")
_STRONG = re.compile(r"(?<!\*)\*\*(?![\s*])([^*]+)(?<!\s)\*\*(?!\*)")
_EMPHASIS = re.compile(r"(?<!\*)\*(?![\s*])([^*]+)(?<!\s)\*(?!\*)")
# Japanese letters are letters, too: an underscore between two of them is one.
_UNSURE_EMPHASIS = re.compile(r"\*|(?<!\w)_|_(?!\w)")
_PLACEHOLDER = re.compile("\x02(\\d+)\x03")
# As `japanese` joins lines: what stands beside the break counts, whatever elements it stands in. It takes 2 ms to
# compile, and many builds have no such break.
_BREAK_BETWEEN = (
    rf'(?<=[{CJK}])((?:</(?:a|code|em|strong)>)*)\n[ ]*((?:<(?:a href="[^"]*"|code|em|strong)>)*)(?=[{CJK}])'
)
_BROKEN_BEFORE_SPACE = re.compile(r"  \n\s")


class NotSimple(Exception):
    """The text may hold something that only Python-Markdown knows how to read."""


class SimpleInline:
    """Writes what stands inside the lines of one text."""

    def __init__(self, source: str) -> None:
        self._has_address = is_address_on(source)
        self._marks = _MARKS_AND_ADDRESSES if self._has_address else _MARKS
        self._kept: list[str] = []  # HTML behind the placeholders of a piece

    def is_bare(self, text: str) -> bool:
        """Whether `text` is its own HTML."""
        return not self._marks.search(text)

    def html(self, text: str) -> str:
        """HTML of a paragraph, heading, item or cell; raises NotSimple."""
        if self.is_bare(text):
            return text
        self._kept = []
        if "`" in text:
            text = _CODE.sub(self._code, text)
        if "<" in text:
            text = _BREAK_TAG.sub(lambda match: self._keep(match[0]), text)
        if _ODD.search(text):
            raise NotSimple
        html = self._without_links(text) if "[" in text else text
        if _UNPAIRED.search(html):
            raise NotSimple
        html = self._emphasised(self._with_addresses(html) if self._has_address else html)
        if self._kept:
            html = self._restored(html)
        return _joined(html) if "\n" in html else html

    def _code(self, match: re.Match[str]) -> str:
        return self._keep(f"<code>{escape(match[1].strip(), quote=False)}</code>")

    def _keep(self, html: str) -> str:
        self._kept.append(html)
        return f"\x02{len(self._kept) - 1}\x03"

    def _restored(self, html: str) -> str:
        while _PLACEHOLDER.search(html):  # a link may hold code
            html = _PLACEHOLDER.sub(lambda match: self._kept[int(match[1])], html)
        return html

    def _without_links(self, text: str) -> str:
        def kept(match: re.Match[str]) -> str:
            mark, words, target = match.groups()
            if not mark:
                return self._keep(f'<a href="{_value(target)}">{self._emphasised(words)}</a>')
            if "\x02" in words or "*" in text:  # line breaks see through a picture in emphasis
                raise NotSimple
            return self._keep(f'<img alt="{_value(words)}" src="{_value(target)}" />')

        return _LINK_OR_PICTURE.sub(kept, text)

    def _with_addresses(self, text: str) -> str:
        def kept(match: re.Match[str]) -> str:
            shown, target = link_of_address(match[0])
            link = f'<a href="{_value(target)}">{escape(shown, quote=False)}</a>'
            return self._keep(link) + match[0][len(shown) :]

        return re.sub(ADDRESS, kept, text)

    def _emphasised(self, text: str) -> str:
        html = escape(text, quote=False)
        if "*" in html:
            html = _EMPHASIS.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", html))
        if _UNSURE_EMPHASIS.search(html):
            raise NotSimple
        return html


def _joined(html: str) -> str:
    if "\n" not in html:
        return html
    if _BROKEN_BEFORE_SPACE.search(html):
        raise NotSimple  # of such spaces some go and some stay
    return re.sub(_BREAK_BETWEEN, r"\1\2", html.replace("  \n", "<br />\n"))


def _value(text: str) -> str:
    """`text` between the quotes of an attribute."""
    return escape(text, quote=False).replace('"', "&quot;")
