"""How far on its whole scale a figure is, with a mark where its target lies; for a tile."""

from __future__ import annotations

from markupsafe import Markup

from generator.charts import svg
from generator.charts.chart import About
from generator.charts.departments import share_in_lane
from generator.charts.scale import along
from generator.charts.sentences import distance, share
from generator.model.figure import ReleasedFigure

WIDTH, HEIGHT = 240, 18
LANE_TOP, LANE_HEIGHT = 4, 10


def track(figure: ReleasedFigure, about: About, *, key: str) -> Markup:
    """An empty lane when nothing is shown, so that a hidden figure takes the same space."""
    title = f"{about.name_of(figure.department)}の{about.label}と目標"
    said = "、".join(words for words in (share(figure), distance(figure, about)) if words)
    body = [
        svg.box(0, LANE_TOP, WIDTH, LANE_HEIGHT, "kb-chart__lane", "none"),
        *share_in_lane(figure, (0, LANE_TOP, WIDTH, LANE_HEIGHT), key),
    ]
    if figure.target_percent is not None:
        x = along(WIDTH, figure.target_percent, figure.unit)
        body.append(svg.line(x, 0, x, HEIGHT, "kb-chart__tick"))
    return svg.drawing(key, "track", (WIDTH, HEIGHT), title, said, body)
