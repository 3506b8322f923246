"""The finished files to where the site is served from, touching only what differs."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from generator.errors import EngineFailed, Rejected
from generator.model.finding import Family, Finding, Place, Text

MARK = ".kawaraban"
"""A file in the site that says who built it; without it a folder is somebody else's."""
_WAITING = ".kawaraban-new"
"""Where new files wait, on the same file system, until all of them are there."""
_MARK_TEXT = "このフォルダーの中身は瓦版がつくり、次のビルドで置き換えます。\nBuilt by Kawaraban; the next build replaces what is here.\n"


@dataclass(frozen=True, slots=True)
class SiteFile:
    """One file of the site: what its bytes are, and where to get them when the site does not have them yet."""

    sha256: str
    size: int  # bytes
    content: Callable[[], bytes]
    staged: Path | None = None
    """Where the bytes lie already; the file is moved from there."""


class Delivered(NamedTuple):
    """A file as it was put into the site: as long as size and times are these, its bytes are."""

    sha256: str
    size: int  # bytes
    mtime_ns: int
    ctime_ns: int

    @classmethod
    def of(cls, sha256: str, status: os.stat_result) -> Delivered:
        return cls(sha256, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

    def is_still(self, status: os.stat_result) -> bool:
        """Whether what lies there now is the file that was put there."""
        told = (status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        return stat.S_ISREG(status.st_mode) and told == (self.size, self.mtime_ns, self.ctime_ns)


def deliver(files: Mapping[str, SiteFile], site_dir: Path, before: Mapping[str, Delivered]) -> dict[str, Delivered]:
    """Make `site_dir` hold exactly `files`, by posix path: all new ones beside first, then each put in by one rename.

    `before` is what the last delivery to this folder returned; what somebody has changed since is put right.
    Unchanged files keep their times, so that a copy to a server sends only what changed. Hidden entries at the
    top of `site_dir` (`.git`, `.nojekyll`) stay. Raises Rejected when `site_dir` holds anything but a site that was
    delivered before, or has no room: nothing of a person's is ever deleted by a wrong `-d`.
    """
    _require_a_site(site_dir)
    for path in files:
        if path.startswith("/") or ".." in path.split("/"):
            # Whatever an address was made from, it never leads out of the site.
            raise EngineFailed(f"the address {path!r} leads out of the site")
    found = _found(site_dir)
    delivered: dict[str, Delivered] = {}
    changed: list[str] = []
    for path in sorted(files):
        there = _as_delivered(site_dir, path, files[path], found.get(path), before.get(path))
        if there is None:
            changed.append(path)
        else:
            delivered[path] = there
    leaving = sorted(found.keys() - files.keys(), reverse=True)
    return delivered | _put(files, site_dir, changed, leaving)


def deliver_changes(
    files: Mapping[str, SiteFile], site_dir: Path, before: Mapping[str, Delivered]
) -> dict[str, Delivered]:
    """The same where nobody else writes: `before` is what is there, and nothing is looked for."""
    kept = {path: there for path, there in before.items() if path in files and files[path].sha256 == there.sha256}
    changed = sorted(files.keys() - kept.keys())
    return kept | _put(files, site_dir, changed, sorted(before.keys() - files.keys(), reverse=True))


def _put(files: Mapping[str, SiteFile], site_dir: Path, changed: list[str], leaving: list[str]) -> dict[str, Delivered]:
    """Put the changed files in and take the leaving ones away."""
    _require_room(site_dir, sum(files[path].size for path in changed))
    if not (site_dir / MARK).is_file():
        (site_dir / MARK).write_text(_MARK_TEXT, encoding="utf-8")
    delivered: dict[str, Delivered] = {}
    waiting = site_dir / _WAITING
    try:
        # Everything that can fail (room, permissions) fails here, before the first page changes.
        _require_permission(site_dir, [*changed, *leaving])
        waiting.mkdir(exist_ok=True)
        device = waiting.stat().st_dev
        sources = [_beside(files[path], f"{waiting}/{number}", device) for number, path in enumerate(changed)]
        way = _Way(os.fspath(site_dir))
        for path, source in zip(changed, sources, strict=True):
            there = way.cleared_to(path)
            os.replace(source, there)
            delivered[path] = Delivered.of(files[path].sha256, os.stat(there))
        _remove(site_dir, leaving)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
    return delivered


def is_as_delivered(site_dir: Path, before: Mapping[str, Delivered]) -> bool:
    """Whether a folder holds what was delivered and nothing else, as far as sizes and times tell."""
    if not before or not (site_dir / MARK).is_file():
        return False
    found = _found(site_dir)
    return found.keys() == before.keys() and all(told.is_still(found[path]) for path, told in before.items())


def _found(site_dir: Path) -> dict[str, os.stat_result]:
    """What is in the site, links too, but not what is hidden at its top: that is somebody else's."""
    found: dict[str, os.stat_result] = {}
    folders = [("", os.fspath(site_dir))] if site_dir.is_dir() else []
    while folders:
        prefix, folder = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if not prefix and entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append((f"{prefix}{entry.name}/", entry.path))
                else:
                    found[prefix + entry.name] = entry.stat(follow_symlinks=False)
    return found


def _as_delivered(
    site_dir: Path, path: str, wanted: SiteFile, there: os.stat_result | None, before: Delivered | None
) -> Delivered | None:
    """The file in the site, when its bytes are those that are wanted; None when they have to be put there."""
    if there is None:
        return None
    if before is not None and before.sha256 == wanted.sha256 and before.is_still(there):
        return before
    if not stat.S_ISREG(there.st_mode) or there.st_size != wanted.size:
        return None
    with (site_dir / path).open("rb") as file:
        is_wanted = hashlib.file_digest(file, "sha256").hexdigest() == wanted.sha256
    return Delivered.of(wanted.sha256, there) if is_wanted else None


def _beside(file: SiteFile, waiting: str, device: int) -> str | Path:
    """The new bytes in a file from which a rename leads into the site, which is on `device`."""
    if file.staged is not None and file.staged.stat().st_dev == device:
        return file.staged
    with open(waiting, "wb") as new:
        new.write(file.content())
    return waiting


def _require_a_site(site_dir: Path) -> None:
    visible = [entry for entry in site_dir.iterdir() if not entry.name.startswith(".")] if site_dir.is_dir() else []
    if site_dir.is_symlink() or (site_dir.exists() and not site_dir.is_dir()):
        reason = Text("フォルダーではありません", "it is not a folder")
    elif visible and not (site_dir / MARK).is_file():
        reason = Text("瓦版がつくったものではないファイルがあります", "it holds files that Kawaraban did not build")
    else:
        return
    raise Rejected([_refused(site_dir, reason)])


def _refused(site_dir: Path, reason: Text) -> Finding:
    return Finding(
        Family.SITE,
        "output-folder",
        Place(site_dir.name),
        Text(
            f"出力先 `{site_dir.name}` には書き込みません。{reason.ja}",
            f"will not write to `{site_dir.name}`: {reason.en}",
        ),
        Text(
            "空のフォルダーか、前に瓦版でつくったサイトを指定してください。要らないものなら、消してからもう一度つくってください",
            "name an empty folder or a site built before; or remove what is there and build again",
        ),
    )


def _require_room(site_dir: Path, size: int) -> None:
    site_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(site_dir).free
    if free < 2 * size:
        needed = Text(
            f"空き容量が足りません（必要 {2 * size:,} バイト、空き {free:,} バイト）",
            f"{2 * size:,} bytes needed, {free:,} free",
        )
        raise Rejected([_refused(site_dir, needed)])


def _require_permission(site_dir: Path, paths: list[str]) -> None:
    """Raises PermissionError for the first folder in which a file is to change and may not."""
    standing: dict[str, str] = {}

    def nearest(folder: str) -> str:
        """The folder itself, or the first above it that is there."""
        if folder not in standing:
            is_there = not folder or os.path.isdir(f"{site_dir}/{folder}")
            standing[folder] = folder if is_there else nearest(folder.rpartition("/")[0])
        return standing[folder]

    for folder in sorted({nearest(path.rpartition("/")[0]) for path in paths}):
        if not os.access(site_dir / folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(site_dir / folder))


@dataclass(frozen=True, slots=True)
class _Way:
    """The folders of a site; plain strings, because `Path` takes longer over 20,000 files than the disk."""

    site_dir: str
    _ready: set[str] = field(default_factory=lambda: {""})

    def cleared_to(self, path: str) -> str:
        """Where a file goes: a page that became a folder of pages, or the other way round, is taken away first."""
        self._open(path.rpartition("/")[0])
        there = f"{self.site_dir}/{path}"
        if os.path.isdir(there) and not os.path.islink(there):
            shutil.rmtree(there)
        return there

    def _open(self, folder: str) -> None:
        if folder in self._ready:
            return
        self._open(folder.rpartition("/")[0])
        step = f"{self.site_dir}/{folder}"
        try:
            os.mkdir(step)
        except FileExistsError:
            if os.path.islink(step) or not os.path.isdir(step):
                os.unlink(step)
                os.mkdir(step)
        self._ready.add(folder)


def _remove(site_dir: Path, leaving: list[str]) -> None:
    """Take files away, and the folders in which nothing is left."""
    left: dict[Path, None] = {}
    for path in leaving:
        gone = site_dir / path
        if gone.is_dir() and not gone.is_symlink():
            continue  # it is a folder of pages now
        gone.unlink(missing_ok=True)  # `_make_way` may have taken it away already
        left[gone.parent] = None
    for start in left:  # each once: a folder may have lost a thousand files and keep as many
        for folder in (start, *start.parents):
            if folder == site_dir or not folder.is_dir() or not _is_empty(folder):
                break
            folder.rmdir()


def _is_empty(folder: Path) -> bool:
    with os.scandir(folder) as entries:
        return next(entries, None) is None
