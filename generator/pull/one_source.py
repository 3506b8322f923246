"""One source of a site: what is declared of it, what was stored of it, and what stands in when it fails."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date
from functools import cache
from pathlib import Path

from generator.cache.sealed import fingerprint
from generator.effects import Effects
from generator.model.finding import Finding, Place, Severity
from generator.model.snapshot import Snapshot, SnapshotStatus
from generator.pull import refusals
from generator.pull.cells.column import Column
from generator.pull.files import digest
from generator.pull.kinds.database_table import Extent, TableSource
from generator.pull.problems import Problems
from generator.pull.reading import Reading
from generator.pull.remote.failure import ATTACKS
from generator.pull.snapshots.store import Meta, Store, Stored
from generator.pull.source import Source
from generator.settings import Settings

Pulled = tuple[Snapshot | None, list[Finding]]
"""What a pull of one source ends with: the rows to use, if there are any, and what is wrong."""


@dataclass(frozen=True)
class OneSource:
    """One source of a site."""

    settings: Settings
    effects: Effects
    name: str
    source: Source
    place: Place
    """Where sources.yml declares it."""
    key: bytes | None
    """What its rows are to be sealed with."""

    @property
    def store(self) -> Store:
        return Store(self.settings.private, self.name)

    @property
    def today(self) -> date:
        return self.effects.clock().astimezone(self.settings.zone).date()

    @property
    def declared(self) -> str:
        """Digest of how its rows are read."""
        # The label is printed, not read: a better word for a source must not look like new data.
        declared = self.source.model_dump_json(exclude={"label", "block_after", "budget", "keep_for"})
        program = self.source.program(self.settings)
        return digest([_reading_code(type(self.source)), program, self.settings.options.timezone, declared])

    def problems(self) -> Problems:
        """Problems of the source as a whole, told where it is declared."""
        return Problems(self.place.path, self.place.line)

    def last(self) -> tuple[Stored | None, list[Finding]]:
        """The last good snapshot, and what is wrong with it; one of another key is an error."""
        stored, is_damaged = self.store.latest()
        if stored is not None and not self.opens(stored):
            return None, [refusals.other_key(self.place, self.name)]
        return stored, [refusals.damaged(self.place, self.name)] if is_damaged else []

    def opens(self, stored: Stored) -> bool:
        """Whether the rows lie open, or are sealed with our key."""
        return stored.meta.sealed_with in {"", fingerprint(self.key)}

    def is_sealed(self, stored: Stored) -> bool:
        """Whether the rows are as safe as the settings want them."""
        return stored.meta.sealed_with == fingerprint(self.key)

    def meta(
        self, found: Reading | Extent, columns: Iterable[Column], sha256: str, inputs: str, warnings: Iterable[Finding]
    ) -> Meta:
        """What is to be noted about rows that were `found` just now and lie in a file of this digest."""
        return Meta(
            rows=found.rows,
            watermark=found.watermark,
            sha256=sha256,
            pulled_at=self.effects.clock().astimezone(UTC).replace(microsecond=0),
            inputs=inputs,
            reading=self.declared,
            sealed_with=fingerprint(self.key),
            parts=tuple(found.parts),
            schema=schema_of(columns),
            warnings=tuple(warnings),
        )

    def snapshot(self, stored: Stored, *, may_ask: bool = True) -> Snapshot:
        """What is handed on; with `may_ask` a table of a database may still be counted."""
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

    def fall_back(self, last: Stored | None, findings: list[Finding]) -> Pulled:
        """Let the last good snapshot stand in, if there is one that is young enough and no attack was met."""
        if last is None:
            return None, findings
        day = last.meta.pulled_at.astimezone(self.settings.zone).date()
        limit = self.source.block_after
        if limit is not None and self.today - day > limit:
            return None, [*findings, refusals.blocked(self.place, self.name, day, limit)]
        failure = next(finding for finding in findings if finding.is_error)
        softened = [f if f.code in ATTACKS else replace(f, severity=Severity.WARNING) for f in findings]
        stale = replace(self.snapshot(last, may_ask=False), status=SnapshotStatus.STALE, failure=failure)
        return stale, [*softened, refusals.stale(self.place, self.name, day)]


def has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.is_error for finding in findings)


def schema_of(columns: Iterable[Column]) -> tuple[tuple[str, str], ...]:
    """Name and type of each column."""
    return tuple((column.name, column.type.value) for column in columns)


def _known_by(meta: Meta) -> str:
    """Digest of all rows of a snapshot."""
    alone = [part.alone for part in meta.parts if part.alone]
    return digest([meta.sha256, *alone]) if alone else meta.sha256


@cache
def _reading_code(kind: type[Source]) -> str:
    """Digest of this folder's source, and of a foreign kind's: rows that other code read are read again."""
    modules = sorted(Path(__file__).parent.rglob("*.py"))
    own = inspect.getsourcefile(kind)
    return hashlib.sha256(b"".join(path.read_bytes() for path in [*modules, *([Path(own)] if own else [])])).hexdigest()
