"""The table of contents of a long page: links to the headings that its author's text has in the end."""

from __future__ import annotations

import re
from collections.abc import Iterable

MIN_SECTIONS = 5
"""A page of fewer is seen at a glance."""
MAX_LINES = 20
"""Headings below those of sections are named while all of them fit; else the sections alone are the quicker read."""

_HEADING = re.compile(r'<h([23]) id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LABELS = ("目次", "Contents")


def contents_of(text: str, *, is_english: bool) -> str:
    """HTML of the table for `text` (sanitised HTML); empty when it has few sections."""
    sections: list[tuple[str, list[str]]] = []  # a link, and those of the headings below it
    for level, name, inner in _HEADING.findall(text):
        words = _TAG.sub("", inner).strip()
        link = f'<a href="#{name}">{words}</a>'
        if not words:
            continue  # a picture alone
        if level == "2":
            sections.append((link, []))
        elif sections:
            sections[-1][1].append(link)
    if len(sections) < MIN_SECTIONS:
        return ""
    has_room = sum(1 + len(below) for _, below in sections) <= MAX_LINES
    items = (link + (_list(below) if below and has_room else "") for link, below in sections)
    label = _LABELS[is_english]
    return (
        f'<nav class="kb-contents" aria-label="{label}"><p class="kb-contents__title">{label}</p>{_list(items)}</nav>'
    )


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
