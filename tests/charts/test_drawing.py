"""Every drawing: well-formed, named, self-contained, fit for a strict Content-Security-Policy, and quick."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup
from msgspec.structs import replace

from generator.charts import About, Break, Chart, comparison_chart, department_chart, trend_chart
from generator.charts.plot import BOTTOM
from generator.charts.sparkline import sparkline
from generator.charts.track import track
from generator.model.figure import ReleasedFigure
from generator.model.period import Month
from tests.charts.cases import ABOUT, CHAT, OCTOBER, course, named, one_month, series

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = st.text(max_size=60) | st.sampled_from(
    [
        "</title><script>alert(1)</script>",
        '" onload="alert(1)',
        "' style='x",
        "]]>&nbsp;<!--",
        "{{ config }}",
        "\U0010f0011\U0010f002",
        "\x00\x0b\ud800￾",
        "非常に長い名前の部署" * 8,
    ]
)


def drawings(months: list[ReleasedFigure], units: list[ReleasedFigure], about: About = ABOUT) -> list[Markup]:
    return [
        trend_chart(months, about, key="a", breaks=[Break(OCTOBER, about.label, about.label)]).svg,
        department_chart(units, about, key="b").svg,
        comparison_chart(units[::-1], units, about, key="c").svg,
        sparkline(months, about, key="d"),
        track(months[-1], about, key="e"),
    ]


def parsed(drawing: Markup) -> etree._Element:
    return etree.fromstring(drawing.encode("utf-8"))


@given(series(), one_month())
def test_well_formed_and_named(months: list[ReleasedFigure], units: list[ReleasedFigure]) -> None:
    for drawing in drawings(months, units):
        root = parsed(drawing)
        assert root.tag == f"{SVG}svg"
        assert root.get("role") == "img"
        named_by = [root.find(f"{SVG}title"), root.find(f"{SVG}desc")]
        assert all(element is not None and element.text for element in named_by)
        assert root.get("aria-labelledby") == " ".join(e.get("id", "") for e in named_by if e is not None)


@given(series(), one_month())
def test_nothing_a_strict_policy_forbids_and_nothing_from_elsewhere(
    months: list[ReleasedFigure], units: list[ReleasedFigure]
) -> None:
    for drawing in drawings(months, units):
        root = parsed(drawing)
        ids = {element.get("id") for element in root.iter() if element.get("id")}
        for element in root.iter():
            assert etree.QName(element).localname not in {"script", "style", "image", "use", "a", "foreignObject"}
            for name, value in element.attrib.items():
                assert name != "style"
                assert not str(name).startswith("on")
                assert "href" not in str(name)
                for reference in re.findall(r"url\(#(.*?)\)", str(value)):
                    assert reference in ids
        assert "http" not in drawing.replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"#[0-9a-f]{3,6}\b|rgb\(", drawing)  # colours are the style sheet's


@given(series(), one_month())
def test_all_that_is_drawn_lies_within_the_drawing(months: list[ReleasedFigure], units: list[ReleasedFigure]) -> None:
    for drawing in drawings(months, units):
        root = parsed(drawing)
        _, _, width, height = map(float, root.get("viewBox", "").split())
        for element in root.iter():
            if any(ancestor.tag == f"{SVG}defs" for ancestor in element.iterancestors()):
                continue
            for name in ("x", "x1", "x2", "cx"):
                assert 0 <= float(element.get(name, 0)) <= width
            for name in ("y", "y1", "y2", "cy"):
                assert 0 <= float(element.get(name, 0)) <= height


@given(HOSTILE, series(), one_month())
def test_hostile_labels_stay_text(label: str, months: list[ReleasedFigure], units: list[ReleasedFigure]) -> None:
    usual = drawings(months, units)
    for plain, drawing in zip(usual, drawings(months, units, named(label)), strict=True):
        tags = [element.tag for element in parsed(drawing).iter()]
        assert set(tags) <= {element.tag for element in parsed(plain).iter()} | {f"{SVG}text", f"{SVG}tspan"}
        attributes = {name for element in parsed(drawing).iter() for name in element.attrib}
        assert attributes <= {name for element in parsed(plain).iter() for name in element.attrib}
        assert not re.search("[\U00100000-\U0010ffff]", drawing)


def test_ids_of_two_charts_differ_when_their_keys_do() -> None:
    both = trend_chart(CHAT, ABOUT, key="first").svg + trend_chart(CHAT, ABOUT, key="second").svg
    ids = re.findall(r' id="(.*?)"', both)
    assert len(ids) == len(set(ids)) == 4


@pytest.mark.parametrize("key", ["", "1st", "a b", 'a"b', "月"])
def test_a_key_that_cannot_be_an_id_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="cannot be the key"):
        trend_chart(CHAT, ABOUT, key=key)


def test_charts_without_figures_are_refused() -> None:
    refused: list[Callable[[], Chart]] = [
        lambda: trend_chart([], ABOUT, key="a"),
        lambda: department_chart([], ABOUT, key="a"),
        lambda: comparison_chart([], CHAT, ABOUT, key="a"),
    ]
    for draw in refused:
        with pytest.raises(ValueError, match="needs"):
            draw()


@given(series(), one_month())
def test_same_figures_same_bytes(months: list[ReleasedFigure], units: list[ReleasedFigure]) -> None:
    assert drawings(months, units) == drawings(months, units)


def test_a_break_cuts_the_line() -> None:
    def pieces(chart: Chart) -> int:
        return len(parsed(chart.svg).findall(f"{SVG}polyline"))

    assert pieces(trend_chart(CHAT, ABOUT, key="a")) == 1
    assert (
        pieces(trend_chart(CHAT, ABOUT, key="a", breaks=[Break(Month(2026, 4), "組織改編", "一つになりました")])) == 2
    )


def test_a_break_at_the_first_month_is_marked_and_named_in_the_small_type() -> None:
    merged = Break(CHAT[0].period, "組織改編", "二つが一つになりました")
    chart = trend_chart(CHAT, ABOUT, key="a", breaks=[merged])
    assert ">組織改編</text>" in chart.svg
    assert chart.notes[-1] == ("組織改編", "二つが一つになりました")


def test_a_break_outside_the_months_is_not_told() -> None:
    before = Break(CHAT[0].period.plus(-1), "組織改編", "昔のこと")
    assert trend_chart(CHAT, ABOUT, key="a", breaks=[before]) == trend_chart(CHAT, ABOUT, key="a")


@pytest.mark.parametrize("first", [Month(2025, 11), Month(2026, 1)])
def test_months_of_long_holidays_are_marked_below_the_axis_and_named_in_the_small_type(first: Month) -> None:
    months = [replace(figure, period=first.plus(n)) for n, figure in enumerate(course([50] * 12))]
    chart = trend_chart(months, ABOUT, key="a")
    assert chart.svg.count('class="kb-chart__rest"') == 4
    assert dict(chart.notes)["連休"] == "12月・1月は年末年始、5月は大型連休、8月はお盆（横軸の下の帯）"


def test_months_without_long_holidays_have_no_mark() -> None:
    chart = trend_chart([replace(CHAT[0], period=Month(2026, 6))], ABOUT, key="a")
    assert "kb-chart__rest" not in chart.svg
    assert "連休" not in dict(chart.notes)


def test_a_trend_beside_a_tile_tells_only_the_way_there() -> None:
    alone, beside = (trend_chart(CHAT, ABOUT, key="a", told=told) for told in (False, True))
    assert beside.sentence
    assert alone.sentence.endswith(beside.sentence)
    assert alone.sentence != beside.sentence
    assert beside.svg == alone.svg  # who does not see it is told everything


@pytest.mark.parametrize("percents", [[17, 25, 40, 55], [10, 10, 60, 70], [60, 50, 30, 17], [None, 17, 40, 60]])
def test_the_word_target_stands_inside_the_frame_and_beside_the_course(percents: list[int | None]) -> None:
    months = [replace(figure, target_percent=10) for figure in course(percents)]
    drawing = etree.fromstring(trend_chart(months, ABOUT, key="low").svg)
    (label,) = drawing.findall(f"{SVG}text[@class='kb-chart__target-label']")
    left, foot = float(label.get("x", "")), float(label.get("y", ""))
    assert foot < BOTTOM
    dots = [(float(dot.get("cx", "")), float(dot.get("cy", ""))) for dot in drawing.iter(f"{SVG}circle")]
    assert not [at for at in dots if left <= at[0] <= left + 40 and foot - 14 <= at[1] <= foot]
