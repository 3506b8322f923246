"""Every claim a published site makes about a share: JSON, CSV, tables, drawings, sentences, feeds and search texts."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from lxml import html

COMPANY = "company"
Cell = tuple[str, str, str]
"""Metric, month as `2026-10`, department id (or COMPANY)."""


@dataclass(frozen=True)
class Range:
    """A share lies between two fractions; the upper end is excluded unless it is 1."""

    low: Fraction
    high: Fraction

    @classmethod
    def of_percent(cls, percent: Fraction) -> Range:
        """What a percent rounded half up stands for."""
        half = Fraction(1, 2)
        return cls((percent - half) / 100, (percent + half) / 100)


@dataclass
class Site:
    """Claims by cell, and how many people each cell is said to count."""

    claims: dict[Cell, set[Range]] = field(default_factory=dict)
    eligible: dict[Cell, int] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    """Metric and name as printed → department id."""
    labels: dict[str, str] = field(default_factory=dict)
    """Label as printed → metric."""

    def claim(self, cell: Cell, share: Range | None) -> None:
        known = self.claims.setdefault(cell, set())
        if share is not None:
            known.add(share)


def read_site(folder: Path) -> Site:
    """Everything that the files of a site say about shares."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    site = Site()
    data = {name: path.read_bytes() for name, path in files.items() if name.startswith("figures/")}
    read_data(data, site)
    for name, path in files.items():
        if name.endswith(".html"):
            _read_page(path.read_bytes(), site)
        elif name.startswith("search/pages/"):
            _read_text(gzip.decompress(path.read_bytes()).decode(), site)
        elif name.endswith((".xml", ".json", ".txt")) and not name.startswith("figures/"):
            _read_text(re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8")), site)
    return site


def read_data(files: dict[str, bytes], site: Site) -> None:
    """`figures/<metric>.json` and `.csv`, by name."""
    for entry in json.loads(files["figures/index.json"]):
        site.labels[entry["label"]["ja"]] = entry["name"]
    for name, content in files.items():
        metric = name.removeprefix("figures/").rpartition(".")[0]
        if name.endswith(".csv"):
            for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))):
                band = (row["band_low"], row["band_high"]) if row["band_low"] else None
                _read_row(site, metric, row["period"], row["department"], row["value"], band, row["eligible"])
        elif name.endswith(".json") and metric != "index":
            for entry in json.loads(content, parse_float=str):
                _read_row(
                    site,
                    metric,
                    entry["period"],
                    entry["department"] or "",
                    entry["value"],
                    entry["band"],
                    str(entry["eligible"]),
                )
                site.names[metric, entry["department_name"]] = entry["department"] or COMPANY


def _read_row(
    site: Site,
    metric: str,
    month: str,
    department: str,
    value: str | None,
    band: tuple[str, str] | list[str] | None,
    eligible: str,
) -> None:
    cell = (metric, month, department or COMPANY)
    site.eligible[cell] = int(eligible)
    share = None
    if value not in (None, ""):
        share = Range.of_percent(Fraction(str(value)) * 100)
    elif band:
        share = Range(Fraction(band[0]), Fraction(band[1]))
    site.claim(cell, share)


# --- pages ---------------------------------------------------------------------------------------------------------


def _read_page(content: bytes, site: Site) -> None:
    tree: html.HtmlElement = html.document_fromstring(content)
    for figure in tree.find_class("kb-figure--chart"):
        _read_chart(figure, site)
    _read_text(" ".join(tree.text_content().split()), site)
    for element in tree.iter():
        for name in ("title", "alt", "aria-label", "content"):
            if isinstance(element.tag, str) and element.get(name):
                _read_text(str(element.get(name)), site)


def _read_chart(figure: html.HtmlElement, site: Site) -> None:
    table = next(figure.iter("table"), None)
    title = "".join(figure.find_class("kb-figure__title")[0].itertext())
    metric = next((name for label, name in site.labels.items() if label in title), None)
    if table is None or metric is None:
        return
    header, *rows = [["".join(cell.itertext()).strip() for cell in row.iter("th", "td")] for row in table.iter("tr")]
    if header[0] == "月":
        _read_trend(figure, site, metric, title, rows)
    elif header[1:2] == ["割合"] and (month := re.search(r"(\d{4})年(\d{1,2})月", title)):
        _read_departments(figure, site, metric, _month(month), rows)


def _read_trend(figure: html.HtmlElement, site: Site, metric: str, title: str, rows: list[list[str]]) -> None:
    whose = re.search(r"（(.+?)、\d{4}年", title)
    department = site.names.get((metric, whose[1])) if whose else None
    measured = [row for row in rows if "見込み" not in row[0]]
    if department is None:
        return
    for before, row in pairwise([measured[0], *measured]):
        month = _month(re.match(r"(\d{4})年(\d{1,2})月", row[0]))
        site.claim((metric, month, department), _share(row[1]))
        _read_change(site, (metric, month, department), _share(before[1]), _share(row[1]), row[2])
    shown = [row for row in measured if row[1].split("（")[0].endswith("%")]
    dots = [_number(dot, "cy") for dot in figure.find_class("kb-chart__dot")]
    scale = {text.text: _number(text, "y") - 5 for text in figure.find_class("kb-chart__scale")}
    if {"0%", "100%"} <= scale.keys():
        for row, y in zip(shown, dots, strict=True):
            drawn = 100 * (scale["0%"] - y) / (scale["0%"] - scale["100%"])
            month = _month(re.match(r"(\d{4})年(\d{1,2})月", row[0]))
            site.claim((metric, month, department), _drawn(drawn, 0.1))


def _read_change(site: Site, cell: Cell, before: Range | None, now: Range | None, change: str) -> None:
    """A change beside a share that is not told tells that share."""
    points = re.fullmatch(r"([+−±])(\d+)ポイント", change)
    if points is None or (before is None) == (now is None):
        return
    by = Fraction(int(points[2]) * (-1 if points[1] == "−" else 1), 100)
    metric, month, department = cell
    if now is None and before is not None:
        site.claim(cell, Range(before.low + by, before.high + by))
    elif now is not None:
        site.claim((metric, _month_before(month), department), Range(now.low - by, now.high - by))


def _read_departments(figure: html.HtmlElement, site: Site, metric: str, month: str, rows: list[list[str]]) -> None:
    names = sorted(_number(name, "y") for name in figure.find_class("kb-chart__name"))
    bars = [*figure.find_class("kb-chart__bar"), *figure.find_class("kb-chart__band")]
    full = max((_number(lane, "width") for lane in figure.find_class("kb-chart__lane")), default=0.0)
    for row, top in zip(rows, names, strict=True):
        cell = (metric, month, site.names[metric, row[0]])
        site.claim(cell, _share(row[1]))
        for bar in (bar for bar in bars if top < _number(bar, "y") < top + 20):
            left, right = 100 * _number(bar, "x") / full, 100 * (_number(bar, "x") + _number(bar, "width")) / full
            if left == 0 and row[1].split("（")[0].endswith("%"):
                site.claim(cell, _drawn(right, 0.03))
            else:
                site.claim(cell, Range(Fraction(round(left), 100), Fraction(round(right), 100)))


def _number(element: html.HtmlElement, name: str) -> float:
    return float(element.get(name, "nan"))


def _drawn(percent: float, error: float) -> Range:
    """A length tells a whole percent, unless it lies between two: then it tells more."""
    if abs(percent - round(percent)) <= error:
        return Range.of_percent(Fraction(round(percent)))
    return Range(Fraction(percent - error) / 100, Fraction(percent + error) / 100)


# --- words ---------------------------------------------------------------------------------------------------------


def _read_text(text: str, site: Site) -> None:
    for label, metric in site.labels.items():
        pattern = (
            rf"(\d{{4}})年(\d{{1,2}})月の{re.escape(label)}は、?([^\d、。（）は]+?)で(?:は)?(\d+%|\d割以上|\d割未満)"
        )
        for match in re.finditer(pattern, text):
            department = site.names.get((metric, match[3]))
            if department is not None:
                site.claim((metric, _month(match), department), _share(match[4]))


def _share(words: str) -> Range | None:
    words = words.split("（")[0]
    if match := re.fullmatch(r"(\d+)%", words):
        return Range.of_percent(Fraction(match[1]))
    low = re.search(r"(\d)割以上", words)
    high = re.search(r"(\d)割未満", words)
    if low or high:
        return Range(Fraction(int(low[1]) if low else 0, 10), Fraction(int(high[1]) if high else 10, 10))
    return None


def _month(match: re.Match[str] | None) -> str:
    if match is None:
        raise ValueError("a month was expected")
    return f"{match[1]}-{int(match[2]):02d}"


def _month_before(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02d}"


def claims_by_month(site: Site) -> Iterator[tuple[str, str, list[str]]]:
    """Each metric and month with its departments, the company apart."""
    found: dict[tuple[str, str], list[str]] = {}
    for metric, month, department in site.claims:
        found.setdefault((metric, month), [])
        if department != COMPANY:
            found[metric, month].append(department)
    for (metric, month), departments in sorted(found.items()):
        yield metric, month, departments
