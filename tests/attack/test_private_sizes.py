"""Nobody is exposed by surveys, dual use and new people either, whose sizes nobody is told."""

from __future__ import annotations

import random

from tests.attack.private_companies import KINDS, NOWHERE, Cell, Company, published, random_company
from tests.attack.private_worlds import Exposed, Worlds, exposed, exposed_to_insider

COMPANIES = 30


def insider_of(company: Company, seed: int) -> tuple[str, str]:
    """The department and type of some person."""
    people = [(name, type_) for name, types in company.counts.items() for type_, count in types.items() if count]
    return random.Random(seed).choice(people)  # noqa: S311 -- somebody to try, no secret


def test_random_companies_expose_nobody() -> None:
    for seed in range(COMPANIES):
        company = random_company(seed)
        cells = published(company)
        assert not list(exposed(company, cells)), seed
        assert not list(exposed_to_insider(company, cells, insider_of(company, seed))), seed


SURVEY = Company(
    KINDS["favourable"],
    {
        "a": {"good": 30, "bad": 20, "silent": 10},
        "b": {"good": 20, "bad": 25, "silent": 12},
        "c": {"good": 3, "bad": 1, "silent": 1},
    },
    5,
)


def test_the_attacker_subtracts_what_is_shown_from_the_company() -> None:
    """Otherwise the test above would prove nothing."""
    cells = {
        "company": Cell(54, 81, 122),
        "a": Cell(60, 83, 60),
        "b": Cell(44, 79, 57),
        "c": Cell(None, None, 5),
    }
    low, high = Worlds(SURVEY, cells).range_of(["c"], ["good"])
    assert (low, high) == (3, 3)
    assert Exposed(("c",), frozenset({"good"}), 3, 3) in list(exposed(SURVEY, cells))


def test_the_attacker_subtracts_from_those_in_no_department_too() -> None:
    company = Company(SURVEY.kind, {NOWHERE if name == "c" else name: SURVEY.counts[name] for name in "abc"}, 5)
    cells = {"company": Cell(54, 81, 122), "a": Cell(60, 83, 60), "b": Cell(44, 79, 57)}
    assert any(found.departments == (NOWHERE,) for found in exposed(company, cells))


def test_the_attacker_knows_that_a_value_needs_answers() -> None:
    """Ten people of whom at least five answered well and five badly: all answered."""
    company = Company(SURVEY.kind, {"a": {"good": 5, "bad": 5, "silent": 0}}, 5)
    assert Exposed(("a",), frozenset({"silent"}), 0, 0) in list(exposed(company, {"a": Cell(50, None, 10)}))


def test_the_attacker_may_be_one_of_the_people() -> None:
    company = Company(SURVEY.kind, {name: {"good": 1, "bad": 0, "silent": 0} for name in "ab"}, 5)
    cells = {name: Cell(None, None, 1) for name in "ab"}
    assert not list(exposed_to_insider(company, cells, ("a", "good")))
    assert Worlds(company, cells, insider=("a", "good")).range_of(["a"], ["good"]) == (1, 1)
