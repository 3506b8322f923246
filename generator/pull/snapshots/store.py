"""Snapshots on disk: <private>/snapshots/<source>/<id>/{part.parquet, meta.json}, never changed once written.

`latest` beside them names the newest one that could be read and the digest of its meta.json, which holds the digest of
the rows: whatever has changed since it was written is noticed and passed over. `accepted` names the newest one whose
figures had no error, `refused` one whose rows the figures were refused for: it never stands in for a source that fails.
`unfinished` names one that lacks windows of a source on the network: no page is made from it, the next pull goes on from
there. Everything is for the owner's eyes only.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from generator.model.finding import Family, Finding, Place, Severity, Text
from generator.whole_file import drop_given_up, put_whole

KEPT = 2
"""Snapshots of a source that stay: the newest, and the one a build may still be reading; beside them the one that was
accepted last. People's data is not hoarded."""

_GROWING, _WORKSHOP, _POINTER = ".growing-", ".workshop-", ".latest-"
"""How the names of what is not whole yet begin."""

SETTLED = "settled"
"""Stands for the digest of a window that the vendor no longer changes."""
MISSED = "missed"
"""Stands for the digest of a window that the vendor no longer has, and that was never pulled."""


class Part(Struct, frozen=True):
    """What one file or window of a source gave to a snapshot, where the rows of each stand together."""

    path: str  # the file as messages show it, or the window
    sha256: str
    """What it is known by; empty where it has to be asked for again."""
    rows: int
    replaced: int
    """Rows left out because a newer row had the same key."""
    days: tuple[date | None, ...]
    """What the file's time column holds, used or not."""
    traits: tuple[tuple[str, str], ...]
    """What else is asked of the rows of all files together (`Source.traits`)."""
    alone: str = ""
    """Digest of the file that holds only these rows, and its name; empty where they stand in the common one."""

    def counted(self, rows: int, replaced: int) -> Part:
        return replace(self, rows=rows, replaced=replaced)

    def closed(self) -> Part:
        """The same when it cannot be asked for again, whether it was whole or not."""
        return self if self.sha256 else replace(self, sha256=SETTLED if self.rows else MISSED)

    def to_plain(self) -> dict[str, object]:
        # Not `asdict`, which copies every value: a year of days is hundreds of parts.
        plain: dict[str, object] = {name: getattr(self, name) for name in self.__struct_fields__}
        return plain | {"days": [day and day.isoformat() for day in self.days]}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Part:
        days = tuple(day and date.fromisoformat(day) for day in plain["days"])
        return cls(**plain | {"days": days, "traits": tuple((name, value) for name, value in plain["traits"])})


class Meta(Struct, frozen=True):
    """What meta.json says about the rows beside it."""

    rows: int
    watermark: date | None
    sha256: str
    pulled_at: datetime
    inputs: str
    """Digest of all that the rows come from: `reading` and the files' contents."""
    schema: tuple[tuple[str, str], ...]
    """Column name and type, in order."""
    warnings: tuple[Finding, ...]
    """What was said about the files, to be said again as long as they stay the same."""
    status: str = "ok"
    reading: str = ""
    """Digest of the declaration and of our reading code; empty in a snapshot of an earlier version, as are `parts`."""
    origin: str = ""
    """Digest of what the declaration says of whose rows these are; empty in a snapshot of an earlier version."""
    sealed_with: str = ""
    """What the key of the rows is known by (`generator.cache.sealed`); empty when they lie open."""
    parts: tuple[Part, ...] = ()
    """The files, in the order in which their rows stand."""

    @property
    def is_open(self) -> bool:
        """Whether a window has to be asked for again."""
        return not all(part.sha256 for part in self.parts)

    def to_json(self) -> str:
        plain = {name: getattr(self, name) for name in self.__struct_fields__} | {
            "watermark": self.watermark and self.watermark.isoformat(),
            "pulled_at": self.pulled_at.isoformat(),
            "parts": [part.to_plain() for part in self.parts],
            "warnings": [to_builtins(warning) for warning in self.warnings],
        }
        return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Meta:
        """Read what `to_json` wrote; raises ValueError, KeyError or TypeError for anything else."""
        plain = json.loads(text)
        return cls(
            **{name: plain[name] for name in cls.__struct_fields__ if name in plain}
            | {
                "watermark": plain["watermark"] and date.fromisoformat(plain["watermark"]),
                "pulled_at": datetime.fromisoformat(plain["pulled_at"]),
                "parts": tuple(Part.from_plain(part) for part in plain.get("parts", ())),
                "schema": tuple((name, kind) for name, kind in plain["schema"]),
                "warnings": tuple(_finding(warning) for warning in plain["warnings"]),
            }
        )


class Stored(Struct, frozen=True):
    """A snapshot that is on disk and whole."""

    parquet: Path
    meta: Meta

    @property
    def alone(self) -> dict[str, Path]:
        """The files that hold the rows of one part each, by their digest."""
        return {part.alone: self.parquet.with_name(f"{part.alone}.parquet") for part in self.meta.parts if part.alone}


class Store:
    """The snapshots of one source."""

    def __init__(self, private: Path, source: str) -> None:
        self.folder = private / "snapshots" / source
        self._private = private

    def latest(self) -> tuple[Stored | None, bool]:
        """The newest snapshot if it is whole, and whether one was written that cannot be trusted any more."""
        pointer = self.folder / "latest"
        stored = self._whole(pointer)
        return stored, stored is None and pointer.exists()

    def standing_in(self, latest: Stored | None) -> Stored | None:
        """What may be used in place of rows that cannot be had: `latest`, else the one that was accepted before it."""
        is_refused = self._named("refused") == self._named("latest")
        return self._whole(self.folder / "accepted") if latest is None or is_refused else latest

    @property
    def has_accepted(self) -> bool:
        return self._named("accepted") is not None

    def note_accepted(self, name: str) -> None:
        """Note that the figures made from the snapshot of this folder had no error."""
        self._judge(name, "accepted")

    def note_refused(self, name: str) -> None:
        """Note that figures were refused for the rows of this snapshot, unless they were accepted once.

        Then something else has changed since: a definition, the departments.
        """
        named = self._named("accepted")
        if named is None or named.split()[0] != name:
            self._judge(name, "refused")

    def _judge(self, name: str, pointer: str) -> None:
        latest = self._named("latest")
        if latest is None or latest.split()[0] != name or latest == self._named(pointer):
            return  # another process has pulled since, or it is known
        name, meta_digest = latest.split()
        self._point_at(name, meta_digest, pointer)
        if pointer == "accepted":
            (self.folder / "refused").unlink(missing_ok=True)

    def _named(self, pointer: str) -> str | None:
        """Name and digest of the snapshot that is pointed at, whole or not."""
        try:
            text = (self.folder / pointer).read_text("utf-8").strip()
        except (OSError, ValueError):
            return None
        return text if len(text.split()) == 2 else None

    def unfinished(self) -> Stored | None:
        """What the last pull had when it was stopped."""
        return self._whole(self.folder / "unfinished")

    def _whole(self, pointer: Path) -> Stored | None:
        try:
            name, meta_digest = pointer.read_text("utf-8").split()
            text = (self.folder / name / "meta.json").read_bytes()
            if hashlib.sha256(text).hexdigest() != meta_digest:
                return None
            meta = Meta.from_json(text.decode())
            parquet = self.folder / name / "part.parquet"
            stored = Stored(parquet, meta)
            told = {parquet: meta.sha256} | {path: sha256 for sha256, path in stored.alone.items()}
            return stored if _digests(list(told)) == list(told.values()) else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def add(self, write: Callable[[Path], None], meta: Callable[[str], Meta], *, is_finished: bool = True) -> Stored:
        """Store one snapshot and make it the latest; `meta` gets the digest of the file that `write` wrote.

        Raises OSError when the disk does not take it; the snapshot before then still stands.
        """
        self._make_folder()
        growing = Path(tempfile.mkdtemp(prefix=_GROWING, dir=self.folder))
        try:
            write(growing / "part.parquet")
            told = meta(_digest(growing / "part.parquet"))
            text = told.to_json().encode()
            (growing / "meta.json").write_bytes(text)
            for part in growing.iterdir():
                part.chmod(0o600)
                _flush(part)
            name = f"{told.pulled_at:%Y%m%dT%H%M%SZ}-{told.inputs[:12]}{'' if is_finished else '-unfinished'}"
            self._put(growing, name)
        finally:
            shutil.rmtree(growing, ignore_errors=True)
        self._point_at(name, hashlib.sha256(text).hexdigest(), "latest" if is_finished else "unfinished")
        if is_finished:
            (self.folder / "unfinished").unlink(missing_ok=True)
        self.drop_old()
        return Stored(self.folder / name / "part.parquet", told)

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        """A folder on the same disk for files that a snapshot may take; it is gone afterwards. Raises OSError."""
        self._make_folder()
        with tempfile.TemporaryDirectory(prefix=_WORKSHOP, dir=self.folder) as folder:
            yield Path(folder)

    def _make_folder(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder.parent.chmod(0o700)
        self.folder.chmod(0o700)
        ignored = self._private / ".gitignore"
        if not ignored.exists():
            ignored.write_text("*\n", "utf-8")  # rows about people never enter a repository

    def _put(self, growing: Path, name: str) -> None:
        target = self.folder / name
        if target.exists():  # the same files pulled in the same second: damaged, or another process was first
            shutil.rmtree(target)
        growing.rename(target)
        _flush(self.folder)

    def _point_at(self, name: str, meta_digest: str, pointer: str) -> None:
        put_whole(self.folder / pointer, f"{name} {meta_digest}\n", begun_as=_POINTER)
        _flush(self.folder)
        drop_given_up(self.folder / pointer, _POINTER, _GROWING, _WORKSHOP)

    def drop_old(self) -> None:
        """Remove all but the newest snapshots and those that something points at."""
        accepted = self._named("accepted")
        spared = {self.folder / accepted.split()[0]} if accepted is not None else set()
        for path in [path for path in self._older() if path not in spared][KEPT - 1 :]:
            shutil.rmtree(path, ignore_errors=True)

    def drop_all_old(self) -> None:
        """Remove every snapshot before the newest, also the accepted one: its rows must not lie there any more."""
        for path in self._older():
            shutil.rmtree(path, ignore_errors=True)

    def _older(self) -> list[Path]:
        """All but the latest and the unfinished snapshot, newest first."""
        kept = [path for path in self.folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
        pointed = {stored.parquet.parent for stored in (self.latest()[0], self.unfinished()) if stored is not None}
        return sorted((path for path in kept if path not in pointed), reverse=True)


def put_beside(path: Path, file: Path, sha256: str) -> None:
    """Let a new snapshot have a file that never changes, without a copy where the disk can do so."""
    target = path.with_name(f"{sha256}.parquet")
    try:
        os.link(file, target)
    except OSError:
        shutil.copyfile(file, target)


def _digests(paths: Sequence[Path]) -> list[str]:
    if len(paths) == 1:  # to start a thread takes longer than to read most of them
        return [_digest(paths[0])]
    with ThreadPoolExecutor(os.cpu_count()) as at_once:
        return list(at_once.map(_digest, paths))


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _flush(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows has no way to flush a folder
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)  # Windows flushes only what may be written
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _finding(plain: dict[str, object]) -> Finding:
    place, what, remedy = plain["place"], plain["what"], plain["remedy"]
    if not (isinstance(place, dict) and isinstance(what, dict) and isinstance(remedy, dict)):
        raise TypeError("a stored finding has another shape")
    family, severity = Family(str(plain["family"])), Severity(str(plain["severity"]))
    return Finding(family, str(plain["code"]), Place(**place), Text(**what), Text(**remedy), severity)
