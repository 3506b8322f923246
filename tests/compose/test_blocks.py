"""An author's figure blocks become finished figures, or one clear finding with the line of the fence."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from generator.model.block import ChartSpec, FigureBlock, KpiSpec
from generator.model.period import Month
from tests.compose.newsroom import composed, document, page, released, whole_newsletter


def kpi(line: int = 20, **keys: Any) -> FigureBlock:
    return FigureBlock(KpiSpec.model_validate({"metric": "chat_rate", **keys}), line)


def chart(kind: str, line: int = 20, **keys: Any) -> FigureBlock:
    written = {"from" if key == "since" else key: value for key, value in keys.items()}
    return FigureBlock(ChartSpec.model_validate({"metric": "chat_rate", "kind": kind, **written}), line)


def test_blocks_become_fragments_in_their_order() -> None:
    blocks = (
        kpi(department="sales-east"),
        chart("trend", title="歩み"),
        chart("departments", period="2026-09"),
        chart("comparison", since="2026-05"),
    )
    site, findings = composed([page("articles/a.md", blocks=blocks)])
    fragments = document(site, "articles/a/").slots[0].fragments
    assert findings == []
    assert [
        ("kb-tile" in f, said in f) for f, said in zip(fragments, ("84", "歩み", "2026年9月", "2026年5月"), strict=True)
    ] == [
        (True, True),
        (False, True),
        (False, True),
        (False, True),
    ]


def test_ids_of_figures_are_unique_on_a_page_with_many_texts() -> None:
    import re

    blocks = (chart("trend"), chart("departments"), kpi())
    questions = [page(f"faq/chat/q{n}.md", blocks=blocks) for n in range(3)]
    site, _ = composed(questions)
    faq = document(site, "faq/chat/")
    ids = re.findall(r' id="([^"]+)"', faq.body + "".join(f for slot in faq.slots for f in slot.fragments))
    assert len(ids) == len(set(ids))


def test_a_block_in_an_issue_shows_the_month_before_it_came_out() -> None:
    issue = page("issues/001.md", blocks=(kpi(),))
    site, _ = composed([issue])
    assert "2026年5月" in document(site, "issues/001/").slots[0].fragments[0]
    elsewhere, _ = composed([page("articles/a.md", blocks=(kpi(),))])
    assert "2026年10月" in document(elsewhere, "articles/a/").slots[0].fragments[0]


@pytest.mark.parametrize(
    ("block", "code", "what", "remedy"),
    [
        (kpi(metric="chat_rat"), "unknown-metric", "指標 `chat_rat`", "`chat_rate` のことではありませんか"),
        (kpi(metric="zzz"), "unknown-metric", "指標 `zzz`", "使えるのは `chat_rate` です"),
        (kpi(department="sales-eas"), "unknown-department", "部署 `sales-eas`", "`sales-east`（東日本営業部）"),
        (kpi(department="sales-division"), "no-such-figure", "営業本部（`sales-division`）", "全社の数字に"),
        (kpi(period="2025-01"), "no-such-figure", "2025年1月の", "`2026-05` から `2026-10`"),
        (kpi(department="supply", period="2026-06"), "no-such-figure", "2026年6月の", "`2026-08` から `2026-10`"),
        (kpi(department="manufacturing", period="2026-08"), "not-measured", "2026年8月は測られて", "測られた月を"),
        (chart("comparison", since="2025-01"), "no-such-figure", "2025年1月の", "`2026-05` から"),
    ],
)
def test_a_block_that_cannot_be_shown_is_a_finding(block: FigureBlock, code: str, what: str, remedy: str) -> None:
    site, findings = composed([page("articles/a.md", blocks=(block, kpi()))])
    assert [(f.code, str(f.place)) for f in findings] == [(code, "content/articles/a.md:20")]
    assert what in findings[0].what.ja
    assert remedy in findings[0].remedy.ja
    assert [bool(fragment) for fragment in document(site, "articles/a/").slots[0].fragments] == [False, True]


def test_an_unknown_metric_of_a_campaign_or_of_the_settings_is_a_finding() -> None:
    pages = [p for p in whole_newsletter() if not p.page.source.startswith("campaigns/")]
    _, findings = composed([*pages, page("campaigns/chat.md", metric="chat_rates")], headline_metric="chatrate")
    assert [(f.name, str(f.place)) for f in findings] == [
        ("settings/unknown-metric", "mkdocs.yml"),
        ("content/unknown-metric", "content/campaigns/chat.md"),
    ]
    assert all("`chat_rate`" in f.remedy.ja for f in findings)


def test_a_metric_whose_first_month_is_not_over_may_be_named_already() -> None:
    figures = replace(released(), cells={})
    pages = [p for p in whole_newsletter() if not p.page.source.startswith("campaigns/")]
    chat = page("campaigns/chat.md", metric="chat_rate")
    assert composed([*pages, chat], figures=figures, headline_metric="chat_rate")[1] == []


def test_the_month_given_is_the_month_shown() -> None:
    site, _ = composed([page("articles/a.md", blocks=(kpi(period="2026-07"),))])
    fragment = document(site, "articles/a/").slots[0].fragments[0]
    assert Month(2026, 7).label_ja in fragment
    assert "2026年10月" not in fragment


def test_where_only_one_month_is_measured_that_month_is_named_once() -> None:
    whole, october = released(), Month(2026, 10)
    figures = replace(whole, cells={key: cell for key, cell in whole.cells.items() if cell.period == october})
    _, findings = composed([page("articles/a.md", blocks=(kpi(period="2026-09"),))], figures=figures)
    assert [f.remedy.ja for f in findings] == ["あるのは `2026-10` だけです。この月を書いてください"]
    assert [f.remedy.en for f in findings] == ["there is only `2026-10`: name this month"]
