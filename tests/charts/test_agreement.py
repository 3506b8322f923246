"""Drawing, table and sentence say the same numbers; a protected figure says none in any of them."""

from __future__ import annotations

import re

from hypothesis import given
from lxml import etree

from generator.charts import Chart, comparison_chart, department_chart, figure_html, trend_chart
from generator.model.figure import Band, ReleasedFigure
from tests.charts.cases import ABOUT, OCTOBER, hidden, one_month, series, shown

MARCH = OCTOBER.plus(-7)
SHARES = re.compile(r"\d+%|\d割(?:以上|未満)|未測定|非表示")


def drawn_values(chart: Chart) -> list[str]:
    """What stands beside bars and points (not the scale, not the targets)."""
    root = etree.fromstring(chart.svg.encode("utf-8"))
    kinds = ("kb-chart__value", "kb-chart__end", "kb-chart__silent", "kb-chart__gap-label")
    texts = (element for element in root.iter("{*}text") if str(element.get("class")).split()[0] in kinds)
    return ["".join(str(part) for part in element.itertext()) for element in texts]


def table_words(chart: Chart) -> str:
    return " ".join(cell for row in chart.table.rows for cell in row)


def agrees(chart: Chart) -> None:
    table = table_words(chart)
    for value in drawn_values(chart):
        assert value == "—" or set(SHARES.findall(value)) <= set(SHARES.findall(table)), value
    for share in re.findall(r"\d+%", chart.sentence.replace("0%という意味", "")):
        assert share in table


@given(series())
def test_trend(months: list[ReleasedFigure]) -> None:
    chart = trend_chart(months, ABOUT, key="a")
    agrees(chart)
    assert [row[0] for row in chart.table.rows] == [figure.period.label_ja for figure in months]
    assert chart.words in _description(chart)


@given(one_month())
def test_departments(units: list[ReleasedFigure]) -> None:
    chart = department_chart(units, ABOUT, key="a")
    agrees(chart)
    assert len(drawn_values(chart)) == len(units)
    for figure, row, drawn in zip(units, chart.table.rows, drawn_values(chart), strict=True):
        if figure.percent is not None:
            assert drawn == f"{figure.percent}%"
            assert row[1].startswith(drawn)


@given(one_month(MARCH), one_month())
def test_comparison(before: list[ReleasedFigure], after: list[ReleasedFigure]) -> None:
    chart = comparison_chart(before, after, ABOUT, key="a")
    agrees(chart)
    assert len(drawn_values(chart)) == 2 * len(after)


def _description(chart: Chart) -> str:
    return str(etree.fromstring(chart.svg.encode("utf-8")).findtext("{*}desc"))


def test_bars_are_as_long_as_their_percent() -> None:
    chart = department_chart([shown(76), shown(5, department="audit")], ABOUT, key="a")
    root = etree.fromstring(chart.svg.encode("utf-8"))
    bars = [float(bar.get("width", "")) for bar in root.iter("{*}rect") if "kb-chart__bar" in str(bar.get("class"))]
    assert bars == [228, 15]  # of a lane of 300


def test_a_hidden_figure_has_no_bar_no_dot_and_no_digit() -> None:
    units = [hidden(department="audit")]
    chart = department_chart(units, ABOUT, key="a")
    assert "kb-chart__bar" not in chart.svg
    assert drawn_values(chart) == ["少人数のため非表示"]
    tile = figure_html.tile(units[0], units, ABOUT, key="t")
    assert "kb-chart__bar" not in tile
    assert "kb-chart__dot" not in tile
    assert re.findall(r"\d+%", re.sub(r"目標 80%|width=\S+", "", tile)) == ["80%"]  # the target, in the small type


def test_all_hidden_figures_of_a_department_look_alike() -> None:
    # Whatever the count was, the released figure is the same, so no byte can differ.
    one, other = hidden(department="audit"), hidden(department="audit")
    assert figure_html.tile(one, [one], ABOUT, key="t") == figure_html.tile(other, [other], ABOUT, key="t")


def test_a_band_is_drawn_over_its_whole_range() -> None:
    chart = department_chart([hidden(department="marketing", band=Band(70, 100), eligible=36)], ABOUT, key="a")
    root = etree.fromstring(chart.svg.encode("utf-8"))
    (band,) = (box for box in root.iter("{*}rect") if box.get("class") == "kb-chart__band")
    assert (band.get("x"), band.get("width")) == ("210", "90")
    assert drawn_values(chart) == ["7割以上"]
