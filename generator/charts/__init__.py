"""charts: released figures as static, accessible SVG, as sentences, as tables, and as finished HTML fragments.

Everything said or drawn here comes from `ReleasedFigure`s, so picture, sentence and table cannot disagree.
Read in this order:

- `chart`: what a chart is (drawing, sentence, table, notes) and what all figures of one metric share (`About`).
- `sentences`: the Japanese of it.
- `forecast`: where the months lead by the month in which the target is due.
- `trend` (in the frame of `plot`), `departments`, `comparison`: the three charts; `sparkline` and `track`
  are the small ones of a tile.
- `figure_html`: charts and tiles as `<figure>` elements that may stand anywhere on a page.
- `svg`: the builder through which every element, attribute and text passes escaped.

No script, no font, no colour stands in a drawing: classes name roles, `theme_overrides/assets/kb/figures.css`
gives them colours and sizes. The same figures give the same bytes on every machine.
"""

from __future__ import annotations

from generator.charts import figure_html, sentences
from generator.charts.chart import About, Chart, Table
from generator.charts.comparison import comparison_chart
from generator.charts.departments import department_chart
from generator.charts.forecast import Forecast, Unforeseeable, forecast
from generator.charts.trend import Break, trend_chart

__all__ = [
    "About",
    "Break",
    "Chart",
    "Forecast",
    "Table",
    "Unforeseeable",
    "comparison_chart",
    "department_chart",
    "figure_html",
    "forecast",
    "sentences",
    "trend_chart",
]
