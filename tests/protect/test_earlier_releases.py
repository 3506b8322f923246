"""A later release of the same month tells nothing more about anybody than both together may."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.model.figure import COMPANY, Figure, MeasuredFigures, ReleasedFigure, held
from generator.model.ledger import Ledger
from generator.model.metric_kinds import Share
from generator.protect import Protected, explain, protect
from generator.protect.explaining import Rule
from tests.protect.cells import OCTOBER, cell, measured, month
from tests.protect.test_release import months_of_cells

LARGE = (("sales", 60, 100), ("design", 40, 90), ("research", 55, 120))


def after(first: list[Figure], second: list[Figure]) -> tuple[Protected, Protected]:
    """Two releases, the second held to the first."""
    then = protect(measured(*first))
    return then, protect(measured(*second), Ledger(then.told))


def of(protected: Protected, department: str | None) -> ReleasedFigure:
    return protected.released.cells["chat_active_rate", OCTOBER, department]


@given(months_of_cells())
@settings(max_examples=40)
def test_publishing_again_says_the_same_and_adds_nothing_to_the_ledger(cells: list[Figure]) -> None:
    first, again = after(cells, cells)
    assert again == first
    ledger = Ledger(first.told)
    assert ledger.with_months(again.told) is ledger


def with_members(cells: list[Figure], department: str, members: str) -> list[Figure]:
    return [replace(c, members=members) if c.department in (department, COMPANY) else c for c in cells]


def test_a_correction_by_one_person_stays_out_and_is_told_to_the_operator() -> None:
    now = with_members(month(("sales", 61, 101), *LARGE[1:]), "sales", "one more")
    first, second = after(month(*LARGE), now)
    assert second.released.cells == first.released.cells
    assert [(finding.code, finding.is_error) for finding in second.findings] == [("kept-as-published", False)]
    assert second.told == first.told
    reasons = explain(measured(*now), Ledger(first.told))
    assert [reason.rule for reason in reasons] == [Rule.AS_PUBLISHED]


def test_people_of_no_department_make_a_correction_by_one_person_no_larger() -> None:
    first = [replace(cell(115, 230), members="all"), *month(*LARGE[:2], who=" then")[1:]]
    second = [replace(cell(116, 231), members="one more"), *month(("sales", 61, 101), LARGE[1], who=" now")[1:]]
    second[2] = first[2]
    _, after_it = after(first, second)
    assert [finding.code for finding in after_it.findings] == ["kept-as-published"]


def test_one_person_in_the_place_of_another_is_noticed_by_the_digest_alone() -> None:
    first, second = after(month(*LARGE), with_members(month(("sales", 61, 100), *LARGE[1:]), "sales", "another"))
    assert second.released.cells == first.released.cells


def test_who_came_in_the_place_of_another_does_not_learn_what_that_one_did() -> None:
    # The count has not changed: whoever came knows their own value, and so that of the one who went.
    first, second = after(month(*LARGE), with_members(month(*LARGE), "sales", "another"))
    assert [finding.code for finding in second.findings] == ["kept-as-published"]
    assert second.told == first.told


def test_a_correction_by_many_people_goes_in() -> None:
    first, second = after(month(*LARGE), with_members(month(("sales", 90, 150), *LARGE[1:]), "sales", "fifty more"))
    assert not second.findings
    assert of(second, "sales").eligible == 150
    assert of(second, "sales") != of(first, "sales")


def test_of_a_correction_by_many_people_nothing_is_told_about_a_few_of_them() -> None:
    now = month(("sales", 90, 150), ("design", 41, 91), LARGE[2])
    now = with_members(with_members(now, "sales", "fifty more"), "design", "one more")
    _, second = after(month(*LARGE), now)
    assert not second.findings
    assert of(second, "design").percent is None  # 40 of 90 was said: 41 of 91 would tell about the one who joined


def test_late_rows_about_the_same_people_correct_a_figure() -> None:
    first, second = after(month(*LARGE), month(("sales", 63, 100), *LARGE[1:]))
    assert (of(first, "sales").percent, of(second, "sales").percent) == (60, 63)
    assert not second.findings


def test_a_reorganisation_never_rewrites_what_was_published() -> None:
    merged = month(("sales and design", 100, 190), LARGE[2])
    first, second = after(month(*LARGE), merged)
    assert second.released.cells == first.released.cells
    assert [finding.code for finding in second.findings] == ["kept-as-published"]


def test_a_month_that_stays_says_whether_it_is_the_roster_or_a_department_that_is_held() -> None:
    corrected = with_members(month(("sales", 61, 101), *LARGE[1:]), "sales", "one more")
    withheld = [held(c) if c.department == "sales" else c for c in month(*LARGE)]
    (of_roster,), (of_units,) = (after(month(*LARGE), now)[1].findings for now in (corrected, withheld))
    assert "名簿の訂正が数人分なので" in of_roster.what.ja
    assert "名簿" not in of_units.what.ja
    assert "確かめるまで止めている部署" in of_units.what.ja


def test_a_department_with_another_id_and_the_same_people_is_the_same_department() -> None:
    cells = [replace(c, members=str(c.department)) for c in month(*LARGE)]
    renamed = [replace(c, department="trade") if c.department == "sales" else c for c in cells]
    first, second = after(cells, renamed)
    assert not second.findings
    assert of(second, "trade").percent == of(first, "sales").percent


def test_many_months_that_stay_are_told_by_their_ends() -> None:
    def since(cells: list[Figure]) -> list[Figure]:
        return [replace(c, period=OCTOBER.plus(-back)) for back in range(5) for c in cells]

    now = with_members(month(("sales", 61, 101), *LARGE[1:]), "sales", "one more")
    _, second = after(since(month(*LARGE)), since(now))
    (finding,) = second.findings
    assert "5 from 2026-06 to 2026-10" in finding.what.en


def test_another_definition_is_another_figure() -> None:
    then = protect(measured(*month(*LARGE)))
    other = measured(*month(("sales", 61, 101), *LARGE[1:]))
    metric = other.metrics["chat_active_rate"]
    assert isinstance(metric, Share)
    counts = metric.numerator.model_copy(update={"where": "messages > 5"})
    now = MeasuredFigures(
        {metric.name: metric.model_copy(update={"numerator": counts})}, other.organisation, other.cells
    )
    assert not protect(now, Ledger(then.told)).findings


def test_a_stricter_rule_hides_from_now_on_what_cannot_be_taken_back() -> None:
    cells = month(("sales", 7, 30), *LARGE[1:])
    then = protect(measured(*cells, min_group=5))
    now = protect(measured(*cells, min_group=10), Ledger(then.told))
    assert not now.findings
    assert (of(then, "sales").percent, of(now, "sales").percent) == (23, None)


def test_a_department_shown_before_is_no_cover_for_another() -> None:
    # With nothing published, `design` would say less to protect `legal`; what was said cannot be unsaid.
    cells = month(("legal", 3, 4), ("design", 30, 60), ("sales", 31, 61))
    alone = protect(measured(*cells))
    assert any(of(alone, name).percent is None for name in (COMPANY, "design", "sales"))
    everything = protect(measured(*month(("design", 30, 60), ("sales", 31, 61))))
    assert of(everything, "design").percent == 50


@given(st.integers(0, 3), st.integers(12, 48), st.integers(12, 48))
@settings(max_examples=30)
def test_an_unrelated_metric_or_month_changes_nothing(legal: int, design: int, sales: int) -> None:
    cells = month(("legal", legal, 4), ("design", design, 60), ("sales", sales, 61))
    before = [replace(c, period=OCTOBER.plus(-1), numerator=(c.numerator or 0)) for c in month(*LARGE)]
    alone, beside = protect(measured(*cells)), protect(measured(*cells, *before))
    for key, figure in alone.released.cells.items():
        assert replace(beside.released.cells[key], change=None) == replace(figure, change=None)
