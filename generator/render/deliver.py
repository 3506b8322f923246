"""The finished files to where the site is served from, touching only what differs."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self

from msgspec import Struct

from generator.errors import EngineFailed, HalfDelivered, Rejected
from generator.model.finding import Family, Finding, Place, Text, one_line
from generator.render.undisturbed import undisturbed

MARK = ".kawaraban"
"""A file in the site that says who built it; without it a folder is somebody else's."""
_WAITING = ".kawaraban-new"
"""Where new files wait, on the same file system, until all of them are there."""
_OF_A_SITE = frozenset({MARK, _WAITING, ".git", ".gitattributes", ".gitignore", ".gitkeep"}) | frozenset(
    {".nojekyll", ".well-known", ".htaccess", ".DS_Store"}
)
"""Hidden entries that may lie in a folder before the first site is put into it. Any other says that somebody keeps
things there: a home, say, of which nothing else is to be seen."""
_MARK_TEXT = "このフォルダーの中身は瓦版がつくり、次のビルドで置き換えます。\nBuilt by Kawaraban; the next build replaces what is here.\n"


class SiteFile(Struct, frozen=True):
    """One file of the site: what its bytes are, and where to get them when the site does not have them yet."""

    sha256: str
    size: int  # bytes
    content: Callable[[], bytes]
    staged: Path | None = None
    """Where the bytes lie already; the file is moved from there."""


class SiteFiles(Mapping[str, SiteFile]):
    """The files of a site by posix path: the digests of all, and `tell`, which is asked for the few that a build needs."""

    def __init__(self, digests: Mapping[str, str], tell: Callable[[str], SiteFile]) -> None:
        self.digests = digests
        """sha256 by path."""
        self._tell = tell

    @classmethod
    def of(cls, files: Mapping[str, SiteFile]) -> Self:
        return cls({path: file.sha256 for path, file in files.items()}, files.__getitem__)

    def __getitem__(self, path: str) -> SiteFile:
        return self._tell(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self.digests)

    def __len__(self) -> int:
        return len(self.digests)

    def __contains__(self, path: object) -> bool:
        return path in self.digests


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


class Differences(Struct, frozen=True):
    """How a folder differs from what was last delivered to it."""

    strange: Mapping[str, os.stat_result] = {}
    """Files that were not put there, or are not what was, by posix path."""
    missing: Set[str] = frozenset()


NO_DIFFERENCES = Differences()


def differences(site_dir: Path, before: Mapping[str, Delivered]) -> Differences:
    """Look at everything in `site_dir`; `before` is what the last delivery to it returned."""
    found = _found(site_dir)
    strange = {
        path: status
        for path, status in found.items()
        if (told := before.get(path)) is None or not told.is_still(status)
    }
    return Differences(strange, before.keys() - found.keys())


class Delivery:
    """Makes `site_dir` hold exactly the files that are brought, by posix path: all new ones beside first, then put in.

    `before` is what the last delivery to this folder returned, `look` finds out what somebody has changed since; that is
    put right. Unchanged files keep their times, so that a copy to a server sends only what changed. Hidden entries at the
    top of `site_dir` (`.git`, `.nojekyll`) stay. Until it is `finish`ed, nothing that is read there changes; as a context
    manager, it takes away at the end what still waits.
    """

    def __init__(self, site_dir: Path, before: Mapping[str, Delivered], look: Callable[[], Differences]) -> None:
        self._site_dir = site_dir
        self._before = before
        self._look = look
        self._there: dict[str, Delivered] = {}
        """Files that lie in the site already."""
        self._waiting: dict[str, Delivered] = {}
        """New files, as they lie beside it."""
        self._place = site_dir / _WAITING
        self._way: _Way | None = None
        """Into the place, once it is there and ours."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._way is not None:
            _take_away(self._place)

    def bring(self, files: SiteFiles) -> None:
        """Put those that the site does not have beside it; each call adds to those before.

        Raises Rejected when `site_dir` holds anything but a site that was delivered before, or has no room: nothing of a
        person's is ever deleted by a wrong `-d`. Raises EngineFailed when an address leads out of the site.
        """
        way = self._way or self._begun()
        # Most of a site is as it was: 20,000 files are told apart in milliseconds, which `serve` spends on every save.
        digests = files.digests
        same = {path: told for path, told in self._known.items() if digests.get(path) == told.sha256}
        if self._waiting:
            same = {path: told for path, told in same.items() if path not in self._waiting}
        others = digests.keys() - same.keys()
        _require_inside(others)
        self._there |= same | self._recognised({path: files[path] for path in others if path not in self._waiting})
        changed = sorted(path for path in others if path not in self._there and not self._waits(path, files[path]))
        _require_room(self._site_dir, sum(files[path].size for path in changed))
        _require_permission(self._site_dir, changed)
        for path in changed:
            there = way.to(path)
            _lay(files[path], there)
            self._waiting[path] = Delivered.of(files[path].sha256, os.stat(there))

    def finish(self) -> dict[str, Delivered]:
        """Put in what waits, each file or new folder by one rename, and take away what was not brought.

        Raises HalfDelivered when the disk refuses in the middle of that; Ctrl-C waits for the end of it.
        """
        delivered = self._there | self._waiting
        here = self._known.keys() | self._differences.strange.keys()
        leaving = sorted(here - delivered.keys(), reverse=True)
        _require_permission(self._site_dir, leaving)
        if not (self._site_dir / MARK).is_file():
            with (self._site_dir / MARK).open("x", encoding="utf-8") as mark:
                mark.write(_MARK_TEXT)
        try:
            with undisturbed():
                for path in _put_in(os.fspath(self._place), os.fspath(self._site_dir)):
                    status = os.stat(self._site_dir / path)  # a rename gives a file another time
                    delivered[path] = Delivered.of(delivered[path].sha256, status)
                _remove(self._site_dir, leaving)
        except OSError as error:
            raise HalfDelivered([_half_way(self._site_dir, error)]) from error
        return delivered

    @cached_property
    def _differences(self) -> Differences:
        return self._look()

    @cached_property
    def _known(self) -> Mapping[str, Delivered]:
        """What lies in the site as it was put there."""
        others = self._differences.missing | self._differences.strange.keys()
        return {path: told for path, told in self._before.items() if path not in others} if others else self._before

    def _begun(self) -> _Way:
        _require_a_site(self._site_dir)
        self._site_dir.mkdir(parents=True, exist_ok=True)
        _require_permission(self._site_dir, [_WAITING])
        _take_away(self._place)  # an interrupted delivery may have left it
        self._place.mkdir(mode=0o700)  # a web server of another user does not see what waits
        self._way = _Way(os.fspath(self._place))
        return self._way

    def _recognised(self, files: Mapping[str, SiteFile]) -> dict[str, Delivered]:
        """Those whose bytes lie in the site although nobody knows of them."""
        found = {
            path: _found_out(self._site_dir / path, files[path], status)
            for path, status in self._differences.strange.items()
            if path in files
        }
        return {path: told for path, told in found.items() if told is not None}

    def _waits(self, path: str, wanted: SiteFile) -> bool:
        return path in self._waiting and self._waiting[path].sha256 == wanted.sha256


def _require_inside(paths: Iterable[str]) -> None:
    """Whatever an address was made from, it never leads out of the site."""
    for path in paths:
        if path.startswith("/") or ".." in path.split("/"):
            raise EngineFailed(f"the address {path!r} leads out of the site")


def deliver(
    files: SiteFiles, site_dir: Path, before: Mapping[str, Delivered], look: Callable[[], Differences]
) -> dict[str, Delivered]:
    """A `Delivery` of all files at once."""
    with Delivery(site_dir, before, look) as delivery:
        delivery.bring(files)
        return delivery.finish()


def is_as_delivered(site_dir: Path, before: Mapping[str, Delivered]) -> bool:
    """Whether a folder holds what was delivered and nothing else, as far as sizes and times tell."""
    is_ended = (site_dir / MARK).is_file() and not os.path.lexists(site_dir / _WAITING)
    return is_ended and bool(before) and differences(site_dir, before) == NO_DIFFERENCES


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


def _found_out(there: Path, wanted: SiteFile, status: os.stat_result) -> Delivered | None:
    """A file that nobody knows: what was delivered, when its bytes are those that are wanted."""
    if not stat.S_ISREG(status.st_mode) or status.st_size != wanted.size:
        return None
    with there.open("rb") as file:
        is_wanted = hashlib.file_digest(file, "sha256").hexdigest() == wanted.sha256
    return Delivered.of(wanted.sha256, status) if is_wanted else None


def _lay(file: SiteFile, there: str) -> None:
    """Put the new bytes where they wait."""
    if file.staged is not None:
        try:
            os.replace(file.staged, there)
            return
        except OSError as error:
            if error.errno != errno.EXDEV:  # the site may lie on another disk
                raise
    with open(there, "wb") as new:
        new.write(file.content())


def _take_away(waiting: Path) -> None:
    if waiting.is_dir() and not waiting.is_symlink():
        shutil.rmtree(waiting)
    elif os.path.lexists(waiting):
        waiting.unlink()


def _require_a_site(site_dir: Path) -> None:
    names = os.listdir(site_dir) if site_dir.is_dir() else []
    strange = min((name for name in names if name not in _OF_A_SITE), default=None)
    if site_dir.is_symlink() or (site_dir.exists() and not site_dir.is_dir()):
        reason = Text("フォルダーではありません", "it is not a folder")
    elif strange is not None and not (site_dir / MARK).is_file():
        name = one_line(strange, 80)
        reason = Text(
            f"瓦版がつくったものではない `{name}` があります", f"it holds `{name}`, which Kawaraban did not build"
        )
    elif os.path.lexists(site_dir / MARK) and not stat.S_ISREG((site_dir / MARK).lstat().st_mode):
        reason = Text(f"中の `{MARK}` がふつうのファイルではありません", f"`{MARK}` in it is no plain file")
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


def _half_way(site_dir: Path, error: OSError) -> Finding:
    stuck = next((name for name in (error.filename2, error.filename) if isinstance(name, str | os.PathLike)), site_dir)
    path = os.path.relpath(stuck, site_dir)
    what = Text(
        f"途中まで反映したところで `{path}` を置き換えられませんでした（{error.strerror}）",
        f"`{path}` could not be replaced when others had been already: {error.strerror}",
    )
    remedy = Text(
        "そのファイルの権限や、開いているプログラムを確かめて、もう一度ビルドしてください。残りが反映されます",
        "look at its permissions and at the programs that hold it open, then build again: the rest will be put in",
    )
    return Finding(Family.PUBLISH, "half-delivered", Place(site_dir.name), what, remedy)


def _require_room(site_dir: Path, size: int) -> None:
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


class _Way:
    """The folders below an empty one; plain strings, because `Path` takes longer over 20,000 files than the disk."""

    def __init__(self, top: str) -> None:
        self.top = top
        self._ready = {""}

    def to(self, path: str) -> str:
        """Where a file goes; from now on its folder is there."""
        self._open(path.rpartition("/")[0])
        return f"{self.top}/{path}"

    def _open(self, folder: str) -> None:
        if folder in self._ready:
            return
        self._open(folder.rpartition("/")[0])
        try:
            os.mkdir(f"{self.top}/{folder}")
        except FileExistsError:  # a disk that takes `A` and `a` for one
            if not os.path.isdir(f"{self.top}/{folder}"):
                raise
        self._ready.add(folder)


def _put_in(waiting: str, site_dir: str) -> Iterator[str]:
    """Move everything from one folder into another; the paths of those files that were not moved with a whole folder.

    A page that became a folder of pages, or the other way round, is taken away first, and so is a link: nothing is
    written behind it.
    """
    shared = [""]
    for prefix in shared:
        with os.scandir(f"{waiting}/{prefix}") as found:
            entries = list(found)  # not while they are moved away: some disks then pass over others
        for entry in entries:
            path = prefix + entry.name
            there = f"{site_dir}/{path}"
            is_folder = os.path.isdir(there) and not os.path.islink(there)
            if entry.is_dir() and is_folder:
                shared.append(f"{path}/")
                continue
            if is_folder:
                shutil.rmtree(there)
            elif entry.is_dir() and os.path.lexists(there):
                os.unlink(there)
            os.replace(entry.path, there)
            if not entry.is_dir():
                yield path
    for prefix in reversed(shared):
        os.rmdir(f"{waiting}/{prefix}")  # fails when anything was left behind


def _remove(site_dir: Path, leaving: list[str]) -> None:
    """Take files away, and the folders in which nothing is left."""
    left: dict[Path, None] = {}
    for path in leaving:
        gone = site_dir / path
        if gone.is_dir() and not gone.is_symlink():
            continue  # it is a folder of pages now
        with suppress(FileNotFoundError, NotADirectoryError):  # what stands in the place of its folder took it away
            gone.unlink()
        left[gone.parent] = None
    for start in left:  # each once: a folder may have lost a thousand files and keep as many
        for folder in (start, *start.parents):
            if folder == site_dir or not folder.is_dir() or not _is_empty(folder):
                break
            folder.rmdir()


def _is_empty(folder: Path) -> bool:
    with os.scandir(folder) as entries:
        return next(entries, None) is None
