"""The demo company: every figure of every month and department equals the independent oracle's."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.demo.write import write
from generator.effects import Effects
from generator.measure import measure
from generator.model.figure import FigureStatus, MeasuredFigures
from generator.model.finding import Finding
from generator.pull import pull
from generator.settings import Settings
from tests.demo import oracle

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[MeasuredFigures, list[Finding], Path]:
    """The demo's exports, pulled and measured by the demo's own definitions."""
    root = tmp_path_factory.mktemp("demo")
    data = root / "content" / "data"
    if oracle.EXPORTS.is_dir():
        shutil.copytree(oracle.EXPORTS, data / "exports")
    write(data / "exports")  # what is not there yet or was written by other code
    for name in ("sources.yml", "metrics.yml", "departments.csv"):
        (data / name).write_bytes((REPOSITORY / "content" / "data" / name).read_bytes())
    settings = Settings(root=root, content=root / "content", site_name="あさひ野瓦版")
    effects = Effects(clock=lambda: datetime(2026, 11, 20, tzinfo=UTC))
    snapshots, findings = pull(settings, effects)
    figures, more = measure(settings, effects, snapshots)
    return figures, findings + more, data / "exports"


def test_nothing_is_wrong_with_the_demo(demo: tuple[MeasuredFigures, list[Finding], Path]) -> None:
    assert demo[1] == []


def test_every_figure_equals_the_oracle(demo: tuple[MeasuredFigures, list[Finding], Path]) -> None:
    figures, _, exports = demo
    measured = {
        (cell.metric, str(cell.period), cell.department): (cell.numerator, cell.denominator)
        for cell in figures.cells
        if cell.status is not FigureStatus.MISSING and not cell.groups
    }
    assert measured == oracle.figures(exports)


def test_every_figure_of_another_kind_equals_the_oracle(demo: tuple[MeasuredFigures, list[Finding], Path]) -> None:
    figures, _, exports = demo
    measured = {
        (c.metric, str(c.period), c.department): (c.numerator, c.denominator, c.against, c.groups, c.headcount)
        for c in figures.cells
        if c.status is not FigureStatus.MISSING and c.groups
    }
    assert measured == oracle.other_figures(exports)


def test_the_month_that_slack_did_not_deliver_is_missing(demo: tuple[MeasuredFigures, list[Finding], Path]) -> None:
    missing = [cell for cell in demo[0].cells if cell.status is FigureStatus.MISSING]
    names = ("slack_active_rate", "slack_stickiness", "chat_overlap")
    assert {(cell.metric, str(cell.period)) for cell in missing} == {(name, "2026-05") for name in names}
    assert {cell.numerator for cell in missing} == {None}


def test_targets_are_the_workbook_s_or_the_company_s(demo: tuple[MeasuredFigures, list[Finding], Path]) -> None:
    october = [cell for cell in demo[0].cells if str(cell.period) == "2026-10" and cell.metric == "chat_active_rate"]
    assert Counter(cell.target_percent for cell in october if cell.department) == {80: 10, 90: 6, 70: 2}
