"""A company's roster and usage of any size, written by DuckDB: the same sizes give the same rows.

24 departments; everybody has a row on some days of each month. Who is active, and how much, comes from a hash of the
person and the day, so that no random generator has to be kept in step.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from generator.model.period import Month

DEPARTMENTS = 24
LAST = Month(2026, 10)
"""The last month of the corpus; the build day is in the month after it."""
BUILD_DAY = "2026-11-20"
DAYS = 20
"""A person has rows on so many days of a month, until its last one."""
MANY = 20_000_000
"""Rows from which on a person has five rows a day, one a channel: a company of 140,000 people would be another matter."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a corpus is."""

    people: int
    months: int
    channels: int

    @property
    def rows(self) -> int:
        return self.people * self.months * DAYS * self.channels

    @classmethod
    def of(cls, rows: int, months: int) -> Size:
        channels = 5 if rows >= MANY else 1
        return cls(round(rows / months / DAYS / channels), months, channels)

    def first(self) -> Month:
        return LAST.plus(1 - self.months)

    def each(self) -> list[Month]:
        return [self.first().plus(n) for n in range(self.months)]


def write_roster(path: Path, size: Size) -> None:
    """One row a person, all of them there from before the first month on."""
    first = date(size.first().year - 1, 4, 1)
    _copy(
        f"""
        SELECT format('E{{:07d}}', n) AS employee, format('e{{:07d}}@example.co.jp', n) AS mail,
               format('d{{:02d}}', n % {DEPARTMENTS}) AS department, DATE '{first}' AS first_day, NULL::DATE AS last_day
        FROM range({size.people}) AS all_of_them(n)
        """,  # noqa: S608 -- numbers of ours
        path,
    )


def write_month(path: Path, size: Size, month: Month) -> None:
    """The usage of one month, as `.csv` or `.parquet`: day, mail, channel, messages and meetings."""
    later = 1 + size.each().index(month)
    _copy(
        f"""
        SELECT DATE '{month.last_day}' - (d::INTEGER) AS day, format('e{{:07d}}@example.co.jp', n) AS mail,
               c AS channel,
               CASE WHEN hash(n) % 100 < {20 + later} THEN hash(n, d, c, {later}) % 9 ELSE 0 END AS messages,
               hash(n, d, c, {later}, 1) % 4 AS meetings
        FROM range({size.people}) AS all_of_them(n), range({DAYS}) AS days(d), range({size.channels}) AS channels(c)
        ORDER BY d, hash(n, d, c)
        """,  # noqa: S608 -- numbers of ours
        path,
    )


def _copy(rows: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    form = "(HEADER)" if path.suffix == ".csv" else "(COMPRESSION zstd)"
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({rows}) TO '{path}' {form}")
