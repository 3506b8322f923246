"""The files below content/: plain files with sound names, found without following a single link."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from operator import attrgetter

from msgspec import Struct

from generator.cache.file_clock import Signature
from generator.cache.sight import FolderEntry, Sight, looked_at
from generator.model.finding import Finding, Place, Text
from generator.read.file_kinds import ALLOWED, refuse_kind
from generator.read.file_names import judge_length, judge_name, shown_name, suffix_of
from generator.read.passed_over import PassedOver
from generator.read.reporting import error
from generator.settings import Settings

# Flags that not every system has; without them the check of the opened file still holds.
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_MAX_DEPTH = 40


class FoundFile(Struct, frozen=True):
    """A plain file of an allowed kind."""

    source: str  # posix path below content/, NFC
    path: str  # on this machine
    shown: str  # as messages show it
    size: int  # bytes
    identity: tuple[int, int]  # device and inode when it was found
    links: int  # how many names the file has
    signature: Signature

    @property
    def suffix(self) -> str:
        return suffix_of(self.source)


def walk(
    settings: Settings, sight: Sight | None = None, sound: Container[str] = frozenset()
) -> tuple[list[FoundFile], list[Finding]]:
    """All files below content/, by source. `data/` directly below it and names beginning with a dot are passed over.

    There are none where a folder cannot be read: every page that names something in it would be told of as well.
    `sight` tells how the folders looked a moment ago; without one, or where it is of other folders, they are looked at.
    `sound` has sources of files that an earlier walk has found: their names are not judged again.
    """
    findings = _judge_way_there(settings)
    if findings:
        return [], findings
    files: list[FoundFile] = []
    aside = PassedOver()
    entries = _looked_at(settings, sight)
    folders = [(str(settings.content), "", settings.shown(settings.content))]
    unread: list[Finding] = []
    while folders:
        folder, source, shown = folders.pop()
        for entry in _entries(entries[folder], source, shown, unread):
            below = f"{source}/{entry.name}" if source else entry.name
            if below in sound and entry.is_plain:
                files.append(_found(entry, below, f"{shown}/{entry.name}"))
                continue
            place = Place(f"{shown}/{shown_name(entry.name)}")
            if aside.takes(entry, below, place):
                continue
            problems = _judge_entry(entry, below, place)
            findings += problems
            if problems:
                continue
            if entry.is_folder:
                folders.append((entry.path, below, place.path))
            else:
                files.append(_found(entry, unicodedata.normalize("NFC", below), place.path))
    if unread:
        return [], [*findings, *unread]
    files, shared = _without_outside_links(sorted(files, key=attrgetter("source", "path")))
    unique, twins = _without_twins(files)
    return unique, [*findings, *shared, *twins, *aside.findings()]


def open_plain(file: FoundFile) -> int:
    """A descriptor of the very file that `walk` found.

    Raises OSError when it is gone, cannot be read, or is another file now.
    """
    descriptor = os.open(file.path, _OPEN)
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or (status.st_dev, status.st_ino) != file.identity:
        os.close(descriptor)
        raise OSError(f"{file.source} was exchanged while it was read")
    return descriptor


def read_bytes(file: FoundFile, limit: int) -> tuple[bytes, list[Finding]]:
    """At most `limit` bytes from the beginning of a file."""
    try:
        with os.fdopen(open_plain(file), "rb") as opened:
            return opened.read(limit), []
    except OSError:
        return b"", [_unreadable(Place(file.shown))]


def _judge_way_there(settings: Settings) -> list[Finding]:
    """content/ itself, and every folder between it and the site's root, must be a real folder."""
    content = settings.content
    way = [content, *content.parents]
    inside = way[: way.index(settings.root)] if settings.root in way else [content]
    for folder in inside:
        if folder.is_symlink():
            return [_link(Place(settings.shown(folder)))]
    if not content.is_dir():
        place = Place(settings.shown(content))
        what = Text("原稿のフォルダーがありません", "there is no folder of pages")
        return [
            error(
                "no-content",
                place,
                what,
                Text("フォルダーをつくるか、`docs_dir` を直してください", "create it, or correct `docs_dir`"),
            )
        ]
    return []


def _looked_at(settings: Settings, sight: Sight | None) -> Mapping[str, tuple[FolderEntry, ...] | None]:
    if sight is not None and str(settings.content) in sight.entries:
        return sight.entries
    return dict(looked_at([str(settings.content)]))


def _entries(
    found: tuple[FolderEntry, ...] | None, source: str, shown: str, unread: list[Finding]
) -> Iterator[FolderEntry]:
    """A folder's entries in a stable order, without the data folder."""
    if found is None:
        unread.append(_unreadable(Place(shown)))
        return
    for entry in found:
        if not (source == "" and entry.name == "data"):
            yield entry


def _judge_entry(entry: FolderEntry, below: str, place: Place) -> list[Finding]:
    if entry.is_link:
        return [_link(place)]
    findings = judge_name(entry.name, place) or judge_length(below, place)
    if entry.is_folder:
        return [*findings, *([_too_deep(place)] if below.count("/") >= _MAX_DEPTH else [])]
    if not entry.is_file:
        return [_device(place)]
    suffix = suffix_of(entry.name)
    return findings or ([] if suffix in ALLOWED else [refuse_kind(suffix, place)])


def _found(entry: FolderEntry, source: str, shown: str) -> FoundFile:
    status = entry.status
    return FoundFile(
        source=source,
        path=entry.path,
        shown=shown,
        size=status.st_size,
        identity=(status.st_dev, status.st_ino),
        links=status.st_nlink,
        signature=entry.signature,
    )


def _without_outside_links(files: list[FoundFile]) -> tuple[list[FoundFile], list[Finding]]:
    """Refuse files that have a name outside content/: somebody who cannot read them there could publish them here.

    Where all names lie in content/ (a copying tool saved space), nothing foreign can get in.
    """
    inside = Counter(file.identity for file in files if file.links > 1)
    if not inside:
        return files, []  # as nearly always
    own = [file for file in files if file.links <= max(1, inside[file.identity])]
    return own, [_hard_link(Place(file.shown)) for file in files if file.links > max(1, inside[file.identity])]


def _without_twins(files: list[FoundFile]) -> tuple[list[FoundFile], list[Finding]]:
    """Names that differ only in Unicode form are one name to readers, and to some file systems."""
    unique: dict[str, FoundFile] = {}
    twins = [file for file in files if unique.setdefault(file.source, file) is not file]
    return list(unique.values()), [_twin(Place(file.shown)) for file in twins]


def _link(place: Place) -> Finding:
    return error(
        "symlink",
        place,
        Text(
            "リンク（シンボリックリンク）です。content の外のものが公開されるおそれがあります",
            "this is a symbolic link: something outside content could be published",
        ),
        Text("リンクを消し、ファイルそのものを置いてください", "replace the link with the file itself"),
    )


def _hard_link(place: Place) -> Finding:
    return error(
        "hard-link",
        place,
        Text(
            "content の外にも名前を持つファイル（ハードリンク）です。外のものが公開されるおそれがあります",
            "this file has another name outside content (a hard link): something from there could be published",
        ),
        Text("コピーをつくって置き換えてください", "replace it with a copy"),
    )


def _device(place: Place) -> Finding:
    return error(
        "not-a-file",
        place,
        Text(
            "ふつうのファイルではありません（パイプやデバイス）", "this is no plain file but a pipe, socket or device"
        ),
        Text("content から取り除いてください", "remove it from content"),
    )


def _unreadable(place: Place) -> Finding:
    return error(
        "unreadable",
        place,
        Text(
            "読めません。権限がないか、読んでいる間に置き換えられました",
            "it cannot be read: no permission, or it was exchanged meanwhile",
        ),
        Text("読む権限を付け、もう一度実行してください", "grant permission to read it and run again"),
    )


def _too_deep(place: Place) -> Finding:
    return error(
        "too-deep",
        place,
        Text(f"フォルダーの入れ子が {_MAX_DEPTH} 段を超えています", f"folders are nested more than {_MAX_DEPTH} deep"),
        Text("フォルダーを浅くしてください", "nest folders less deeply"),
    )


def _twin(place: Place) -> Finding:
    return error(
        "duplicate-url",
        place,
        Text(
            "同じ名前のファイルが2つあります（濁点などの符号の持ち方だけが違います）",
            "there are two files of this name (they differ only in Unicode normalisation)",
        ),
        Text("どちらか一方を消すか、別の名前にしてください", "delete or rename one of them"),
    )
