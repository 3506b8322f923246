"""Drawings as they were looked at and found good, byte by byte.

After a change that is meant, write them anew, look at them in a browser, and commit them with it:

    KAWARABAN_WRITE_GOLDEN=1 .venv/bin/python -m pytest tests/charts/test_golden.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from markupsafe import Markup

from generator.charts import Break, comparison_chart, department_chart, trend_chart
from generator.charts.sparkline import sparkline
from generator.charts.track import track
from generator.model.figure import Band
from generator.model.period import Month
from tests.charts.cases import ABOUT, AHEAD, CHAT, OCTOBER, course, hidden, missing, shown

GOLDEN = Path(__file__).parent / "golden"
GAPS = [
    *course([30, 34, None, 38, 44], last=OCTOBER.plus(-3)),
    hidden(period=OCTOBER.plus(-2), band=Band(80, 100), eligible=58),
    hidden(period=OCTOBER.plus(-1)),
    shown(86, stale=True),
]
UNITS = [
    shown(76),
    hidden(department="audit"),
    shown(84, department="planning"),
    missing(department="east-sales"),
    hidden(department="marketing", band=Band(70, 100), eligible=36),
    shown(58, department="manufacturing-1", target=70),
]
EARLIER = [shown(46, period=Month(2026, 4)), shown(52, department="planning", period=Month(2026, 4))]

DRAWINGS = {
    "trend": trend_chart(CHAT, ABOUT, key="trend").svg,
    "trend-with-forecast": trend_chart(CHAT, ABOUT, key="forecast", ahead=AHEAD).svg,
    "trend-with-gaps": trend_chart(
        GAPS, ABOUT, key="gaps", breaks=[Break(Month(2026, 6), "組織改編", "一つになりました")]
    ).svg,
    "departments": department_chart(UNITS, ABOUT, key="departments").svg,
    "comparison": comparison_chart(EARLIER, UNITS, ABOUT, key="comparison").svg,
    "sparkline": sparkline(CHAT, ABOUT, key="sparkline"),
    "track": track(CHAT[-1], ABOUT, key="track"),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawing_is_the_one_that_was_looked_at(name: str) -> None:
    path, drawing = GOLDEN / f"{name}.svg", _by_lines(DRAWINGS[name])
    if os.environ.get("KAWARABAN_WRITE_GOLDEN"):
        path.write_text(drawing, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == drawing


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(DRAWINGS)


def _by_lines(drawing: Markup) -> str:
    """One element a line, so that a difference can be read."""
    return str(drawing).replace("><", ">\n<") + "\n"
