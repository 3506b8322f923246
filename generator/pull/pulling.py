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
from generator.model.finding import Family, Finding, Place, Severity, Text
from generator.model.period import Month
from generator.model.snapshot import Snapshot, Snapshots, SnapshotStatus
from generator.pull.files import digest, find
from generator.pull.pieces import Piece, file_pieces, window_pieces
from generator.pull.problems import Problems, shortened
from generator.pull.reading import Reading, read
from generator.pull.remote.failure import ATTACKS
from generator.pull.remote.secret import secrets_in
from generator.pull.remote.session import Session
from generator.pull.snapshots import parquet
from generator.pull.snapshots.parquet import Earlier
from generator.pull.snapshots.store import Meta, Store, Stored
from generator.pull.source import FileSource, RemoteSource, Source
from generator.pull.sources_file import read_sources
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
    are_local = not any(isinstance(source, RemoteSource) for source in declared.sources.values())
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
        if offline or (is_remote and not asks_outside and self.store.latest()[0] is not None):
            return self.offline
        return _started(self.online) if is_remote else self.online

    def offline(self) -> Pulled:
        """Use what is there."""
        last, _ = self.store.latest()
        if last is not None and not self._opens(last):
            return None, [self._other_key()]
        if last is not None:
            return self._snapshot(last), list(last.meta.warnings)
        problems = self._problems()
        what = Text(
            f"出典 `{self.name}` に使える取り込み済みデータがありません", f"there are no stored rows of `{self.name}`"
        )
        remedy = Text("`--offline` を付けずに一度取り込んでください", "pull once without `--offline`")
        problems.add("no-snapshot", what, remedy)
        return None, problems.findings()

    def online(self) -> Pulled:
        """Read the source, unless it is made of the files or windows of the last snapshot."""
        if isinstance(self.source, FileSource):
            problems = self._problems()
            pieces = file_pieces(self.source, find(self.settings, self.source.path, problems))
            return self._pulled(pieces, problems.findings())
        if isinstance(self.source, RemoteSource):
            with Session(self.effects, self.settings, self.source.budget) as session:
                return self._pulled(window_pieces(self.source, session, self._today, self.place), [])
        raise TypeError(f"{type(self.source)} is neither a FileSource nor a RemoteSource")

    def _pulled(self, pieces: list[Piece], findings: list[Finding]) -> Pulled:
        last, is_damaged = self.store.latest()
        if last is not None and not self._opens(last):
            return None, [self._other_key()]
        damage = [self._damage()] if is_damaged else []
        if not _has_errors(findings):
            inputs = self._inputs(pieces)
            if last is not None and last.meta.inputs == inputs and not last.meta.is_open and self._is_sealed(last):
                findings = [*self._judge_time(last.meta.watermark), *last.meta.warnings]
                if not _has_errors(findings):
                    return self._snapshot(last), findings
            else:
                base = self._unfinished() or last
                reading, findings = self._read(pieces, base)
                try:
                    if not _has_errors(findings):
                        stored = self._keep(reading, base, inputs, findings)
                        if last is not None and not self._is_sealed(last):
                            self.store.drop_old(1)  # what lay open lies sealed now
                        return self._snapshot(stored), damage + findings + self._without_old(pieces, last)
                    self._keep_unfinished(reading, base, inputs)
                except OSError as error:
                    findings = [*findings, self._unwritable(error)]
        return self._fall_back(last, damage + shortened(findings, MOST))

    def _read(self, pieces: list[Piece], base: Stored | None) -> tuple[Reading, list[Finding]]:
        """All rows of all pieces, typed and judged."""
        label = Text(self.source.label, self.source.label)
        known = base.meta if base is not None and base.meta.reading == self._declared else None
        reading = read(
            self.source,
            self.settings.zone,
            pieces,
            known,
            lambda some: self.effects.progress.track(some, label, total=len(some)),
        )
        if reading.has_errors:
            return reading, reading.findings
        problems = self._problems()
        reading.judge(problems)
        _judge_size(reading.rows, base, problems)
        return reading, [*reading.findings, *problems.findings(), *self._judge_time(reading.watermark)]

    def _without_old(self, pieces: list[Piece], last: Stored | None) -> list[Finding]:
        """Delete what is older than `keep_for`, and say so."""
        if not isinstance(self.source, RemoteSource) or self.source.keep_for is None or last is None:
            return []
        gone = sorted({part.path for part in last.meta.parts} - {piece.name for piece in pieces})
        if not gone:
            return []
        self.store.drop_old(1)
        problems = self._problems()
        what = Text(
            f"出典 `{self.name}` の、`keep_for` より古い期間のデータを消しました（{len(gone)}期間、最も新しいもので {gone[-1]}）",
            f"rows of `{self.name}` older than `keep_for` were deleted (windows: {len(gone)}, the newest {gone[-1]})",
        )
        remedy = Text(
            "その月の数字も載せ続けるなら、`keep_for` を長くして取り込み直してください",
            "to go on showing figures of that time, raise `keep_for` and pull again",
        )
        problems.add("old-rows-deleted", what, remedy, severity=Severity.WARNING)
        return problems.findings()

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

    def _other_key(self) -> Finding:
        problems = self._problems()
        what = Text(
            f"出典 `{self.name}` の取り込み済みデータは、別の鍵で守られていて開けません",
            f"the stored rows of `{self.name}` are sealed with another key",
        )
        remedy = Text(
            "`private_key_env` の環境変数を元の鍵に戻すか、写しを消して取り込み直してください",
            "set the variable of `private_key_env` to the former key, or delete the rows and pull anew",
        )
        problems.add("other-key", what, remedy)
        return problems.findings()[0]

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
        kept = [column for column in table.columns.values() if column.name in self.source.rules.kept]
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
                schema=tuple((column.name, column.type.value) for column in kept),
                warnings=tuple(findings),
            )

        return self.store.add(
            lambda path: parquet.write(path, kept, reading.order, values, earlier, self.key),
            meta,
            is_finished=is_finished,
        )

    def _fall_back(self, last: Stored | None, findings: list[Finding]) -> Pulled:
        """Let the last good snapshot stand in, if there is one that is young enough and no attack was met."""
        if last is None:
            return None, findings
        day = last.meta.pulled_at.astimezone(self.settings.zone).date()
        limit = self.source.block_after
        if limit is not None and self._today - day > limit:
            return None, [*findings, self._blocked(day, limit)]
        failure = next(finding for finding in findings if finding.is_error)
        softened = [f if f.code in ATTACKS else replace(f, severity=Severity.WARNING) for f in findings]
        stale = replace(self._snapshot(last), status=SnapshotStatus.STALE, failure=failure)
        return stale, [*softened, self._stale(day)]

    def _stale(self, day: date) -> Finding:
        problems = self._problems()
        what = Text(
            f"出典 `{self.name}` を取り込めなかったため、{day} に取り込んだデータを「更新の遅れ」の印を付けて使います",
            f"`{self.name}` could not be pulled; the rows pulled on {day} are shown, marked as stale",
        )
        remedy = Text("ほかの警告に書かれた問題を直してください", "solve the problems told in the other warnings")
        problems.add("stale-source", what, remedy, severity=Severity.WARNING)
        return problems.findings()[0]

    def _blocked(self, day: date, limit: timedelta) -> Finding:
        problems = self._problems()
        what = Text(
            f"出典 `{self.name}` を最後に取り込めたのは {day} で、`block_after` の{limit.days}日より前です",
            f"`{self.name}` was last pulled on {day}, longer ago than the {limit.days} days of `block_after`",
        )
        remedy = Text("ほかのエラーに書かれた問題を直してください", "solve the problems told in the other errors")
        problems.add("source-blocked", what, remedy)
        return problems.findings()[0]

    @property
    def _today(self) -> date:
        return self.effects.clock().astimezone(self.settings.zone).date()

    def _snapshot(self, stored: Stored) -> Snapshot:
        meta = stored.meta
        return Snapshot(
            source=self.name,
            label=self.source.label,
            parquet=stored.parquet,
            rows=meta.rows,
            watermark=meta.watermark,
            sha256=meta.sha256,
            pulled_at=meta.pulled_at,
            status=SnapshotStatus.OK,
            key=self.key,
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
        problems = self._problems()
        what = Text(
            f"出典 `{self.name}` の最も新しい日付が {watermark} で、今日（{today}）より先です",
            f"the newest day of `{self.name}` is {watermark}, later than today ({today})",
        )
        problems.add(
            "future-date",
            what,
            Text("日付の列と、このコンピューターの時計を確かめてください", "check the dates and the clock"),
        )
        return problems.findings()

    def _damage(self) -> Finding:
        problems = self._problems()
        what = Text(
            f"出典 `{self.name}` の取り込み済みデータが壊れているため、使いません",
            f"the stored rows of `{self.name}` are damaged and not used",
        )
        remedy = Text("繰り返すようなら、ディスクを確かめてください", "check the disk if it happens again")
        problems.add("damaged-snapshot", what, remedy, severity=Severity.WARNING)
        return problems.findings()[0]

    def _unwritable(self, error: OSError) -> Finding:
        problems = self._problems()
        folder, reason = self.settings.shown(self.store.folder), error.strerror or str(error)
        what = Text(
            f"取り込んだデータを `{folder}` に保存できません（{reason}）",
            f"the rows cannot be stored in `{folder}`: {reason}",
        )
        problems.add(
            "unwritable", what, Text("空き容量と書き込みの権限を確かめてください", "check its space and permissions")
        )
        return problems.findings()[0]

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


def _has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.is_error for finding in findings)


def _judge_size(rows: int, last: Stored | None, problems: Problems) -> None:
    """Warn of a number of rows that has halved or grown tenfold: often half an export, or another one."""
    if last is None or last.meta.rows // 2 <= rows <= last.meta.rows * 10:
        return
    what = Text(
        f"行数が{last.meta.rows}から{rows}に変わりました", f"the number of rows went from {last.meta.rows} to {rows}"
    )
    remedy = Text("書き出しの範囲が変わっていないか確かめてください", "check that the export still covers the same")
    problems.add("row-count", what, remedy, severity=Severity.WARNING)


@cache
def _reading_code(kind: type[Source]) -> str:
    """Digest of this folder's source, and of a foreign kind's: rows that other code read are read again."""
    modules = sorted(Path(__file__).parent.rglob("*.py"))
    own = inspect.getsourcefile(kind)
    return hashlib.sha256(b"".join(path.read_bytes() for path in [*modules, *([Path(own)] if own else [])])).hexdigest()
