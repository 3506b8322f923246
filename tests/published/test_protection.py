"""The room of four people, and every other figure that must not be told, in any form that is published."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from lxml.html import HtmlElement

from tests.demo.oracle.tables import rows_of as read_csv
from tests.published.expected import METRICS, MIN_GROUP, Facts
from tests.published.pages import Page, all_of, one, words_of
from tests.published.test_figures_on_pages import subject_of


def test_the_room_of_four_is_hidden_in_every_month(facts: Facts) -> None:
    """What all other tests compare with."""
    cells = [cell for (_, _, unit), cell in facts.cells.items() if unit == "legal"]
    assert len(cells) == 12 + 7
    assert {(cell.eligible, cell.percent, cell.band, cell.status) for cell in cells} == {(4, None, None, "protected")}


def test_nothing_is_drawn_of_the_room_of_four(pages: dict[str, Page], facts: Facts) -> None:
    figures = [figure for figure in pages["departments/legal/"].figures() if subject_of(figure, facts)[2] == "legal"]
    assert len(figures) == 4
    drawn = ("kb-chart__bar", "kb-chart__band", "kb-chart__line", "kb-chart__dot", "kb-chart__end", "kb-chart__value")
    for figure in figures:
        assert not [name for name in drawn if all_of(figure, name)]
        assert not [cell for cell in figure.iter("td") if words_of(cell).endswith("%") and not _is_target(cell)]


def _is_target(cell: HtmlElement) -> bool:
    header = [words_of(th) for th in next(cell.iterancestors("table")).iter("th") if th.get("scope") == "col"]
    return header[list(cell.getparent()).index(cell)] == "目標"


@pytest.mark.parametrize("metric", METRICS)
def test_readers_are_told_the_rule(metric: str, pages: dict[str, Page]) -> None:
    definition = words_of(one(pages[f"metrics/{metric}/"].tree, "kb-definition"))
    assert (
        f"対象者が{MIN_GROUP}人に満たない部署などの数字は、個人が分からないように伏せるか、範囲で示します。"
        in definition
    )


@pytest.mark.parametrize("metric", METRICS)
def test_what_is_hidden_has_no_number_beside_it(metric: str, demo_site: Path) -> None:
    rows = json.loads((demo_site / "figures" / f"{metric}.json").read_text(encoding="utf-8"))
    for row in rows:
        assert (row["value"] is None) == (row["status"] in ("protected", "missing"))
        assert row["band"] is None or row["status"] == "protected"
        assert set(row) == {
            "period",
            "department",
            "department_name",
            "value",
            "band",
            "eligible",
            "target",
            "response",
            "status",
            "as_of",
            "stale",
        }


def test_values_are_whole_percents(demo_site: Path) -> None:
    """More digits would tell the count behind a share."""
    for metric in METRICS:
        rows = json.loads((demo_site / "figures" / f"{metric}.json").read_text(encoding="utf-8"))
        values = [row[name] for row in rows for name in ("value", "response") if row[name] is not None]
        assert all(round(value * 100) / 100 == value for value in values)


def test_no_mail_address_or_staff_number_of_the_roster_is_published(demo_site: Path) -> None:
    roster = read_csv(demo_site.parent / "content/data/exports/hr_roster.csv", "cp932")
    mails = {row["メールアドレス"].lower() for row in roster if row["メールアドレス"]}
    numbers = {row["社員番号"] for row in roster}
    for path in demo_site.rglob("*"):
        # The search's `.bin` hold numbers only; the texts that they are about stand in the `.gz` beside them.
        if path.is_file() and "assets" not in path.parts and path.suffix != ".bin":
            content = path.read_bytes()
            text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8").lower()
            assert not mails & set(re.findall(r"[\w.+-]+@[\w.-]+", text)), path
            assert not numbers & set(re.findall(r"(?<![\w#])\d{6}(?!\w)", text)), path
