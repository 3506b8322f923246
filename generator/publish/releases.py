"""The layout of a target: its releases, their records, which one is current, and which are kept."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import DecodeError, Struct, json

from generator.publish import refusals
from generator.publish.manifest import Manifest
from generator.publish.moment import Moment, require_tellable
from generator.publish.transfer import sync, write_durably

KEPT = 10
"""Releases that a reader's open page and a rollback can count on."""
_TIME = "%Y%m%dT%H%M%SZ"
_ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")
_DRAFT = ".tmp-"
_LINK_DRAFT = ".tmp-current"


class Record(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is known of a release: `releases/<id>.json`."""

    id: str
    digest: str
    pages: int
    built_at: Moment
    by_clock: bool = True
    """Whether `built_at` is what a machine's clock said; older records do not tell, and most builds go by the clock."""
    published_at: Moment
    previous: str | None
    """The release that readers had before; where a rollback leads."""
    files: dict[str, str]
    """sha256 by path."""

    def __post_init__(self) -> None:
        require_tellable(self.built_at)


class Release(Struct, frozen=True):
    """What readers get now."""

    id: str
    folder: Path
    pages: int
    is_new: bool  # False when the site was published already, and after a rollback


class Target:
    """A folder that a web server shows through `current`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.current_link = root / "current"
        self._releases = root / "releases"

    def prepare(self) -> None:
        """Make the folders and remove what a publisher left that was killed."""
        self._releases.mkdir(parents=True, exist_ok=True)
        (self.root / _LINK_DRAFT).unlink(missing_ok=True)
        for entry in list(self._releases.iterdir()):
            if entry.name.startswith(_DRAFT) or self._is_orphan(entry):
                _remove(entry)

    def _is_orphan(self, entry: Path) -> bool:
        """A release of ours that never got its record, or was losing it; nothing else in the folder is touched."""
        return (
            bool(_ID.fullmatch(entry.name)) and not self._record(entry.name).exists() and entry != self.current_folder()
        )

    def records(self) -> Mapping[str, Record]:
        """Complete releases by id, oldest first: those that have both their folder and a readable record."""
        found: dict[str, Record] = {}
        # Not glob: it takes a folder that may not be read for an empty one.
        for path in sorted(path for path in self._releases.iterdir() if path.suffix == ".json"):
            try:
                record = json.decode(path.read_bytes(), type=Record)
            except DecodeError:
                continue  # written by another version, or damaged: not a place to roll back to
            if self.folder(record.id).is_dir() and path.stem == record.id:
                found[record.id] = record
        return found

    def _record(self, release: str) -> Path:
        return self._releases / f"{release}.json"

    def folder(self, release: str) -> Path:
        return self._releases / release

    def draft(self, release: str) -> Path:
        """Where a release is put together; nothing links to it."""
        return self._releases / f"{_DRAFT}{release}"

    def current_folder(self) -> Path | None:
        """The folder behind `current`; raises PublishFailed when `current` is something else than our link."""
        if self.current_link.is_symlink():
            return self._releases / self.current_link.readlink().name
        if self.current_link.exists():
            raise refusals.current_is_no_link(self.current_link)
        return None

    def current(self) -> Record | None:
        folder = self.current_folder()
        return None if folder is None else self.records().get(folder.name)

    def next_id(self, now: datetime, digest: str) -> str:
        """`<UTC time>-<digest>`, later than every id there is, even if the clock went back."""
        ids = [path.stem for path in self._releases.iterdir() if _ID.fullmatch(path.stem)]
        moment = now.strftime(_TIME)
        if ids and (latest := max(ids)[: len(moment)]) >= moment:
            moment = (datetime.strptime(latest, _TIME) + timedelta(seconds=1)).strftime(_TIME)  # noqa: DTZ007 (UTC by name)
        return f"{moment}-{digest[:8]}"

    def complete(self, record: Record) -> None:
        """Give a finished draft its name and its record."""
        self.draft(record.id).rename(self.folder(record.id))
        write_durably(self._record(record.id), json.format(json.encode(record), indent=1))

    def switch(self, release: str) -> None:
        """Point `current` at a release: readers get the old site or the new one, in one rename."""
        draft = self.root / _LINK_DRAFT
        draft.unlink(missing_ok=True)
        draft.symlink_to(f"releases/{release}", target_is_directory=True)
        draft.replace(self.current_link)
        sync(self.root)

    def is_intact(self, record: Record) -> bool:
        """Whether the files of a release are, byte for byte, those of its record."""
        return Manifest.of(self.folder(record.id)).files == record.files

    def prune(self) -> None:
        """Remove all but the newest releases; the current one always stays."""
        current = self.current_folder()
        for release in list(self.records())[:-KEPT]:
            if self.folder(release) != current:
                # The record first: a folder without one is cleared away by the next publisher.
                self._record(release).unlink()
                _remove(self.folder(release))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
