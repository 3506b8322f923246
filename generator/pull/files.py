"""The files a source names: found below content/data and nowhere else, read whole and bounded."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from msgspec import Struct

from generator.cache.file_clock import Signature, signature_of
from generator.model.finding import Text
from generator.pull.digests import Digests
from generator.pull.problems import Problems
from generator.settings import Settings

LARGEST_FILE = 512 * 2**20
MOST_FILES = 5_000


class InputFile(Struct, frozen=True):
    """One export as it was when its digest was taken."""

    path: Path
    shown: str
    sha256: str
    size: int
    """Bytes."""

    def content(self, problems: Problems) -> bytes | None:
        """The bytes that the digest speaks of; None and a problem when they changed since."""
        with suppress(OSError):
            content = self.path.read_bytes()
            if hashlib.sha256(content).hexdigest() == self.sha256:
                return content
        what = Text("取り込みの途中で書き換えられました", "the file changed while it was read")
        problems.add("file-changed", what, Text("書き出しが終わってから、もう一度実行してください", "run again"))
        return None


def find(settings: Settings, pattern: str, problems: Problems, digests: Digests) -> list[InputFile]:
    """The files that `pattern`, relative to content/data, names: by path, each with its digest."""
    if leaves(pattern):
        what = Text(f"`path` の `{pattern}` は content/data の外を指しています", f"`{pattern}` leaves content/data")
        problems.add("path-outside", what, _KEEP_INSIDE)
        return []
    paths = matching(settings.data, pattern)
    if not paths:
        what = Text(f"`{pattern}` に当たるファイルがありません", f"there is no file `{pattern}`")
        problems.add(
            "no-file", what, Text("書き出したファイルを content/data に置いてください", "put it in content/data")
        )
    if len(paths) > MOST_FILES:
        what = Text(f"ファイルが{len(paths)}個あります（上限は{MOST_FILES}個）", f"more than {MOST_FILES} files")
        problems.add("too-many-files", what, Text("`path` を絞ってください", "narrow `path`"))
        return []
    inside = _Inside(settings.data)
    looked = [_Looked(path, settings.shown(path), signature_of(status)) for path, status in paths.items()]
    fit = [file for file in looked if _is_fit(file, inside, problems)]
    known = [digests.of(file.shown, file.signature) for file in fit]
    with ThreadPoolExecutor(os.cpu_count()) as at_once:
        new = {
            file.shown: at_once.submit(_digest, file.path)
            for file, sha256 in zip(fit, known, strict=True)
            if sha256 is None
        }
    files = []
    for file, sha256 in zip(fit, known, strict=True):
        found = sha256 or _read(file, new[file.shown], problems)
        if found is not None:
            files.append(InputFile(file.path, file.shown, found, file.signature[0]))
            digests.note(file.shown, file.signature, found)
    return files


def digest(parts: Iterable[str]) -> str:
    """One digest of several texts, which cannot be confused with other splits of the same characters."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part.encode()).to_bytes(8, "big") + part.encode())
    return total.hexdigest()


_KEEP_INSIDE = Text(
    "content/data の中に置き、そこからの相対パスで書いてください（`..`、絶対パス、外へのリンクは使えません）",
    "keep it inside content/data and write the path relative to it (no `..`, no absolute path, no link to outside)",
)


def leaves(pattern: str) -> bool:
    """Whether it might name files outside the folder that it is relative to."""
    path = PurePosixPath(pattern)
    return path.is_absolute() or ".." in path.parts or "\\" in pattern or ":" in pattern or not path.parts


def matching(folder: Path, pattern: str) -> dict[Path, os.stat_result]:
    """Files of `folder` by path; not those that Excel and macOS leave beside open or copied ones (`~$…`, `._…`)."""
    try:
        paths = sorted(folder.glob(pattern)) if is_glob(pattern) else [folder / pattern]
    except (ValueError, OSError):  # e.g. `**.csv`, or a name longer than any file's
        return {}
    found: dict[Path, os.stat_result] = {}
    for path in paths:
        with suppress(ValueError, OSError):
            status = path.stat()
            if S_ISREG(status.st_mode) and not path.name.startswith((".", "~$")):
                found[path] = status
    return found


def is_glob(pattern: str) -> bool:
    """Whether it may name several files."""
    return any(character in pattern for character in "*?[")


class _Looked(Struct, frozen=True):
    """A file as it was before it was read."""

    path: Path
    shown: str
    signature: Signature


class _Inside:
    """Which files lie in a folder, wherever links lead to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._known: dict[Path, bool] = {}

    def holds(self, path: Path) -> bool:
        if path.is_symlink():
            return path.resolve().is_relative_to(self._folder)
        if path.parent not in self._known:
            self._known[path.parent] = path.parent.resolve().is_relative_to(self._folder)
        return self._known[path.parent]


def _is_fit(file: _Looked, inside: _Inside, problems: Problems) -> bool:
    shown, (size, *_) = file.shown, file.signature
    if not inside.holds(file.path):
        what = Text(f"`{shown}` は content/data の外へのリンクです", f"`{shown}` is a link to outside content/data")
        problems.add("path-outside", what, _KEEP_INSIDE)
        return False
    if size > LARGEST_FILE:
        limit = LARGEST_FILE // 2**20
        what = Text(f"`{shown}` は大きすぎます（上限は{limit} MB）", f"`{shown}` is larger than {limit} MB")
        problems.add("too-large", what, Text("期間ごとに分けて書き出してください", "export it in parts"))
        return False
    return True


def _read(file: _Looked, sha256: Future[str], problems: Problems) -> str | None:
    try:
        return sha256.result()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        what = Text(f"`{file.shown}` を開けません（{reason}）", f"`{file.shown}` cannot be opened: {reason}")
        problems.add("unreadable", what, Text("読み取りの権限を確かめてください", "check the permissions"))
        return None


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
