"""Which files were touched, told by the system: inotify, FSEvents, ReadDirectoryChangesW."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue

from msgspec import Struct
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from generator.errors import Rejected
from generator.model.finding import Family, Finding, Place, Text
from generator.read.look import Touched

_QUIET = 0.03  # seconds without an event, after which a save, a rename or a checkout is over
_MOST = 500  # paths; beyond, looking at everything is as quick, and the system may have lost events
_ATTENTIVE = 0.5  # seconds; Windows delivers Ctrl-C only between two waits
_LOOKED_AT = frozenset({"opened", "closed_no_write"})  # we do that ourselves


class Watched(Struct, frozen=True):
    """What a site is made from."""

    folders: tuple[Path, ...]
    file: Path  # mkdocs.yml

    def concerns(self, path: str) -> bool:
        """Whether the site may depend on what lies at a path; hidden files are editors' own business."""
        here = Path(path)
        if here == self.file:
            return True
        folder = next((folder for folder in self.folders if here.is_relative_to(folder)), None)
        return folder is not None and not any(name.startswith(".") for name in here.relative_to(folder).parts)


class Watch:
    """Collects what is touched from the moment on that it is told what to watch."""

    def __init__(self, observer: BaseObserver) -> None:
        self._observer = observer
        self._watched: Watched | None = None
        self._touched: SimpleQueue[str | None] = SimpleQueue()
        self._seen: dict[Path, tuple[tuple[int, int], ObservedWatch]] = {}
        """By folder: which one it was when watching began, and the watch on it."""

    def over(self, watched: Watched) -> None:
        """Watch this from now on. Raises Rejected when the system watches no more folders."""
        self._watched = watched
        wanted = dict.fromkeys(watched.folders, True) | {watched.file.parent: False}
        identities = {folder: _identity(folder) for folder in wanted}
        for folder, (was, watch) in list(self._seen.items()):
            if identities.get(folder) != was:
                self._observer.unschedule(watch)
                del self._seen[folder]
        for folder, is_deep in wanted.items():
            identity = identities[folder]
            if identity is None or folder in self._seen:
                continue
            try:
                self._seen[folder] = identity, self._observer.schedule(self._handler, str(folder), recursive=is_deep)
            except OSError as error:
                raise Rejected([_cannot_watch(folder, error)]) from error

    def next(self) -> Touched:
        """Wait until something is touched and nothing more follows at once."""
        touched = {self._first()}
        while len(touched) <= _MOST:
            try:
                touched.add(self._touched.get(timeout=_QUIET))
            except Empty:
                break
        known = frozenset(path for path in touched if path is not None)
        return None if len(known) < len(touched) or len(known) > _MOST else known

    def _first(self) -> str | None:
        while True:
            try:
                return self._touched.get(timeout=_ATTENTIVE)
            except Empty:
                continue

    @property
    def _handler(self) -> FileSystemEventHandler:
        handler = FileSystemEventHandler()
        handler.on_any_event = self._note  # type: ignore[method-assign]  # one method for all kinds of events
        return handler

    def _note(self, event: FileSystemEvent) -> None:
        if event.event_type in _LOOKED_AT or (event.is_directory and event.event_type == "modified"):
            return
        for name in (event.src_path, event.dest_path):
            path = os.fsdecode(name)
            if path and self._watched is not None and self._watched.concerns(path):
                self._touched.put(None if event.is_directory else path)


@contextmanager
def watching() -> Iterator[Watch]:
    """A watch that ends with the body."""
    observer = Observer()
    observer.start()
    try:
        yield Watch(observer)
    finally:
        observer.stop()
        observer.join()


def outermost(folders: Iterable[Path]) -> tuple[Path, ...]:
    """The folders, less those that lie in another of them."""
    unique = sorted({folder.resolve() for folder in folders})
    return tuple(folder for folder in unique if not any(parent in unique for parent in folder.parents))


def _identity(folder: Path) -> tuple[int, int] | None:
    """Which folder lies at a path; a folder that was replaced by another of its name is watched anew."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _cannot_watch(folder: Path, error: OSError) -> Finding:
    return Finding(
        Family.SETTINGS,
        "cannot-watch",
        Place(folder.name),
        Text(f"保存を見張れません（{error.strerror}）", f"saves cannot be watched: {error.strerror}"),
        Text(
            "Linuxでは fs.inotify.max_user_watches を増やすか、代わりに mkdocs serve を使ってください",
            "on Linux raise fs.inotify.max_user_watches, or use mkdocs serve instead",
        ),
    )
