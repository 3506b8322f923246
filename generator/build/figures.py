"""The released figures, measured anew only when the rows, the definitions or the day are new."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from generator.accepted import accepted_anomalies, note_anomalies
from generator.build.kept import kept_beside
from generator.build.last_released import standing_in
from generator.cache.store import Store
from generator.effects import Effects, Quiet
from generator.ledger import digest_of_ledger, ledger_path, read_ledger
from generator.model.figure import ReleasedFigures
from generator.model.finding import Finding, Text
from generator.model.ledger import Told
from generator.model.snapshot import Snapshots
from generator.settings import Settings
from generator.workers import Workers

Figures: TypeAlias = tuple[ReleasedFigures, Told, list[Finding]]
"""What may be shown, what the ledger keeps of it, and what is wrong with definitions, roster or figures."""


@contextmanager
def figures_beside(
    settings: Settings, effects: Effects, snapshots: Snapshots, store: Store, meanwhile: Callable[[], object]
) -> Iterator[Callable[[], Figures]]:
    """Measure and protect while the body runs, which is given what waits for the figures.

    `meanwhile` is done before they are waited for; nobody waits for figures that are known.
    """
    against = digest_of_ledger(ledger_path(settings))
    rows = [
        (name, snapshot.sha256, snapshot.label, str(snapshot.watermark), snapshot.status.value)
        for name, snapshot in sorted(snapshots.by_source.items())
    ]
    accepted = sorted(accepted_anomalies(settings))
    day = effects.clock().astimezone(settings.zone).date().isoformat()
    settled = (snapshots.are_all_known, day, accepted, definitions(settings), against)
    told = (rows, sorted(snapshots.without_rows), *settled)

    def released() -> Figures:
        with effects.progress.step(Text("数字を計算", "measuring")):
            figures, says, findings, anomalies = made()
        note_anomalies(settings, anomalies)
        return standing_in(figures, settings), says, findings

    # Another process must not draw on the terminal of this one.
    counting = _Counting(settings, replace(effects, progress=Quiet()), snapshots, against)
    # A copy of this process must not use the connection to Spark or a database that this one has opened.
    lies_elsewhere = any(snapshot.table is not None for snapshot in snapshots.by_source.values())
    workers = Workers() if lies_elsewhere else effects.workers
    # Only what was released is kept: exact counts stay with the rows.
    with kept_beside(store, "figures", told, tuple, _released, counting, workers, meanwhile) as made:
        yield released


class _Counting(NamedTuple):
    """What figures are made from."""

    settings: Settings
    effects: Effects
    snapshots: Snapshots
    against: str
    """Digest of the ledger."""


def _released(counting: _Counting) -> tuple[ReleasedFigures, Told, list[Finding], list[str]]:
    """The figures, and the signs of their anomalies."""
    # Most builds have the figures already, and do without all that measures and protects.
    from generator.measure import measure
    from generator.protect import protect

    settings, effects, snapshots, against = counting
    ledger, unread = read_ledger(ledger_path(settings))
    measured, wrong = measure(settings, effects, snapshots)
    protected = protect(measured, ledger)
    told = Told(protected.told, against)
    return protected.released, told, [*unread, *wrong, *protected.findings], sorted(measured.anomalies)


def digest_of_figures(released: ReleasedFigures, snapshots: Snapshots) -> str:
    """Digest of every figure and of all that is printed beside them."""
    labels = {name: snapshot.label for name, snapshot in sorted(snapshots.by_source.items())}
    definitions = [metric.model_dump_json() for metric in released.metrics.values()]
    told = repr((list(released.cells.values()), definitions, released.organisation, labels))
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def definitions(settings: Settings) -> list[tuple[str, str]]:
    """The files of definitions beside the exports, by name and digest."""
    if not settings.data.is_dir():
        return []
    files = sorted(path for path in settings.data.iterdir() if path.is_file())
    return [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]
