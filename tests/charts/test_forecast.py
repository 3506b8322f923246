"""Where months lead: the oracle of the definition, the laws of a forecast, and when there is none."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.charts import Forecast, Unforeseeable, forecast, sentences, trend_chart
from generator.charts.forecast import Line
from generator.model.figure import ReleasedFigure
from generator.model.metric import Direction
from generator.model.period import Month
from tests.charts.cases import ABOUT, CHAT, OCTOBER, course, hidden, shown

DECEMBER = Month(2026, 12)
WEEKS = [30, 34, 39, 43, 48, 52]


def share_on(line: Line, x: float) -> float:
    """The percent on the line in month `x`, from its log odds."""
    return 100 / (1 + math.exp(-line.at(x)))


def test_the_line_is_the_one_of_the_oracle() -> None:
    line = Line.through(list(enumerate(WEEKS)))
    assert share_on(line, 10) == pytest.approx(73.70, abs=0.005)
    assert share_on(line, 11.90) == pytest.approx(80, abs=0.05)


def test_its_least_squares_are_those_of_the_oracle() -> None:
    """Percents whose log odds lie as the weeks do: through them goes the straight line of the definition."""
    line = Line.through([(week, 100 / (1 + math.exp(-value / 20))) for week, value in enumerate(WEEKS)])
    assert 20 * line.slope == pytest.approx(4.457, abs=0.0005)
    assert 20 * line.at(10) == pytest.approx(74.43, abs=0.005)
    assert 20 * line.at(11.25) == pytest.approx(80, abs=0.005)
    assert 20 * line.at(16) > 100  # what a straight line through shares would foretell


def test_no_share_is_foretold_beyond_all_of_the_people() -> None:
    line = Line.through(list(enumerate(WEEKS)))
    assert 80 < share_on(line, 16) < share_on(line, 60) < 100


def test_a_steady_rise_is_foretold_with_a_range_around_its_line() -> None:
    ahead = forecast(CHAT, DECEMBER)
    assert isinstance(ahead, Forecast)
    assert [month.period for month in ahead.months] == [Month(2026, 11), DECEMBER]
    assert (ahead.due.low, ahead.due.high, ahead.basis) == (80, 85, 12)
    assert sentences.expected(ahead, ABOUT) == (
        "直近12か月の進み方が続けば、期限の2026年12月には80〜85%になる見込みです（推定）。目標80%に届く見込みです。"
    )


@pytest.mark.parametrize(
    ("percents", "said"),
    [
        ([21, 24, 28, 31, 35, 39], "このままでは目標80%に届きません。"),
        ([58, 62, 65, 70, 72, 75], "目標80%に届くかどうかは、まだ分かりません。"),
    ],
)
def test_the_sentence_says_whether_the_target_will_be_reached(percents: list[int], said: str) -> None:
    assert sentences.expected(forecast(course(percents), DECEMBER), ABOUT).endswith(said)


def test_fewer_than_six_months_foretell_nothing() -> None:
    assert forecast(CHAT[-5:], DECEMBER) is Unforeseeable.TOO_FEW_MONTHS
    assert "6か月に満たない" in sentences.expected(Unforeseeable.TOO_FEW_MONTHS, ABOUT)


@pytest.mark.parametrize("percents", [[50] * 6, [60, 59, 58, 58, 57, 55]])
def test_what_does_not_approach_its_target_foretells_nothing(percents: list[int]) -> None:
    assert forecast(course(percents), DECEMBER) is Unforeseeable.NOT_APPROACHING
    assert "予測できません" in sentences.expected(Unforeseeable.NOT_APPROACHING, ABOUT)


def test_there_is_nothing_to_foretell_when_the_target_is_reached_past_or_far_away() -> None:
    assert forecast([*CHAT[:-1], shown(81)], DECEMBER) is None
    assert forecast(CHAT, OCTOBER) is None
    assert forecast(CHAT, Month(2027, 11)) is None


def test_an_old_or_hidden_last_month_foretells_nothing() -> None:
    assert forecast([*CHAT[:-1], shown(76, stale=True)], DECEMBER) is None
    assert forecast([*CHAT[:-1], hidden()], DECEMBER) is None


def test_months_before_a_change_of_who_is_counted_are_not_followed() -> None:
    assert forecast(CHAT, DECEMBER, since=Month(2026, 6)) is Unforeseeable.TOO_FEW_MONTHS


def test_a_target_below_is_approached_by_falling() -> None:
    falling = [
        replace(figure, direction=Direction.DOWN, target_percent=20) for figure in course([62, 57, 50, 44, 40, 33])
    ]
    assert isinstance(forecast(falling, DECEMBER), Forecast)
    assert forecast([replace(cell, direction=Direction.DOWN, target_percent=10) for cell in CHAT], DECEMBER) is (
        Unforeseeable.NOT_APPROACHING
    )


def test_only_the_last_twelve_months_are_followed() -> None:
    earlier = course([90] * 12, last=OCTOBER.plus(-12))
    assert forecast([*earlier, *CHAT], DECEMBER) == forecast(CHAT, DECEMBER)


@st.composite
def rising(draw: st.DrawFn) -> list[ReleasedFigure]:
    return course(sorted(draw(st.lists(st.integers(1, 79), min_size=6, max_size=12, unique=True))))


@given(rising(), st.integers(1, 12))
def test_a_range_holds_its_line_stays_within_a_hundred_and_widens(months: list[ReleasedFigure], ahead_by: int) -> None:
    ahead = forecast(months, OCTOBER.plus(ahead_by))
    assert isinstance(ahead, Forecast)
    line = Line.through([(n, figure.percent) for n, figure in enumerate(months) if figure.percent is not None])
    widths = [line.reach(len(months) - 1 + step) for step in range(1, ahead_by + 1)]
    assert widths == sorted(widths)
    for step, month in enumerate(ahead.months, start=1):
        assert 0 <= month.low <= share_on(line, len(months) - 1 + step) <= month.high <= 100
        assert month.high - month.low >= 1


@given(rising(), st.integers(-600, 600))
def test_a_forecast_does_not_depend_on_the_year(months: list[ReleasedFigure], shift: int) -> None:
    moved = [replace(figure, period=figure.period.plus(shift)) for figure in months]
    here, there = forecast(months, DECEMBER), forecast(moved, DECEMBER.plus(shift))
    assert isinstance(here, Forecast)
    assert isinstance(there, Forecast)
    assert [(m.low, m.high) for m in here.months] == [(m.low, m.high) for m in there.months]


def test_a_chart_says_what_it_draws_of_the_months_to_come() -> None:
    chart = trend_chart(CHAT, ABOUT, key="a", ahead=forecast(CHAT, DECEMBER))
    assert "80〜85%" in chart.sentence
    assert "80〜85%" in chart.svg
    assert chart.table.rows[-1] == ("2026年12月（見込み）", "80〜85%", "—", "—", "—")
