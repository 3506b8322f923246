"""Brings every source's rows into a snapshot; a source that fails leaves its last good snapshot standing."""

from __future__ import annotations

import hashlib
import inspect
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from functools import cache
from itertools import chain
from pathlib import Path

from generator.cache.sealed import NoKey, fingerprint, key_from
from generator.effects import Effects
from generator.engines import EngineFailed, connect
from generator.model.finding import Family, Finding, Place, Severity, Text
from generator.model.period import Month
from generator.model.snapshot import Snapshot, Snapshots, SnapshotStatus
from generator.pull import refusals
from generator.pull.cells.column import Column
from generator.pull.files import digest, find
from generator.pull.kinds.database_table import Extent, TableSource, extent
from generator.pull.pieces import Piece, file_pieces, window_pieces
from generator.pull.problems import Problems, shortened
from generator.pull.reading import Reading, read
from generator.pull.remote.failure import ATTACKS, FetchFailed
from generator.pull.remote.secret import secrets_in
from generator.pull.remote.session import Session
from generator.pull.snapshots import parquet
from generator.pull.snapshots.parquet import Earlier
from generator.pull.snapshots.store import MISSED, Meta, Store, Stored, put_beside
from generator.pull.source import FileSource, RemoteSource, Source
from generator.pull.sources_file import read_sources
from generator.pull.table import Table
from generator.settings import Settings

MOST = 40
"""Findings told for one source."""

Pulled = tuple[Snapshot | None, list[Finding]]


def pull(
    settings: Settings, effects: Effects, *, offline: bool = False, asks_outside: bool = True
) -> tuple[Snapshots, list[Finding]]:
    """Return the newest good rows of every source in content/data/sources.yml, and what is wrong with any.

    With `offline` no source is touched and the latest snapshots are used as they are; without `asks_outside` those of
    sources on the network, where there are any. Findings about a source are warnings when an earlier snapshot stands in
    for it (status STALE), else errors.
    """
    declared, findings = read_sources(settings)
    try:
        key = key_from(settings.options.private_key_env, effects.environ)
    except NoKey as missing:
        refusal = Finding(Family.DATA, missing.code, Place(settings.config_file), missing.why, missing.remedy)
        return Snapshots({}, frozenset(declared.places), declared.is_readable), [*findings, refusal]
    pullings = [
        _Pulling(settings, effects, name, source, declared.places[name], key)
        for name, source in declared.sources.items()
    ]
    snapshots: dict[str, Snapshot] = {}
    pulled = [pulling.begin(offline=offline, asks_outside=asks_outside) for pulling in pullings]
    titled = effects.progress.track(
        zip(pullings, pulled, strict=True), Text("データを取り込み", "pulling data"), total=len(pullings)
    )
    for pulling, result in titled:
        snapshot, told = result()
        findings += told
        if snapshot is not None:
            snapshots[pulling.name] = snapshot
    without_rows = frozenset(declared.places.keys() - snapshots.keys())
    are_local = not any(isinstance(source, RemoteSource | TableSource) for source in declared.sources.values())
    secrets = frozenset(chain.from_iterable(secrets_in(source) for source in declared.sources.values()))
    return Snapshots(snapshots, without_rows, declared.is_readable, are_local, secrets), findings


@dataclass(frozen=True)
class _Pulling:
    """The pull of one source."""

    settings: Settings
    effects: Effects
    name: str
    source: Source
    place: Place
    key: bytes | None

    @property
    def store(self) -> Store:
        return Store(self.settings.private, self.name)

    def begin(self, *, offline: bool, asks_outside: bool) -> Callable[[], Pulled]:
        """Start a source on the network; what is returned waits for it, or reads files.

        Each answers in its own time, and most of it is waiting: all that are down cost as much time as one.
        """
        is_remote = isinstance(self.source, RemoteSource)
        if offline:
            return self.offline
        is_outside = is_remote or isinstance(self.source, TableSource)
        if is_outside and not asks_outside and self.store.latest()[0] is not None:
            return lambda: self.offline(may_ask=True)
        return _started(self.online) if is_remote else self.online

    def offline(self, *, may_ask: bool = False) -> Pulled:
        """Use what is there; with `may_ask` a table of a database may still be counted."""
        last, _ = self.store.latest()
        if last is not None and not self._opens(last):
            return None, [refusals.other_key(self.place, self.name)]
        if last is not None:
            return self._snapshot(last, may_ask=may_ask), list(last.meta.warnings)
        return None, [refusals.no_snapshot(self.place, self.name)]

    def online(self) -> Pulled:
        """Read the source, unless it is made of the files or windows of the last snapshot."""
        if isinstance(self.source, FileSource):
            problems = self._problems()
            files = find(self.settings, self.source.path, problems)
            pieces = file_pieces(self.source, files, may_lie_open=self.key is None)
            return self._pulled(pieces, problems.findings())
        if isinstance(self.source, RemoteSource):
            with Session(self.effects, self.settings, self.source.budget) as session:
                return self._pulled(window_pieces(self.source, session, self._today, self.place), [])
        if isinstance(self.source, TableSource):
            return self._looked_at(self.source)
        raise TypeError(f"{type(self.source)} is no kind of source")

    def _looked_at(self, source: TableSource) -> Pulled:
        """Ask a table of a database how many rows it has; they stay there."""
        last, is_damaged = self.store.latest()
        if last is not None and not self._opens(last):
            return None, [refusals.other_key(self.place, self.name)]
        findings = [refusals.damaged(self.place, self.name)] if is_damaged else []
        try:
            with Session(self.effects, self.settings, source.budget) as session:
                address = session.secret(source.url)
                with connect(address, source.url.env, source.budget) as engine:
                    found = extent(source, engine)
            told = self._judge_time(found.watermark) if found.rows else [refusals.empty_table(self.place)]
            if not told:
                return self._snapshot(self._note(source, found, last)), findings
        except (FetchFailed, EngineFailed) as failed:
            told = [refusals.not_answered(self.place, failed)]
        except OSError as error:
            told = [refusals.unwritable(self.place, self.settings.shown(self.store.folder), error)]
        return self._fall_back(last, findings + told)

    def _note(self, source: TableSource, found: Extent, last: Stored | None) -> Stored:
        """Store what is known of a table, beside a file of its columns without a row."""
        inputs = digest([self._declared, *(f"{part.path} {part.rows} {part.days}" for part in found.parts)])
        if last is not None and last.meta.inputs == inputs and self._is_sealed(last):
            return last
        columns = list(source.reads.values())

        def meta(sha256: str) -> Meta:
            return Meta(
                rows=found.rows,
                watermark=found.watermark,
                sha256=sha256,
                pulled_at=self.effects.clock().astimezone(UTC).replace(microsecond=0),
                inputs=inputs,
                reading=self._declared,
                sealed_with=fingerprint(self.key),
                parts=found.parts,
                schema=_schema(columns),
                warnings=(),
            )

        return self.store.add(
            lambda path: parquet.write(path, columns, [], [[] for _ in columns], None, self.key), meta
        )

    def _pulled(self, pieces: list[Piece], findings: list[Finding]) -> Pulled:
        last, is_damaged = self.store.latest()
        if last is not None and not self._opens(last):
            return None, [refusals.other_key(self.place, self.name)]
        damage = [refusals.damaged(self.place, self.name)] if is_damaged else []
        if not _has_errors(findings):
            inputs = self._inputs(pieces)
            if last is not None and last.meta.inputs == inputs and not last.meta.is_open and self._is_sealed(last):
                findings = [*self._judge_time(last.meta.watermark), *last.meta.warnings]
                if not _has_errors(findings):
                    return self._snapshot(last), findings
            else:
                stored, findings = self._renewed(pieces, last, inputs)
                if stored is not None:
                    return self._snapshot(stored), damage + findings
        return self._fall_back(last, damage + shortened(findings, MOST))

    def _renewed(self, pieces: list[Piece], last: Stored | None, inputs: str) -> tuple[Stored | None, list[Finding]]:
        """Read what is not known yet and store it all; None when it cannot be used."""
        base = self._base(pieces, last)
        findings: list[Finding] = []
        try:
            with self.store.workshop() as workshop:
                reading, findings = self._read(pieces, base, last, workshop)
                if _has_errors(findings):
                    self._keep_unfinished(reading, base, inputs)
                    return None, findings
                stored = self._keep(reading, base, inputs, findings)
            if last is not None and not self._is_sealed(last):
                self.store.drop_old(1)  # what lay open lies sealed now
            return stored, findings + self._without_old(pieces, last)
        except OSError as error:
            folder = self.settings.shown(self.store.folder)
            return None, [*findings, refusals.unwritable(self.place, folder, error)]

    def _read(
        self, pieces: list[Piece], base: Stored | None, last: Stored | None, workshop: Path
    ) -> tuple[Reading, list[Finding]]:
        """All rows of all pieces, typed and judged."""
        label = Text(self.source.label, self.source.label)
        problems = self._problems()
        if base is not None:
            self._judge_columns(pieces, base.meta, problems)
        if problems.has_errors:
            return Reading(self.source, Table(self.source.reads, self.settings.zone)), problems.findings()
        reading = read(
            self.source,
            self.settings.zone,
            pieces,
            None if base is None else base.meta,
            lambda some: self.effects.progress.track(some, label, total=len(some)),
            workshop,
            is_alike=base is not None and base.meta.reading == self._declared,
        )
        if reading.has_errors:
            return reading, reading.findings
        reading.judge(problems)
        self._judge_missed(pieces, reading, problems)
        told = [*problems.findings(), *self._judge_size(reading.rows, last), *self._judge_time(reading.watermark)]
        return reading, [*reading.findings, *told]

    def _without_old(self, pieces: list[Piece], last: Stored | None) -> list[Finding]:
        """Delete what is older than `keep_for`, and say so."""
        if not isinstance(self.source, RemoteSource) or self.source.keep_for is None or last is None:
            return []
        gone = sorted({part.path for part in last.meta.parts} - {piece.name for piece in pieces})
        if not gone:
            return []
        self.store.drop_old(1)
        return [refusals.old_rows_deleted(self.place, self.name, gone)]

    def _judge_columns(self, pieces: list[Piece], last: Meta, problems: Problems) -> None:
        """Refuse other columns where rows would be lost that nobody can be asked for again."""
        gone = {piece.name for piece in pieces if piece.is_out_of_reach}
        lost = [part.path for part in last.parts if part.path in gone and part.rows]
        if not lost or last.schema == _schema(self._kept_columns):
            return
        what = Text(
            f"`columns` が変わりましたが、出典 `{self.name}` の {lost[0]} から {lost[-1]} までの写しは、相手に残っていないため取り直せません",
            f"the columns of `{self.name}` changed, and its rows from {lost[0]} to {lost[-1]} cannot be pulled again",
        )
        remedy = Text(
            "`columns` を戻し、新しい列は別の名前の出典として書き足してください",
            "put `columns` back, and declare a source of another name for the new ones",
        )
        problems.add("lost-history", what, remedy)

    def _judge_missed(self, pieces: list[Piece], reading: Reading, problems: Problems) -> None:
        """Tell of windows that were never pulled, in months of which a page shows a figure."""
        if not isinstance(self.source, RemoteSource):
            return
        months = {Month.of(day) for part in reading.parts for day in part.days if day is not None}
        never = {part.path for part in reading.parts if part.sha256 == MISSED}
        missed = [p.window for p in pieces if p.name in never and Month.of(p.window.last) in months]
        if missed:
            self.source.tell_missed(missed, problems)

    @property
    def _kept_columns(self) -> list[Column]:
        return [column for column in self.source.reads.values() if column.name in self.source.rules.kept]

    def _base(self, pieces: list[Piece], last: Stored | None) -> Stored | None:
        """What a pull goes on from: an unfinished one, unless the last good one holds more that is out of reach."""
        unfinished, gone = self._unfinished(), {piece.name for piece in pieces if piece.is_out_of_reach}

        def kept(stored: Stored) -> int:
            return sum(part.path in gone and part.rows > 0 for part in stored.meta.parts)

        return max((stored for stored in (unfinished, last) if stored is not None), key=kept, default=None)

    def _unfinished(self) -> Stored | None:
        """What the windows that were pulled before a failure gave, if a pull of today may go on from it."""
        stored = self.store.unfinished() if isinstance(self.source, RemoteSource) else None
        is_fit = stored is not None and stored.meta.reading == self._declared and self._opens(stored)
        return stored if is_fit else None

    def _opens(self, stored: Stored) -> bool:
        """Whether the rows lie open, or are sealed with our key."""
        return stored.meta.sealed_with in {"", fingerprint(self.key)}

    def _is_sealed(self, stored: Stored) -> bool:
        """Whether the rows are as safe as the settings want them."""
        return stored.meta.sealed_with == fingerprint(self.key)

    def _keep_unfinished(self, reading: Reading, base: Stored | None, inputs: str) -> None:
        """Let the next pull go on from the windows that are settled and whole."""
        parts = [part for part in reading.parts if part.sha256]
        is_more = len(parts) > len(reading.known)
        if not (isinstance(self.source, RemoteSource) and reading.has_errors and is_more):
            return
        problems = self._problems()
        reading.judge(problems)
        if not problems.has_errors:
            self._keep(reading, base, inputs, [], is_finished=False)

    def _keep(
        self, reading: Reading, base: Stored | None, inputs: str, findings: list[Finding], *, is_finished: bool = True
    ) -> Stored:
        table = reading.table
        kept = self._kept_columns
        values = [table.column(column.name) for column in kept]
        earlier = Earlier(base.parquet, reading.spans(base.meta)) if base is not None and reading.known else None

        def meta(sha256: str) -> Meta:
            return Meta(
                rows=reading.rows,
                watermark=reading.watermark,
                sha256=sha256,
                pulled_at=self.effects.clock().astimezone(UTC).replace(microsecond=0),
                inputs=inputs,
                reading=self._declared,
                sealed_with=fingerprint(self.key),
                parts=tuple(reading.parts),
                schema=_schema(kept),
                warnings=tuple(findings),
            )

        def write(path: Path) -> None:
            parquet.write(path, kept, reading.order, values, earlier, self.key)
            alone = reading.alone | (base.alone if base is not None else {})
            for sha256 in dict.fromkeys(part.alone for part in reading.parts if part.alone):
                put_beside(path, alone[sha256], sha256)

        return self.store.add(write, meta, is_finished=is_finished)

    def _fall_back(self, last: Stored | None, findings: list[Finding]) -> Pulled:
        """Let the last good snapshot stand in, if there is one that is young enough and no attack was met."""
        if last is None:
            return None, findings
        day = last.meta.pulled_at.astimezone(self.settings.zone).date()
        limit = self.source.block_after
        if limit is not None and self._today - day > limit:
            return None, [*findings, refusals.blocked(self.place, self.name, day, limit)]
        failure = next(finding for finding in findings if finding.is_error)
        softened = [f if f.code in ATTACKS else replace(f, severity=Severity.WARNING) for f in findings]
        stale = replace(self._snapshot(last, may_ask=False), status=SnapshotStatus.STALE, failure=failure)
        return stale, [*softened, refusals.stale(self.place, self.name, day)]

    @property
    def _today(self) -> date:
        return self.effects.clock().astimezone(self.settings.zone).date()

    def _snapshot(self, stored: Stored, *, may_ask: bool = True) -> Snapshot:
        meta = stored.meta
        table = self.source.remote(meta.parts, may_ask=may_ask) if isinstance(self.source, TableSource) else None
        return Snapshot(
            source=self.name,
            label=self.source.label,
            parquet=stored.parquet,
            more=tuple(stored.alone[part.alone] for part in meta.parts if part.alone),
            rows=meta.rows,
            replaced=sum(part.replaced for part in meta.parts),
            watermark=meta.watermark,
            sha256=_known_by(meta) if table is None else meta.inputs,
            pulled_at=meta.pulled_at,
            status=SnapshotStatus.OK,
            key=self.key,
            table=table,
        )

    def _inputs(self, pieces: Iterable[Piece]) -> str:
        return digest([self._declared, *(text for piece in pieces for text in (piece.name, piece.sha256))])

    @property
    def _declared(self) -> str:
        """Digest of how the files are read."""
        # The label is printed, not read: a better word for a source must not look like new data.
        declared = self.source.model_dump_json(exclude={"label", "block_after", "budget", "keep_for"})
        program = self.source.program(self.settings)
        return digest([_reading_code(type(self.source)), program, self.settings.options.timezone, declared])

    def _judge_time(self, watermark: date | None) -> list[Finding]:
        """Refuse rows that speak of the future: a mistyped year would hide for years how old the rest is."""
        today = self._today
        # A vendor's day may have begun before ours, and an answer may be given for the month that still runs.
        if watermark is None or watermark <= max(today + timedelta(days=1), Month.of(today).last_day):
            return []
        return [refusals.from_the_future(self.place, self.name, watermark, today)]

    def _judge_size(self, rows: int, last: Stored | None) -> list[Finding]:
        """Warn of a number of rows that has halved or grown tenfold: often half an export, or another one."""
        if last is None or last.meta.rows // 2 <= rows <= last.meta.rows * 10:
            return []
        return [refusals.other_size(self.place, last.meta.rows, rows)]

    def _problems(self) -> Problems:
        """Problems of the source as a whole, told where sources.yml declares it."""
        return Problems(self.place.path, self.place.line)


def _started(work: Callable[[], Pulled]) -> Callable[[], Pulled]:
    """Do `work` in a thread, and return what waits for its result or raises its error."""
    future: Future[Pulled] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # raised again where the result is waited for
            future.set_exception(error)

    # A daemon, unlike those of an executor: whoever presses Ctrl-C does not wait for a server.
    threading.Thread(target=run, daemon=True).start()
    return future.result


def _known_by(meta: Meta) -> str:
    """Digest of all rows of a snapshot."""
    alone = [part.alone for part in meta.parts if part.alone]
    return digest([meta.sha256, *alone]) if alone else meta.sha256


def _has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.is_error for finding in findings)


def _schema(columns: Iterable[Column]) -> tuple[tuple[str, str], ...]:
    return tuple((column.name, column.type.value) for column in columns)


@cache
def _reading_code(kind: type[Source]) -> str:
    """Digest of this folder's source, and of a foreign kind's: rows that other code read are read again."""
    modules = sorted(Path(__file__).parent.rglob("*.py"))
    own = inspect.getsourcefile(kind)
    return hashlib.sha256(b"".join(path.read_bytes() for path in [*modules, *([Path(own)] if own else [])])).hexdigest()
