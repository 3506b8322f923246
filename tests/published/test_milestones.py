"""Who reached a target when, and who gets support next, against the raw exports and the workbook of targets."""

from __future__ import annotations

import re

import pytest
from lxml.html import HtmlElement

from tests.published.expected import METRICS, Facts
from tests.published.pages import Page, all_of, words_of
from tests.published.words import month_in_words, month_of


@pytest.mark.parametrize("metric", METRICS)
def test_whoever_reached_the_target_has_a_page_and_nobody_else(
    metric: str, pages: dict[str, Page], facts: Facts
) -> None:
    found = {match[1] for url in pages if (match := re.fullmatch(rf"metrics/{metric}/milestones/([\w-]+)/", url))}
    assert found == {unit or "company" for unit in facts.milestones(metric)}


@pytest.mark.parametrize("metric", METRICS)
def test_each_milestone_names_the_first_month_of_all(metric: str, pages: dict[str, Page], facts: Facts) -> None:
    for unit, (start, reached) in facts.milestones(metric).items():
        page = pages[f"metrics/{metric}/milestones/{unit or 'company'}/"]
        way = {words_of(e): words_of(e.getnext()) for e in all_of(page.tree, "kb-way__month")}
        cells = facts.series(metric, unit)
        assert way == {
            month_in_words(start): cells[start].share,
            month_in_words(reached): cells[reached].share,
            "目標": cells[reached].goal,
        }


@pytest.mark.parametrize("metric", METRICS)
def test_the_records_of_a_metric_are_complete(metric: str, pages: dict[str, Page], facts: Facts) -> None:
    expected = {(unit or "company", reached) for unit, (_, reached) in facts.milestones(metric).items()}
    assert _listed(pages[f"metrics/{metric}/"]) == expected
    assert not expected or _listed(pages["metrics/"]) & expected, "the overview names some of them"


def _listed(page: Page) -> set[tuple[str, str]]:
    items = [item for records in all_of(page.tree, "kb-targets-reached") for item in records.iter("li")]
    return {(_unit_in_link(item, "milestones/"), month_of(words_of(item).split()[0])) for item in items}


def _unit_in_link(item: HtmlElement, folder: str) -> str:
    match = re.search(rf"{folder}([\w-]+)/$", next(item.iter("a")).get("href", ""))
    assert match
    return match[1]


@pytest.mark.parametrize("metric", METRICS)
def test_each_monthly_report_lists_who_reached_it_then(metric: str, pages: dict[str, Page], facts: Facts) -> None:
    for month in facts.months(metric):
        lists = all_of(pages[f"metrics/{metric}/{month}/"].tree, "kb-reached")
        found = [_unit_in_link(item, "milestones/") for section in lists for item in section.iter("li")]
        assert found == [u for u in facts.order if facts.milestones(metric).get(u, ("", ""))[1] == month], month


@pytest.mark.parametrize("metric", METRICS)
def test_each_monthly_report_lists_who_is_supported_next(metric: str, pages: dict[str, Page], facts: Facts) -> None:
    for month in facts.months(metric):
        found = [words_of(name) for name in all_of(pages[f"metrics/{metric}/{month}/"].tree, "kb-support__name")]
        assert found == [facts.names[unit] for unit in facts.to_support(metric, month)], month


def test_the_switch_off_page_supports_whom_the_latest_report_supports(pages: dict[str, Page], facts: Facts) -> None:
    found = [words_of(name) for name in all_of(pages["campaigns/chat/switch-off/"].tree, "kb-support__name")]
    assert found == [facts.names[unit] for unit in facts.to_support("chat_active_rate", "2026-10")]


def test_each_department_page_says_when_it_reached_which_target(pages: dict[str, Page], facts: Facts) -> None:
    for unit in facts.departments("chat_active_rate", "2026-10"):
        page = pages[f"departments/{unit}/"]
        found = {
            (href.split("/metrics/")[1].split("/")[0], words_of(link).removesuffix("に目標に届きました"))
            for link in page.tree.iter("a")
            if (href := "/" + link.get("href", "")).endswith(f"/milestones/{unit}/")
            and "目標に届きました" in words_of(link)
        }
        expected = {
            (metric, month_in_words(facts.milestones(metric)[unit][1]))
            for metric in METRICS
            if unit in facts.milestones(metric)
        }
        assert found == expected, unit
