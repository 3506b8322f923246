"""A figure block in an author's text becomes exactly the figure it asks for, in its place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.published.expected import METRICS, Facts
from tests.published.pages import Page, all_of, one, words_of
from tests.published.test_figures_on_pages import subject_of

_BLOCK = re.compile(r"^```(kpi|chart)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONTENT = Path(__file__).parents[2] / "content"
PAGES = sorted(
    path.relative_to(CONTENT).as_posix()
    for folder in ("stories", "issues", "campaigns", "articles", "about", "notices")
    for path in (CONTENT / folder).rglob("*.md")
    if _BLOCK.search(path.read_text(encoding="utf-8"))
)


@pytest.mark.parametrize("source", PAGES)
def test_blocks_show_what_they_ask_for(source: str, pages: dict[str, Page], facts: Facts) -> None:
    text = (CONTENT / source).read_text(encoding="utf-8")
    asked = [(kind, yaml.safe_load(body)) for kind, body in _BLOCK.findall(text)]
    page = pages[source.removesuffix(".md") + "/"]
    shown = [figure for prose in all_of(page.tree, "kb-prose") for figure in all_of(prose, "kb-figure")]
    assert [subject_of(figure, facts) for figure in shown] == [_subject(body, facts) for _, body in asked]
    for (kind, body), figure in zip(asked, shown, strict=True):
        assert (kind == "kpi") == ("kb-tile" in figure.get("class", ""))
        if kind == "chart":
            assert all_of(figure, f"kb-chart--{body['kind']}")
        if "title" in body:
            assert words_of(one(figure, "kb-figure__title")) == body["title"]


def _subject(body: dict[str, Any], facts: Facts) -> tuple[str, str, str | None]:
    metric, unit = body["metric"], body.get("department")
    assert metric in METRICS
    return metric, str(body.get("period") or max(facts.series(metric, unit))), unit
