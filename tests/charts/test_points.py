"""Figures in points from −100 to 100, and targets that lead down: the same charts and sentences, with signs and other ways."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.charts import About, department_chart, figure_html, sentences, trend_chart
from generator.charts.scale import along, from_zero
from generator.model.figure import ReleasedFigure
from generator.model.metric import Direction, Target, Unit
from generator.model.metric_kinds import Enps, FaqEffect
from generator.model.period import Month
from tests.charts.cases import ABOUT, METRIC, OCTOBER, UNITS, shown

ANSWERS = {"source": "survey", "column": "mail", "matches": "mail", "time": "day", "value": "score"}
COMMON = METRIC.model_dump(include={"name", "label", "owner", "entity", "definition"}) | {
    "eligible": {"source": "roster", "column": "employee_id"},
    "freshness": {"warn_after": "45d", "fail_after": "90d"},
}
ENPS = Enps.model_validate(COMMON | {"answers": ANSWERS, "target": {"value": 5, "by": "2027-03"}})
POINTS = replace(ABOUT, metric=ENPS)
DOWN = replace(
    ABOUT,
    metric=METRIC.model_copy(
        update={"target": Target.model_validate({"value": 0.3, "by": "2027-03", "direction": "down", "baseline": 0.77})}
    ),
)


def points(value: int, change: int | None = None, period: Month = OCTOBER) -> ReleasedFigure:
    return replace(shown(value, target=5, change=change, period=period), unit=Unit.POINTS, response_percent=58)


def falling(value: int, change: int | None = None, department: str | None = None) -> ReleasedFigure:
    figure = shown(value, target=30, change=change, department=department)
    return replace(figure, direction=Direction.DOWN)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (12, "2026年10月のチャット利用率は全社で+12（目標+5を7ポイント上回る）"),
        (0, "2026年10月のチャット利用率は全社で0（目標+5まであと5ポイント）"),
        (-18, "2026年10月のチャット利用率は全社で−18（目標+5まであと23ポイント）"),
    ],
)
def test_points_have_a_sign_and_no_percent(value: int, words: str) -> None:
    assert sentences.headline(points(value), POINTS) == words


@pytest.mark.parametrize(
    ("value", "words"), [(34, "目標30%まであと4ポイント"), (30, "目標30%を達成"), (27, "目標30%を3ポイント下回る")]
)
def test_a_target_below_is_reached_from_above(value: int, words: str) -> None:
    assert sentences.distance(falling(value), DOWN) == words
    assert falling(value).reaches_target == (value <= 30)


def test_the_largest_fall_is_told_where_less_is_better() -> None:
    units = [falling(50, -2, UNITS[0]), falling(60, -9, UNITS[1]), falling(25, 3, UNITS[2])]
    said = sentences.departments(units, DOWN)
    assert "3部署のうち1部署が目標に達しました" in said
    assert "前月からの減り方が最も大きかったのは経営企画部（−9ポイント）です" in said


def test_a_tile_tells_response_and_attainment() -> None:
    tile = figure_html.tile(points(4, 5), [points(4, 5)], POINTS, key="t")
    assert ">+4</p>" in tile
    assert "<dt>回答率</dt><dd>58%</dd>" in tile
    assert "達成率" not in tile  # no baseline is declared
    assert "<dd>51%（77%から30%まで）</dd>" in figure_html.tile(falling(53), [falling(53)], DOWN, key="t")


def test_a_trend_of_points_has_its_zero_in_the_middle() -> None:
    series = [points(-18, period=Month(2026, 9)), points(4, 22)]
    svg = str(trend_chart(series, POINTS, key="t").svg)
    assert re.findall(r'kb-chart__scale"[^>]*>([^<月年]+)<', svg) == ["−100", "0", "+100"]
    heights = [float(y) for y in re.findall(r'<circle[^>]* cy="([\d.]+)"', svg)]
    axis = float(re.findall(r'<line[^>]* y1="([\d.]+)"[^>]*kb-chart__axis', svg)[0])
    assert heights[0] > axis > heights[1]
    assert "点数" in trend_chart(series, POINTS, key="t").table.header


def test_holidays_are_not_marked_below_what_people_think() -> None:
    chart = trend_chart([points(4, period=Month(2026, 8))], POINTS, key="t")
    assert "kb-chart__rest" not in chart.svg


def test_a_bar_of_negative_points_leads_to_the_left() -> None:
    svg = str(department_chart([points(-50)], POINTS, key="d").svg)
    (bar,) = re.findall(r'<rect[^>]*x="([\d.]+)"[^>]*width="([\d.]+)"[^>]*kb-chart__bar', svg)
    assert [float(value) for value in bar] == [75, 75]  # of 300: from a quarter to the middle


@given(value=st.integers(-100, 100), length=st.integers(1, 400))
def test_a_bar_lies_inside_its_scale_and_begins_or_ends_at_zero(value: int, length: int) -> None:
    start, long = from_zero(length, value, Unit.POINTS)
    zero = along(length, 0, Unit.POINTS)
    assert start >= 0
    assert start + long <= length + 1e-9
    assert min(abs(start - zero), abs(start + long - zero)) < 1e-9


def test_an_estimate_is_called_one_wherever_it_is_named() -> None:
    rows = {"source": "help", "column": "mail", "matches": "mail", "time": "day"}
    about: About = replace(ABOUT, metric=FaqEffect.model_validate(COMMON | {"help": rows, "tickets": rows}))
    assert sentences.headline(shown(70, target=None), about) == "2026年10月のチャット利用率（推定）は全社で70%"


def test_new_people_and_the_whole_roster_are_told_beside_the_eligible() -> None:
    assert sentences.eligible(shown(70)) == "2,000人"
    assert sentences.eligible(replace(shown(70), joiners=12)) == "2,000人（新任12人を含む）"
    assert sentences.eligible(replace(shown(70), joiners=12, roster=2_211)) == (
        "2,000人（名簿の2,211人のうち。新任12人を含む）"
    )
