from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.outline import outline
from generator.model import marker
from generator.model.block import ChartSpec, KpiSpec
from generator.model.period import Month
from generator.read.blocks import take_blocks
from tests.read.content import names

KPI = "```kpi\nmetric: chat_active_rate\nperiod: 2026-10\n```"


def test_a_block_becomes_a_typed_request_and_a_paragraph_of_its_own() -> None:
    body, blocks, findings = take_blocks(outline(f"前\n{KPI}\n後\n"), "p.md", 10)
    assert findings == []
    assert body == f"前\n\n{marker.block(0)}\n\n\n後\n"
    assert blocks[0].spec == KpiSpec(metric="chat_active_rate", period=Month(2026, 10))
    assert blocks[0].line == 11


@pytest.mark.parametrize(
    ("written", "meant"), [("KPI", "kpi"), ("kpl", "kpi"), ("ｋｐｉ", "kpi"), ("Chart", "chart"), ("chrat", "chart")]
)
def test_a_block_whose_name_is_misspelt_stays_text_and_its_writer_is_told_the_right_one(
    written: str, meant: str
) -> None:
    typed = f"前\n```{written}\nmetric: m\n```\n"
    body, blocks, (finding,) = take_blocks(outline(typed), "p.md", 10)
    assert (body, blocks) == (typed, ())
    assert (finding.name, finding.is_error, str(finding.place)) == ("content/block-name", False, "p.md:11:1")
    assert f"`{meant}` のことではありませんか" in finding.remedy.ja


@pytest.mark.parametrize(
    "typed",
    ["```yaml\nmetric: m\n```", "```KPI\n12%\n```", "```\nmetric: m\n```", "```dart\nf(\n  metric: m,\n);\n```"],
)
def test_code_of_another_language_is_not_taken_for_a_misspelt_block(typed: str) -> None:
    assert take_blocks(outline(typed), "p.md", 1)[2] == []


def test_a_block_in_a_list_keeps_its_indentation() -> None:
    body, blocks, _ = take_blocks(outline("- 一\n\n    ~~~chart\n    metric: m\n    kind: trend\n    ~~~\n"), "p.md", 1)
    assert f"\n    {marker.block(0)}\n" in body
    assert blocks[0].spec == ChartSpec(metric="m", kind="trend")


def test_a_block_inside_a_longer_fence_or_in_indented_code_is_shown_as_typed() -> None:
    for text in (
        f"````\n{KPI}\n````\n",
        "    " + KPI.replace("\n", "\n    ") + "\n",
        "`" + KPI.replace("\n", " ") + "`\n",
    ):
        assert take_blocks(outline(text), "p.md", 1) == (text, (), [])


def test_a_mistake_is_reported_on_its_own_line() -> None:
    _, _, findings = take_blocks(outline("前\n\n```kpi\nmetric: m\n\nperiod: 10月\n```\n"), "p.md", 5)
    assert [str(finding.place) for finding in findings] == ["p.md:10:1"]


@given(
    st.lists(
        st.sampled_from([KPI, "段落", "", "- 項目", "    字下げ", "```", "~~~", "> 引用", "````", "# 題"]), max_size=14
    )
)
def test_lines_keep_their_numbers_and_markers_count_the_blocks(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    body, blocks, findings = take_blocks(outline(text), "p.md", 1)
    before, after = text.split("\n"), body.split("\n")
    assert len(before) == len(after)
    assert [int(index) for index in marker.BLOCK.findall(body)] == list(range(len(blocks)))
    assert all(before[block.line - 1].lstrip("> ").startswith("```kpi") for block in blocks)
    assert set(names(findings)) <= {"block-unclosed"}


@given(st.text(alphabet="`~ \n>-#a", max_size=120))
def test_prose_is_the_text_with_code_blanked_out(text: str) -> None:
    found = outline(text)
    assert len(found.prose) == len(text)
    assert all(a == b or b == " " for a, b in zip(text, found.prose, strict=True))
