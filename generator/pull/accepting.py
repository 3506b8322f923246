"""What the figures say of the rows that they were made from: only rows without an error may stand in for later ones.

A row can be read and still be wrong: a department's name where its ID belongs shows when people are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.model.finding import Finding
from generator.model.snapshot import Snapshots, SnapshotStatus
from generator.pull.snapshots.store import Store
from generator.settings import Settings

_OF_ROWS = frozenset(
    {
        *("unknown-department", "empty-denominator", "two-departments", "shared-name"),
        *("nobody-matched", "answer-off-scale", "failed-check"),
    }
)
"""Findings about figures that rows are to blame for. After another error nobody knows anything about the rows."""
_DOUBT = "mostly-unmatched"
"""The figures went out with a warning; rows that were accepted before are the better ones to stand in."""


def note_judgement(
    settings: Settings, snapshots: Snapshots, pulled: Iterable[Finding], measured: Sequence[Finding]
) -> None:
    """Note of all snapshots that figures were made from whether they may stand in for a source that fails later.

    `pulled` and `measured` are what is wrong with sources and with figures. Nobody can say which of several new sources
    is to blame, so all of them are refused; the next build without an error accepts them. Raises OSError.
    """
    codes = {finding.code for finding in measured}
    is_refused, is_doubted = bool(codes & _OF_ROWS), _DOUBT in codes
    if not is_refused and any(finding.is_error for finding in (*pulled, *measured)):
        return
    for name, snapshot in snapshots.by_source.items():
        if snapshot.status is SnapshotStatus.OK:
            store, folder = Store(settings.private, name), snapshot.parquet.parent.name
            if is_refused or (is_doubted and store.has_accepted):
                store.note_refused(folder)
            elif not is_doubted:
                store.note_accepted(folder)
