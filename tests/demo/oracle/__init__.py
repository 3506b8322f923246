"""An independent oracle for the demo's figures, in plain SQL: where the newsletter's and these differ, one has a bug.

It shares no code and no engine with `generator/`: SQLite counts from the raw exports. Each metric is a file of its
own, written from its definition in metrics.yml and not from what the product asks its engine:

- `tables`    the exports as the vendors wrote them, row by row, every cell a text
- `people`    whom all metrics count, and where they belong: each month's eligible people
- `chat` `slack`   who used which tool, where several metrics ask
- one file a metric: a row for each month and department, a department of NULL being all who count

A metric's columns are `numerator` and `denominator`, and for those that are no share of the headcount `headcount`,
`against` if there is any, and the sizes of the groups of people that must not be small: `people_…`. A numerator of NULL
is a month that nobody measured.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.demo.oracle.tables import load

METRICS = (
    "chat_active_rate",
    "one_on_one_rate",
    "slack_active_rate",
    "chat_retention",
    "slack_stickiness",
    "chat_overlap",
    "recommendation",
)
Key = tuple[str, str, str | None]
"""Metric, month as `2026-10`, department (None: all who count)."""

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Counts:
    """What a figure is made of."""

    numerator: int | None
    denominator: int | None
    headcount: int
    against: int = 0
    groups: tuple[int, ...] = ()
    """Sizes of the groups of people that may not be small; none for a share of the headcount."""


@dataclass(frozen=True)
class Recomputed:
    """Everything there is to know of the demo."""

    counts: dict[Key, Counts]
    in_roster: dict[str, int]
    """Month → everybody in the roster on its last day, eligible or not."""


def recomputed(exports: Path) -> Recomputed:
    """Count everything once more from the files in `exports`."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.row_factory = sqlite3.Row
        load(database, exports)
        for shared in ("people", "chat", "slack"):
            database.executescript(_sql(shared))
        counts = {
            (metric, row["month"], row["department"]): _counts(dict(row))
            for metric in METRICS
            for row in database.execute(_sql(metric))
        }
        return Recomputed(counts, {row["month"]: row["people"] for row in database.execute(_sql("in_roster"))})


def _sql(name: str) -> str:
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")


def _counts(row: dict[str, int | None]) -> Counts:
    people = row.get("headcount", row["denominator"])
    assert people is not None
    groups = tuple(size for name, size in row.items() if name.startswith("people_") and size is not None)
    return Counts(row["numerator"], row["denominator"], people, row.get("against") or 0, groups)
