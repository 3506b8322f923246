"""What leaves protect: one released figure a cell, the change between shown integers, findings for the impossible."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.model.figure import COMPANY, Band, Figure, FigureStatus, ReleasedFigure
from generator.model.finding import Family
from generator.model.ledger import Ledger
from generator.model.period import Month
from generator.protect import protect
from tests.protect.cells import DESIGN, OCTOBER, SALES, cell, measured, month

SEPTEMBER = OCTOBER.plus(-1)


def released(*cells: Figure, min_group: int = 10) -> list[ReleasedFigure]:
    protected = protect(measured(*cells, min_group=min_group))
    assert not protected.findings
    return list(protected.released.cells.values())


def test_change_is_the_difference_of_the_two_shown_integers() -> None:
    before, now = released(cell(1_414, 2_000, period=SEPTEMBER), cell(1_530, 2_000))
    assert (before.percent, now.percent) == (71, 77)
    assert (before.change, now.change) == (None, 6)  # 5.8 points exactly; a reader who subtracts sees 6


@pytest.mark.parametrize(
    "before",
    [
        cell(None, 100, period=SEPTEMBER, status=FigureStatus.MISSING),
        cell(3, 100, period=SEPTEMBER),
        cell(50, 100, period=SEPTEMBER, department=DESIGN),
        cell(50, 100, period=SEPTEMBER.plus(-1)),
    ],
    ids=["not measured", "protected", "another department", "two months ago"],
)
def test_no_change_without_a_shown_figure_of_the_same_department_a_month_before(before: Figure) -> None:
    assert released(before, cell(60, 100))[1].change is None


def test_a_protected_cell_has_no_change_either() -> None:
    assert released(cell(50, 100, period=SEPTEMBER), cell(97, 100))[1].change is None


def test_change_reaches_over_the_turn_of_the_year() -> None:
    december, january = Month(2025, 12), Month(2026, 1)
    assert released(cell(40, 100, period=december), cell(30, 100, period=january))[1].change == -10


def test_the_company_follows_the_same_rules_as_a_department() -> None:
    (company,) = released(cell(3, 100, department=COMPANY))
    (sales,) = released(cell(3, 100, department=SALES))
    assert company.band == sales.band
    assert company.percent is None


def test_reaches_target_speaks_only_of_shown_figures() -> None:
    at, below, hidden = released(
        cell(159, 200, department=SALES), cell(158, 200, department=DESIGN), cell(199, 200, department="legal")
    )
    assert (at.percent, at.reaches_target) == (80, True)  # 79.5 rounds half up to the target
    assert (below.percent, below.reaches_target) == (79, False)
    assert hidden.reaches_target is None


def test_min_group_of_the_metric_decides() -> None:
    assert released(cell(6, 20), min_group=5)[0].percent == 30
    assert released(cell(6, 20), min_group=10)[0].percent is None


@pytest.mark.parametrize("impossible", [cell(11, 10, department=SALES), cell(-1, 10, department=SALES)])
def test_impossible_counts_are_refused_and_the_counts_stay_out_of_the_message(impossible: Figure) -> None:
    protected = protect(measured(impossible, cell(50, 100)))
    figures, findings = protected.released, protected.findings
    assert [(f.family, f.code) for f in findings] == [(Family.PRIVACY, "impossible-counts")]
    assert "`chat_active_rate 2026-10 sales`" in findings[0].what.ja
    assert "11" not in findings[0].what.ja.replace("2026-10", "")
    assert ("chat_active_rate", OCTOBER, SALES) not in figures.cells
    assert ("chat_active_rate", OCTOBER, COMPANY) in figures.cells


def test_no_field_of_a_released_figure_can_carry_the_numerator() -> None:
    # A new field has to be thought about here before it can leak.
    assert set(ReleasedFigure.__struct_fields__) == {
        *("metric", "period", "department", "percent", "band", "eligible"),
        *("target_percent", "change", "status", "as_of", "is_stale"),
        *("unit", "direction", "response_percent", "joiners", "roster", "is_held"),
        "is_of_part",  # of the roster alone: that departments have people and nobody eligible
    }


@st.composite
def months_of_cells(draw: st.DrawFn) -> list[Figure]:
    cells = []
    for back in range(draw(st.integers(1, 4))):
        period = OCTOBER.plus(-back)
        status = FigureStatus(draw(st.sampled_from(["ok", "stale", "missing"])))
        eligible = [draw(st.integers(0, 60)) for _ in range(4)]
        active = [draw(st.integers(0, people)) for people in eligible]
        for department, n, people in zip(
            (COMPANY, SALES, DESIGN, "legal"), (sum(active), *active), (sum(eligible), *eligible), strict=False
        ):
            is_missing = status is FigureStatus.MISSING
            cells.append(cell(None if is_missing else n, people, department=department, period=period, status=status))
    return cells


@given(months_of_cells(), st.randoms(use_true_random=False))
def test_the_order_of_cells_changes_nothing(cells: list[Figure], random: Random) -> None:
    shuffled = list(cells)
    random.shuffle(shuffled)
    assert protect(measured(*cells)) == protect(measured(*shuffled))


@given(months_of_cells())
def test_beside_others_a_cell_says_the_same_as_alone_or_less(cells: list[Figure]) -> None:
    together = protect(measured(*cells)).released
    for one in cells:
        (alone,) = released(one)
        beside = together.cells[one.metric, one.period, one.department]
        assert beside.percent in (alone.percent, None)
        assert beside.is_shown or beside.status in (FigureStatus.PROTECTED, FigureStatus.MISSING)
        if alone.band is not None and beside.band is not None:
            assert beside.band.low <= alone.band.low < alone.band.high <= beside.band.high
        assert beside.change is None or (beside.is_shown and abs(beside.change) <= 100)


@given(months_of_cells())
def test_status_percent_and_band_always_agree(cells: list[Figure]) -> None:
    for figure in released(*cells):
        assert figure.is_shown == (figure.status in (FigureStatus.OK, FigureStatus.STALE))
        assert figure.band is None or figure.status is FigureStatus.PROTECTED


def test_a_band_from_old_data_says_so_beside_its_protection() -> None:
    old = cell(1, 80, status=FigureStatus.STALE)
    (figure,) = released(old)
    assert (figure.status, figure.is_stale) == (FigureStatus.PROTECTED, True)
    assert figure.band is not None


@pytest.mark.parametrize(("joiners", "told"), [(9, 0), (10, 10), (11, 11)])
def test_who_joined_is_told_from_as_many_as_a_group_needs(joiners: int, told: int) -> None:
    (figure,) = released(replace(cell(50, 100), joiners=joiners))
    assert figure.joiners == told


@pytest.mark.parametrize(("roster", "told"), [(100, 0), (109, 0), (110, 110), (111, 111)])
def test_the_roster_is_told_when_those_outside_the_headcount_are_as_many(roster: int, told: int) -> None:
    (figure,) = released(replace(cell(50, 100), roster=roster))
    assert figure.roster == told


def test_a_month_that_stays_has_the_words_the_departments_and_the_headcounts_of_its_time() -> None:
    before = month(("sales", 60, 100), ("legal", 3, 50), ("design", 40, 90))
    told = protect(measured(*before))
    now = [replace(c, joiners=10, roster=400) for c in month(("trade", 61, 103), ("design", 50, 140))]
    after = protect(measured(*now), Ledger(told.told)).released.cells
    assert [(c.department, c.percent, c.band, c.eligible, c.status) for c in after.values()] == [
        (COMPANY, 43, None, 240, FigureStatus.OK),
        ("design", None, Band(0, 50), 90, FigureStatus.PROTECTED),
        ("legal", None, Band(0, 20), 50, FigureStatus.PROTECTED),
        ("sales", 60, None, 100, FigureStatus.OK),
    ]
    assert [(c.joiners, c.roster) for c in after.values()] == [(10, 400), (10, 400), (0, 0), (0, 0)]
