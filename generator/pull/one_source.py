"""One source of a site: what is declared of it, what was stored of it, and what stands in when it fails."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Iterable
from datetime import UTC, date
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.cache.sealed import fingerprint
from generator.effects import Effects
from generator.model.finding import Finding, Place, Severity
from generator.model.snapshot import Snapshot, SnapshotStatus
from generator.pull import refusals
from generator.pull.cells.column import Column
from generator.pull.files import digest, is_glob
from generator.pull.kinds.database_table import Extent, TableSource
from generator.pull.problems import Problems
from generator.pull.reading import Reading
from generator.pull.remote.failure import ATTACKS
from generator.pull.snapshots.store import Meta, Store, Stored
from generator.pull.source import FileSource, Source, TabularSource
from generator.settings import Settings

_WHOSE = frozenset(
    {
        *("kind", "path", "sheet", "url", "query", "table", "function"),
        *("report", "tenant", "organization", "enterprise", "account_id", "site", "projects"),
    }
)
"""Keys of sources.yml that say whose rows are read; the others say how."""

Pulled = tuple[Snapshot | None, list[Finding]]
"""What a pull of one source ends with: the rows to use, if there are any, and what is wrong."""


class OneSource(Struct, frozen=True):
    """One source of a site."""

    settings: Settings
    effects: Effects
    name: str
    source: Source
    place: Place
    """Where sources.yml declares it."""
    key: bytes | None
    """What its rows are to be sealed with."""

    def __repr__(self) -> str:  # without the key: whatever prints it must not tell it
        return f"OneSource({self.name!r})"

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

    @property
    def origin(self) -> str:
        """Digest of what is declared of whose rows these are, and not of how they are read.

        No code is part of it: after an upgrade the last good rows still stand in.
        """
        declared = self.source.model_dump(mode="json", include=set(_WHOSE), exclude_none=True)
        if isinstance(self.source, TabularSource):
            columns = self.source.columns.items()
            declared["columns"] = {header: [column.name, column.type.value] for header, column in columns}
        return digest([json.dumps(declared, sort_keys=True)])

    def is_of_another(self, stored: Stored) -> bool:
        """Whether the rows were pulled when other ones were declared."""
        return stored.meta.origin not in {"", self.origin}

    @property
    def _file(self) -> str | None:
        """The one file that its rows are in, where sources.yml names it."""
        if not isinstance(self.source, FileSource) or is_glob(self.source.path):
            return None
        return self.settings.shown(self.settings.data / self.source.path)

    def problems(self) -> Problems:
        """Problems of the source as a whole, told where it is declared."""
        return Problems(self.place.path, self.place.line)

    def last(self) -> tuple[Stored | None, list[Finding]]:
        """The newest snapshot, and what is wrong with it; one of another key is an error."""
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
            origin=self.origin,
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
            file=self._file,
            headings=tuple((heading, column.name) for heading, column in self.source.reads.items()),
            table=table,
        )

    def standing_in(self, last: Stored | None) -> Stored | None:
        """The newest rows that no figures were refused for, `last` or older; None where there are none."""
        stored = self.store.standing_in(last)
        return stored if stored is not None and self.opens(stored) else None

    def fall_back(self, last: Stored | None, findings: list[Finding]) -> Pulled:
        """Let the last good snapshot stand in, if there is one of what is declared now and it is young enough."""
        last = self.standing_in(last)
        if last is None:
            return None, findings
        if self.is_of_another(last):
            return None, [*findings, refusals.other_declaration(self.place, self.name)]
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
    own = inspect.getsourcefile(kind)
    return hashlib.sha256(_code_of_all_kinds() + (Path(own).read_bytes() if own else b"")).hexdigest()


@cache
def _code_of_all_kinds() -> bytes:
    modules = sorted(Path(__file__).parent.rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in modules)).digest()
