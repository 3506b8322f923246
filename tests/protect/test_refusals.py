"""What cannot be protected is named to the operator, without its counts, and nothing may be published."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from generator.errors import ExitCode, Rejected
from generator.model.figure import COMPANY, Figure
from generator.model.ledger import Ledger
from generator.protect import protect
from generator.protect.audit import Breach
from generator.protect.deciding import DecidedMonth
from generator.protect.months import month_table
from generator.protect.refusals import exposed, impossible_counts
from generator.protect.secondary import Outcome
from generator.protect.system import Range
from tests.protect.cells import OCTOBER, cell, measured, month


def test_what_the_audit_cannot_protect_is_a_privacy_refusal() -> None:
    made = month_table(month(("legal", 3, 4), ("sales", 57, 99)), 10, ())
    group = made.table.cells[1].group
    outcome = Outcome((0, 0, 0), (Breach(frozenset({group}), Range(3, 3), 5),))
    (finding,) = exposed([DecidedMonth(made, outcome, "d")])
    assert (finding.code, Rejected([finding]).exit_code) == ("not-protected", ExitCode.PRIVACY)
    assert "`legal`" in finding.what.ja
    assert "3" not in finding.what.ja + finding.what.en


def test_departments_that_are_no_parts_of_the_company_are_refused_and_left_out() -> None:
    cells = [cell(50, 100, department=COMPANY), cell(60, 90, department="sales")]
    protected = protect(measured(*cells))
    assert [(finding.code, finding.is_error) for finding in protected.findings] == [("not-a-partition", True)]
    assert not protected.released.cells
    assert not protected.told


def test_people_of_no_published_department_are_protected_like_one() -> None:
    # 101 of 200 less 100 of 199: the one person who belongs to neither would be known to be active.
    protected = protect(measured(cell(101, 200), cell(60, 120, department="sales"), cell(40, 79, department="design")))
    assert not protected.findings
    assert any(figure.percent is None for figure in protected.released.cells.values())


def test_a_refused_month_is_named() -> None:
    before = cell(0, 1, period=OCTOBER.plus(-1))
    cells = [before, cell(50, 100, department=COMPANY), cell(60, 90, department="sales")]
    (finding,) = protect(measured(*cells)).findings
    assert "`chat_active_rate 2026-10`" in finding.what.ja


@pytest.mark.parametrize(
    ("months", "words"),
    [(1, "`2026-10`"), (3, "`2026-08`, `2026-09`, `2026-10`"), (4, "4 from 2026-07 to 2026-10")],
)
def test_months_that_stay_are_listed_or_told_by_their_ends(months: int, words: str) -> None:
    def since(*departments: tuple[str, int, int]) -> list[Figure]:
        return [replace(c, period=OCTOBER.plus(-back)) for back in range(months) for c in month(*departments)]

    ledger = Ledger(protect(measured(*since(("sales", 60, 100), ("design", 40, 90)))).told)
    (finding,) = protect(measured(*since(("sales and design", 100, 190))), ledger).findings
    assert finding.what.en.endswith(f": {words}")


@pytest.mark.parametrize(
    "wrong",
    [
        replace(cell(0, 10), denominator=-1),
        replace(cell(0, 10), headcount=-1),
        replace(cell(5, 10), against=-1),
        replace(cell(5, 10), against=6),
        replace(cell(None, 10), denominator=-1),
    ],
)
def test_counts_that_cannot_be_are_refused(wrong: Figure) -> None:
    assert [finding.code for finding in impossible_counts([wrong]).values()] == ["impossible-counts"]


@pytest.mark.parametrize(
    "right",
    [cell(0, 0), cell(10, 10), cell(None, 0), replace(cell(4, 10), against=6), replace(cell(0, 0), headcount=0)],
)
def test_counts_that_can_just_be_are_not_refused(right: Figure) -> None:
    assert impossible_counts([right]) == {}
