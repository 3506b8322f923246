"""The operator is told why a cell says less, and exactly what readers would know if it said its percent."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.figure import COMPANY, Figure
from generator.model.ledger import Ledger
from generator.protect import Reason, explain, protect
from generator.protect.explaining import Learned, Rule
from generator.protect.primary import half_up
from tests.protect.cells import SALES, cell, measured, month


def explained(*cells: Figure) -> dict[str | None, Reason]:
    """Reasons by department."""
    return {reason.department: reason for reason in explain(measured(*cells))}


@pytest.mark.parametrize(
    ("active", "eligible", "rule", "low", "high"),
    [
        (3, 100, Rule.FEW, 3, 3),
        (97, 100, Rule.NEARLY_ALL, 97, 97),
        (3, 4, Rule.SMALL_GROUP, 3, 3),
        (0, 0, Rule.SMALL_GROUP, 0, 0),
        (1, 1_000, Rule.FEW, 0, 4),
        (999, 1_000, Rule.NEARLY_ALL, 995, 1_000),
    ],
)
def test_a_cell_is_explained_by_its_own_counts(active: int, eligible: int, rule: Rule, low: int, high: int) -> None:
    reason = explained(cell(active, eligible, department=SALES))[SALES]
    assert (reason.metric, reason.period) == ("chat_active_rate", "2026-10")
    assert (reason.rule, reason.without) == (rule, (Learned((SALES,), eligible, low, high),))


@given(st.integers(1, 700), st.integers(0, 9), st.booleans())
@settings(max_examples=40)
def test_the_percent_would_tell_the_counts_that_round_to_it(eligible: int, few: int, does: bool) -> None:
    active = min(few, eligible) if does else max(0, eligible - few)
    (learned,) = explained(cell(active, eligible))[COMPANY].without
    alike = [n for n in range(eligible + 1) if half_up(n, eligible) == half_up(active, eligible)]
    assert (learned.low, learned.high) == (alike[0], alike[-1])


def test_a_cell_that_says_less_for_others_names_them_and_what_they_would_lose() -> None:
    told = explained(*month(("legal", 1, 4), ("design", 30, 50), ("sales", 31, 48)))
    assert set(told) == {"legal", "design", "sales"}
    assert told["legal"].rule is Rule.SMALL_GROUP
    assert told["design"].rule is Rule.FOR_OTHERS
    assert told["design"].without == (Learned(("sales",), 48, 28, 32),)
    assert told["sales"].without == (Learned(("design",), 50, 27, 31),)


def test_where_too_few_departments_are_left_only_the_company_speaks() -> None:
    told = explained(*month(("legal", 1, 4), ("ops", 2, 5), ("design", 30, 50), ("sales", 31, 48)))
    assert {name: (reason.rule, reason.without) for name, reason in told.items() if name in ("design", "sales")} == {
        "design": (Rule.COMPANY_ONLY, ()),
        "sales": (Rule.COMPANY_ONLY, ()),
    }


def test_what_is_shown_needs_no_explanation() -> None:
    assert explained(*month(("design", 30, 50), ("sales", 31, 48))) == {}


def test_a_month_that_stays_as_published_is_told_once_of_the_company() -> None:
    before = month(("a", 60, 100), ("b", 40, 90))
    ledger = Ledger(protect(measured(*before)).told)
    (reason,) = explain(measured(*reversed(month(("a and b", 100, 190)))), ledger)
    assert (reason.department, reason.rule, reason.without) == (COMPANY, Rule.AS_PUBLISHED, ())
