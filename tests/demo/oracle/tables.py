"""The raw exports as tables of texts, and nothing more: no cell is judged, converted or left out here."""

from __future__ import annotations

import csv
import gzip
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path


def load(database: sqlite3.Connection, exports: Path) -> None:
    """Make `hr_roster`, `teams`, `one_on_one_survey` and `pulse_survey` with the columns of their files.

    `slack_members` has the date of each file and the JSON of each of its lines.
    """
    _table(database, "hr_roster", rows_of(exports / "hr_roster.csv", "cp932"))
    for survey in ("one_on_one_survey", "pulse_survey"):
        _table(database, survey, rows_of(exports / f"{survey}.csv"))
    months = sorted(exports.glob("teams/TeamsUserActivityUserDetail_*.csv"))
    _table(database, "teams", (row for path in months for row in rows_of(path)))
    days = sorted(exports.glob("slack/slack_member_analytics_*.json.gz"))
    members = ({"date": path.name[23:33], "member": line} for path in days for line in _lines(path))
    _table(database, "slack_members", members)


def rows_of(path: Path, encoding: str = "utf-8-sig") -> Iterator[dict[str, str]]:
    """The rows of a CSV file, in its columns' own words."""
    with path.open(encoding=encoding, newline="") as stream:
        yield from csv.DictReader(stream, strict=True)


def _lines(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()


def _table(database: sqlite3.Connection, name: str, rows: Iterable[dict[str, str]]) -> None:
    rows = iter(rows)
    first = next(rows)
    columns = ", ".join(f'"{column}" TEXT NOT NULL' for column in first)
    database.execute(f'CREATE TABLE "{name}" ({columns})')
    places = ", ".join("?" * len(first))
    insert = f'INSERT INTO "{name}" VALUES ({places})'  # noqa: S608 -- a table of this module
    database.execute(insert, tuple(first.values()))
    database.executemany(insert, (tuple(row.values()) for row in rows))
