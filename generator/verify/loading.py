"""What would leave the intranet, and what a strict Content-Security-Policy would stop.

The policy is `script-src 'self'` and `style-src 'self'` (content/guide/serving.md); pages that keep to it run no
script an author could have typed. Ours have no inline script. A site's own templates and plugins may bring some:
they are theirs as long as they are few and outside the articles, and the policy can name their hashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.verify.facts import PageFacts
from generator.verify.wording import Problem

MOST_INLINE_SCRIPTS = 12
"""Hashes that a policy header carries comfortably (about 50 bytes each)."""


def loading_problems(page: str, facts: PageFacts) -> Iterator[Problem]:
    """Requests to other hosts, markup that a strict policy forbids, scripts where none may stand."""
    for tag, address in facts.outside:
        yield Problem("external-request", page, f"`{address}` (<{tag}>)", (address,))
    for markup in facts.unsafe:
        yield Problem("unsafe-markup", page, markup)
    if facts.content_scripts:
        yield Problem("script-in-content", page, written_as=("<script",))


def inline_script_problems(digests: Iterable[str]) -> Iterator[Problem]:
    """More inline scripts than a policy can name."""
    count = len(set(digests))
    if count > MOST_INLINE_SCRIPTS:
        yield Problem("many-inline-scripts", "index.html", str(count))


def drawing_problems(path: str, facts: PageFacts) -> Iterator[Problem]:
    """A drawing that is a file of its own can be opened like a page, but no policy in a page's head protects it."""
    for tag, address in facts.outside:
        yield Problem("external-request", path, f"`{address}` (<{tag}>)")
    if facts.inline_scripts or any("style" not in markup for markup in facts.unsafe):
        yield Problem("unsafe-markup", path, "<script>")


def stylesheet_problems(path: str, outside: Iterable[str]) -> Iterator[Problem]:
    """A style sheet that fetches from other hosts."""
    for address in outside:
        yield Problem("external-request", path, f"`{address}` (CSS)")
