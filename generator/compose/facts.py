"""The digest of everything that a page may have been made from, fact by fact.

Two builds in which the facts of a page have the same digests write the same page. A digest is computed when it is
first asked for; there are a few thousand facts, and most pages of a build ask for the same few.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import groupby
from pathlib import Path

from generator.compose import uses
from generator.compose.desk import Desk
from generator.compose.planned import PlannedPage
from generator.compose.shelves import Piece
from generator.model.page import AssetFile, FileDigests, Page
from generator.model.period import Month

SIZE = 16
"""Bytes of a digest: two different contents share one by chance in 2**64 builds."""


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


@dataclass
class Facts:
    """The facts of one build."""

    desk: Desk
    files: Mapping[str, FileDigests]
    known: frozenset[str]
    """Every file below content/ by source."""
    _known: dict[str, bytes] = field(default_factory=dict)
    _leads: dict[str, bytes] = field(default_factory=dict)
    """What lists know of a page, by source."""
    _months: dict[str, Mapping[str, bytes]] = field(default_factory=dict)
    """By metric."""

    def one(self, name: str) -> bytes:
        if name not in self._known:
            kind, colon, about = name.partition(":")
            self._known[name] = self._kinds[kind + colon](about)
        return self._known[name]

    def given_to(self, planned: PlannedPage) -> bytes:
        """Digest of who writes a page and of what is handed to them; the rest they look up on the desk."""
        return blake2b(self._of(planned.given), digest_size=SIZE, key=planned.write.__qualname__.encode()).digest()

    def __getstate__(self) -> dict[str, object]:
        """What another process needs: it makes `_kinds` itself."""
        return {name: value for name, value in vars(self).items() if name != "_kinds"}

    @cached_property
    def _kinds(self) -> Mapping[str, Callable[[str], bytes]]:
        return {
            uses.DAY: lambda _: digest(self.desk.today.isoformat()),
            uses.METRICS: lambda _: self._of_headings(),
            uses.FIGURES: self._of_figures,
            uses.MONTH: self._of_month,
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

    def _of_headings(self) -> bytes:
        told = self.desk.book.headings
        definitions = [metric.model_dump_json() for metric in told.metrics.values()]
        beside = repr([(name, about.names, about.source) for name, about in told.about.items()])
        return digest(*definitions, beside, repr(sorted(told.declared)), repr(told.organisation))

    def _of_figures(self, about: str) -> bytes:
        metric, _, until = about.partition("@")
        months = self._months_of(metric)
        told = [found for month, found in months.items() if not until or month <= until]
        return told[-1] if told else digest()

    def _of_month(self, about: str) -> bytes:
        metric, _, month = about.partition("@")
        return digest(str(self.desk.book.has_month(metric, Month.parse(month))))

    def _months_of(self, metric: str) -> Mapping[str, bytes]:
        """Digests of a metric's cells up to each of its months, oldest first."""
        if metric not in self._months:
            found: dict[str, bytes] = {}
            before = ""
            for month, cells in groupby(self.desk.book.all_cells(metric), key=lambda cell: str(cell.period)):
                found[month] = digest(before, repr(list(cells)))
                before = found[month].hex()
            self._months[metric] = found
        return self._months[metric]

    def _of(self, value: object) -> bytes:
        """Digest of what a page was given or found on a shelf; pages count as lists know them, without their texts."""
        if isinstance(value, Piece):
            value = value.page
        match value:
            case Page():  # of a build's digests most are of pages that it has met before
                return self._leads.get(value.source) or self._of_lead(value)
            case AssetFile():
                return digest(value.source, value.url)
            case tuple() | list():
                return blake2b(b"(" + b"".join(map(self._of, value)) + b")", digest_size=SIZE).digest()
            case Mapping():
                return self._of([*value.keys(), *value.values()])
            case _:
                return digest(repr(value))

    def _of_lead(self, page: Page) -> bytes:
        found = _lead(page.source, page.url, self.desk.address_of(page), self.files[page.source].front)
        self._leads[page.source] = found
        return found
