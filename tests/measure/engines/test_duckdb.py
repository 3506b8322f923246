"""DuckDB counts what plain SQL counts of the raw exports, in every month and department of the demo."""

from __future__ import annotations

from collections import Counter

import pytest

from generator.model.figure import FigureStatus
from tests.demo.oracle import Counts, Recomputed, recomputed
from tests.measure.engines.elsewhere import Demo


@pytest.fixture(scope="module")
def expected(demo: Demo) -> Recomputed:
    return recomputed(demo.settings.data / "exports")


def test_every_figure_is_the_same(demo: Demo, expected: Recomputed) -> None:
    measured = {
        (cell.metric, str(cell.period), cell.department): Counts(
            cell.numerator, cell.denominator, cell.eligible, cell.against, cell.groups
        )
        for cell in demo.figures.cells
    }
    assert {key: counts for key, counts in measured.items() if counts != expected.counts.get(key)} == {}
    assert measured.keys() == expected.counts.keys()


def test_everybody_in_the_roster_is_the_same(demo: Demo, expected: Recomputed) -> None:
    measured = {(str(cell.period), cell.roster) for cell in demo.figures.cells if cell.department is None}
    assert measured == set(expected.in_roster.items())


def test_the_month_that_slack_did_not_deliver_is_missing(demo: Demo) -> None:
    missing = [cell for cell in demo.figures.cells if cell.status is FigureStatus.MISSING]
    names = ("slack_active_rate", "slack_stickiness", "chat_overlap")
    assert {(cell.metric, str(cell.period)) for cell in missing} == {(name, "2026-05") for name in names}
    assert {cell.numerator for cell in missing} == {None}


def test_targets_are_the_workbook_s_or_the_company_s(demo: Demo) -> None:
    october = [
        cell for cell in demo.figures.cells if (cell.metric, str(cell.period)) == ("chat_active_rate", "2026-10")
    ]
    assert Counter(cell.target_percent for cell in october if cell.department) == {80: 10, 90: 6, 70: 2}
