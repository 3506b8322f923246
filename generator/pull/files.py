"""The files a source names: found below content/data and nowhere else, read whole and bounded."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.model.finding import Text
from generator.pull.problems import Problems
from generator.settings import Settings

LARGEST_FILE = 512 * 2**20
MOST_FILES = 5_000


@dataclass(frozen=True, slots=True)
class InputFile:
    """One export as it was when its digest was taken."""

    path: Path
    shown: str
    sha256: str

    def content(self, problems: Problems) -> bytes | None:
        """The bytes that the digest speaks of; None and a problem when they changed since."""
        with suppress(OSError):
            content = self.path.read_bytes()
            if hashlib.sha256(content).hexdigest() == self.sha256:
                return content
        what = Text("取り込みの途中で書き換えられました", "the file changed while it was read")
        problems.add("file-changed", what, Text("書き出しが終わってから、もう一度実行してください", "run again"))
        return None


def find(settings: Settings, pattern: str, problems: Problems) -> list[InputFile]:
    """The files that `pattern`, relative to content/data, names: by path, each with its digest."""
    if _leaves(pattern):
        what = Text(f"`path` の `{pattern}` は content/data の外を指しています", f"`{pattern}` leaves content/data")
        problems.add("path-outside", what, _KEEP_INSIDE)
        return []
    paths = _matching(settings.data, pattern)
    if not paths:
        what = Text(f"`{pattern}` に当たるファイルがありません", f"there is no file `{pattern}`")
        problems.add(
            "no-file", what, Text("書き出したファイルを content/data に置いてください", "put it in content/data")
        )
    if len(paths) > MOST_FILES:
        what = Text(f"ファイルが{len(paths)}個あります（上限は{MOST_FILES}個）", f"more than {MOST_FILES} files")
        problems.add("too-many-files", what, Text("`path` を絞ってください", "narrow `path`"))
        return []
    inside = settings.data.resolve()
    fit = [path for path in paths if _is_fit(path, settings, inside, problems)]
    with ThreadPoolExecutor(os.cpu_count()) as at_once:
        digests = [at_once.submit(_digest, path) for path in fit]
    files = [
        _input_file(path, settings.shown(path), sha256, problems) for path, sha256 in zip(fit, digests, strict=True)
    ]
    return [file for file in files if file is not None]


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


def _leaves(pattern: str) -> bool:
    path = PurePosixPath(pattern)
    return path.is_absolute() or ".." in path.parts or "\\" in pattern or ":" in pattern or not path.parts


def _matching(folder: Path, pattern: str) -> list[Path]:
    """Files by path; not those that Excel and macOS leave beside open or copied ones (`~$…`, `._…`)."""
    try:
        paths = sorted(folder.glob(pattern)) if _is_glob(pattern) else [folder / pattern]
        return [path for path in paths if path.is_file() and not path.name.startswith((".", "~$"))]
    except (ValueError, OSError):  # e.g. `**.csv`, or a name longer than any file's
        return []


def _is_glob(pattern: str) -> bool:
    return any(character in pattern for character in "*?[")


def _is_fit(path: Path, settings: Settings, inside: Path, problems: Problems) -> bool:
    shown = settings.shown(path)
    if not path.resolve().is_relative_to(inside):
        what = Text(f"`{shown}` は content/data の外へのリンクです", f"`{shown}` is a link to outside content/data")
        problems.add("path-outside", what, _KEEP_INSIDE)
        return False
    if path.stat().st_size > LARGEST_FILE:
        limit = LARGEST_FILE // 2**20
        what = Text(f"`{shown}` は大きすぎます（上限は{limit} MB）", f"`{shown}` is larger than {limit} MB")
        problems.add("too-large", what, Text("期間ごとに分けて書き出してください", "export it in parts"))
        return False
    return True


def _input_file(path: Path, shown: str, sha256: Future[str], problems: Problems) -> InputFile | None:
    try:
        return InputFile(path, shown, sha256.result())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        what = Text(f"`{shown}` を開けません（{reason}）", f"`{shown}` cannot be opened: {reason}")
        problems.add("unreadable", what, Text("読み取りの権限を確かめてください", "check the permissions"))
        return None


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
