"""Whether anything at all is another than in the last build that was released."""

from __future__ import annotations

import os
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from generator.cache.fingerprint import code_fingerprint
from generator.cache.records import NotARecord, from_bytes, to_bytes
from generator.cache.store import Store
from generator.cache.table import Table
from generator.model.finding import Finding, Text
from generator.render.deliver import Delivered

_LAST = ("build", "last")


class Done(Struct, frozen=True):
    """How a build ended."""

    made: int  # pages
    reused: int  # pages
    warnings: tuple[Finding, ...]
    is_partial: bool
    shown: str  # where the site is, as messages show it
    remark: Text | None = None
    """Why pages were made that nothing has changed on."""


class Released(Struct, frozen=True):
    """A build that was released: what went into it, and what there was to say about it."""

    inputs: str  # digest of everything that went in, the clock apart
    at: datetime  # the moment it speaks of
    moments: tuple[str, ...]  # by which something on the site changes, and that lay ahead
    day: date
    zone: str  # of the site
    site_dir: str  # seen from the folder of mkdocs.yml, like the folders below: a copy of a site is another site
    look: str  # digest of how all files looked (`generator.build.glance`); empty when looks cannot tell
    folders: tuple[str, ...]  # what went in lies below them
    warnings: tuple[Finding, ...]
    is_partial: bool
    pages: int

    def is_unchanged_at(self, now: datetime) -> bool:
        """Whether the clock alone has changed nothing since; a clock that was put back may have."""
        is_later_that_day = self.at <= now and self.day == now.astimezone(ZoneInfo(self.zone)).date()
        return is_later_that_day and all(now < datetime.fromisoformat(moment) for moment in self.moments)

    def done(self, root: Path) -> Done:
        """How a build ends that finds this one still standing; `root` is the folder of mkdocs.yml."""
        shown = root / self.site_dir if self.site_dir.startswith("..") else Path(self.site_dir)
        return Done(
            0,
            self.pages,
            self.warnings,
            self.is_partial,
            shown.resolve().as_posix() if shown.is_absolute() else shown.as_posix(),
        )


def last_released(store: Store) -> Released | None:
    """The last release by this code; what other code noted may mean something else."""
    try:
        match from_bytes(store.get(*_LAST) or b""):
            case (str() as version, Released() as released) if version == code_fingerprint():
                return released
    except NotARecord:
        pass  # there was none, or the note is damaged
    return None


def note_release(store: Store, released: Released) -> None:
    store.put(*_LAST, to_bytes((code_fingerprint(), released)))


def table_of(store: Store, site_dir: Path) -> Table[Delivered]:
    """What was delivered to a folder."""
    name = blake2b(os.path.realpath(site_dir).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
    return Table(store, f"delivered-{name}", Delivered, code_fingerprint())
