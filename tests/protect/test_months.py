"""What earlier releases said binds a month's counts exactly as far as it is about the same people."""

from __future__ import annotations

import pytest

from generator.model.figure import COMPANY, Figure
from generator.model.ledger import ToldCell, ToldMonth
from generator.protect.audit import Table
from generator.protect.months import MonthTable, is_partition, month_table
from generator.protect.system import Range
from tests.protect.cells import SALES, cell, month


def told(eligible: int, low: int, high: int, *, department: str | None = SALES, members: str = "") -> ToldCell:
    return ToldCell(department, eligible, None, None, low, high, members)


def edition(*cells: ToldCell) -> ToldMonth:
    return ToldMonth("chat_active_rate", "2026-10", "d", cells)


def sales(active: int, eligible: int, members: str = "") -> list[Figure]:
    return [cell(active, eligible, department=SALES, members=members)]


def known(table: Table) -> dict[int, Range]:
    """What is known, by the headcount of the group (all of them different in these tests)."""
    return dict(zip(table.system.headcounts, table.known, strict=True))


def unnamed(made: MonthTable) -> list[int]:
    """Headcounts of the groups that no cell names and that must be safe too."""
    return [made.table.system.headcounts[group] for group in made.table.also]


@pytest.mark.parametrize(
    ("active", "bounds"),
    [
        (113, Range(0, 250)),
        (114, Range(114, 116)),
        (115, Range(114, 116)),
        (116, Range(114, 116)),
        (117, Range(0, 250)),
    ],
)
def test_what_was_said_binds_as_long_as_it_is_true(active: int, bounds: Range) -> None:
    made = month_table(sales(active, 250), 10, [edition(told(250, 114, 116))])
    assert known(made.table) == {250: bounds}
    assert unnamed(made) == []


def test_two_editions_about_the_same_people_bind_together() -> None:
    made = month_table(sales(115, 250), 10, [edition(told(250, 100, 116)), edition(told(250, 114, 130))])
    assert known(made.table) == {250: Range(114, 116)}


@pytest.mark.parametrize(
    ("active", "is_bound"),
    [(113, False), (114, True), (126, True), (127, False)],
    ids=["less", "least", "most", "more"],
)
def test_who_came_since_is_a_group_of_its_own(active: int, is_bound: bool) -> None:
    made = month_table(sales(active, 260), 5, [edition(told(250, 114, 116))])
    assert made.kept is None
    if is_bound:
        assert known(made.table) == {10: Range(0, 10), 250: Range(114, 116), 260: Range(0, 260)}
        assert unnamed(made) == [10]
    else:
        assert known(made.table) == {260: Range(0, 260)}


@pytest.mark.parametrize(
    ("active", "is_bound"),
    [(103, False), (104, True), (116, True), (117, False)],
    ids=["less", "least", "most", "more"],
)
def test_who_went_since_is_a_group_of_its_own(active: int, is_bound: bool) -> None:
    made = month_table(sales(active, 240), 5, [edition(told(250, 114, 116))])
    assert made.kept is None
    if is_bound:
        assert known(made.table) == {10: Range(0, 10), 250: Range(114, 116), 240: Range(0, 240)}
        assert unnamed(made) == [10]
    else:
        assert known(made.table) == {240: Range(0, 240)}


def test_others_in_the_same_number_are_at_least_one_who_came_and_one_who_went() -> None:
    made = month_table(sales(115, 250, "these"), 1, [edition(told(250, 114, 116, members="those"))])
    assert made.table.system.sizes == (249, 1, 1)
    assert unnamed(made) == [1, 1]
    assert made.table.known[made.table.cells[0].group] == Range(0, 250)
    assert Range(114, 116) in made.table.known


def test_of_other_people_only_the_newest_edition_binds() -> None:
    earlier = [edition(told(200, 100, 110)), edition(told(250, 114, 116))]
    made = month_table(sales(118, 260), 5, earlier)
    assert known(made.table) == {10: Range(0, 10), 250: Range(114, 116), 260: Range(0, 260)}


def test_where_the_company_of_before_contradicts_the_departments_it_alone_is_let_go() -> None:
    figures = [cell(101, 190), cell(60, 100, department=SALES), cell(40, 90, department="design")]
    earlier = edition(told(100, 60, 60), told(90, 38, 42, department="design"), told(190, 101, 102, department=COMPANY))
    made = month_table(figures, 10, [earlier])
    assert known(made.table) == {100: Range(60, 60), 90: Range(38, 42), 190: Range(0, 190)}


def test_the_company_binds_beside_its_departments() -> None:
    figures = month(("sales", 60, 100), ("design", 40, 90))
    earlier = edition(told(100, 60, 60), told(90, 40, 40, department="design"), told(190, 99, 101, department=COMPANY))
    made = month_table(figures, 10, [earlier])
    assert known(made.table) == {100: Range(60, 60), 90: Range(40, 40), 190: Range(99, 101)}


def test_people_of_no_department_are_a_group_that_nobody_names() -> None:
    made = month_table([cell(101, 200), *sales(60, 120)], 10, ())
    assert made.table.system.sizes == (120, 80)
    assert unnamed(made) == [80]


@pytest.mark.parametrize(
    ("active", "eligible", "is_one"),
    [(60, 90, True), (59, 90, False), (61, 90, False), (70, 100, True), (71, 100, False), (60, 89, False)],
)
def test_departments_are_parts_where_the_rest_is_a_possible_count(active: int, eligible: int, is_one: bool) -> None:
    assert is_partition([cell(active, eligible), *sales(60, 90)]) is is_one


def test_departments_without_their_company_are_a_table_too() -> None:
    assert is_partition(sales(60, 90))
