"""The released figures, measured anew only when the rows, the definitions or the day are new."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from generator.accepted import accepted_anomalies, note_anomalies
from generator.build.kept import note, recalled
from generator.build.last_released import standing_in
from generator.build.rows_meanwhile import rows_that_stay
from generator.cache.file_clock import Signature, signature_of
from generator.cache.store import Store
from generator.effects import Effects, Quiet
from generator.errors import Rejected
from generator.ledger import digest_of_ledger, ledger_path, read_ledger
from generator.model.as_text import as_text
from generator.model.figure import ReleasedFigures
from generator.model.finding import Finding, Place, Text
from generator.model.ledger import Told
from generator.model.snapshot import Snapshots
from generator.read.notebook import changed_meanwhile
from generator.settings import Settings

Figures: TypeAlias = tuple[ReleasedFigures, Told, list[Finding]]
"""What may be shown, what the ledger keeps of it, and what is wrong with definitions, roster or figures."""

_Made: TypeAlias = tuple[ReleasedFigures, Told, list[Finding], list[str]]
"""The same before a month that is held back is replaced, and the signs of all anomalies."""

Definitions: TypeAlias = Sequence[tuple[str, str]]
"""The files beside the exports, by name and digest: metrics.yml, departments.csv, sources.yml."""

_KEPT = "figures"


class FiguresBeside:
    """Measures and protects while the body reads the pages; a context manager. Figures that are known are not counted."""

    def __init__(self, settings: Settings, effects: Effects, store: Store) -> None:
        self._settings = settings
        self._effects = effects
        self._store = store
        self._open = ExitStack()
        # Another process must not draw on the terminal of this one.
        self._released = partial(_released, settings, replace(effects, progress=Quiet()))
        self.definitions: Definitions = ()
        """Those that the figures follow; none before `begin`."""

    def __enter__(self) -> FiguresBeside:
        return self

    def __exit__(self, *raised: object) -> None:
        self._open.close()

    def begin(self, snapshots: Snapshots, meanwhile: Callable[[Snapshots], object]) -> Callable[[], Figures]:
        """Count these rows, unless it is known what comes of them. Returns what waits for the figures.

        `meanwhile` is done before they are waited for; nobody waits for figures that are known. The waiting raises
        Rejected when a definition was written while they were counted: nobody knows which of the two they follow.
        """
        looks = _looks(self._settings)
        self.definitions = _definitions(self._settings)
        rows = _Rows(snapshots, digest_of_ledger(ledger_path(self._settings)))
        made_from = self._made_from(rows)
        # Only what was released is kept: exact counts stay with the rows.
        known: _Made | None = recalled(self._store, _KEPT, made_from, tuple)
        if known is not None:
            return partial(self._shown, known)
        made = self._begun(rows)

        def released() -> Figures:
            meanwhile(snapshots)
            with self._effects.progress.step(Text("数字を計算", "measuring")):
                found = made()
            if written := dict(_looks(self._settings) ^ looks):
                raise Rejected([changed_meanwhile(Place(self._settings.shown(path))) for path in sorted(written)])
            note(self._store, _KEPT, made_from, found)
            return self._shown(found)

        return released

    def _shown(self, made: _Made) -> Figures:
        figures, told, findings, anomalies = made
        note_anomalies(self._settings, anomalies)
        return standing_in(figures, self._settings), told, findings

    def _begun(self, rows: _Rows) -> Callable[[], _Made]:
        if any(snapshot.table is not None for snapshot in rows.snapshots.by_source.values()):
            # A copy of this process must not use the connection to Spark or a database that this one has opened.
            return partial(self._released, rows)
        return self._open.enter_context(self._effects.workers.beside(self._released, rows))

    def _made_from(self, rows: _Rows) -> object:
        settings, snapshots = self._settings, rows.snapshots
        by_source = [
            (name, snapshot.sha256, snapshot.label, str(snapshot.watermark), snapshot.status.value)
            for name, snapshot in sorted(snapshots.by_source.items())
        ]
        day = self._effects.clock().astimezone(settings.zone).date().isoformat()
        settled = (snapshots.are_all_known, day, sorted(accepted_anomalies(settings)), self.definitions)
        return by_source, sorted(snapshots.without_rows), *settled, rows.against


class _Rows(Struct, frozen=True):
    """What figures are made from, beside definitions and the day."""

    snapshots: Snapshots
    against: str
    """Digest of the ledger."""


def _released(settings: Settings, effects: Effects, rows: _Rows) -> _Made:
    """The figures, and the signs of their anomalies."""
    # Most builds have the figures already, and do without all that measures and protects.
    from generator.measure import measure
    from generator.protect import protect

    ledger, unread = read_ledger(ledger_path(settings))
    with rows_that_stay(settings, rows.snapshots):
        measured, wrong = measure(settings, effects, rows.snapshots)
    protected = protect(measured, ledger)
    told = Told(protected.told, rows.against)
    return protected.released, told, [*unread, *wrong, *protected.findings], sorted(measured.anomalies)


def digest_of_figures(released: ReleasedFigures, snapshots: Snapshots) -> str:
    """Digest of every figure and of all that is printed beside them."""
    labels = {name: snapshot.label for name, snapshot in sorted(snapshots.by_source.items())}
    definitions = as_text(released.metrics)
    told = repr((list(released.cells.values()), definitions, released.organisation, labels))
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _definitions(settings: Settings) -> Definitions:
    return tuple((path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in _files(settings))


def _looks(settings: Settings) -> set[tuple[Path, Signature]]:
    """The same files as they look: one that was written and put back looks otherwise."""
    return {(path, signature_of(path.stat())) for path in _files(settings)}


def _files(settings: Settings) -> list[Path]:
    return sorted(path for path in settings.data.iterdir() if path.is_file()) if settings.data.is_dir() else []
