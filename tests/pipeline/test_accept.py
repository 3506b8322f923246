"""What stops a build, and what a process then tells its caller."""

import pytest
from msgspec.structs import replace

from generator.errors import ExitCode, Rejected
from generator.model.finding import Family, Finding, Place, Severity, Text
from generator.pipeline import accept


def finding(family: Family, severity: Severity = Severity.ERROR, code: str = "x") -> Finding:
    return Finding(family, code, Place("content/a.md", 1), Text("何", "what"), Text("どうする", "remedy"), severity)


@pytest.mark.parametrize(
    ("families", "expected"),
    [
        ([Family.CONTENT], ExitCode.CONTENT),
        ([Family.SETTINGS], ExitCode.CONTENT),
        ([Family.SITE], ExitCode.CONTENT),
        ([Family.DATA], ExitCode.DATA),
        ([Family.PRIVACY], ExitCode.PRIVACY),
        ([Family.CONTENT, Family.DATA], ExitCode.DATA),
        ([Family.DATA, Family.PRIVACY, Family.CONTENT], ExitCode.PRIVACY),
    ],
)
def test_the_gravest_family_decides_the_exit_code(families: list[Family], expected: ExitCode) -> None:
    with pytest.raises(Rejected) as rejected:
        accept([finding(family) for family in families], strict=False)
    assert rejected.value.exit_code is expected
    assert len(rejected.value.findings) == len(families)


def test_warnings_pass_in_order_and_once() -> None:
    later = finding(Family.CONTENT, Severity.WARNING, "b")
    sooner = finding(Family.CONTENT, Severity.WARNING, "a")
    assert accept([later, sooner, later], strict=False) == (sooner, later)


def test_under_strict_a_warning_is_an_error_with_its_own_exit_code() -> None:
    with pytest.raises(Rejected) as rejected:
        accept([finding(Family.CONTENT, Severity.WARNING)], strict=True)
    assert rejected.value.exit_code is ExitCode.CONTENT
    assert [f.severity for f in rejected.value.findings] == [Severity.ERROR]


def test_old_data_never_stops_the_news_even_under_strict() -> None:
    stale = finding(Family.DATA, Severity.WARNING)
    assert accept([stale], strict=True) == (stale,)


def test_what_may_wait_stays_a_warning_under_strict() -> None:
    overdue = replace(finding(Family.CONTENT, Severity.WARNING), may_wait=True)
    assert accept([overdue], strict=True) == (overdue,)
