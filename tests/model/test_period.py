"""Fiscal years, halves and quarters, whenever the year begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.period import FiscalCalendar, Month, months_between

MONTHS = st.builds(Month, st.integers(2000, 2100), st.integers(1, 12))
STARTS = st.integers(1, 12)


@pytest.mark.parametrize(
    ("month", "half", "quarter"),
    [
        ("2026-04", "2026年度上期", "2026年度第1四半期"),
        ("2026-09", "2026年度上期", "2026年度第2四半期"),
        ("2026-10", "2026年度下期", "2026年度第3四半期"),
        ("2027-03", "2026年度下期", "2026年度第4四半期"),
    ],
)
def test_the_fiscal_year_begins_in_april(month: str, half: str, quarter: str) -> None:
    calendar = FiscalCalendar()
    assert calendar.half(Month.parse(month)).label_ja == half
    assert calendar.quarter(Month.parse(month)).label_ja == quarter


def test_a_term_says_which_months_it_has() -> None:
    calendar = FiscalCalendar()
    assert calendar.half(Month(2026, 5)).period_ja == "2026年4月〜9月"
    assert calendar.half(Month(2026, 11)).period_ja == "2026年10月〜2027年3月"
    assert FiscalCalendar(10).half(Month(2026, 11)).label_ja == "2026年度上期"


@given(month=MONTHS, starts=STARTS)
def test_every_month_lies_in_its_quarter_and_this_in_its_half(month: Month, starts: int) -> None:
    calendar = FiscalCalendar(starts)
    half, quarter = calendar.half(month), calendar.quarter(month)
    assert half.first <= quarter.first <= month <= quarter.last <= half.last
    assert (quarter.first.plus(2), half.first.plus(5)) == (quarter.last, half.last)
    assert (half.first.month - starts) % 6 == 0


@given(month=MONTHS, starts=STARTS)
def test_months_of_one_term_agree_on_it_and_the_next_month_is_in_the_next(month: Month, starts: int) -> None:
    calendar = FiscalCalendar(starts)
    for term_of in (calendar.half, calendar.quarter):
        term = term_of(month)
        assert {term_of(each) for each in months_between(term.first, term.last)} == {term}
        assert term_of(term.last.plus(1)).first == term.last.plus(1)
