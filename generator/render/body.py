"""The finished content of a page: composed HTML with the authors' texts in their slots."""

from __future__ import annotations

import re

from generator.model import marker
from generator.model.finding import Family, Finding, Place, Text
from generator.model.site import Document, Slot
from generator.render.cpu_limit import TooSlow, cpu_limit
from generator.render.links import Addresses, LinkResolver, broken_link
from generator.render.markdown import MarkdownDialect, MarkdownReader
from generator.render.sanitise import sanitise

_TOP_HEADING = re.compile(r"<(/?)h1\b")
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_IMAGE_WITHOUT_SOURCE = re.compile(r'<img(?![^>]*\bsrc=)(?:[^>]*?\balt="([^"]*)")?[^>]*>')


class BodyRenderer:
    """Fills the slots of one document after another.

    `content` is the authors' folder as messages show it, e.g. `content`.
    """

    def __init__(self, dialect: MarkdownDialect, addresses: Addresses, content: str) -> None:
        self._reader = MarkdownReader(dialect)
        self._addresses = addresses
        self._content = content

    def render(self, document: Document) -> tuple[str, list[Finding]]:
        """HTML of a document's content, and what is wrong with its authors' texts: links to nowhere, slow texts."""
        findings: list[Finding] = []

        def filled(match: re.Match[str]) -> str:
            slot = document.slots[int(match[1])]
            shown = f"{self._content}/{slot.source}"
            resolver = LinkResolver(self._addresses, slot.source, document.url, slot.id_prefix)
            try:
                with cpu_limit():
                    html = self._render_slot(slot, resolver)
            except TooSlow:
                findings.append(_too_slow(shown))
                return ""
            findings.extend(broken_link(shown, target, slot.markdown, slot.first_line) for target in resolver.broken)
            return html

        return marker.SLOT.sub(filled, document.body), findings

    def _render_slot(self, slot: Slot, resolver: LinkResolver) -> str:
        html = sanitise(self._reader.convert(slot.markdown), resolver)
        html = _TOP_HEADING.sub(r"<\1h2", html)  # the page's own headline is the only h1
        html = _IMAGE_WITHOUT_SOURCE.sub(r'<span class="kb-picture-removed">\1</span>', html)
        # A wide table scrolls in its own frame, with the keyboard too; the page never scrolls sideways.
        html = _TABLE.sub(r'<div class="kb-scroll" tabindex="0">\g<0></div>', html)
        html = marker.BLOCK_PARAGRAPH.sub(lambda match: slot.fragments[int(match[1])], html)
        return marker.BLOCK.sub(lambda match: slot.fragments[int(match[1])], html)


def _too_slow(shown: str) -> Finding:
    return Finding(
        Family.CONTENT,
        "too-slow",
        Place(shown),
        Text("組み立てに時間がかかりすぎるため、中止しました", "rendering this page takes too long and was given up"),
        Text(
            "閉じていない `[` や `<` がたくさん並んでいないか確かめてください",
            "look for very many unclosed `[` or `<` in a row",
        ),
    )
