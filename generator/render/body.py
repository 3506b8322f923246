"""The finished content of a page: composed HTML with the authors' texts in their slots."""

from __future__ import annotations

import re

from generator.model import marker
from generator.model.finding import Finding
from generator.model.site import Document, Slot
from generator.render.links import Addresses, LinkResolver, broken_link
from generator.render.markdown import MarkdownReader
from generator.render.sanitise import sanitise

_TOP_HEADING = re.compile(r"<(/?)h1\b")
_ID_OR_LINK_TO_IT = re.compile(r'(?<= id=")|(?<= href="#)')
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_IMAGE_WITHOUT_SOURCE = re.compile(r'<img(?![^>]*\bsrc=)(?:[^>]*?\balt="([^"]*)")?[^>]*>')


def render_body(document: Document, reader: MarkdownReader, addresses: Addresses) -> tuple[str, list[Finding]]:
    """HTML of a document's content, and a finding for each link of its authors that leads nowhere."""
    findings: list[Finding] = []

    def filled(match: re.Match[str]) -> str:
        slot = document.slots[int(match[1])]
        html, broken = _render_slot(slot, document.url, reader, addresses)
        findings.extend(broken)
        return html

    return marker.SLOT.sub(filled, document.body), findings


def _render_slot(slot: Slot, page_url: str, reader: MarkdownReader, addresses: Addresses) -> tuple[str, list[Finding]]:
    resolver = LinkResolver(addresses, slot.source, page_url)
    html = sanitise(reader.convert(slot.markdown), resolver)
    html = _TOP_HEADING.sub(r"<\1h2", html)  # the page's own headline is the only h1
    html = _IMAGE_WITHOUT_SOURCE.sub(r'<span class="kb-picture-removed">\1</span>', html)
    # A wide table scrolls in its own frame, with the keyboard too; the page never scrolls sideways.
    html = _TABLE.sub(r'<div class="kb-scroll" tabindex="0">\g<0></div>', html)
    if slot.id_prefix:
        html = _ID_OR_LINK_TO_IT.sub(slot.id_prefix, html)
    html = marker.BLOCK_PARAGRAPH.sub(lambda match: slot.fragments[int(match[1])], html)
    html = marker.BLOCK.sub(lambda match: slot.fragments[int(match[1])], html)
    broken = [broken_link(slot.source, target, slot.markdown, slot.first_line) for target in resolver.broken]
    return html, broken
