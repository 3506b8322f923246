"""HTML of simple texts, written directly: paragraphs, headings, tight lists, quotes, tables, notes.

A text is simple if every block of it is one that `_BLOCK` describes and nothing in it is odd. Then this gives, byte
for byte, what Python-Markdown gives after `layout`, in a seventh of the time. Wherever there is doubt the text is
not simple and the whole of it goes to Python-Markdown, so nothing has to be said here about what is rare.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markdown.extensions.toc import strip_tags, unique

from generator.markup.html_tags import WITH_MARKDOWN
from generator.model import marker
from generator.render.markdown.simple_inline import NotSimple, SimpleInline

_LEAVE_ALONE = frozenset(
    {
        *("abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "sane_lists"),
        *("tables", "toc", "pymdownx.details", "pymdownx.highlight", "pymdownx.superfences", "pymdownx.tasklist"),
    }
)
"""Extensions that do nothing to a simple text but what is written here."""
_OPTIONS: Mapping[str, Mapping[str, Any]] = {"abbr": {}, "tables": {"use_align_attribute": True}, "toc": {}}
"""The options, besides `slugify`, that those of them may have which do something to simple texts."""

_NEVER = re.compile(r"[\t\r\x02\x03]|\[\^|\] ?:")
"""What is odd wherever it stands: Python-Markdown's own control characters, footnotes, and definitions that other
places of the text refer to."""

# A first character that begins no block but a paragraph, or a mark that here begins something inside one.
_BEGINS = r"(?!\d+[.)](?:\s|$))(?:[^\s\-+*_>~\#<:!?=\[|`${\\\U0010f000]|\*\*?(?![\s*\[])|`(?!`)|!?\[)"
_WORDS = rf"{_BEGINS}[^|\n]*\n"
_BULLET = rf"[-*+][ ]{_WORDS}"
_LINE = rf"\u3000*{_WORDS}"
_ENDS = r"(?=\n|\#|\Z)"  # a line of words below would go on with the block
# A list or quote may not follow one of its kind: the two would become one, and the items of a list paragraphs.
_BLOCK = re.compile(
    rf"""\n*(?:
    (?P<paragraph>(?:{_LINE})+)
    |(?P<heading>\#{{1,6}}[^\S\n]*[^\#\s][^\#\n]*\n)
    |(?P<bullets>(?:{_BULLET}(?:(?:[ ]{{2}}{_BULLET})+|(?:[ ]{{4}}{_BULLET})+)?)+{_ENDS}(?!\n+[-*+][ ]))
    |(?P<numbers>(?=1\.)(?:[0-9]{{1,2}}\.[ ]{_WORDS}(?:[ ]{{4}}{_BULLET})*)+{_ENDS}(?!\n+\d+[.)][ ]))
    |(?P<quote>>[ ]{_LINE}(?:(?:>\n)?>[ ]{_LINE})*{_ENDS}(?!\n+>))
    |(?P<table>\|[^\n]*\|\n\|(?:[ ]*:?-+:?[ ]*\|){{2,}}\n(?:\|[^\n]*\|\n)+{_ENDS})
    |(?P<box>!!![ ][a-z]+(?:[ ]"[^"\s][^"\n]*")?\n(?:\n?[ ]{{4}}[^ \n][^\n]*\n)+(?=\n|\Z))
    |(?P<rule>(?<=\n\n)(?:-{{3,}}|\*{{3,}}|_{{3,}})\n(?=\n|\Z))
    |(?P<figure>{marker.BLOCK.pattern}\n)
    )""",
    re.VERBOSE | re.MULTILINE,
)
_ITEM = re.compile(r"^[^\s]+ ([^\n]*)((?:\n +[^\n]*)*)", re.MULTILINE)
_INDENTATION = re.compile(r"^ +", re.MULTILINE)
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
_INDENTED = re.compile(r"^ {4}", re.MULTILINE)
_ALIGNED: Mapping[tuple[bool, bool], str] = {
    (False, False): "",
    (True, False): ' align="left"',
    (False, True): ' align="right"',
    (True, True): ' align="center"',
}
"""By whether a colon stands at the beginning and at the end of the cell below the head of a column."""


class SimpleTexts:
    """Writes simple texts directly, where the extensions of a site leave them alone.

    `extensions` are all that read the site's Markdown, each with its options; `toc` has a `slugify`.
    """

    def __init__(self, extensions: Mapping[str, Mapping[str, Any]]) -> None:
        self._slugify = extensions["toc"]["slugify"]
        self._are_any = _LEAVE_ALONE.issuperset(extensions) and all(
            {name: value for name, value in extensions.get(extension, {}).items() if name != "slugify"} == options
            for extension, options in _OPTIONS.items()
        )

    def html(self, text: str) -> str | None:
        """HTML of `text`; None where it may hold something that only Python-Markdown knows how to read."""
        if not self._are_any or _NEVER.search(text) or ("markdown" in text and WITH_MARKDOWN.search(text)):
            return None
        try:
            return _SimpleText(text, self._slugify).html(text.rstrip("\n") + "\n")
        except NotSimple:
            return None


class _SimpleText:
    """One text on its way; knows the ids that its headings have so far."""

    def __init__(self, text: str, slugify: Callable[[str, str], str]) -> None:
        self._inline = SimpleInline(text)
        self._slugify = slugify
        self._ids: set[str] = set()
        self._counters: dict[str, int] = {}  # of headings with equal words, so that thousands take no square of time

    def html(self, text: str) -> str:
        """HTML of all blocks of `text`, which ends with a line break; raises NotSimple."""
        blocks: list[str] = []
        at = 0
        while at < len(text):
            block = _BLOCK.match(text, at)
            if block is None or block.lastgroup is None:
                raise NotSimple
            blocks.append(self._block(block.lastgroup, block[block.lastgroup][:-1]))
            at = block.end()
        return "\n".join(blocks)

    def _block(self, kind: str, text: str) -> str:
        match kind:
            case "paragraph":
                return self._paragraph(text)
            case "heading":
                return self._heading(text)
            case "bullets":
                return self._list("ul", text)
            case "numbers":
                return self._list("ol", text)
            case "quote":
                return self._quote(text)
            case "table":
                return self._table(text)
            case "box":
                return self._box(text)
            case "rule":
                return "<hr />"
            case _:  # the mark of a figure
                return f"<p>{text}</p>"

    def _paragraph(self, text: str) -> str:
        return f"<p>{self._inline.html(text.lstrip())}</p>"

    def _heading(self, text: str) -> str:
        words = text.lstrip("#")
        level = len(text) - len(words)
        inner = self._inline.html(words.strip())
        name = unique(self._slugify(html.unescape(strip_tags(inner)), "-"), self._ids, self._counters)
        return f'<h{level} id="{name}">{inner}</h{level}>'

    def _list(self, tag: str, text: str) -> str:
        items = "".join([self._item(words, inside) for words, inside in _ITEM.findall(text)])
        return f"<{tag}>\n{items}</{tag}>"

    def _item(self, words: str, inside: str) -> str:
        inner = self._list("ul", _INDENTATION.sub("", inside[1:])) + "\n" if inside else ""
        return f"<li>{self._inline.html(words)}{inner}</li>\n"

    def _quote(self, text: str) -> str:
        paragraphs = _QUOTED.sub("", text).split("\n\n")
        voices = [self._voice(paragraph.lstrip()) for paragraph in paragraphs]
        mark = ' class="kb-voice"' if any(voices) else ""
        inner = "\n".join(voice or self._paragraph(text) for voice, text in zip(voices, paragraphs, strict=True))
        return f"<blockquote{mark}>\n{inner}\n</blockquote>"

    def _voice(self, text: str) -> str:
        """A paragraph whose last line names the speaker; "" for every other."""
        words, dash, speaker = text.rpartition("\n— ")
        if not dash or "\n" in speaker:
            return ""
        if words.endswith("  ") or not self._inline.is_bare(speaker):
            raise NotSimple
        return f"<p>{self._inline.html(words)}<cite>— {speaker}</cite></p>"

    def _box(self, text: str) -> str:
        first, _, inside = text.partition("\n")
        _, kind, *titles = first.split(" ", 2)
        title = self._inline.html(titles[0][1:-1]) if titles else kind.capitalize()
        inner = self.html(_INDENTED.sub("", inside) + "\n")
        return f'<div class="admonition {kind}">\n<p class="admonition-title">{title}</p>\n{inner}\n</div>'

    def _table(self, text: str) -> str:
        head, below, *rows = [line[1:-1].split("|") for line in text.split("\n")]
        if len(head) != len(below):
            raise NotSimple
        ends = [_ALIGNED[cell.strip()[0] == ":", cell.strip()[-1] == ":"] for cell in below]
        body = "\n".join(self._row("td", row, ends) for row in rows)
        return f"<table>\n<thead>\n{self._row('th', head, ends)}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"

    def _row(self, tag: str, cells: Sequence[str], ends: Sequence[str]) -> str:
        """The cells of a line below those of the head: what is too much is dropped, what is missing is empty."""
        texts = (*cells, *[""] * (len(ends) - len(cells)))
        columns = zip(ends, texts, strict=False)
        shown = "\n".join([f"<{tag}{end}>{self._inline.html(text.strip(' '))}</{tag}>" for end, text in columns])
        return f"<tr>\n{shown}\n</tr>"
