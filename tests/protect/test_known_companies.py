"""What readers of known companies see: which cells say less, and that it is enough."""

from __future__ import annotations

import pytest

from generator.protect import protect
from generator.protect.audit import Breach, breaches
from generator.protect.months import month_table
from generator.protect.secondary import suppressed
from generator.protect.system import Range
from tests.protect.cells import cell, measured, month


@pytest.mark.parametrize(
    ("min_group", "departments", "words"),
    [
        (5, ((2, 8), (47, 140), (0, 2), (9, 9), (40, 143), (0, 1)), "32% hidden 34% hidden 40-100 28% hidden"),
        (5, ((0, 4), (24, 35), (0, 2), (11, 13), (25, 69)), "49% hidden 69% hidden 50-100 36%"),
        (5, ((28, 59), (37, 89), (7, 8), (5, 5)), "48% hidden hidden hidden hidden"),
        (5, ((11, 46), (31, 89), (50, 140), (6, 7)), "35% 20-40 35% 36% hidden"),
        (5, ((18, 143), (2, 86), (7, 27), (5, 12)), "12% 13% 0-10 26% 0-50"),
        (5, ((5, 95), (41, 46), (29, 51), (1, 4), (6, 50)), "33% 5% 80-90 57% hidden 12%"),
        (5, ((87, 150), (7, 9), (61, 64), (1, 3), (12, 96)), "52% 58% 40-100 90-100 hidden 13%"),
        (5, ((66, 79), (22, 134), (74, 127), (65, 81), (48, 99)), "53% 84% 16% 58% 80% 48%"),
        (10, ((33, 34), (68, 86), (78, 87), (5, 24), (1, 6), (1, 4)), "77% 70-100 79% 80-100 0-50 hidden hidden"),
        (10, ((0, 15), (3, 7), (7, 10), (3, 3), (20, 22)), "58% hidden hidden hidden hidden 50-100"),
        (10, ((21, 33), (4, 77), (39, 105), (19, 136)), "24% 50-100 0-20 37% 14%"),
    ],
)
def test_the_cells_that_say_less_are_those_that_cost_least(
    min_group: int, departments: tuple[tuple[int, int], ...], words: str
) -> None:
    """The company first, then its departments; a change here is a change that readers of real companies see."""
    cells = month(*((name, *counts) for name, counts in zip("abcdef", departments, strict=False)))
    released = protect(measured(*cells, min_group=min_group)).released.cells.values()
    told = (
        f"{cell.percent}%" if cell.is_shown else "hidden" if cell.band is None else f"{cell.band.low}-{cell.band.high}"
        for cell in released
    )
    assert " ".join(told) == words


def test_one_person_of_no_department_learns_nothing_of_another_single() -> None:
    # 71 of 123 did it, 30 of 60 and 40 of 61: one of the two others, and each of them knows which.
    cells = [cell(71, 123), *month(("design", 30, 60), ("sales", 40, 61), ("single", 1, 1))[1:]]
    table = month_table(cells, 10, ()).table
    assert breaches(table, [0] * len(cells))
    assert not suppressed(table).breaches


def test_two_hidden_departments_that_are_safe_one_by_one_are_not_when_together_too_few_did_it() -> None:
    # 114 or 115 of 216, less exactly 60 and 50: four or five of the sixteen in `a` and `b`, though each has 0 to 5.
    cells = month(("a", 2, 8), ("b", 2, 8), ("c", 60, 100), ("d", 50, 100))
    table = month_table(cells, 5, ()).table
    both = frozenset(table.cells[place].group for place in (1, 2))
    assert breaches(table, [0] * len(cells)) == [Breach(both, Range(4, 5), 5)]
    outcome = suppressed(table)
    assert not outcome.breaches
    assert any(outcome.levels)


def test_two_hidden_departments_of_which_many_did_it_and_many_did_not_are_safe_together() -> None:
    cells = month(("a", 4, 8), ("b", 4, 8), ("c", 60, 100), ("d", 50, 100))
    table = month_table(cells, 5, ()).table
    assert breaches(table, [0] * len(cells)) == []


def test_one_hidden_department_is_no_two() -> None:
    cells = month(("a", 4, 8), ("b", 40, 80), ("c", 60, 100), ("d", 50, 100))
    table = month_table(cells, 5, ()).table
    assert {len(breach.groups) for breach in breaches(table, [0] * len(cells))} == {1}
