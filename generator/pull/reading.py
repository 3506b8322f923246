"""The rows of all files of a source; a file that the last snapshot was made from is not read again.

An export does not change once it is written, so a new month costs the reading of that month. Where a row might be of
the same key as one that is not read again, all files are read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

from generator.model.finding import Finding, Text
from generator.pull.files import InputFile
from generator.pull.parquet import Span
from generator.pull.problems import Problems
from generator.pull.source import Source
from generator.pull.store import Meta, Part
from generator.pull.table import Table

Track = Callable[[Sequence[InputFile]], Iterable[InputFile]]
"""Shows the progress through some files."""


@dataclass(slots=True)
class Reading:
    """What the files of a source say."""

    source: Source
    table: Table
    """The rows of the files that were read."""
    parts: list[Part] = field(default_factory=list)
    """What each file gave, in the order of the files."""
    known: Mapping[str, Part] = field(default_factory=dict)
    """The parts that were not read again, by path."""
    findings: list[Finding] = field(default_factory=list)
    """About the files one by one."""

    @property
    def has_errors(self) -> bool:
        return any(finding.is_error for finding in self.findings)

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)

    @property
    def watermark(self) -> date | None:
        """The newest day that the rows speak of."""
        known = (day for part in self.known.values() for day in part.days if day and self.source.uses(day))
        days = (self.table.watermark(self.source.rules), *known)
        return max((day for day in days if day is not None), default=None)

    @property
    def order(self) -> list[int]:
        """The number of the part that each row of the table belongs to."""
        numbers = {part.path: number for number, part in enumerate(self.parts)}
        return [numbers[path] for path, _ in self.table.places]

    def judge(self, problems: Problems) -> None:
        """Judge the rows of all files together."""
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
        """Where the rows of the known parts lie in the last snapshot."""
        ends = dict(zip((part.path for part in last.parts), accumulate(part.rows for part in last.parts), strict=True))
        return [
            Span(number, ends[part.path] - part.rows, ends[part.path])
            for number, part in enumerate(self.parts)
            if part.path in self.known and part.rows
        ]

    def _count(self) -> None:
        """Note how many rows of each file are left."""
        left, replaced = Counter(path for path, _ in self.table.places), Counter(path for path, _ in self.table.dropped)
        self.parts = [
            part if part.path in self.known else part.counted(left[part.path], replaced[part.path])
            for part in self.parts
        ]


def read(source: Source, files: Sequence[InputFile], last: Meta | None, track: Track) -> Reading:
    """Read `files`, except those whose rows lie in the snapshot that `last` is about; it must be of the same code."""
    known = _known(source, files, last) if last is not None else {}
    reading = _read(source, files, known, last.warnings if last is not None else (), track)
    if last is not None and known and source.rules.key and not _is_apart(reading, last):
        return _read(source, files, {}, (), track)
    return reading


def _known(source: Source, files: Sequence[InputFile], last: Meta) -> dict[str, Part]:
    if source.rules.key and source.rules.time not in source.rules.key:
        return {}  # a row of any file may have the key of a row of any other
    digests = {file.shown: file.sha256 for file in files}
    return {part.path: part for part in last.parts if digests.get(part.path) == part.sha256}


def _is_apart(reading: Reading, last: Meta) -> bool:
    """Whether no row that was read, now or for `last`, is of a day of the known ones: their keys hold the day."""
    days = {day for part in (*reading.parts, *last.parts) if part.path not in reading.known for day in part.days}
    return all(days.isdisjoint(part.days) for part in reading.known.values())


def _read(
    source: Source, files: Sequence[InputFile], known: Mapping[str, Part], warnings: Sequence[Finding], track: Track
) -> Reading:
    reading = Reading(source, Table(source.reads), known=known)
    fresh = {file.shown: _read_file(file, reading) for file in track([f for f in files if f.shown not in known])}
    for file in files:
        if file.shown in known:
            reading.parts.append(known[file.shown])
            reading.findings += [warning for warning in warnings if warning.place.path == file.shown]
        else:
            part, findings = fresh[file.shown]
            reading.parts.append(part)
            reading.findings += findings
    return reading


def _read_file(file: InputFile, reading: Reading) -> tuple[Part, list[Finding]]:
    """Add the rows of one file to the reading's table; its part's rows are counted when all are judged."""
    source, problems = reading.source, Problems(file.shown)
    rows = list(source.rows(file, problems))
    if not rows and not problems.has_errors:
        what = Text("データの行がありません。0人という意味にはなりません", "there are no rows; that does not mean 0")
        problems.add("no-rows", what, Text("書き出しの条件を確かめてください", "check how it was exported"))
    table = Table(source.reads)
    table.add(rows, problems)
    times = table.days(source.rules)
    part = Part(file.shown, file.sha256, len(rows), 0, _in_order(times), tuple(sorted(set(source.traits(table)))))
    unused = {day for day in part.days if day is not None and not source.uses(day)}
    if unused:
        table.keep([day not in unused for day in times])
    reading.table.extend(table)
    return part, problems.findings()


def _in_order(days: Iterable[date | None]) -> tuple[date | None, ...]:
    return tuple(sorted(set(days), key=lambda day: (day is not None, day or date.min)))
