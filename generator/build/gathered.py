"""All that goes into a build, read and judged."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from generator.build.embargoes import CLOCK_BEHIND
from generator.build.figures import definitions, digest_of_figures
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


@dataclass(frozen=True)
class Gathered:
    """What authors wrote, what sources gave, and what of it may be shown."""

    notebook: Notebook
    library: Library
    snapshots: Snapshots
    released: ReleasedFigures
    told: Told
    """What the ledger keeps of the figures once they are published."""
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

    def digest(self, settings: Settings, effects: Effects, *more: str) -> str:
        """Digest of everything that goes into the site, the moment of the build apart."""
        files = [(source, note.key) for source, note in sorted(self.notebook.notes.items())]
        pictures = [(asset.source, signature_of(Path(asset.path).lstat())) for asset in self.library.assets]
        rows = [(name, snapshot.sha256) for name, snapshot in sorted(self.snapshots.by_source.items())]
        secrets = [text.text for text in credential_texts(effects.environ, self.snapshots.secrets)]
        told = repr(
            (
                *(
                    more,
                    self.notebook.surroundings,
                    files,
                    pictures,
                    rows,
                    secrets,
                    self.findings,
                    self.is_partial,
                    self.synonyms,
                ),
                *(digest_of_figures(self.released, self.snapshots), definitions(settings)),
            )
        )
        return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
