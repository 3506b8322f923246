"""What pages and feeds tell outside tiles and charts; nobody tells a share that is not expected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml.html import HtmlElement

from tests.published.expected import METRICS, Facts
from tests.published.pages import TELLS_A_FIGURE, Page, all_of, feed_entries, telling, words_of
from tests.published.words import Reader, month_of

Subject = tuple[str, str, str | None]

TYPED = {
    "about/data-use/": ("2026年12月に全社80%", "2027年3月に全社80%", "2026年9月に85%"),
    "campaigns/chat/": ("2026年12月に全社で80%",),
    "campaigns/one-on-one/": ("2027年3月31日（水） 全社で80%", "2027年3月、全社で80%"),
    "tags/計画/": ("2027年3月までに全社で80%",),
    "articles/glossary/": ("70%から75%は「5ポイント増」で、「5%増」とは書かない", "ポイント"),
    "faq/chat/": ("「9割以上」のように",),
}
"""Shares and differences that authors typed themselves: targets and explanations, never a measured figure.

The guide explains how figures are written and is full of them; there only a figure said of a metric is judged.
"""

RULE = (
    "目標との差が10ポイントを超える月が、数字のある月で2回続いた部署です。順番は組織図の順で、成績の順ではありません。"
)


def subject_of(url: str, facts: Facts) -> Subject | None:
    """What a generated page is about, read from its address."""
    if url == "campaigns/chat/switch-off/":
        return "chat_active_rate", max(facts.months("chat_active_rate")), None
    match = re.fullmatch(r"metrics/(?P<metric>\w+)/(?:(?P<month>\d{4}-\d\d)/|milestones/(?P<unit>[\w-]+)/)?", url)
    if not match:
        return None
    metric, unit = match["metric"], None if match["unit"] in (None, "company") else match["unit"]
    if match["unit"]:
        return metric, facts.milestones(metric)[unit][1], unit
    return metric, match["month"] or max(facts.months(metric)), None


def told(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """Every text and attribute with a share or a difference in it, tiles and charts apart."""
    yield from telling(page.without_figures())


def item_subject(element: HtmlElement, page: Subject | None, facts: Facts) -> Subject | None:
    """What one item of a list is about, where it is not what the page is about."""
    name = all_of(element, "kb-support__name") or [a for a in element.iter("a") if element.tag == "li"]
    if page and name and (unit := next((u for u, n in facts.names.items() if n == words_of(name[0])), None)):
        return page[0], page[1], unit
    return page


def problems(page: Page, facts: Facts) -> list[str]:
    found = []
    for element, text in told(page):
        if text == RULE or _is_right_in_its_place(element, text, page, facts):
            continue
        for typed in TYPED.get(page.url, ()):
            text = text.replace(typed, "")
        reader = Reader(facts, item_subject(element, subject_of(page.url, facts), facts))
        left = reader.unexplained(text)
        found += [f"{page.url}: wrong: {words}" for words in reader.wrong]
        is_said = any(m.label in left for m in METRICS.values()) if page.url.startswith("guide/") else True
        found += [f"{page.url}: not understood: {text}"] if is_said and TELLS_A_FIGURE.search(left) else []
    return found


def _is_right_in_its_place(element: HtmlElement, text: str, page: Page, facts: Facts) -> bool:
    """Whether a bare share is the one of its place: the way to a milestone, the months of a metric."""
    subject = subject_of(page.url, facts)
    if subject is None or element.tag not in ("dd", "li", "td"):
        return False
    metric, _month, unit = subject
    if element.tag == "dd" and (term := element.getprevious()) is not None and "kb-way__month" in term.get("class", ""):
        if words_of(term) == "目標":
            return text == facts.cells[subject].goal
        return text == facts.cells[metric, month_of(words_of(term)), unit].share
    if element.tag == "td" and "kb-terms__" in element.getparent().get("class", ""):
        return True  # judged as a table below
    if all_of(element, "kb-months__share"):
        name, _, share = text.partition(" ")
        return facts.cells[metric, month_of(name), None].share == share
    return False


def test_no_page_tells_a_share_that_is_not_expected(pages: dict[str, Page], facts: Facts) -> None:
    found = [problem for page in pages.values() for problem in problems(page, facts)]
    assert not found, "\n".join(found)


def test_exceptions_are_still_typed_somewhere(pages: dict[str, Page]) -> None:
    """A list of exceptions that outlives its texts would let others through."""
    gone = [words for url, typed in TYPED.items() for words in typed if words not in words_of(pages[url].tree)]
    assert gone == []


@pytest.mark.parametrize("metric", ["chat_active_rate", "one_on_one_rate"])
def test_targets_that_authors_typed_are_the_declared_ones(metric: str) -> None:
    declared = METRICS[metric]
    year, month = map(int, declared.by.split("-"))
    typed = [words for texts in TYPED.values() for words in texts if words.startswith(f"{year}年{month}月")]
    assert typed
    assert {re.findall(r"(\d+)%", words)[0] for words in typed} == {str(declared.target)}


def test_feeds_tell_what_their_pages_tell(demo_site: Path, facts: Facts) -> None:
    found = []
    for path in sorted((demo_site / "feeds").glob("*.xml")):
        for url, title, summary in feed_entries(path):
            subject = subject_of(url, facts)
            reader = Reader(facts, subject)
            left = reader.unexplained(f"{title}。{summary}")
            if reader.wrong or TELLS_A_FIGURE.search(left) or (subject and reader.subject != subject):
                found.append(f"{path.name} {url}: {title} / {summary}")
    assert not found, "\n".join(found)


def test_no_other_kind_of_file_tells_a_share(demo_site: Path) -> None:
    """Style sheets and scripts count no people; everything else is read by another test."""
    read = {".html", ".xml", ".json", ".csv"}
    names = [name.encode() for metric in METRICS.values() for name in (metric.name, metric.label)]
    for path in demo_site.rglob("*"):
        if path.is_file() and path.suffix not in read:
            content = path.read_bytes()
            assert not [name for name in names if name in content], path


def test_every_json_file_is_one_of_the_figures_or_says_nothing_of_them(demo_site: Path) -> None:
    others = [path for path in demo_site.rglob("*.json") if path.parent != demo_site / "figures"]
    assert not [path for path in others if re.search(r"[%％]|_rate", path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("metric", METRICS)
def test_halves_and_quarters_tell_where_they_ended(metric: str, pages: dict[str, Page], facts: Facts) -> None:
    tables = all_of(pages[f"metrics/{metric}/"].tree, "kb-terms")
    rows = [[words_of(cell) for cell in row.iter("th", "td")] for table in tables for row in table.iter("tr")][1:]
    assert rows == expected_terms(facts, metric)


def expected_terms(facts: Facts, metric: str) -> list[list[str]]:
    """Fiscal years from April, counted by hand from the months."""
    ends: dict[tuple[int, int, int], str] = {}  # year of the fiscal year, half, quarter (0: the half itself) → month
    for month in facts.months(metric):
        year, number = map(int, month.split("-"))
        since = (number - 4) % 12
        ends[year - (number < 4), since // 6, 0] = month
        ends[year - (number < 4), since // 6, since // 3 + 1] = month
    if sum(quarter > 0 for _, _, quarter in ends) < 2:
        return []
    rows = []
    for year, half in sorted({key[:2] for key in ends}, reverse=True):
        rows.append(_term_row(facts, metric, ends, (year, half, 0)))
        quarters = sorted((q for y, h, q in ends if (y, h) == (year, half) and q), reverse=True)
        rows += [_term_row(facts, metric, ends, (year, half, quarter)) for quarter in quarters]
    return rows


def _term_row(facts: Facts, metric: str, ends: dict[tuple[int, int, int], str], key: tuple[int, int, int]) -> list[str]:
    year, half, quarter = key
    months = range(12 * year + 3 + 6 * half, 12 * year + 9 + 6 * half)
    if quarter:
        months = range(12 * year + 3 * quarter, 12 * year + 3 * quarter + 3)
    first, last = ((month // 12, month % 12 + 1) for month in (months[0], months[-1]))
    said = f"{first[0]}年{first[1]}月〜" + (f"{last[1]}月" if first[0] == last[0] else f"{last[0]}年{last[1]}月")
    end = ends[key]
    cell = facts.cells[metric, end, None]
    running = "" if end == f"{last[0]}-{last[1]:02d}" else f"（途中、{int(end[5:])}月まで）"
    earlier = sorted(each for each in ends if bool(each[2]) == bool(quarter) and each < key)
    before = facts.cells[metric, ends[earlier[-1]], None].percent if earlier else None
    change = "—"
    if cell.percent is not None and before is not None:
        points = cell.percent - before
        change = f"{'+' if points > 0 else '−' if points < 0 else '±'}{abs(points)}ポイント"
    name = f"第{quarter}四半期" if quarter else "上期" if half == 0 else "下期"
    return [f"{year}年度{name}", said, f"{cell.share}{running}", change]
