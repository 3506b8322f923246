"""One page at a time: what a reader, a screen reader or a search needs to find on it."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterator

from generator.verify.facts import PageFacts
from generator.verify.wording import Problem


def page_problems(
    page: str, facts: PageFacts, *, has_text: bool, authors_pictures: Container[str]
) -> Iterator[Problem]:
    """`authors_pictures` are the addresses of pictures that authors put in; those need words, not decoration.

    A redirect and the error page have nothing to read (`has_text` false): only their frame is judged.
    """
    if not facts.title:
        yield Problem("no-title", page)
    if not facts.lang:
        yield Problem("no-lang", page)
    for duplicate in facts.duplicate_ids:
        yield Problem("duplicate-id", page, duplicate, (f"#{duplicate}", duplicate))
    for picture in facts.silent_pictures:
        if not picture.has_attribute or picture.address in authors_pictures:
            name = posixpath.basename(picture.address)
            yield Problem("picture-without-alt", page, picture.address, (f"![]({name}", name))
    if not has_text:
        return
    if facts.h1_count == 0:
        yield Problem("no-h1", page)
    elif facts.h1_count > 1:
        yield Problem("several-h1", page, str(facts.h1_count))
    if facts.is_empty:
        yield Problem("empty-page", page)
