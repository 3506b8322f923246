"""Drawings measured with a ruler: lengths and heights of an SVG, read against the scale drawn in the same SVG."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml.html import HtmlElement

from tests.published.expected import METRICS, Cell, Facts
from tests.published.pages import words_of
from tests.published.words import month_in_words, month_of

Subject = tuple[str, str, str | None]
CLOSE = 0.5  # percent; drawings are made to a tenth of a unit


def drawing_problems(figure: HtmlElement, subject: Subject, facts: Facts) -> list[str]:
    """What the drawings of a figure show otherwise than expected."""
    found: list[str] = []
    for svg in figure.iter("svg"):
        kind = svg.get("class", "").split("kb-chart--")[-1]
        judge = {
            "trend": _trend,
            "departments": _departments,
            "comparison": _comparison,
            "track": _track,
            "sparkline": _sparkline,
        }[kind]
        found += [f"{kind}: {problem}" for problem in judge(svg, subject, facts)]
    return found


def _parts(svg: HtmlElement) -> list[tuple[str, HtmlElement]]:
    """Everything drawn, with the last part of its first class as its kind."""
    return [
        (element.get("class", "").split()[0].removeprefix("kb-chart__"), element)
        for element in svg.iter("rect", "line", "circle", "text", "polyline", "polygon")
        if element.get("class") and element.getparent().tag != "pattern"
    ]


def _of(element: HtmlElement, name: str) -> float:
    return float(element.get(name, "nan"))


def _trend(svg: HtmlElement, subject: Subject, facts: Facts) -> Iterator[str]:
    metric, month, unit = subject
    cells = list(facts.series(metric, unit, month).values())
    parts = _parts(svg)
    scale = {words_of(e): _of(e, "y") - 5 for kind, e in parts if kind == "scale" and "月" not in words_of(e)}
    scale = {words: y for words, y in scale.items() if "年" not in words}
    points = METRICS[metric].in_points
    yield from _differ("scale", list(scale), ["−100", "0", "+100"] if points else ["0%", "50%", "100%"])
    low, high = (-100, 100) if points else (0, 100)
    bottom, _, top = scale.values()

    def percent(y: float) -> float:
        return low + (high - low) * (bottom - y) / (bottom - top)

    dots = [(_of(e, "cx"), _of(e, "cy")) for kind, e in parts if kind == "dot"]
    yield from _apart("points", [percent(y) for _, y in dots], [c.percent for c in cells if c.percent is not None])
    axis = next(e for kind, e in parts if kind == "axis" and e.get("y1") == e.get("y2"))
    area = [e for kind, e in parts if kind == "expected"]
    ranges = facts.expected(metric, month) if area else []
    step = (_of(axis, "x2") - _of(axis, "x1")) / (len(cells) + len(ranges))
    places = [(x - _of(axis, "x1")) / step - 0.5 for x, _ in dots]
    yield from _apart("months", places, [number for number, c in enumerate(cells) if c.percent is not None], close=0.02)
    lines = [p for kind, e in parts if kind == "line" for p in e.get("points", "").split()]
    neighbours = {end for pair in pairwise(cells) if all(c.percent is not None for c in pair) for end in map(id, pair)}
    joined = [
        f"{x:g},{y:g}"
        for (x, y), c in zip(dots, (c for c in cells if c.percent is not None), strict=False)
        if id(c) in neighbours
    ]
    yield from _differ("line", lines, joined)
    bands = [(percent(_of(e, "y") + _of(e, "height")), percent(_of(e, "y"))) for kind, e in parts if kind == "band"]
    yield from _apart(
        "ranges", [edge for band in bands for edge in band], [edge for c in cells if c.band for edge in c.band]
    )
    last = cells[-1].percent
    if area and (unit is not None or last is None or not ranges):
        yield "a forecast is drawn, but there is none"
    elif area and last is not None:
        corners = [point.split(",") for point in area[0].get("points", "").split()]
        heights = [percent(float(y)) for _, y in corners]
        edges = [last, *(most for _, most in ranges), *(least for least, _ in ranges[::-1]), last]
        yield from _apart("forecast", heights, edges)
        columns = [round((float(x) - _of(axis, "x1")) / step - 0.5, 1) for x, _ in corners]
        wanted = [float(len(cells) - 1 + n) for n in range(len(ranges) + 1)]
        yield from _differ("months of the forecast", columns, wanted + wanted[::-1])
        due = "〜".join(map(str, ranges[-1]))
        labels = [words_of(e) for kind, e in parts if kind == "expected-label"]
        yield from _differ("words of the forecast", labels, ["見込み", f"{due}%"])
    goals = [percent(_of(e, "y1")) for kind, e in parts if kind == "target"]
    yield from _apart("target", goals, [cells[-1].target])
    yield from _differ(
        "target", [words_of(e) for kind, e in parts if kind == "target-label"], [f"目標{cells[-1].goal}"]
    )
    told = {words_of(e) for kind, e in parts if kind in ("value", "end")}
    shown = [c.share for c in cells if c.percent is not None]
    expected = {*shown[:1], *shown[-1:], *([cells[-1].share] if cells[-1].band else [])}
    yield from _differ("values in words", told, expected)
    silent = {c.share for c in cells if c.percent is None and not c.band}
    reasons = {words_of(e).removeprefix("少人数のため") for kind, e in parts if kind == "gap-label"}
    yield from _differ("reasons of gaps", reasons, silent)


def _departments(svg: HtmlElement, subject: Subject, facts: Facts) -> Iterator[str]:
    metric, month, _ = subject
    groups = _groups(svg)
    units: list[str | None] = [*facts.departments(metric, month)]
    if groups and words_of(groups[0][0][1]) == METRICS[metric].company:
        units = [None, *units]
    yield from _differ("rows", len(groups), len(units))
    for group, unit in zip(groups, units, strict=False):
        cell = facts.cells[metric, month, unit]
        yield from _name(group, facts.name_of(metric, unit))
        goal = f"目標{cell.goal}{' 達成' if cell.is_reached else ''}"
        yield from _differ("target", [words_of(e) for kind, e in group if kind == "goal"], [goal])
        yield from _bar(group, cell)


def _comparison(svg: HtmlElement, subject: Subject, facts: Facts) -> Iterator[str]:
    metric, month, unit = subject
    (group,) = _groups(svg)
    yield from _name(group, facts.name_of(metric, unit))
    starts = [index for index, (kind, _) in enumerate(group) if kind == "scale"] + [len(group)]
    rows = [group[start:end] for start, end in pairwise(starts)]
    table = next(svg.getparent().iter("table"))
    months = [month_of(words_of(cell)) for cell in list(table.iter("th"))[1:3]]
    yield from _differ("last month", months[1], month)
    for row, which in zip(rows, months, strict=True):
        name = words_of(row[0][1])
        yield from _differ("month", name in (month_in_words(which), month_in_words(which).split("年")[1]), True)
        yield from _bar(row, facts.cells[metric, which, unit])


def _track(svg: HtmlElement, subject: Subject, facts: Facts) -> Iterator[str]:
    yield from _bar(_parts(svg), facts.cells[subject], needs_words=False)


def _sparkline(svg: HtmlElement, subject: Subject, facts: Facts) -> Iterator[str]:
    metric, month, unit = subject
    cells = list(facts.series(metric, unit, month).values())[-12:]
    parts = _parts(svg)
    zero = next(_of(e, "y1") for kind, e in parts if kind == "grid")
    goal = next(_of(e, "y1") for kind, e in parts if kind == "target")
    unit_length = (zero - goal) / cells[-1].target
    close = 4 if METRICS[metric].in_points else 1  # a small target is drawn to a tenth of a unit, too
    points = {tuple(map(float, p.split(","))) for k, e in parts if k == "line" for p in e.get("points", "").split()}
    points |= {(_of(e, "cx"), _of(e, "cy")) for kind, e in parts if kind == "dot"}
    heights = [(zero - y) / unit_length for _, y in sorted(points)]
    yield from _apart("points", heights, [c.percent for c in cells if c.percent is not None], close)
    bands = [e for kind, e in parts if kind == "band"]
    edges = [(zero - y) / unit_length for e in bands for y in (_of(e, "y") + _of(e, "height"), _of(e, "y"))]
    yield from _apart("ranges", edges, [edge for c in cells if c.band for edge in c.band], close=1)


Group = list[tuple[str, HtmlElement]]


def _groups(svg: HtmlElement) -> list[Group]:
    """The parts of each row: a name and everything up to the next."""
    groups: list[Group] = []
    for kind, element in _parts(svg):
        if kind == "name":
            groups.append([])
        groups[-1].append((kind, element))
    return groups


def _name(group: Group, name: str) -> Iterator[str]:
    drawn = words_of(group[0][1])
    whole = drawn == name or (drawn.endswith("…") and name.startswith(drawn[:-1]) and len(drawn) > 3)
    yield from _differ("name", whole, True)


def _bar(group: Group, cell: Cell, *, needs_words: bool = True) -> Iterator[str]:
    lanes = [e for kind, e in group if kind == "lane"]
    if needs_words:
        said = [words_of(e).removeprefix("少人数のため") for kind, e in group if kind in ("value", "silent")]
        yield from _differ("value in words", said, [cell.share])
    if not lanes:
        yield from _differ("a lane", cell.percent is None and cell.band is None, True)
        return
    left, width = _of(lanes[0], "x"), _of(lanes[0], "width")
    low, high = (-100, 100) if cell.in_points else (0, 100)
    bars = [
        low + (high - low) * (edge - left) / width
        for kind, e in group
        if kind == "bar"
        for edge in (_of(e, "x"), _of(e, "x") + _of(e, "width"))
    ]
    yield from _apart("bar", bars, sorted((0, cell.percent)) if cell.percent is not None else [])
    edges = [
        100 * (edge - left) / width
        for kind, e in group
        if kind == "band"
        for edge in (_of(e, "x"), _of(e, "x") + _of(e, "width"))
    ]
    yield from _apart("range", edges, list(cell.band) if cell.band else [])
    ticks = [low + (high - low) * (_of(e, "x1") - left) / width for kind, e in group if kind == "tick"]
    yield from _apart("mark of the target", ticks, [cell.target] if ticks else [])
    hatched = [bool(re.search("--below", e.get("class", ""))) for kind, e in group if kind == "bar"]
    if needs_words and ticks:
        yield from _differ("hatched", hatched, [cell.is_reached is False] if cell.percent is not None else [])


def _differ(what: str, found: object, expected: object) -> Iterator[str]:
    if found != expected:
        yield f"{what}: {found}, not {expected}"


def _apart(what: str, found: list[float], expected: list[int], close: float = CLOSE) -> Iterator[str]:
    if len(found) != len(expected) or any(abs(one - other) > close for one, other in zip(found, expected, strict=True)):
        yield f"{what}: {found}, not {expected}"
