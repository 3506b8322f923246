"""The rows of all pieces of a source; a file or window that the last snapshot was made from is not read again.

An export does not change once it is written, so a new month costs the reading of that month. Where a row might be of
the same key as one that is not read again, all pieces are read.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from itertools import accumulate
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from generator.model.finding import Finding, Text
from generator.pull.bulk import Converted, Unusual
from generator.pull.pieces import Piece
from generator.pull.problems import Problems
from generator.pull.snapshots.parquet import Span
from generator.pull.snapshots.store import SETTLED, Meta, Part
from generator.pull.source import FileSource, RemoteSource, Source
from generator.pull.table import Table

Track = Callable[[Sequence[Piece]], Iterable[Piece]]
"""Shows the progress through some pieces."""


class Reading(Struct):
    """What the pieces of a source say."""

    source: Source
    table: Table
    """The rows of the pieces that were read."""
    parts: list[Part] = []
    """What each piece gave, in the order of the pieces; less when a source on the network failed on the way."""
    known: Mapping[str, Part] = {}
    """The parts that were not read again, by path."""
    alone: dict[str, Path] = {}
    """Files with the rows of one part each, by their digest."""
    findings: list[Finding] = []
    """About the pieces one by one."""
    settled: date | None = None
    """The last day of the windows that held rows and that the vendor no longer changes."""

    @property
    def has_errors(self) -> bool:
        return any(finding.is_error for finding in self.findings)

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)

    @property
    def watermark(self) -> date | None:
        """The newest day that the rows speak of; nothing more will come of the days of a settled window."""
        apart = (part for part in self.parts if part.path in self.known or part.alone)
        known = (day for part in apart for day in part.days if day and self.source.uses(day))
        days = (self.table.watermark(self.source.rules), *known, self.settled)
        return max((day for day in days if day is not None), default=None)

    @property
    def order(self) -> list[int]:
        """The number of the part that each row of the table belongs to."""
        numbers = {part.path: number for number, part in enumerate(self.parts)}
        return [numbers[path] for path, _ in self.table.places]

    def judge(self, problems: Problems) -> None:
        """Judge the rows of all pieces together."""
        days = {day for part in self.parts for day in part.days if day is not None}
        self.source.judge(days, {trait for part in self.parts for trait in part.traits}, problems)
        if not self.rows:
            what = Text(
                "データの行が1行もありません。0人という意味にはなりません", "there is not one row; that does not mean 0"
            )
            problems.add("no-rows", what, Text("書き出しの条件を確かめてください", "check how it was exported"))
        self.table.settle(self.source.rules, problems)
        self._count()

    def spans(self, last: Meta) -> list[Span]:
        """Where the rows of the known parts lie in the last snapshot's common file."""
        together = [part for part in last.parts if not part.alone]
        ends = dict(zip((part.path for part in together), accumulate(part.rows for part in together), strict=True))
        return [
            Span(number, ends[part.path] - part.rows, ends[part.path])
            for number, part in enumerate(self.parts)
            if part.path in self.known and part.rows and not part.alone
        ]

    def _count(self) -> None:
        """Note how many rows of each piece are left."""
        left, replaced = Counter(path for path, _ in self.table.places), Counter(path for path, _ in self.table.dropped)
        self.parts = [
            part if part.path in self.known or part.alone else part.counted(left[part.path], replaced[part.path])
            for part in self.parts
        ]


def read(
    source: Source,
    zone: ZoneInfo,
    pieces: Sequence[Piece],
    last: Meta | None,
    track: Track,
    workshop: Path,
    *,
    is_alike: bool,
) -> Reading:
    """Read `pieces`, except those whose rows lie in the snapshot that `last` is about.

    `is_alike`: whether it was read by the same code and declaration. If not, only what cannot be read again is taken
    from it. Large files are converted into the folder `workshop`, from which a snapshot may take them.
    """
    known = _known(source, pieces, last, is_alike=is_alike) if last is not None else {}
    reading = _read(source, zone, pieces, known, last.warnings if last is not None else (), track, workshop)
    if last is not None and known and source.rules.key and not _is_apart(reading, last):
        known, reading = {}, _read(source, zone, pieces, {}, (), track, workshop)
    if source.rules.key and not _are_alone(reading):
        return _read(source, zone, [replace(piece, convert=None) for piece in pieces], {}, (), track, workshop)
    return reading


def _are_alone(reading: Reading) -> bool:
    """Whether no row of a part with a file of its own can have the key of a row elsewhere: their keys hold the day."""
    apart = [part for part in reading.parts if part.alone]
    if apart and reading.source.rules.time not in reading.source.rules.key:
        return len(reading.parts) == 1
    seen: set[date | None] = set()
    for part in sorted(reading.parts, key=lambda part: not part.alone):
        if part.alone and not seen.isdisjoint(part.days):
            return False
        if not part.alone and any(not set(part.days).isdisjoint(other.days) for other in apart):
            return False
        seen.update(part.days)
    return True


def _known(source: Source, pieces: Sequence[Piece], last: Meta, *, is_alike: bool) -> dict[str, Part]:
    if source.rules.key and source.rules.time not in source.rules.key:
        return {}  # a row of any file may have the key of a row of any other
    digests = {piece.name: piece.sha256 for piece in pieces if piece.sha256 and is_alike}
    gone = {piece.name for piece in pieces if piece.is_out_of_reach}
    # A file of its own lies open: it goes once rows are to be sealed.
    converted = {piece.name for piece in pieces if piece.convert is not None}
    return {
        part.path: part.closed() if part.path in gone else part
        for part in last.parts
        if part.path in gone or (digests.get(part.path) == part.sha256 and (not part.alone or part.path in converted))
    }


def _is_apart(reading: Reading, last: Meta) -> bool:
    """Whether no row that was read, now or for `last`, is of a day of the known ones: their keys hold the day."""
    days = {day for part in (*reading.parts, *last.parts) if part.path not in reading.known for day in part.days}
    return all(days.isdisjoint(part.days) for part in reading.known.values())


def _read(
    source: Source,
    zone: ZoneInfo,
    pieces: Sequence[Piece],
    known: Mapping[str, Part],
    warnings: Sequence[Finding],
    track: Track,
    workshop: Path,
) -> Reading:
    reading = Reading(source, Table(source.reads, zone), known=known)
    new = [piece for piece in pieces if piece.name not in known]
    with ThreadPoolExecutor(os.cpu_count()) as at_once:
        converting = {
            piece.name: at_once.submit(_converted, piece.convert, workshop / f"{number}.parquet")
            for number, piece in enumerate(new)
            if piece.convert is not None
        }
        fresh = _fresh(reading, track(new), converting)
    for piece in pieces:
        if piece.name in known:
            reading.parts.append(known[piece.name])
            reading.findings += [warning for warning in warnings if warning.place.path == piece.name]
        elif piece.name in fresh:
            part, findings = fresh[piece.name]
            # What all windows say alike, such as a new column, is said once.
            reading.findings += [finding for finding in findings if finding not in reading.findings]
            reading.parts += [part] if part is not None else []
    if isinstance(source, FileSource) and _reads_any(known, fresh):
        reading.findings = [_of_one_file(finding) for finding in reading.findings]
    settled = {part.path for part in reading.parts if part.sha256 == SETTLED}
    reading.settled = max((piece.window.last for piece in pieces if piece.name in settled), default=None)
    return reading


def _reads_any(known: Mapping[str, Part], fresh: Mapping[str, tuple[Part | None, list[Finding]]]) -> bool:
    """Whether some file is read well as it is declared."""
    return bool(known) or any(not any(finding.is_error for finding in findings) for _, findings in fresh.values())


def _of_one_file(finding: Finding) -> Finding:
    """Not the declaration is to be changed, which fits the other files, but the one file that is of another encoding."""
    if finding.code != "wrong-encoding":
        return finding
    remedy = Text(
        "ほかのファイルは読めているので、このファイルだけ、同じ文字コード"
        "（Excelの「CSV UTF-8」は utf-8、「CSV」は cp932）で保存し直してください",
        "the other files are read well: save this one alone in their encoding "
        "(Excel's “CSV UTF-8” is utf-8, its “CSV” is cp932)",
    )
    return replace(finding, remedy=remedy)


def _converted(convert: Callable[[Path], Converted], target: Path) -> Converted | None:
    try:
        return convert(target)
    except Unusual:
        return None  # the row reader says what there is to say


def _fresh(
    reading: Reading, pieces: Iterable[Piece], converting: Mapping[str, Future[Converted | None]]
) -> dict[str, tuple[Part | None, list[Finding]]]:
    """What each piece gives, by name, and what is wrong with it; its rows go to the reading."""
    fresh: dict[str, tuple[Part | None, list[Finding]]] = {}
    for piece in pieces:
        converted = converting[piece.name].result() if piece.name in converting else None
        if converted is not None:
            reading.alone[converted.sha256] = converted.path
            part = Part(piece.name, piece.sha256, converted.rows, 0, converted.days, (), alone=converted.sha256)
            fresh[piece.name] = part, list(converted.findings)
            continue
        table, part, findings = _read_piece(piece, reading.source, reading.table.zone)
        if any(finding.is_error for finding in findings) and isinstance(reading.source, RemoteSource):
            # Asking on would only take time; what was read before is whole and may be kept.
            fresh[piece.name] = None, findings
            break
        reading.table.extend(table)
        fresh[piece.name] = part, findings
    return fresh


def _read_piece(piece: Piece, source: Source, zone: ZoneInfo) -> tuple[Table, Part, list[Finding]]:
    """The rows of one piece; its part's rows are counted when all are judged."""
    problems = Problems(piece.place.path, piece.place.line)
    rows = piece.read(problems)
    table = Table(source.reads, zone)
    table.add(rows, problems)
    table.places = [(piece.name, line) for _, line in table.places]
    times = table.days(source.rules)
    days = _in_order(times)
    _judge_days(days, piece, problems)
    # A window that held nothing is asked for again: what is late is not lost.
    sha256 = piece.sha256 if rows or piece.may_be_empty else ""
    part = Part(piece.name, sha256, len(rows), 0, days, tuple(sorted(set(source.traits(table)))))
    unused = {day for day in days if day is not None and not source.uses(day)}
    if unused:
        table.keep([day not in unused for day in times])
    return table, part, problems.findings()


def _judge_days(days: Sequence[date | None], piece: Piece, problems: Problems) -> None:
    """Refuse rows of days that were not asked for: a service that ignores the question would be counted many times."""
    outside = [day for day in days if day is not None and not piece.window.first <= day <= piece.window.last]
    if outside:
        window = piece.window
        what = Text(
            f"{window.first} から {window.last} までを求めたのに、{outside[0]} の行があります",
            f"asked for {window.first} to {window.last}, and there are rows of {outside[0]}",
        )
        remedy = Text(
            "sources.yml の、期間を伝える `params` を確かめてください",
            "check the `params` in sources.yml that say the time",
        )
        problems.add("outside-window", what, remedy)


def _in_order(days: Iterable[date | None]) -> tuple[date | None, ...]:
    return tuple(sorted(set(days), key=lambda day: (day is not None, day or date.min)))
