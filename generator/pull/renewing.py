"""A new snapshot from the files or windows of a source: what is known is not read again, what fails changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from generator.model.finding import Finding, Text
from generator.pull import refusals
from generator.pull.cells.column import Column
from generator.pull.files import digest
from generator.pull.judging import judge_columns, judge_missed, judge_size, judge_time
from generator.pull.one_source import OneSource, Pulled, has_errors
from generator.pull.pieces import Piece
from generator.pull.problems import shortened, told_once
from generator.pull.reading import Reading, read
from generator.pull.snapshots import parquet
from generator.pull.snapshots.parquet import Earlier
from generator.pull.snapshots.store import Meta, Stored, put_beside
from generator.pull.source import RemoteSource
from generator.pull.table import Table

_MOST_OF_A_SOURCE = 40  # findings told; the rest is a number


def renewed(one: OneSource, pieces: Sequence[Piece], findings: list[Finding]) -> Pulled:
    """The newest rows of a source whose pieces are these; `findings` is what was wrong with finding them."""
    last, told = one.last()
    if has_errors(told):
        return None, told
    if has_errors(findings):
        stored, met = None, findings
    else:
        stored, met = _newest(one, pieces, last)
    if stored is None:
        return one.fall_back(last, told + shortened(told_once(met), _MOST_OF_A_SOURCE))
    return one.snapshot(stored), told + told_once(met)


def _newest(one: OneSource, pieces: Sequence[Piece], last: Stored | None) -> tuple[Stored | None, list[Finding]]:
    """The last snapshot if its rows come from the same, else one that is read now; None when it cannot be used."""
    inputs = digest([one.declared, *(text for piece in pieces for text in (piece.name, piece.sha256))])
    if last is None or last.meta.inputs != inputs or last.meta.is_open or not one.is_sealed(last):
        return _Renewal(one, pieces, last, inputs).stored()
    findings = [*judge_time(one, last.meta.watermark), *last.meta.warnings]
    return None if has_errors(findings) else last, findings


class _Renewal(Struct, frozen=True):
    """One source, what it is read from now, and its last good snapshot."""

    one: OneSource
    pieces: Sequence[Piece]
    last: Stored | None
    inputs: str
    """Digest of all that the rows come from."""

    def stored(self) -> tuple[Stored | None, list[Finding]]:
        """Read what is not known yet and store it all; None when it cannot be used."""
        one, last, base = self.one, self.last, self._base()
        findings: list[Finding] = []
        try:
            with one.store.workshop() as workshop:
                reading, findings = self._read(base, workshop)
                if has_errors(findings):
                    self._keep_unfinished(reading, base)
                    return None, findings
                stored = self._keep(reading, base, findings)
            if last is not None and not one.is_sealed(last):
                one.store.drop_all_old()  # what lay open lies sealed now
            return stored, findings + self._without_old()
        except OSError as error:
            folder = one.settings.shown(one.store.folder)
            return None, [*findings, refusals.unwritable(one.place, folder, error)]

    def _base(self) -> Stored | None:
        """What a pull goes on from: an unfinished one, unless the last good one holds more that is out of reach."""
        gone = {piece.name for piece in self.pieces if piece.is_out_of_reach}

        def kept(stored: Stored) -> int:
            return sum(part.path in gone and part.rows > 0 for part in stored.meta.parts)

        return max((stored for stored in (self._unfinished(), self.last) if stored is not None), key=kept, default=None)

    def _unfinished(self) -> Stored | None:
        """What the windows that were pulled before a failure gave, if a pull of today may go on from it."""
        one = self.one
        stored = one.store.unfinished() if isinstance(one.source, RemoteSource) else None
        is_fit = stored is not None and stored.meta.reading == one.declared and one.opens(stored)
        return stored if is_fit else None

    def _read(self, base: Stored | None, workshop: Path) -> tuple[Reading, list[Finding]]:
        """All rows of all pieces, typed and judged."""
        one, source = self.one, self.one.source
        label = Text(source.label, source.label)
        problems = one.problems()
        if base is not None:
            judge_columns(one, self._kept_columns, self.pieces, base.meta, problems)
        if problems.has_errors:
            return Reading(source, Table(source.reads, one.settings.zone)), problems.findings()
        reading = read(
            source,
            one.settings.zone,
            self.pieces,
            None if base is None else base.meta,
            lambda some: one.effects.progress.track(some, label, total=len(some)),
            workshop,
            is_alike=base is not None and base.meta.reading == one.declared,
        )
        if reading.has_errors:
            return reading, reading.findings
        reading.judge(problems)
        if isinstance(source, RemoteSource):
            judge_missed(source, self.pieces, reading, problems)
        told = [
            *problems.findings(),
            *judge_size(one, reading.rows, one.standing_in(self.last)),
            *judge_time(one, reading.watermark),
        ]
        return reading, [*reading.findings, *told]

    def _keep_unfinished(self, reading: Reading, base: Stored | None) -> None:
        """Let the next pull go on from the windows that are settled and whole."""
        parts = [part for part in reading.parts if part.sha256]
        is_more = len(parts) > len(reading.known)
        if not (isinstance(self.one.source, RemoteSource) and reading.has_errors and is_more):
            return
        problems = self.one.problems()
        reading.judge(problems)
        if not problems.has_errors:
            self._keep(reading, base, [], is_finished=False)

    def _keep(
        self, reading: Reading, base: Stored | None, findings: list[Finding], *, is_finished: bool = True
    ) -> Stored:
        one, kept = self.one, self._kept_columns
        values = [reading.table.column(column.name) for column in kept]
        earlier = Earlier(base.parquet, reading.spans(base.meta)) if base is not None and reading.known else None

        def meta(sha256: str) -> Meta:
            return one.meta(reading, kept, sha256, self.inputs, findings)

        def write(path: Path) -> None:
            parquet.write(path, kept, reading.order, values, earlier, one.key)
            alone = reading.alone | (base.alone if base is not None else {})
            for sha256 in dict.fromkeys(part.alone for part in reading.parts if part.alone):
                put_beside(path, alone[sha256], sha256)

        return one.store.add(write, meta, is_finished=is_finished)

    def _without_old(self) -> list[Finding]:
        """Delete what is older than `keep_for`, and say so."""
        one, last = self.one, self.last
        if not isinstance(one.source, RemoteSource) or one.source.keep_for is None or last is None:
            return []
        gone = sorted({part.path for part in last.meta.parts} - {piece.name for piece in self.pieces})
        if not gone:
            return []
        one.store.drop_all_old()
        return [refusals.old_rows_deleted(one.place, one.name, gone)]

    @property
    def _kept_columns(self) -> list[Column]:
        source = self.one.source
        return [column for column in source.reads.values() if column.name in source.rules.kept]
