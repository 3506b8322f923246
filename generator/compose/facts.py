"""The digest of everything that a page may have been made from, fact by fact.

Two builds in which the facts of a page have the same digests write the same page. A digest is computed when it is
first asked for; there are a few thousand facts, and most pages of a build ask for the same few.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path

from generator.compose import uses
from generator.compose.desk import Desk
from generator.compose.figure_facts import FigureFacts
from generator.compose.planned import PlannedPage
from generator.compose.shelves import Piece
from generator.model.page import AssetFile, FileDigests, Page

SIZE = 16
"""Bytes of a digest: two different contents share one by chance in 2**64 builds."""
_NOT_PLANNED = frozenset({uses.TEXT, uses.MOMENT, uses.BESIDE})
"""Kinds of facts on which no plan of pages depends."""


_OF_LISTS = (uses.PAGE, uses.SHELF, uses.ASSET)
"""Kinds of facts that tell of authors' files as lists know them, whatever the figures are."""


def of_lists(facts: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Those that are the same as long as no list is another."""
    return {name: known for name, known in facts.items() if name.startswith(_OF_LISTS)}


def digest(*parts: str) -> bytes:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()


@lru_cache(maxsize=1 << 15)
def _lead(*parts: str) -> bytes:
    """Digest of what lists know of one page; most are the same in the next build of this process."""
    return digest(*parts)


def _of_file(path: Path) -> bytes:
    """Digest of what a file holds, or of the names in a folder; the same for all that are not there."""
    try:
        if path.is_dir():
            return digest("folder", *sorted(entry.name for entry in path.iterdir()))
        return blake2b(path.read_bytes(), digest_size=SIZE).digest()
    except OSError:
        return digest()


class Facts:
    """The facts of one build."""

    def __init__(
        self, desk: Desk, files: Mapping[str, FileDigests], known: frozenset[str], before: Mapping[str, bytes]
    ) -> None:
        """`known` is every file below content/ by source.

        `before` are facts of an earlier build that are the same; what pages say, moments and files beside the site are
        looked at again.
        """
        self.desk, self.files, self.known, self.before = desk, files, known, before
        self._known: dict[str, bytes] = {}
        self._leads: dict[str, bytes] = {}
        """What lists know of a page, by source."""

    def one(self, name: str) -> bytes:
        found = self._known.get(name)
        if found is None:
            kind, colon, about = name.partition(":")
            known = None if kind + colon in _NOT_PLANNED else self.before.get(name)
            found = self._known[name] = self._kinds[kind + colon](about) if known is None else known
        return found

    def given_to(self, planned: PlannedPage) -> bytes:
        """Digest of who writes a page and of what is handed to them; the rest they look up on the desk."""
        given = b"".join(map(self._of, planned.given))
        return blake2b(given, digest_size=SIZE, key=planned.write.__qualname__.encode()).digest()

    def __getstate__(self) -> dict[str, object]:
        """What another process needs: it makes the rest itself."""
        return {name: value for name, value in vars(self).items() if name not in {"_kinds", "_figures"}}

    @cached_property
    def _figures(self) -> FigureFacts:
        return FigureFacts(self.desk.book, digest)

    @cached_property
    def _kinds(self) -> Mapping[str, Callable[[str], bytes]]:
        return {
            uses.DAY: lambda _: digest(self.desk.today.isoformat()),
            uses.DEFINITIONS: self._figures.definitions,
            uses.FIGURES: self._figures.figures,
            uses.MONTH: self._figures.month,
            uses.FILES: lambda _: digest(*sorted(self.known)),
            uses.ORGANISATION: lambda _: digest(repr(self.desk.organisation)),
            uses.UNITS: lambda _: digest(repr(self.desk.units)),
            uses.MOMENT: lambda moment: digest(str(self.desk.has_come(datetime.fromisoformat(moment)))),
            uses.PAGE: lambda source: self._of(self.desk.find(source)),
            uses.TEXT: lambda source: self.files[source].text.encode() if source in self.files else b"",  # a digest
            uses.SHELF: lambda name: self._of(getattr(self.desk.shelves, name)),
            uses.ASSET: lambda source: self._of(self.desk.asset(source)),
            # What somebody else answers (`*`) is taken for another each time.
            uses.BESIDE: lambda path: os.urandom(SIZE) if path == "*" else _of_file(self.desk.settings.root / path),
        }

    def _of(self, value: object) -> bytes:
        """Digest of what a page was given or found on a shelf; pages count as lists know them, without their texts."""
        if isinstance(value, Piece):
            value = value.page
        if isinstance(value, Page):  # of a build's digests most are of pages that it has met before
            return self._leads.get(value.source) or self._of_lead(value)
        match value:
            case AssetFile():
                return digest(value.source, value.url, repr(value.sides))
            case tuple() | list():
                return blake2b(b"(" + b"".join(map(self._of, value)) + b")", digest_size=SIZE).digest()
            case Mapping():
                return digest(repr(list(value)), self._of(list(value.values())).hex())
            case _:
                return digest(repr(value))

    def _of_lead(self, page: Page) -> bytes:
        found = _lead(page.source, page.url, self.desk.address_of(page), self.files[page.source].front)
        self._leads[page.source] = found
        return found
