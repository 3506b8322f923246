"""What would leave the intranet, and what a strict Content-Security-Policy would stop.

The policy is `script-src 'self'` with the hashes of the theme's few inline scripts and `style-src 'self'`; pages
that keep to it run no script an author could have typed. Inline scripts are the theme's as long as they are few
and outside the articles: the theme writes the same ones on every page (one more for each depth of folder).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.verify.facts import PageFacts
from generator.verify.wording import Problem

MOST_INLINE_SCRIPTS = 12
"""Hashes that a policy header carries comfortably (about 50 bytes each)."""


def loading_problems(facts: Mapping[str, PageFacts]) -> Iterator[Problem]:
    """Requests to other hosts, markup that a strict policy forbids, scripts where none may stand."""
    hashes: set[str] = set()
    for page, told in facts.items():
        for tag, address in told.outside:
            yield Problem("external-request", page, f"`{address}` (<{tag}>)", (address,))
        for markup in told.unsafe:
            yield Problem("unsafe-markup", page, markup)
        if told.content_scripts:
            yield Problem("script-in-content", page, written_as=("<script",))
        hashes.update(told.inline_scripts)
    if len(hashes) > MOST_INLINE_SCRIPTS:
        yield Problem("many-inline-scripts", "index.html", str(len(hashes)))


def drawing_problems(facts: Mapping[str, PageFacts]) -> Iterator[Problem]:
    """A drawing that is a file of its own can be opened like a page, but no policy in a page's head protects it."""
    for path, told in facts.items():
        for tag, address in told.outside:
            yield Problem("external-request", path, f"`{address}` (<{tag}>)")
        if told.inline_scripts or any("style" not in markup for markup in told.unsafe):
            yield Problem("unsafe-markup", path, "<script>")


def stylesheet_problems(outside: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    """Style sheets that fetch from other hosts."""
    for path, addresses in outside.items():
        for address in addresses:
            yield Problem("external-request", path, f"`{address}` (CSS)")
