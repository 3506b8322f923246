"""All that goes into a build, read and judged."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from generator.build.embargoes import CLOCK_BEHIND
from generator.build.figures import Definitions, digest_of_figures
from generator.cache.file_clock import signature_of
from generator.effects import Effects
from generator.model.figure import ReleasedFigures
from generator.model.finding import Finding
from generator.model.ledger import Told
from generator.model.page import Library
from generator.model.snapshot import Snapshots, SnapshotStatus
from generator.read import Notebook
from generator.settings import Settings
from generator.verify import credential_texts

_HELD_BACK = frozenset({"anomaly", "held-figure"})
"""Findings that say of a figure that it stays what it was, or is missing where nothing was released before."""


class Digests(NamedTuple):
    """What tells whether something else goes into a site than into that of an earlier build."""

    inputs: str  # everything, the moment of the build apart
    outline: str  # everything that the plan of the pages is made from: not what they say, but the day
    lists: str  # of that, what lists of authors' files are made from: all but figures and settings


class Gathered(Struct, frozen=True):
    """What authors wrote, what sources gave, and what of it may be shown."""

    notebook: Notebook
    library: Library
    snapshots: Snapshots
    released: ReleasedFigures
    told: Told
    """What the ledger keeps of the figures once they are published."""
    definitions: Definitions
    """Those that the figures follow."""
    synonyms: tuple[tuple[str, ...], ...]
    findings: tuple[Finding, ...]

    @property
    def is_partial(self) -> bool:
        """Whether some figure is stale, shown from an earlier pull, or held back."""
        if any(finding.code in _HELD_BACK for finding in self.findings):
            return True
        stale_source = any(s.status is SnapshotStatus.STALE for s in self.snapshots.by_source.values())
        return stale_source or any(cell.is_stale for cell in self.released.cells.values())

    @property
    def is_known_by_looks(self) -> bool:
        """Whether the same again would be found as long as all files look the same and no moment comes."""
        return self.snapshots.are_local and not any(finding.code == CLOCK_BEHIND for finding in self.findings)

    def digests(self, settings: Settings, effects: Effects, *more: str) -> Digests:
        """`more` is what else the pages depend on."""
        common = self._told_of_all_but_pages(effects, more)
        notes = self.notebook.notes
        files = (f"{source}\0{notes[source].key}" for source in sorted(notes))
        lists = _digest(*self._told_of_pages_in_lists(settings, effects))
        return Digests(_digest(common, *files), _digest(common, lists), lists)

    def _told_of_pages_in_lists(self, settings: Settings, effects: Effects) -> Iterator[str]:
        """Everything about the authors' files but what the pages say; day and departments, by which they stand in lists."""
        library = self.library
        assets = [(asset.source, asset.url, asset.sides) for asset in library.assets]
        withheld = [(page.source, page.reason, page.term) for page in library.withheld]
        day = effects.clock().astimezone(settings.zone).date()
        yield repr((assets, withheld, day, self.released.organisation, len(library.pages)))
        yield from (f"{page.source}\0{page.url}\0{library.digests[page.source].front}" for page in library.pages)
        yield from sorted(library.known)

    def _told_of_all_but_pages(self, effects: Effects, more: tuple[str, ...]) -> str:
        pictures = [(asset.source, signature_of(Path(asset.path).lstat())) for asset in self.library.assets]
        rows = [(name, snapshot.sha256) for name, snapshot in sorted(self.snapshots.by_source.items())]
        secrets = [text.text for text in credential_texts(effects.environ, self.snapshots.secrets)]
        return repr(
            (
                *(more, self.notebook.surroundings, pictures, rows, secrets),
                *(self.findings, self.is_partial, self.synonyms),
                *(digest_of_figures(self.released, self.snapshots), self.definitions),
            )
        )


def _digest(*told: str) -> str:
    return blake2b("\0".join(told).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
