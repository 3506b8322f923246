"""Random tables of people and the data files that would be published of them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from generator.compose.figure_book import FigureBook
from generator.compose.figure_files import figure_files
from generator.model.figure import Figure, FigureStatus, MeasuredFigures
from generator.model.metric_kinds import Share
from generator.model.organisation import Department, Organisation
from generator.model.period import Month
from generator.protect import protect
from tests.attack.published import COMPANY, Cell, Site, read_data

FIRST = Month(2026, 4)
"""The first month of every table."""


@dataclass(frozen=True)
class Table:
    """Counts by cell: people who did it, people who could have."""

    counts: dict[Cell, tuple[int, int]]
    min_group: int


def random_table(seed: int, min_group: int = 5) -> Table:
    """4–11 departments of 1–80 people over 3–5 months; some nearly all do it, some hardly anybody."""
    chance = random.Random(seed)  # noqa: S311 -- a table to try, no secret
    departments = [f"d{number}" for number in range(chance.randint(4, 11))]
    months = [FIRST.plus(number) for number in range(chance.randint(3, 5))]
    sizes = {
        name: chance.choice((chance.randint(1, 12), chance.randint(8, 30), chance.randint(25, 80)))
        for name in departments
    }
    counts: dict[Cell, tuple[int, int]] = {}
    for month in months:
        for name in departments:
            eligible = max(1, sizes[name] + chance.randint(-1, 1))
            rate = chance.choice((chance.random(), chance.uniform(0.85, 1), chance.uniform(0, 0.15)))
            counts["rate", str(month), name] = (min(eligible, round(rate * eligible)), eligible)
        cells = [counts["rate", str(month), name] for name in departments]
        counts["rate", str(month), COMPANY] = (sum(n for n, _ in cells), sum(e for _, e in cells))
    return Table(counts, min_group)


def published(table: Table) -> Site:
    """Protect a table and read back the files that would be published of it."""
    protected = protect(_measured(table))
    if protected.findings:
        raise AssertionError(f"nothing was released: {protected.findings[0]}")
    book = FigureBook.of(protected.released, {})
    site = Site()
    read_data({file.url: file.content for file in figure_files(book)}, site)
    return site


def _measured(table: Table) -> MeasuredFigures:
    names = sorted({department for _, _, department in table.counts} - {COMPANY})
    units = [Department(name, name, None, FIRST.first_day, None, None, n) for n, name in enumerate(names)]
    ordered = sorted(table.counts.items(), key=lambda item: (item[0][1], item[0][2] != COMPANY, item[0][2]))
    cells = [
        Figure(
            metric,
            Month.parse(month),
            None if department == COMPANY else department,
            numerator,
            denominator,
            Month.parse(month).last_day,
            FigureStatus.OK,
        )
        for (metric, month, department), (numerator, denominator) in ordered
    ]
    return MeasuredFigures({"rate": _metric(table.min_group)}, Organisation(tuple(units)), tuple(cells))


def _metric(min_group: int) -> Share:
    return Share.model_validate(
        {
            "name": "rate",
            "label": {"ja": "利用率", "en": "Rate"},
            "owner": "情報システム部",
            "definition": "使った人の割合です。",
            "entity": "employee",
            "numerator": {"source": "usage", "column": "mail", "matches": "mail", "time": "day"},
            "denominator": {"source": "roster", "column": "id"},
            "privacy": {"min_group": min_group},
            "freshness": {"warn_after": "45d", "fail_after": "90d"},
        }
    )
