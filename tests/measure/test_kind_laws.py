"""Laws of every kind of metric: it equals a recount by plain loops, adds up, and knows neither order nor repetition."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st

from generator.measure.calendar import Calendar
from generator.measure.counting import Count, Counted, count
from generator.measure.statement import statement
from generator.measure.warehouse import Warehouse
from generator.model.metric import Entity
from generator.model.metric_kinds import METRIC_KINDS
from generator.model.period import Month
from tests.examples import few
from tests.measure.recount import END, HOLIDAYS, KINDS, World, recounted

OCTOBER = Calendar((Month(2026, 10),), frozenset(HOLIDAYS))
ROSTER = Entity(source="roster", key="person", department="department", valid_from="first", valid_to="last")
COMMON: dict[str, Any] = {
    "name": "figure",
    "label": {"ja": "数字", "en": "Figure"},
    "owner": "情報システム部",
    "definition": "数え方です。",
    "entity": "employee",
    "freshness": {"warn_after": "45d", "fail_after": "400d"},
}
ELIGIBLE = {"source": "roster", "column": "person", "where": "eligible"}


def rows(source: str, **more: str) -> dict[str, str]:
    return {"source": source, "column": "name", "matches": "name", "time": "day", **more}


OWN: dict[str, dict[str, Any]] = {
    "share": {"numerator": rows("usage"), "denominator": ELIGIBLE},
    "stickiness": {"activity": rows("usage"), "eligible": ELIGIBLE},
    "activation": {"activity": rows("usage"), "eligible": ELIGIBLE},
    "retention": {"activity": rows("usage"), "eligible": ELIGIBLE},
    "dual_use": {"first": rows("usage"), "second": rows("mails"), "eligible": ELIGIBLE},
    "favourable": {"answers": rows("survey", value="score"), "eligible": ELIGIBLE},
    "enps": {"answers": rows("survey", value="score"), "eligible": ELIGIBLE},
    "faq_effect": {"help": rows("usage"), "tickets": rows("mails"), "eligible": ELIGIBLE},
}
PEOPLE = [f"p{number}" for number in range(6)]
DAYS = st.dates(date(2026, 8, 20), END)
NAMES = st.sampled_from([*PEOPLE, *(name.upper() for name in PEOPLE), "guest"])


@st.composite
def worlds(draw: st.DrawFn, highest: int = 10) -> World:
    """A few people of two departments, some of whom joined, left or moved, and what they did."""
    roster = []
    for person in draw(st.lists(st.sampled_from(PEOPLE), unique=True)):
        moves = sorted(draw(st.sets(st.one_of(st.just(date(2020, 4, 1)), DAYS), min_size=1, max_size=2)))
        ends = [day - timedelta(days=1) for day in moves[1:]]
        for first, last in zip(moves, [*ends, draw(st.none() | st.just(END))], strict=True):
            unit, eligible = draw(st.sampled_from(["sales", "legal"])), draw(st.booleans())
            roster.append((person, person, unit, eligible, first, last))
    done = st.lists(st.tuples(NAMES, DAYS), max_size=25)
    answers = st.lists(st.tuples(NAMES, DAYS, st.none() | st.integers(1, highest)), max_size=12)
    return World(roster, draw(done), draw(done), draw(answers))


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    with Warehouse(()) as tables:
        tables.run(
            "CREATE TABLE roster (person TEXT, name TEXT, department TEXT, eligible BOOLEAN, first DATE, last DATE)"
        )
        tables.run("CREATE TABLE usage (name TEXT, day DATE)")
        tables.run("CREATE TABLE mails (name TEXT, day DATE)")
        tables.run("CREATE TABLE survey (name TEXT, day DATE, score BIGINT)")
        yield tables


def counted(kind: str, world: World, warehouse: Warehouse, **own: Any) -> Counted:
    for table in ("roster", "usage", "mails", "survey"):
        lines = getattr(world, table)
        warehouse.run(f"DELETE FROM {table}")  # noqa: S608 -- a table of this test
        if lines:
            places = ", ".join("(" + ", ".join("?" * len(lines[0])) + ")" for _ in lines)
            values = [value for line in lines for value in line]
            warehouse.run(f"INSERT INTO {table} VALUES {places}", values)  # noqa: S608 -- a table of this test
    metric = METRIC_KINDS[kind].model_validate(COMMON | {"kind": kind} | OWN[kind] | own)
    return count(metric, OCTOBER, warehouse.query(statement(metric, ROSTER, OCTOBER)))


def cells(found: Counted) -> dict[str | None, Count]:
    return {cell.department: cell for cell in found.counts}


def value(found: Counted) -> tuple[int, int]:
    """Numerator less what is against it, and denominator, of the company."""
    company = cells(found)[None]
    return company.numerator - company.against, company.denominator


def highest(kind: str) -> int:
    return 5 if kind == "favourable" else 10


@pytest.mark.parametrize("kind", KINDS)
@few(6)
@given(data=st.data())
def test_a_figure_equals_a_plain_recount(warehouse: Warehouse, kind: str, data: st.DataObject) -> None:
    world = data.draw(worlds(highest(kind)))
    found = {
        cell.department: ((cell.numerator, cell.denominator, cell.against, cell.groups), cell.eligible)
        for cell in counted(kind, world, warehouse).counts
    }
    assert found == recounted(kind, world)


@pytest.mark.parametrize("kind", KINDS)
@few(2)
@given(data=st.data(), luck=st.randoms(use_true_random=False))
def test_the_order_and_the_repetition_of_rows_change_nothing(
    warehouse: Warehouse, kind: str, data: st.DataObject, luck: random.Random
) -> None:
    world = data.draw(worlds(highest(kind)))
    lists = [[*rows_, *rows_[:3]] for rows_ in (world.roster, world.usage, world.mails, world.survey)]
    for listed in lists:
        luck.shuffle(listed)
    assert counted(kind, World(*lists), warehouse).counts == counted(kind, world, warehouse).counts


@pytest.mark.parametrize("kind", KINDS)
@few(2)
@given(data=st.data())
def test_parts_are_no_more_than_the_whole_and_add_up_to_it(
    warehouse: Warehouse, kind: str, data: st.DataObject
) -> None:
    found = cells(counted(kind, data.draw(worlds(highest(kind))), warehouse))
    for cell in found.values():
        assert min(cell.numerator, cell.against, *cell.groups, cell.eligible) >= 0
        assert cell.numerator + cell.against <= cell.denominator
        assert max(cell.groups, default=0) <= cell.eligible
    if found:
        company, units = found.pop(None), list(found.values())
        for name in ("numerator", "denominator", "against", "eligible"):
            assert getattr(company, name) == sum(getattr(unit, name) for unit in units)
        assert company.groups == tuple(map(sum, zip(*(unit.groups for unit in units), strict=True)))


@pytest.mark.parametrize("kind", KINDS)
@few(2)
@given(data=st.data())
def test_somebody_more_who_does_nothing_changes_no_numerator(
    warehouse: Warehouse, kind: str, data: st.DataObject
) -> None:
    world = data.draw(worlds(highest(kind)))
    idle = ("idle", "idle", "sales", True, date(2020, 4, 1), None)
    before = cells(counted(kind, world, warehouse))
    after = cells(counted(kind, replace(world, roster=[*world.roster, idle]), warehouse))
    for unit, cell in before.items():
        more = unit in (None, "sales")
        assert (after[unit].numerator, after[unit].against) == (cell.numerator, cell.against)
        assert after[unit].eligible == cell.eligible + more
        assert after[unit].denominator == cell.denominator + (more and kind == "share")


@pytest.mark.parametrize("kind", KINDS)
@few(3)
@given(data=st.data())
def test_the_company_is_the_same_whatever_its_departments_even_without_any(
    warehouse: Warehouse, kind: str, data: st.DataObject
) -> None:
    world = data.draw(worlds(highest(kind)).filter(lambda w: w.members() and w.usage))
    moved = [(person, name, None, *rest) for person, name, _, *rest in world.roster]
    before, after = (counted(kind, w, warehouse) for w in (world, replace(world, roster=moved)))  # type: ignore[arg-type]
    assert after.counts == before.counts[:1]
    assert {unit for unit, _ in after.departments} == {None}


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_with_two_names_is_one_person_under_whichever(warehouse: Warehouse, kind: str) -> None:
    roster = [(name, name, "sales", True, date(2020, 4, 1), None) for name in PEOPLE[:4]]
    roster.append((PEOPLE[4], PEOPLE[4], "legal", True, date(2026, 10, 1), None))
    usage = [(name, day) for name in PEOPLE[:3] for day in (date(2026, 9, 15), date(2026, 10, 14))]
    usage.append((PEOPLE[4], date(2026, 10, 2)))
    mails = [(name, date(2026, 10, 15)) for name in PEOPLE[2:4]]
    survey = [(name, date(2026, 10, 15), score) for score, name in enumerate(PEOPLE[:4], start=2)]
    world = World(roster, usage, mails, survey)
    also = [(person, f"{name}-too", *rest) for person, name, *rest in roster]
    two_names = replace(
        world,
        roster=[*roster, *also],  # type: ignore[list-item]
        usage=[(f"{name}-too", day) for name, day in usage],
        mails=[(f"{name}-too", day) for name, day in mails],
    )
    before = counted(kind, world, warehouse).counts
    assert before[0].numerator + before[0].against > 0
    assert counted(kind, two_names, warehouse).counts == before


@few(3)
@given(world=worlds())
def test_longer_windows_see_no_fewer_people(warehouse: Warehouse, world: World) -> None:
    seen = [counted("share", world, warehouse, window=window).counts for window in ("1d", "7d", "28d", "31d", "56d")]
    for shorter, longer in itertools.pairwise(seen):
        assert all(a.numerator <= b.numerator for a, b in zip(shorter, longer, strict=True))


@few(3)
@given(world=worlds())
def test_a_window_of_the_month_s_length_is_the_month(warehouse: Warehouse, world: World) -> None:
    assert counted("share", world, warehouse, window="31d").counts == counted("share", world, warehouse).counts


@few(3)
@given(world=worlds())
def test_whoever_is_retained_was_active_in_the_later_window(warehouse: Warehouse, world: World) -> None:
    active = counted("share", world, warehouse, window="28d").counts
    retained = counted("retention", world, warehouse).counts
    assert all(a.numerator >= b.numerator for a, b in zip(active, retained, strict=True))


@few(3)
@given(world=worlds(), swapped=st.sets(st.sampled_from(PEOPLE)))
def test_who_moves_between_departments_is_not_lost(warehouse: Warehouse, world: World, swapped: set[str]) -> None:
    other = {"sales": "legal", "legal": "sales"}
    moved = [
        (person, name, other[unit] if person in swapped and last is None else unit, *rest, last)
        for person, name, unit, *rest, last in world.roster
    ]
    before = counted("retention", world, warehouse).counts[:1]
    assert counted("retention", replace(world, roster=moved), warehouse).counts[:1] == before  # type: ignore[arg-type]


@few(3)
@given(world=worlds())
def test_dual_use_knows_no_first_and_second(warehouse: Warehouse, world: World) -> None:
    turned = replace(world, usage=world.mails, mails=world.usage)
    assert counted("dual_use", turned, warehouse).counts == counted("dual_use", world, warehouse).counts


@pytest.mark.parametrize("kind", ["enps", "favourable"])
@few(3)
@given(data=st.data())
def test_a_better_answer_never_lowers_the_figure(warehouse: Warehouse, kind: str, data: st.DataObject) -> None:
    world = data.draw(worlds(highest(kind)).filter(lambda w: w.members() and any(s for *_, s in w.survey)))
    better = [(n, d, None if s is None else min(s + 1, highest(kind))) for n, d, s in world.survey]
    before, after = (value(counted(kind, w, warehouse)) for w in (world, replace(world, survey=better)))
    assert after[1] == before[1]
    assert after[0] >= before[0]


@pytest.mark.parametrize("kind", ["enps", "favourable"])
@few(2)
@given(data=st.data())
def test_no_answer_is_no_answer(warehouse: Warehouse, kind: str, data: st.DataObject) -> None:
    world = data.draw(worlds(highest(kind)))
    empty = [(name, END, None) for name in PEOPLE]
    more = replace(world, survey=[*world.survey, *empty])
    assert counted(kind, more, warehouse).counts == counted(kind, world, warehouse).counts


@few(3)
@given(world=worlds(), name=NAMES, day=DAYS)
def test_a_ticket_more_never_makes_help_look_better(warehouse: Warehouse, world: World, name: str, day: date) -> None:
    more = replace(world, mails=[*world.mails, (name, day)])
    before, after = counted("faq_effect", world, warehouse).counts, counted("faq_effect", more, warehouse).counts
    assert all(b.numerator <= a.numerator for a, b in zip(before, after, strict=True))
    assert [b.denominator for b in before] == [a.denominator for a in after]


@few(3)
@given(world=worlds())
def test_a_longer_wait_for_tickets_never_makes_help_look_better(warehouse: Warehouse, world: World) -> None:
    # Counted over all days of the tables, so that no session falls into another month.
    whole = replace(world, usage=[(name, date(2026, 10, 20)) for name, _ in world.usage])
    short, long = (counted("faq_effect", whole, warehouse, within=days).counts for days in ("2d", "7d"))
    assert all(b.numerator <= a.numerator for a, b in zip(short, long, strict=True))


@pytest.mark.parametrize("engine", ["postgres", "spark"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_statement_has_words_in_other_engines(kind: str, engine: str) -> None:
    metric = METRIC_KINDS[kind].model_validate(COMMON | {"kind": kind} | OWN[kind])
    text = statement(metric, ROSTER, OCTOBER)
    (written,) = sqlglot.transpile(text, read="duckdb", write=engine, unsupported_level=sqlglot.ErrorLevel.RAISE)
    assert sqlglot.parse_one(written, read=engine).find(sqlglot.exp.Union)
