"""The released figures, measured anew only when the rows, the definitions or the day are new."""

from __future__ import annotations

import hashlib

from generator.accepted import accepted_anomalies, note_anomalies
from generator.build.kept import kept
from generator.build.last_released import standing_in
from generator.cache.store import Store
from generator.effects import Effects
from generator.ledger import digest_of_ledger, ledger_path, read_ledger
from generator.model.figure import ReleasedFigures
from generator.model.finding import Finding
from generator.model.ledger import Told
from generator.model.snapshot import Snapshots
from generator.settings import Settings


def released_figures(
    settings: Settings, effects: Effects, snapshots: Snapshots, store: Store
) -> tuple[ReleasedFigures, Told, list[Finding]]:
    """What may be shown, what the ledger keeps of it, and what is wrong with definitions, roster or figures."""
    path = ledger_path(settings)
    against = digest_of_ledger(path)

    def made() -> tuple[ReleasedFigures, Told, list[Finding], list[str]]:
        # Most builds have the figures already, and do without all that measures and protects.
        from generator.measure import measure
        from generator.protect import protect

        ledger, unread = read_ledger(path)
        measured, wrong = measure(settings, effects, snapshots)
        protected = protect(measured, ledger)
        told = Told(protected.told, against)
        return protected.released, told, [*unread, *wrong, *protected.findings], sorted(measured.anomalies)

    rows = [
        (name, snapshot.sha256, snapshot.label, str(snapshot.watermark), snapshot.status.value)
        for name, snapshot in sorted(snapshots.by_source.items())
    ]
    accepted = sorted(accepted_anomalies(settings))
    day = effects.clock().astimezone(settings.zone).date().isoformat()
    settled = (snapshots.are_all_known, day, accepted, definitions(settings), against)
    told = (rows, sorted(snapshots.without_rows), *settled)
    # Only what was released is kept: exact counts stay with the rows.
    released, says, findings, anomalies = kept(store, "figures", told, tuple, made)
    note_anomalies(settings, anomalies)
    return standing_in(released, settings), says, findings


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
