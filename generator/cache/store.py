"""Bytes by kind and name in one SQLite file, which CI can keep between runs like any other file."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import crc32

from generator.cache import records

_MOST_BYTES = 512 * 1024 * 1024
_WORTH_IT = 0.2
"""Share of the contents that nobody uses any more from which on the file is written anew without them."""
_PATIENCE = 60.0
"""Seconds to wait for another process that writes: longer than an overgrown file takes to be cut down."""
_MOST_WAITING = 32 * 1024 * 1024
"""Bytes in memory that have not been written yet. A cold build of 8,000 articles reads their texts again from there."""
_FAULTS = (sqlite3.Error, UnicodeDecodeError, OSError)
"""What a file may do that is damaged, busy or out of reach; SQLite quotes damaged names, which need not be UTF-8."""
_CHECK = 4  # bytes of each entry's checksum
# Not `NOT IN`, which SQLite answers by reading all of `used` for every entry: two minutes for 150,000 of them.
_IDLE = (
    "kind IN (SELECT DISTINCT kind FROM used)"
    " AND NOT EXISTS (SELECT 1 FROM used WHERE used.kind = entry.kind AND used.name = entry.name)"
)
_TABLE = "CREATE TABLE IF NOT EXISTS entry (kind TEXT, name TEXT, content BLOB, PRIMARY KEY (kind, name))"


class Store:
    """What earlier builds left, and what this one adds.

    New entries stay in memory until `flush`, which adds all of them or none; `put` calls it when many wait. An entry
    whose bytes have changed since is not there, and neither is anything in a file that is damaged: the build makes it
    again.
    """

    def __init__(self, file: Path, most_bytes: int = _MOST_BYTES) -> None:
        """Above `most_bytes` the file keeps little else than what the last build used (`keep_only`)."""
        self.file, self.most_bytes = file, most_bytes
        self._new: dict[tuple[str, str], bytes] = {}
        self._waiting = 0
        self._is_held = False
        self._gone: set[tuple[str, str]] = set()
        self._objects: dict[tuple[str, str], object] = {}
        self._noted: set[tuple[str, str]] = set()
        """Those of the objects that are new."""
        self._connection: sqlite3.Connection | None = None
        self._opened_by = 0
        self._state = (0, 0)

    def get(self, kind: str, name: str) -> bytes | None:
        """The bytes of one entry; None when there are none that can be trusted."""
        if (kind, name) in self._new:
            return self._new[kind, name]
        if (kind, name) in self._gone:
            return None
        rows = self._rows("SELECT content FROM entry WHERE kind = ? AND name = ?", (kind, name))
        return _checked(kind, name, rows[0][0]) if rows else None

    def put(self, kind: str, name: str, content: bytes) -> None:
        self._new[kind, name] = content
        self._gone.discard((kind, name))
        self._waiting += len(content)
        if self._waiting > _MOST_WAITING and not self._is_held:
            self.flush()

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is put in the body gets to the disk in one go, however much it is: each part of it relies on the others.

        A body that fails leaves the first half waiting; its error has to end the build.
        """
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False

    def delete(self, kind: str, name: str) -> None:
        """Let go of an entry; nothing happens when there is none."""
        self._new.pop((kind, name), None)
        self._gone.add((kind, name))

    def recall(self, kind: str, name: str) -> object:
        """The object that an entry was made from; read once. Raises NotARecord when there is none to trust."""
        if (kind, name) not in self._objects:
            self._objects[kind, name] = records.from_bytes(self.get(kind, name) or b"")
        return self._objects[kind, name]

    def note(self, kind: str, name: str, value: object) -> None:
        """Put an object, made of what `records` takes."""
        self._objects[kind, name] = value
        self._noted.add((kind, name))

    def flush(self) -> None:
        """Write what is new to the disk. A disk that does not take it costs the next build time, nothing else."""
        self._new |= {entry: records.to_bytes(self._objects[entry]) for entry in self._noted}
        self._noted.clear()
        if not self._new and not self._gone:
            return
        # One after the other: all of them at once would be a second copy of everything that waits.
        rows = ((kind, name, _sum(kind, name, content) + content) for (kind, name), content in self._new.items())
        try:
            with self._open() as connection:
                connection.executemany("DELETE FROM entry WHERE kind = ? AND name = ?", self._gone)
                connection.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?)", rows)
            self._new.clear()
            self._gone.clear()
        except _FAULTS as error:
            self._give_up(error)
        self._waiting = 0

    @property
    def is_too_large(self) -> bool:
        """Whether it is time for `keep_only`."""
        return self.file.is_file() and self.file.stat().st_size > self.most_bytes

    def keep_only(self, used: Mapping[str, Iterable[str]]) -> None:
        """Let go of what no page uses any more, where that makes the file much smaller.

        `used` names entries by kind; kinds that it does not mention are kept whole.
        """
        self.flush()
        with suppress(*_FAULTS):
            connection = self._open()
            connection.execute("CREATE TEMP TABLE used (kind TEXT, name TEXT, PRIMARY KEY (kind, name))")
            pairs = ((kind, name) for kind, names in used.items() for name in names)
            with connection:
                connection.executemany("INSERT OR IGNORE INTO used VALUES (?, ?)", pairs)
            ((idle, whole),) = connection.execute(
                f"SELECT total(length(content)) FILTER (WHERE {_IDLE}), total(length(content)) FROM entry"  # noqa: S608 (ours)
            )
            if idle > _WORTH_IT * whole:
                with connection:
                    connection.execute(f"DELETE FROM entry WHERE {_IDLE}")  # noqa: S608 (ours)
                connection.execute("VACUUM")
            connection.execute("DROP TABLE used")

    @property
    def is_as_left(self) -> bool:
        """Whether no other process has written to the file, or put another in its place, since this one opened it."""
        if self._connection is None:
            return not self.file.exists()
        try:
            return self._state_of(self._connection) == self._state
        except _FAULTS:
            return False

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __getstate__(self) -> dict[str, object]:
        """A worker process opens the file anew: a connection belongs to the process that made it."""
        return vars(Store(self.file, self.most_bytes))

    def _rows(self, sql: str, values: tuple[str, ...]) -> list[tuple[object]]:
        try:
            return self._open().execute(sql, values).fetchall()
        except _FAULTS as error:
            self._give_up(error)
            return []

    def _give_up(self, error: Exception) -> None:
        """A file that another process is busy with is well, and is left to it."""
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            self.close()
        else:
            self.forget()

    def _open(self) -> sqlite3.Connection:
        if self._connection is None or self._opened_by != os.getpid():  # a forked process must not use its parent's
            self.file.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.file, timeout=_PATIENCE)
            # A build that dies leaves the file as it was or damaged, and both are well: no waiting for the disk.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_TABLE)
            self._connection, self._opened_by = connection, os.getpid()
            self._state = self._state_of(connection)
        return self._connection

    def _state_of(self, connection: sqlite3.Connection) -> tuple[int, int]:
        """SQLite counts what others write; a file that was deleted takes no more part in that."""
        return int(connection.execute("PRAGMA data_version").fetchone()[0]), self.file.stat().st_ino

    def forget(self) -> None:
        """Begin with an empty file: this one cannot be read, or must not be."""
        self.close()
        with suppress(OSError):
            self.file.unlink(missing_ok=True)


def _sum(kind: str, name: str, content: bytes) -> bytes:
    """Checksum of an entry with its name: in a damaged file the content of one may be found under that of another.

    A third of the time of a digest, which a build takes of 13 MB before it knows that there is nothing to do.
    """
    return crc32(content, crc32(f"{kind}\0{name}\0".encode())).to_bytes(_CHECK)


def _checked(kind: str, name: str, content: object) -> bytes | None:
    """The bytes without their checksum; None when they are others, or what damage has made of them."""
    if not isinstance(content, bytes):
        return None
    told, rest = content[:_CHECK], content[_CHECK:]
    return rest if _sum(kind, name, rest) == told else None
