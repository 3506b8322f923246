"""Laws that hold for every company: counts equal a plain recomputation, add up, and know no order."""

from __future__ import annotations

import random
from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measure.conftest import Company, Post, Use, post

MONTHS = [(2026, month) for month in range(6, 11)]
UNITS = ["sales", "legal"]
LAST = date(2026, 10, 31)

DAYS = st.dates(date(2026, 5, 1), LAST)
PEOPLE = [f"p{n}" for n in range(8)]


@st.composite
def rosters(draw: st.DrawFn) -> list[Post]:
    """Some people, each with one to three posts that follow each other, some with a last day."""
    rows = []
    for person in draw(st.lists(st.sampled_from(PEOPLE), unique=True, min_size=1)):
        starts = sorted(draw(st.sets(DAYS, min_size=1, max_size=3)))
        ends = [date.fromordinal(day.toordinal() - 1) for day in starts[1:]]
        final = draw(st.none() | st.dates(starts[-1], LAST))
        for first, last in zip(starts, [*ends, final], strict=True):
            employment = draw(st.sampled_from(["正社員", "派遣"]))
            rows.append(post(person, draw(st.sampled_from(UNITS)), employment=employment, first=first, last=last))
    return rows


def usages() -> st.SearchStrategy[list[Use]]:
    names = st.sampled_from([f"{person}@X" for person in PEOPLE] + ["guest@y"])
    rows = st.lists(st.tuples(names, st.dates(date(2026, 6, 1), LAST), st.integers(0, 2)), max_size=40)
    return rows.map(lambda some: [*some, ("nobody@x", date(2026, 6, 1), 0), ("nobody@x", LAST, 0)])


def recomputed(roster: list[Post], usage: list[Use]) -> dict[tuple[str, str | None], tuple[int | None, int]]:
    """The figures by plain loops over people and days."""
    cells: dict[tuple[str, str | None], tuple[int | None, int]] = {}
    for year, month in MONTHS:
        end = date(year, month, monthrange(year, month)[1])
        there = {}
        for employee, mail, unit, employment, first, last in roster:
            if first <= end and (last is None or end <= last) and employment != "派遣":
                there[employee] = (unit, mail)
        rows = [(name.lower(), count) for name, day, count in usage if (day.year, day.month) == (year, month)]
        active = {name for name, count in rows if count > 0}
        for unit in {None, *(unit for unit, _ in there.values())}:
            members = [mail for place, mail in there.values() if unit in (None, place)]
            if members:
                counted = sum(mail in active for mail in members)
                cells[f"{year}-{month:02}", unit] = (counted if rows else None, len(members))
    return cells


def measured(company: Company) -> dict[tuple[str, str | None], tuple[int | None, int]]:
    figures, _ = company.measure()
    return {(str(c.period), c.department): (c.numerator, c.denominator) for c in figures.cells}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Company:
    return Company(tmp_path_factory.mktemp("company"))


@settings(max_examples=25, deadline=None)
@given(roster=rosters(), usage=usages(), seed=st.randoms(use_true_random=False))
def test_figures_equal_a_plain_recomputation_in_any_order(
    place: Company, roster: list[Post], usage: list[Use], seed: random.Random
) -> None:
    expected = recomputed(roster, usage)
    seed.shuffle(roster)
    seed.shuffle(usage)
    place.roster, place.usage = roster, usage
    cells = measured(place)
    assert cells == expected
    for (month, unit), (numerator, denominator) in cells.items():
        assert numerator is None or 0 <= numerator <= denominator
        if unit is None:
            parts = [cells[month, other] for other in UNITS if (month, other) in cells]
            assert denominator == sum(part[1] for part in parts)
            assert numerator is None or numerator == sum(part[0] or 0 for part in parts)


@settings(max_examples=10, deadline=None)
@given(roster=rosters(), usage=usages(), unit=st.sampled_from(UNITS))
def test_an_inactive_person_more_changes_denominators_only(
    place: Company, roster: list[Post], usage: list[Use], unit: str
) -> None:
    place.roster, place.usage = roster, usage
    before = measured(place)
    place.roster = [*roster, post("idle", unit)]
    after = measured(place)
    for (month, department), (numerator, denominator) in before.items():
        more = department in (None, unit)
        assert after[month, department] == (numerator, denominator + more)
