"""The finished fragments: what stands in a tile and beside a chart, and that the style sheet knows all of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from lxml import html
from markupsafe import Markup

from generator.charts import About, Break, comparison_chart, department_chart, figure_html, trend_chart
from generator.model.figure import Band, ReleasedFigure
from generator.model.period import Month
from tests.charts.cases import ABOUT, AHEAD, CHAT, OCTOBER, hidden, missing, named, one_month, series, shown
from tests.charts.test_drawing import HOSTILE

STYLES = Path(__file__).parents[2] / "theme_overrides" / "assets" / "kb" / "figures.css"


def tile(figure: ReleasedFigure, months: list[ReleasedFigure] | None = None) -> html.HtmlElement:
    return html.fragment_fromstring(figure_html.tile(figure, months or [figure], ABOUT, key="t"))


def words(element: html.HtmlElement, class_: str) -> str:
    (found,) = element.find_class(class_)
    return str(found.text_content())


def test_a_tile_says_number_change_target_and_everything_in_small_type() -> None:
    shown_tile = tile(CHAT[-1], CHAT)
    assert words(shown_tile, "kb-tile__number") == "76%"
    assert words(shown_tile, "kb-tile__change") == "↑前月より5ポイント上がりました"
    assert words(shown_tile, "kb-tile__target") == "目標80%まであと4ポイント"
    notes = dict(zip(shown_tile.xpath("//dt/text()"), shown_tile.xpath("//dd/text()"), strict=True))
    assert notes == {
        "期間": "2026年10月1日〜31日",
        "時点": "2026年10月31日",
        "対象": "2,000人",
        "目標": "80%（2026年12月まで）",
        "定義": ABOUT.metric.definition,
        "出典": "Teams ユーザー アクティビティ",
    }


@pytest.mark.parametrize(
    ("figure", "number"),
    [
        (hidden(), "少人数のため非表示"),
        (missing(), "未測定"),
        (hidden(band=Band(0, 20), eligible=58), "2割未満"),
    ],
)
def test_a_tile_without_a_number_fills_the_same_places(figure: ReleasedFigure, number: str) -> None:
    def places(element: html.HtmlElement) -> list[str]:
        return [str(child.tag) for child in element]

    silent = tile(figure)
    assert words(silent, "kb-tile__number") == number
    assert places(silent) == places(tile(shown(76)))


def test_a_tile_ignores_months_after_its_own() -> None:
    march = CHAT[4]
    assert figure_html.tile(march, CHAT, ABOUT, key="t") == figure_html.tile(march, CHAT[:5], ABOUT, key="t")


def test_old_data_carries_a_dated_badge_once() -> None:
    old = shown(76, stale=True)
    chart = trend_chart([old], ABOUT, key="a")
    for fragment in (tile(old), html.fragment_fromstring(figure_html.chart(chart))):
        assert words(fragment, "kb-figure__stale") == "データは2026年9月20日時点です。"
        assert "時点です" not in words(fragment, "kb-figure__sentence")
    assert figure_html.stale_badge([shown(76)]) == ""


def test_a_chart_stands_with_sentence_table_and_notes() -> None:
    chart = department_chart([shown(76), shown(84, department="planning")], ABOUT, key="a")
    figure = html.fragment_fromstring(figure_html.chart(chart))
    assert figure.tag == "figure"
    assert words(figure, "kb-figure__title") == chart.title
    assert words(figure, "kb-figure__sentence") == chart.sentence
    (table,) = figure.iter("table")
    assert table.findtext("caption") == chart.table.caption
    assert [cell.get("scope") for cell in table.iter("th")] == ["col"] * 5 + ["row"] * 2
    assert [row.text_content() for row in table.iterfind("tbody/tr")] == ["".join(row) for row in chart.table.rows]
    assert figure.xpath("//dt/text()") == ["期間", "時点", "対象", "目標", "定義", "出典"]


@given(HOSTILE)
def test_hostile_words_add_no_element(label: str) -> None:
    def tags(fragment: Markup) -> list[str]:
        return [str(element.tag) for element in html.fragment_fromstring(fragment).iter()]

    drawn: list[Callable[[About], Markup]] = [
        lambda about: figure_html.tile(CHAT[-1], CHAT, about, key="t"),
        lambda about: figure_html.chart(trend_chart(CHAT, about, key="a")),
    ]
    for draw in drawn:
        assert tags(draw(named(label))) == tags(draw(ABOUT))


@given(series(), one_month(), one_month(Month(2026, 4)))
def test_fragments_hold_no_heading_no_style_and_no_id_twice(
    months: list[ReleasedFigure], units: list[ReleasedFigure], before: list[ReleasedFigure]
) -> None:
    page = html.fragment_fromstring("".join(_fragments(months, units, before)), create_parent=True)
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in page.iter():
        assert element.get("style") is None
        assert not re.fullmatch("h[1-6]|script|style|img|a|link", str(element.tag))


def _fragments(months: list[ReleasedFigure], units: list[ReleasedFigure], before: list[ReleasedFigure]) -> list[Markup]:
    return [
        figure_html.tile(months[-1], months, ABOUT, key="t"),
        figure_html.chart(trend_chart(months, ABOUT, key="a", breaks=[Break(OCTOBER, "組織改編", "一つになりました")])),
        figure_html.chart(department_chart(units, ABOUT, key="b")),
        figure_html.chart(comparison_chart(before, units, ABOUT, key="c")),
    ]


def test_style_sheet_and_fragments_know_the_same_classes() -> None:
    gaps = [
        *CHAT[:8],
        hidden(period=OCTOBER.plus(-3), band=Band(80, 100)),
        missing(period=OCTOBER.plus(-2)),
        hidden(period=OCTOBER.plus(-1)),
        shown(86, stale=True, change=-2),
    ]
    units = [shown(76), shown(84, department="planning"), hidden(department="audit")]
    everything = [
        *_fragments(gaps, units, units),
        *_fragments(CHAT, units, units),
        figure_html.tile(hidden(), [hidden()], ABOUT, key="h"),
        figure_html.tile(gaps[8], gaps, ABOUT, key="i"),
        figure_html.tile(shown(76, change=0), CHAT, ABOUT, key="j"),
        trend_chart(CHAT, ABOUT, key="k", ahead=AHEAD).svg,
    ]
    used = {name for names in re.findall(r'class="(.*?)"', "".join(everything)) for name in names.split()}
    styled = set(re.findall(r"\.(kb-[\w-]+)", STYLES.read_text(encoding="utf-8")))
    assert styled - used == set(), "the style sheet speaks of classes that no fragment has"
    unstyled = {
        *("kb-chart--track", "kb-chart__name"),  # for a company's own style sheet
        *("kb-tile__change--up", "kb-tile__change--down", "kb-tile__change--same"),  # told apart by arrow and words
    }
    assert used - styled == unstyled
