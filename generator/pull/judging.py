"""What is wrong with all rows of a source together, seen from today and from the rows of before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from generator.model.finding import Finding, Text
from generator.model.period import Month
from generator.pull import refusals
from generator.pull.cells.column import Column
from generator.pull.one_source import OneSource, schema_of
from generator.pull.pieces import Piece
from generator.pull.problems import Problems
from generator.pull.reading import Reading
from generator.pull.snapshots.store import MISSED, Meta, Stored
from generator.pull.source import RemoteSource


def judge_columns(
    one: OneSource, columns: Iterable[Column], pieces: Sequence[Piece], last: Meta, problems: Problems
) -> None:
    """Refuse other columns where rows would be lost that nobody can be asked for again."""
    gone = {piece.name for piece in pieces if piece.is_out_of_reach}
    lost = [part.path for part in last.parts if part.path in gone and part.rows]
    if not lost or last.schema == schema_of(columns):
        return
    what = Text(
        f"`columns` が変わりましたが、出典 `{one.name}` の {lost[0]} から {lost[-1]} までの写しは、相手に残っていないため取り直せません",
        f"the columns of `{one.name}` changed, and its rows from {lost[0]} to {lost[-1]} cannot be pulled again",
    )
    remedy = Text(
        "`columns` を戻し、新しい列は別の名前の出典として書き足してください",
        "put `columns` back, and declare a source of another name for the new ones",
    )
    problems.add("lost-history", what, remedy)


def judge_missed(source: RemoteSource, pieces: Sequence[Piece], reading: Reading, problems: Problems) -> None:
    """Tell of windows that were never pulled, in months of which a page shows a figure."""
    months = {Month.of(day) for part in reading.parts for day in part.days if day is not None}
    never = {part.path for part in reading.parts if part.sha256 == MISSED}
    missed = [p.window for p in pieces if p.name in never and Month.of(p.window.last) in months]
    if missed:
        source.tell_missed(missed, problems)


def judge_time(one: OneSource, watermark: date | None) -> list[Finding]:
    """Refuse rows that speak of the future: a mistyped year would hide for years how old the rest is."""
    today = one.today
    # A vendor's day may have begun before ours, and an answer may be given for the month that still runs.
    if watermark is None or watermark <= max(today + timedelta(days=1), Month.of(today).last_day):
        return []
    return [refusals.from_the_future(one.place, one.name, watermark, today)]


def judge_size(one: OneSource, rows: int, last: Stored | None) -> list[Finding]:
    """Warn of a number of rows that has halved or grown tenfold: often half an export, or another one."""
    if last is None or last.meta.rows // 2 <= rows <= last.meta.rows * 10:
        return []
    return [refusals.other_size(one.place, last.meta.rows, rows)]
