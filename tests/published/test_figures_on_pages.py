"""Every tile and chart on every page: its table, sentences, notes, drawing and hidden texts against the raw exports."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction

import pytest
from lxml.html import HtmlElement

from tests.published.drawings import drawing_problems
from tests.published.expected import METRICS, Cell, Facts
from tests.published.pages import TELLS_A_FIGURE, Page, all_of, notes_of, one, rows_of, telling, words_of
from tests.published.words import MONTH, Reader, metric_labelled, month_in_words, month_of, signed

Subject = tuple[str, str, str | None]


def subject_of(figure: HtmlElement, facts: Facts) -> Subject:
    """What a figure says it shows: metric, (last) month, department."""
    if "kb-tile" in figure.get("class", ""):
        metric = metric_labelled(words_of(one(figure, "kb-figure__title")))
        name, _, month = words_of(one(figure, "kb-tile__whose")).rpartition("・")
        return metric, month_of(month), facts.department_called(name)
    reader = Reader(facts)
    # What the drawing is said to show: its caption is shorter where a tile beside it has said the last month.
    sentence = words_of(next(figure.iter("desc")))
    reader.unexplained(sentence)
    if reader.subject:
        return reader.subject
    found = re.match(rf"({MONTH})の(.+?)は、", sentence)
    assert found, sentence
    return metric_labelled(found[2]), month_of(found[1]), None


def problems(figure: HtmlElement, facts: Facts) -> list[str]:
    """Everything in one figure that is not what the exports say."""
    subject = subject_of(figure, facts)
    found = [f"{subject}: {problem}" for problem in drawing_problems(figure, subject, facts)]
    if "kb-tile" in figure.get("class", ""):
        found += _tile_problems(figure, facts.cells[subject])
    else:
        found += _table_problems(figure, subject, facts)
    found += _note_problems(figure, subject, facts)
    for element, text in telling(figure):
        if element.tag in ("td", "th", "text") or "kb-tile__number" in element.get("class", ""):
            continue  # judged by their places in table, drawing and tile
        found += _text_problems(element, text, subject, facts)
    return found


def _tile_problems(figure: HtmlElement, cell: Cell) -> list[str]:
    number = words_of(one(figure, "kb-tile__number"))
    expected = cell.share if cell.share != "非表示" else "少人数のため非表示"
    return [] if number == expected else [f"tile shows {number}, not {expected}"]


def _note_problems(figure: HtmlElement, subject: Subject, facts: Facts) -> list[str]:
    """Period, date, people and target in the small type; the target of charts is read with the other texts."""
    metric, month, unit = subject
    year, number = map(int, month.split("-"))
    last = monthrange(year, number)[1]
    people = f"{facts.cells[subject].eligible:,}人"
    if unit is None:
        people = f"{people}（名簿の{facts.in_roster[month]:,}人のうち）"
    expected = {"時点": f"{year}年{number}月{last}日"}
    if "kb-tile" in figure.get("class", ""):
        expected |= {"期間": _period(metric, date(year, number, last)), "対象": people}
    elif all_of(figure, "kb-chart--trend") and len(months := list(facts.series(metric, unit, month))) > 1:
        first = month_in_words(months[0])
        expected |= {
            "期間": f"{first}〜{month_in_words(month)}（月ごと）",
            "対象": f"{people}（{month_in_words(month)}末）",
        }
    notes = notes_of(figure)
    return [f"{subject}: {term} {notes[term]}, not {words}" for term, words in expected.items() if notes[term] != words]


def _period(metric: str, last: date) -> str:
    """The month, or the two windows of 28 days that a retention compares."""
    first = last - timedelta(days=55) if metric == "chat_retention" else last.replace(day=1)
    month = "" if first.month == last.month else f"{last.month}月"
    year = "" if first.year == last.year else f"{last.year}年"
    ends = f"{year}{month}{last.day}日"
    return f"{first.year}年{first.month}月{first.day}日〜{ends}"


def _table_problems(figure: HtmlElement, subject: Subject, facts: Facts) -> list[str]:
    _, header, rows = rows_of(next(figure.iter("table")))
    metric, month, unit = subject
    if header[0] == "月":
        months = facts.series(metric, unit, month)
        expected = [[month_in_words(m), *_row(cell)] for m, cell in months.items()]
        if all_of(figure, "kb-chart__expected"):
            low, high = facts.expected(metric, month)[-1]
            expected.append([f"{month_in_words(METRICS[metric].by)}（見込み）", f"{low}〜{high}%", "—", "—", "—"])
    elif header[1] in ("割合", "点数"):
        units = facts.departments(metric, month)
        keys: list[str | None] = [None, *units] if rows[0][0] == METRICS[metric].company else [*units]
        expected = [[facts.name_of(metric, key), *_row(facts.cells[metric, month, key])] for key in keys]
    else:
        expected = [_comparison(facts, metric, unit, month_of(header[1]), month_of(header[2]))]
    return [f"{subject}: table {rows}, not {expected}"] if rows != expected else []


def _row(cell: Cell) -> list[str]:
    change = (
        "—"
        if cell.change is None
        else f"{'+' if cell.change > 0 else '−' if cell.change < 0 else '±'}{abs(cell.change)}"
    )
    return [cell.share, change if change == "—" else f"{change}ポイント", cell.goal, f"{cell.eligible:,}人"]


def _comparison(facts: Facts, metric: str, unit: str | None, first: str, last: str) -> list[str]:
    before, after = facts.cells[metric, first, unit], facts.cells[metric, last, unit]
    difference = "—"
    if before.percent is not None and after.percent is not None:
        points = after.percent - before.percent
        difference = f"{'+' if points > 0 else '−' if points < 0 else '±'}{abs(points)}ポイント"
        assert signed(difference.removesuffix("ポイント")) == points
    name = facts.name_of(metric, unit)
    return [name, before.share, after.share, difference, after.goal, f"{after.eligible:,}人"]


def _text_problems(element: HtmlElement, text: str, subject: Subject, facts: Facts) -> list[str]:
    metric, month, unit = subject
    if element.tag == "dd":
        return [] if text in _notes_with_a_share(subject, facts) else [f"{subject}: note {text}"]
    if element.tag == "desc" and re.match(rf"{MONTH} ", text):
        twelve = list(facts.series(metric, unit, month).items())[-12:]
        expected = "、".join(f"{month_in_words(m)} {cell.share}" for m, cell in twelve)
        return [] if text == expected else [f"{subject}: {text}, not {expected}"]
    if element.tag == "desc" and text.startswith(facts.cells[subject].share):
        text = text.removeprefix(facts.cells[subject].share)
    reader = Reader(facts, subject)
    left = reader.unexplained(text)
    wrong = [f"{subject}: wrong: {words}" for words in reader.wrong]
    return [*wrong, *([f"{subject}: not understood: {left}"] if TELLS_A_FIGURE.search(left) else [])]


def _notes_with_a_share(subject: Subject, facts: Facts) -> set[str]:
    """The target, and where there are such: how much of the way is done, and how many answered."""
    cell, metric = facts.cells[subject], METRICS[subject[0]]
    notes = {f"{cell.goal}（{month_in_words(metric.by)}まで）", f"{cell.response}%"}
    if metric.start is not None and cell.percent is not None:
        done = round(Fraction(100 * (metric.start - cell.percent), metric.start - cell.target))
        notes.add(f"{done}%（{metric.start}%から{cell.goal}まで）")
    return notes


def test_there_are_many_figures(pages: dict[str, Page]) -> None:
    """Otherwise the test below would prove little."""
    kinds = [figure.get("class", "") for page in pages.values() for figure in page.figures()]
    assert sum("kb-tile" in kind for kind in kinds) > 50
    assert sum("kb-figure--chart" in kind for kind in kinds) > 100


def test_every_figure_on_every_page_says_what_the_exports_say(pages: dict[str, Page], facts: Facts) -> None:
    found = [
        f"{page.url}: {problem}"
        for page in pages.values()
        for figure in page.figures()
        for problem in problems(figure, facts)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("metric", METRICS)
def test_each_month_has_its_report_with_figures_of_that_month(
    metric: str, pages: dict[str, Page], facts: Facts
) -> None:
    for month in facts.months(metric):
        figures = pages[f"metrics/{metric}/{month}/"].figures()
        subjects = [subject_of(figure, facts) for figure in figures]
        told = ["tile", "trend", *(["departments"] if facts.departments(metric, month) else [])]
        assert subjects == [(metric, month, None) for _ in told], (metric, month)


@pytest.mark.parametrize("metric", METRICS)
def test_each_months_report_draws_where_the_company_is_led(metric: str, pages: dict[str, Page], facts: Facts) -> None:
    for month in facts.months(metric):
        is_drawn = bool(all_of(pages[f"metrics/{metric}/{month}/"].tree, "kb-chart__expected"))
        assert is_drawn == bool(facts.expected(metric, month)), (metric, month)


def test_each_department_page_has_its_latest_figures(pages: dict[str, Page], facts: Facts) -> None:
    for unit in facts.departments("chat_active_rate", "2026-10"):
        expected = [
            (metric, max(facts.series(metric, unit)), unit)
            for metric in METRICS
            if facts.series(metric, unit)
            for _ in ["tile", "trend"]
        ]
        assert [subject_of(figure, facts) for figure in pages[f"departments/{unit}/"].figures()] == expected
    assert "departments/procurement/" not in pages


def test_the_captions_of_generated_charts_name_what_they_show(pages: dict[str, Page], facts: Facts) -> None:
    for url, page in pages.items():
        if not url.startswith(("metrics/", "departments/")):
            continue
        for figure in all_of(page.tree, "kb-figure--chart"):
            metric, month, unit = subject_of(figure, facts)
            label, name = METRICS[metric].label, facts.name_of(metric, unit)
            series = list(facts.series(metric, unit, month))
            months = "〜".join(dict.fromkeys((month_in_words(series[0]), month_in_words(series[-1]))))
            titles = {f"{label}の推移（{name}、{months}）", f"部署ごとの{label}（{month_in_words(month)}）"}
            assert words_of(one(figure, "kb-figure__title")) in titles, url
