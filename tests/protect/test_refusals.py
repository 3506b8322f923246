"""What cannot be protected is named to the operator, without its counts, and nothing may be published."""

from __future__ import annotations

from generator.errors import ExitCode, Rejected
from generator.model.figure import COMPANY
from generator.protect import protect
from generator.protect.audit import Breach
from generator.protect.deciding import DecidedMonth
from generator.protect.months import month_table
from generator.protect.refusals import exposed
from generator.protect.secondary import Outcome
from generator.protect.system import Range
from tests.protect.cells import cell, measured, month


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
