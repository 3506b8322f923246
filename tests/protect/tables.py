"""Tables of departments and periods with all their totals, and every world that what is said of them leaves open.

The enumeration knows nothing of `generator.protect` but the words that a cell says.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from generator.protect.audit import Cell, Table
from generator.protect.primary import Judgement
from generator.protect.sayings import sayings
from generator.protect.system import Range, System
from tests.protect.cells import cell

Grid = tuple[tuple[int, ...], ...]
"""One number a cell; rows are departments, columns are periods."""
Place = tuple[int | None, int | None]
"""Row and column; None for a total."""


def places(rows: int, columns: int) -> list[Place]:
    """Every cell and every total of a table."""
    inner: list[Place] = list(product(range(rows), range(columns)))
    return [*inner, *((r, None) for r in range(rows)), *((None, c) for c in range(columns)), (None, None)]


def at(place: Place, grid: Grid) -> int:
    """The number of a cell, or the sum behind a total."""
    row, column = place
    rows = grid if row is None else (grid[row],)
    return sum(sum(line) if column is None else line[column] for line in rows)


def table_of(headcounts: Grid, values: Grid, min_group: int) -> Table:
    """The table as it is handed to the audit."""
    rows, columns = len(headcounts), len(headcounts[0])
    groups = {
        place: frozenset(
            r * columns + c
            for r, c in product(range(rows), range(columns))
            if place[0] in (r, None) and place[1] in (c, None)
        )
        for place in places(rows, columns)
    }
    sizes = [people for line in headcounts for people in line]
    distinct = list(dict.fromkeys(groups.values()))
    system = System(sizes, distinct)
    cells = tuple(
        Cell(str(place), distinct.index(group), sayings(cell(at(place, values), at(place, headcounts)), min_group))
        for place, group in groups.items()
    )
    return Table(system, cells, min_group, tuple(Range(0, people) for people in system.headcounts))


def said(table: Table, levels: Sequence[int], rows: int, columns: int) -> dict[Place, Judgement]:
    """What is published of every cell and total."""
    judgements = [cell.sayings[level].judgement for cell, level in zip(table.cells, levels, strict=True)]
    return dict(zip(places(rows, columns), judgements, strict=True))


def is_true(judgement: Judgement, count: int, headcount: int, min_group: int) -> bool:
    """Whether somebody who knows the primary rules takes a count for possible."""
    if judgement.percent is not None:
        is_large = min_group <= count <= headcount - min_group
        return is_large and (Fraction(100 * count, headcount) + Fraction(1, 2)) // 1 == judgement.percent
    if judgement.band is not None:
        share = Fraction(100 * count, headcount)
        return judgement.band.low <= share and (share < judgement.band.high or judgement.band.high == 100)
    return True


def worlds(
    headcounts: Grid, words: dict[Place, Judgement], min_group: int, *, own: tuple[Place, int] | None = None
) -> dict[Place, set[int]]:
    """Every count of every cell and total that stands in some table of which all words are true.

    `own` is a cell in which somebody stands who knows what they did themselves: 0 or 1.
    """
    rows, columns = len(headcounts), len(headcounts[0])

    def fits(place: Place, count: int) -> bool:
        if own is not None and place == own[0] and not own[1] <= count < at(place, headcounts) + own[1]:
            return False
        return is_true(words[place], count, at(place, headcounts), min_group)

    lines = [
        [
            line
            for line in product(*(range(people + 1) for people in headcounts[r]))
            if fits((r, None), sum(line)) and all(fits((r, c), n) for c, n in enumerate(line))
        ]
        for r in range(rows)
    ]
    sums = {(*(c, n),): fits((None, c), n) for c in range(columns) for n in range(at((None, c), headcounts) + 1)}
    found: dict[Place, set[int]] = {place: set() for place in places(rows, columns)}
    for r in range(rows):
        others = {(0,) * columns}
        for line_set in (*lines[:r], *lines[r + 1 :]):
            others = {
                tuple(a + b for a, b in zip(total, line, strict=True)) for total in others for line in set(line_set)
            }
        for line in lines[r]:
            for total in _totals(line, others):
                if all(sums[c, n] for c, n in enumerate(total)) and fits((None, None), sum(total)):
                    found[r, None].add(sum(line))
                    found[None, None].add(sum(total))
                    for c, n in enumerate(line):
                        found[r, c].add(n)
                        found[None, c].add(total[c])
    return found


def _totals(line: Sequence[int], others: set[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
    for other in others:
        yield tuple(a + b for a, b in zip(line, other, strict=True))


def random_grids(seed: int) -> tuple[Grid, Grid]:
    """Headcounts and counts of a table like those of small companies: 4–11 departments, 3–5 periods."""
    dice = random.Random(seed)  # noqa: S311 -- a table, not a secret
    rows, columns = dice.randint(4, 11), dice.randint(3, 5)
    headcounts, values = [], []
    for _ in range(rows):
        people, share = max(3, round(dice.lognormvariate(3.9, 0.7))), dice.betavariate(2, 2)
        headcounts.append((people,) * columns)
        values.append(tuple(sum(dice.random() < share + 0.05 * c for _ in range(people)) for c in range(columns)))
    return tuple(headcounts), tuple(values)
