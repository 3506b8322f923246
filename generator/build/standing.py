"""Whether anything at all is another than in the last build that was released."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from generator.cache.records import NotARecord, from_bytes, to_bytes
from generator.cache.store import Store
from generator.cache.table import Table
from generator.compose.uses import MOMENT
from generator.model.finding import Finding
from generator.render.deliver import Delivered

_RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Released:
    """A build that was released: what went into it, and what there was to say about it."""

    inputs: str  # digest of everything that went in, the clock apart
    moments: tuple[str, ...]  # by which something on the site changes, and that lay ahead
    warnings: tuple[Finding, ...]
    is_partial: bool
    pages: int

    def still_holds(self, inputs: str, now: datetime) -> bool:
        return self.inputs == inputs and all(now < datetime.fromisoformat(moment) for moment in self.moments)


def ahead(facts: Iterable[str], now: datetime) -> tuple[str, ...]:
    """The moments among the facts of a build that have not come yet."""
    moments = (name.removeprefix(MOMENT) for name in facts if name.startswith(MOMENT))
    return tuple(sorted(moment for moment in moments if now < datetime.fromisoformat(moment)))


def last_released(store: Store, site_dir: Path) -> Released | None:
    """What stands in a folder; another one may hold a newer build."""
    try:
        found = from_bytes(store.get(_RELEASED, _name_of(site_dir)) or b"")
    except NotARecord:
        return None
    return found if isinstance(found, Released) else None


def note_release(store: Store, site_dir: Path, released: Released) -> None:
    store.put(_RELEASED, _name_of(site_dir), to_bytes(released))


def table_of(store: Store, site_dir: Path) -> Table[Delivered]:
    """What was delivered to a folder."""
    return Table(store, f"delivered-{_name_of(site_dir)}", Delivered, version="1")


def _name_of(site_dir: Path) -> str:
    return blake2b(str(site_dir.resolve()).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
