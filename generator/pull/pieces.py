"""What a source is read from, piece by piece: its files, or the windows of time that it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from generator.cache.file_clock import signature_of
from generator.model.finding import Place, Severity, Text
from generator.pull.bulk import Converted, Unusual, convert
from generator.pull.files import InputFile
from generator.pull.problems import Problems
from generator.pull.remote.failure import FetchFailed
from generator.pull.remote.session import Session
from generator.pull.remote.window import EVERYTHING, Window
from generator.pull.snapshots.store import MISSED, SETTLED
from generator.pull.source import FileSource, RemoteSource, Row, Source

Read = Callable[[Problems], Sequence[Row]]


class Piece(Struct, frozen=True):
    """One file or window, not read yet."""

    name: str
    """The file as messages show it, or the window."""
    sha256: str
    """What its contents are known by before they are read; empty when they may be others each time."""
    place: Place
    """Where messages about it point."""
    read: Read
    """All its rows; what is wrong goes to the problems, and then none is used."""
    window: Window = EVERYTHING
    """The days that its rows may speak of."""
    is_out_of_reach: bool = False
    """Whether nobody can be asked any more, so that what was pulled before is all that there will be."""
    may_be_empty: bool = False
    """Whether it is read for good even if it has no rows."""
    convert: Callable[[Path], Converted] | None = None
    """Of a large file: writes its typed rows to a path. Raises Unusual, and then `read` has to do."""


def file_pieces(source: FileSource, files: Sequence[InputFile], *, may_lie_open: bool) -> list[Piece]:
    """One piece a file. Large ones are converted only where rows may lie open on the disk."""

    def piece(file: InputFile) -> Piece:
        read = _guarded(source, lambda problems: _rows_of_file(source, file, problems))
        is_converted = may_lie_open and _is_ours(source) and file.size >= source.least
        converting = (lambda path: _converted(source, file, path)) if is_converted else None
        return Piece(file.shown, file.sha256, Place(file.shown), read, convert=converting)

    return [piece(file) for file in files]


def window_pieces(source: RemoteSource, session: Session, today: date, place: Place) -> list[Piece]:
    """One piece a window that is not too old to be kept; reading it asks the source."""

    reach = source.reaches_back_to(today)

    def piece(window: Window) -> Piece:
        if window.first < reach:
            return Piece(str(window), MISSED, place, lambda _: [], window, is_out_of_reach=True, may_be_empty=True)
        is_settled = window.is_settled(today, source.revised_for)
        may_be_empty = source.may_be_empty(window, today)
        # Before a window is settled its rows may be late; that is the vendor's habit and no news.
        is_wanting = is_settled and not may_be_empty
        read = _guarded(source, lambda problems: _rows_of_window(source, window, session, problems, is_wanting))
        return Piece(str(window), SETTLED if is_settled else "", place, read, window, may_be_empty=may_be_empty)

    oldest = date.min if source.keep_for is None else today - source.keep_for
    return [piece(window) for window in source.windows(today) if window.last >= oldest]


def _guarded(source: Source, read: Read) -> Read:
    """Reading that ends in a finding when another package's kind crashes; a crash of ours is a bug and stays one."""
    if _is_ours(source):
        return read

    def guarded(problems: Problems) -> Sequence[Row]:
        try:
            return read(problems)
        except Exception as error:  # whatever foreign code does; its own words may hold a secret
            kind, reason = source.kind, type(error).__name__
            what = Text(
                f"種類 `{kind}` のプログラムが失敗しました（{reason}）",
                f"the code of the kind `{kind}` failed: {reason}",
            )
            remedy = Text("そのパッケージの作者に知らせてください", "tell the authors of its package")
            problems.add("kind-crashed", what, remedy)
            return []

    return guarded


def _converted(source: FileSource, file: InputFile, target: Path) -> Converted:
    """The rows of a file that does not change meanwhile. Raises Unusual."""
    before = signature_of(file.path.stat())
    converted = convert(source.cells(file), source.reads, source.rules, target)
    if signature_of(file.path.stat()) != before:
        raise Unusual
    return converted


def _is_ours(source: Source) -> bool:
    return type(source).__module__.startswith("generator.")


def _rows_of_file(source: FileSource, file: InputFile, problems: Problems) -> list[Row]:
    rows = list(source.rows(file, problems))
    if not rows and not problems.has_errors:
        what = Text("データの行がありません。0人という意味にはなりません", "there are no rows; that does not mean 0")
        problems.add("no-rows", what, Text("書き出しの条件を確かめてください", "check how it was exported"))
    return rows


def _rows_of_window(
    source: RemoteSource, window: Window, session: Session, problems: Problems, is_wanting: bool
) -> list[Row]:
    try:
        rows = list(source.fetch(window, session, problems))
    except FetchFailed as failure:
        problems.add(failure.code, failure.what, failure.remedy)
        return []
    if not rows and not problems.has_errors and is_wanting:
        what = Text(
            f"{window.first} から {window.last} までの行がありません。0人という意味にはなりません",
            f"there are no rows from {window.first} to {window.last}; that does not mean 0",
        )
        remedy = Text("出典にその期間の記録があるか確かめてください", "check that the source has records of that time")
        problems.add("empty-window", what, remedy, severity=Severity.WARNING)
    return rows
