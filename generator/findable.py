"""Finished pages to the search index: what of a site can be found, and the index put beside the pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

from generator.model.site import Document, Site
from generator.search import Entry, content_of, refresh, text_of
from generator.verify.address import file_of

_CONTENT = re.compile(r'<div class="md-content__inner\b[^>]*>(.*)<footer class="kb-colophon"', re.DOTALL)


class _OneBuild(dict[str, bytes]):
    """A store that forgets: every build makes the index anew."""

    def put(self, name: str, content: bytes) -> None:
        self[name] = content

    def delete(self, name: str) -> None:
        self.pop(name, None)


def make_findable(site: Site, synonyms: Sequence[Sequence[str]], rendered: Path) -> None:
    """Write the index of the pages in `rendered` beside them."""
    found = [document for document in site.documents if document.found_as]
    entries = {document.url: _entry(document, rendered) for document in found}
    digests = {url: blake2b(repr(entry).encode(), digest_size=8).hexdigest() for url, entry in entries.items()}
    store = _OneBuild()
    for path, digest in refresh(store, digests, entries.__getitem__, synonyms).items():
        (rendered / path).parent.mkdir(parents=True, exist_ok=True)
        (rendered / path).write_bytes(content_of(store, path, digest))


def _entry(document: Document, rendered: Path) -> Entry:
    page = (rendered / file_of(document.url)).read_text(encoding="utf-8")
    content = _CONTENT.search(page)
    return Entry(
        url=document.url,
        title=document.title,
        text=text_of(content[1]) if content else "",
        kind=document.found_as,
        departments=document.departments,
        day=document.published_on or document.updated_on,
        words=document.words,
    )
