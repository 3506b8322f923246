"""Who counts: distinct people active in a month over the people of its last day."""

from __future__ import annotations

from datetime import date

import pytest

from generator.model.figure import FigureStatus
from tests.measure.conftest import Company, post, uses

OCTOBER = uses("2026-10-31", "nobody-in-particular", messages=0)
"""Rows that make October a whole month and count for nobody."""


def test_people_count_once_however_often_they_were_active(company: Company) -> None:
    company.usage = [*uses("2026-10-05", "a"), *uses("2026-10-06", "a"), *OCTOBER]
    assert company.cells() == {("2026-10", None): (1, 3), ("2026-10", "sales"): (1, 2), ("2026-10", "legal"): (0, 1)}


def test_names_are_matched_without_case_and_surrounding_space(company: Company) -> None:
    company.usage = [(" A@X ", date(2026, 10, 5), 1), *OCTOBER]
    assert company.cells()["2026-10", "sales"] == (1, 2)


def test_the_headcount_is_that_of_the_last_day(company: Company) -> None:
    company.roster = [
        post("a"),
        post("joined-on-the-last-day", first=date(2026, 10, 31)),
        post("joined-after", first=date(2026, 11, 1)),
        post("left-before", last=date(2026, 10, 30)),
        post("left-on-the-last-day", last=date(2026, 10, 31)),
    ]
    company.usage = uses("2026-10-05", "a", "left-before", "left-on-the-last-day") + uses("2026-10-31", "a")
    figures, findings = company.measure()
    assert [(c.numerator, c.denominator) for c in figures.cells if c.department is None] == [(2, 3)]
    assert [finding.code for finding in findings] == ["unmatched-people"]


@pytest.mark.parametrize(("strangers", "code"), [(2, "unmatched-people"), (3, "mostly-unmatched")])
def test_a_newest_month_in_which_most_are_strangers_is_told_as_such(
    company: Company, strangers: int, code: str
) -> None:
    company.roster = [post("a"), post("b")]
    company.usage = uses("2026-10-31", "a", "b", *(f"stranger{n}" for n in range(strangers)))
    assert [finding.code for finding in company.measure()[1]] == [code]


def test_a_department_whose_people_are_not_eligible_makes_the_company_a_part(company: Company) -> None:
    company.usage = [*uses("2026-09-30", "a"), *OCTOBER]
    company.roster = [post("a"), post("c", "legal")]  # nobody is in `supply`, which is there as well

    def parts() -> list[tuple[str, str | None]]:
        return [(str(cell.period), cell.department) for cell in company.measure()[0].cells if cell.is_of_part]

    assert parts() == []
    company.roster = [post("a"), post("c", "legal", employment="派遣", first=date(2026, 10, 31))]
    assert parts() == [("2026-10", None)]
    company.define("    freshness:", "    dimensions: []\n    freshness:")
    assert parts() == []


def test_somebody_who_moved_counts_in_the_department_of_the_last_day(company: Company) -> None:
    company.roster = [
        post("a", last=date(2026, 10, 14)),
        post("a", "legal", first=date(2026, 10, 15)),
        post("b"),
    ]
    company.usage = uses("2026-09-30", "a") + uses("2026-10-05", "a") + uses("2026-10-31", "a")
    assert company.cells() == {
        ("2026-09", None): (1, 2),
        ("2026-09", "sales"): (1, 2),
        ("2026-10", None): (1, 2),
        ("2026-10", "sales"): (0, 1),
        ("2026-10", "legal"): (1, 1),
    }


def test_departments_are_those_of_the_time(company: Company) -> None:
    company.roster = [
        post("a", "logistics", last=date(2026, 9, 30)),
        post("a", "supply", first=date(2026, 10, 1)),
    ]
    company.usage = uses("2026-09-30", "a") + uses("2026-10-31", "a")
    assert [department for _, department in company.cells()] == [None, "logistics", None, "supply"]


def test_people_outside_the_denominator_are_in_no_numerator(company: Company) -> None:
    company.roster = [post("a"), post("d", employment="派遣")]
    company.usage = uses("2026-10-31", "a", "d")
    assert company.cells()["2026-10", None] == (1, 1)


def test_two_posts_in_one_department_are_one_person(company: Company) -> None:
    company.roster = [post("a"), post("a"), post("b")]
    company.usage = uses("2026-10-31", "a")
    assert company.cells() == {("2026-10", None): (1, 2), ("2026-10", "sales"): (1, 2)}


def test_a_digest_tells_who_is_in_a_group_and_nothing_else(company: Company) -> None:
    """Two editions about other people must never look as if they were about the same."""

    def digests(people: str) -> set[str]:
        company.roster = [post(name) for name in people]
        return {cell.members for cell in company.measure()[0].cells}

    company.usage = uses("2026-10-31", "a")
    groups = [digests(people) for people in ("ab", "ac", "bc", "abc", "abcd", "bcd")]
    assert all(len(group) == 1 for group in groups)  # the company is its only department
    assert len(set.union(*groups)) == len(groups)
    assert digests("ba") == digests("aab") == groups[0]
    company.usage = uses("2026-10-31", "b")
    assert digests("ab") == groups[0]


def test_whoever_has_left_is_never_above_the_line_and_is_told(company: Company) -> None:
    """Leavers left in the numerator would be more than all there are."""
    company.roster = [post("a"), *(post(f"old{n}", last=date(2026, 10, 30)) for n in range(9))]
    company.usage = uses("2026-10-15", "a", *(f"old{n}" for n in range(9))) + uses("2026-10-31", "a")
    figures, _ = company.measure()
    assert {(c.numerator, c.denominator) for c in figures.cells} == {(1, 1)}
    (said,) = company.findings()
    assert "2026年10月に利用のあった10人のうち9人が、月末の名簿にいません" in said


def test_company_is_people_not_the_mean_of_rates(company: Company) -> None:
    company.roster = [post(f"s{n}") for n in range(100)] + [post(f"l{n}", "legal") for n in range(5)]
    company.usage = uses("2026-10-31", *(f"s{n}" for n in range(95)), "l0")
    assert company.cells()["2026-10", None] == (96, 105)


def test_rows_that_do_not_meet_the_condition_do_not_count(company: Company) -> None:
    company.usage = uses("2026-10-31", "a", messages=0)
    assert company.cells()["2026-10", None] == (0, 3)


def test_a_month_without_any_row_is_missing_and_not_zero(company: Company) -> None:
    company.usage = uses("2026-08-31", "a") + uses("2026-10-31", "a")
    assert company.cells()["2026-09", None] == (None, 3)
    statuses = {str(c.period): c.status for c in company.measure()[0].cells}
    assert statuses == {"2026-08": FigureStatus.OK, "2026-09": FigureStatus.MISSING, "2026-10": FigureStatus.OK}


def test_a_month_whose_rows_all_count_for_nobody_is_zero_and_not_missing(company: Company) -> None:
    company.usage = OCTOBER
    assert company.cells()["2026-10", None] == (0, 3)


def test_a_month_that_is_not_complete_is_left_out(company: Company) -> None:
    company.usage = uses("2026-09-30", "a") + uses("2026-10-29", "a")
    company.today = date(2026, 11, 2)
    assert {month for month, _ in company.cells()} == {"2026-09"}


def test_a_month_whose_last_business_day_is_there_is_told_three_days_later(company: Company) -> None:
    company.usage = uses("2026-09-30", "a") + uses("2026-10-30", "a")  # a Friday; nobody works on the 31st
    company.today = date(2026, 11, 2)
    assert {month for month, _ in company.cells()} == {"2026-09"}
    company.today = date(2026, 11, 3)
    assert {month for month, _ in company.cells()} == {"2026-09", "2026-10"}


def test_a_month_that_still_runs_is_left_out_though_its_rows_reach_the_end(company: Company) -> None:
    company.usage = uses("2026-10-31", "a") + uses("2026-11-30", "a")
    assert {month for month, _ in company.cells()} == {"2026-10"}


def test_the_boundary_of_a_month_is_the_boundary_of_days(company: Company) -> None:
    company.usage = uses("2026-09-30", "a") + uses("2026-10-01", "b") + uses("2026-10-31", "c")
    cells = company.cells()
    assert (cells["2026-09", "sales"], cells["2026-10", "sales"]) == ((1, 2), (1, 2))


def test_leap_day_belongs_to_february(company: Company) -> None:
    company.today = date(2024, 3, 5)
    company.usage = uses("2024-02-29", "a")
    assert company.cells()["2024-02", None] == (1, 3)


def test_cells_stand_by_metric_month_and_organisation_order(company: Company) -> None:
    company.usage = uses("2026-09-30", "a") + uses("2026-10-31", "a")
    figures, _ = company.measure()
    assert [(str(c.period), c.department) for c in figures.cells] == [
        ("2026-09", None),
        ("2026-09", "sales"),
        ("2026-09", "legal"),
        ("2026-10", None),
        ("2026-10", "sales"),
        ("2026-10", "legal"),
    ]
    assert {c.as_of for c in figures.cells} == {date(2026, 9, 30), date(2026, 10, 31)}


def test_without_definitions_there_are_no_figures_and_no_problem(company: Company) -> None:
    (company.data / "metrics.yml").unlink()
    figures, findings = company.measure()
    assert (figures.metrics, figures.cells, findings) == ({}, (), [])
    assert [department.id for department in figures.organisation.departments][:2] == ["sales", "legal"]


def test_a_failing_source_marks_the_newest_month_only(company: Company) -> None:
    company.usage = uses("2026-09-30", "a") + uses("2026-10-31", "a")
    company.stale = ("roster",)
    statuses = {str(c.period): c.status for c in company.measure()[0].cells}
    assert statuses == {"2026-09": FigureStatus.OK, "2026-10": FigureStatus.STALE}


def test_old_rows_mark_the_newest_month_and_are_told(company: Company) -> None:
    company.usage = uses("2026-08-31", "a") + uses("2026-09-30", "a")
    figures, _ = company.measure()
    assert {str(c.period): c.status for c in figures.cells}["2026-09"] is FigureStatus.STALE
    assert company.findings() == [
        (
            "注意 content/data/metrics.yml:18:17 出典 `usage` の最も新しいデータが 2026-09-30 のもので、51日たっています"
            "（`warn_after` は45日） → 新しい書き出しを置いてください"
        )
    ]


def test_very_old_rows_stop_the_build(company: Company) -> None:
    company.today = date(2027, 12, 10)
    assert company.findings() == [
        (
            "content/data/metrics.yml:18:34 出典 `usage` の最も新しいデータが 2026-10-31 のもので、405日たっています"
            "（`fail_after` は400日） → 新しい書き出しを置いてください"
        )
    ]


def test_each_department_has_its_own_target_or_the_company_s(company: Company) -> None:
    company.define("by: 2026-12}", "by: 2026-12, per_department: {source: targets, department: unit, value: share}}")
    company.targets = [("sales", 0.7), ("sales", 0.7), ("legal", None)]  # a line written twice says nothing new
    company.usage = uses("2026-10-31", "a")
    figures, findings = company.measure()
    assert {c.department: c.target_percent for c in figures.cells} == {None: 80, "sales": 70, "legal": 80}
    assert findings == []


def test_without_a_target_there_is_none(company: Company) -> None:
    company.define("    target: {value: 0.8, by: 2026-12}\n", "")
    assert {c.target_percent for c in company.measure()[0].cells} == {None}
