"""The finished content of a page: composed HTML with the authors' texts in their slots."""

from __future__ import annotations

import re

from generator.markup.characters import without_invisible
from generator.markup.targets import Addresses, path_of
from generator.model import marker
from generator.model.finding import Finding
from generator.model.site import Document, Slot
from generator.render.contents import contents_of
from generator.render.cpu_limit import TooSlow, cpu_limit
from generator.render.findings import broken_anchor, broken_link, repeated_anchor, too_deep, too_slow
from generator.render.finish import Finish, repeated, without_repeated_ids
from generator.render.links import LinkResolver
from generator.render.markdown import MarkdownDialect, MarkdownReader, anchor_of
from generator.render.sanitise import Sanitiser

_TOP_HEADING = re.compile(r"<(/?)h1\b")
_PICTURE = "<img"
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)


class BodyRenderer:
    """Fills the slots of one document after another.

    `content` is the authors' folder as messages show it, e.g. `content`.
    """

    def __init__(self, dialect: MarkdownDialect, addresses: Addresses, content: str) -> None:
        self._made_of = dialect, addresses, content
        self._reader = MarkdownReader(dialect)
        self._sanitiser = Sanitiser()
        self._addresses = addresses
        self._content = content

    def __reduce__(self) -> tuple[type[BodyRenderer], tuple[MarkdownDialect, Addresses, str]]:
        """Another process makes its own reader and sanitiser."""
        return BodyRenderer, self._made_of

    def render(self, document: Document) -> tuple[str, list[Finding]]:
        """HTML of a document's content, and what is wrong with its authors' texts: links to nowhere, slow texts."""
        findings: list[Finding] = []
        texts: dict[int, str] = {}
        has_picture = _PICTURE in document.body  # a cover, which stands at the head

        def filled(match: re.Match[str]) -> str:
            nonlocal has_picture
            index = int(match[1])
            slot = document.slots[index]
            try:
                with cpu_limit():
                    html, found = self._render_slot(slot, document, has_picture=has_picture)
            except TooSlow:
                html, found = "", [too_slow(self._shown(slot))]
            except RecursionError:
                html, found = "", [too_deep(self._shown(slot))]
            findings.extend(found)
            texts[index] = html
            has_picture = has_picture or _PICTURE in html
            return html

        html = marker.SLOT.sub(filled, document.body)
        if marker.CONTENTS in html:
            html = html.replace(marker.CONTENTS, contents_of(texts.get(0, ""), is_english=document.lang == "en"))
        return html, findings

    def _render_slot(self, slot: Slot, document: Document, *, has_picture: bool) -> tuple[str, list[Finding]]:
        """`has_picture`: whether there is one further up on the page."""
        is_english = document.lang == "en"
        resolver = LinkResolver(self._addresses, slot.source, document.url, slot.id_prefix, is_foreign=slot.is_foreign)
        html = self._sanitiser.clean(self._reader.convert(slot.markdown, is_english=is_english), resolver)
        html, anchor = _with_anchor_of_title(without_invisible(html), slot, resolver.ids)
        finish = Finish(
            (*resolver.ids, anchor),
            resolver.pictures,
            has_picture=has_picture,
            check_anchors=slot.is_foreign,
            is_english=is_english,
        )
        html = _TOP_HEADING.sub(r"<\1h2", finish(html))  # the page's own headline is the only h1
        html = without_repeated_ids(html, resolver.ids)
        # A wide table scrolls in its own frame, with the keyboard too; the page never scrolls sideways.
        html = _TABLE.sub(r'<div class="kb-scroll" tabindex="0">\g<0></div>', html)
        html = marker.BLOCK_PARAGRAPH.sub(lambda match: slot.fragments[int(match[1])], html)
        html = marker.BLOCK.sub(lambda match: slot.fragments[int(match[1])], html)
        return html, self._findings(slot, resolver, finish)

    def _findings(self, slot: Slot, resolver: LinkResolver, finish: Finish) -> list[Finding]:
        shown = self._shown(slot)
        # What the links of the author's Markdown miss is said where its references are judged.
        broken = () if slot.is_foreign else [each for each in resolver.broken if path_of(each) not in slot.judged]
        return [
            *(broken_link(shown, slot, target) for target in broken),
            *(broken_anchor(shown, slot, name) for name in finish.broken_anchors),
            *(repeated_anchor(shown, slot, name.removeprefix(slot.id_prefix)) for name in repeated(resolver.ids)),
        ]

    def _shown(self, slot: Slot) -> str:
        return f"{self._content}/{slot.source}"


def _with_anchor_of_title(html: str, slot: Slot, ids: list[str]) -> tuple[str, str]:
    """The heading that became the page's title is no longer in the text, but links may still lead to it."""
    anchor = anchor_of(slot.heading, "-") if slot.heading else ""
    if not anchor or anchor in ids:
        return html, ""
    name = anchor.replace('"', "")
    return f'<span id="{slot.id_prefix}{name}"></span>{html}', f"{slot.id_prefix}{name}"
