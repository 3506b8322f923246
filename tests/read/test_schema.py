from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from generator.declared.dates import explain_moment
from generator.declared.schema import validate
from generator.declared.yaml_fields import Fields, Origin, read_fields
from generator.model.finding import Family
from generator.model.page import FRONT_MATTER, Article, Campaign, Issue, PageType
from generator.read.foreign import adopt_article, adopt_description, shortened
from tests.read.content import names


def _fields(text: str) -> Fields:
    fields, findings = read_fields(text, Origin("p.md", Family.CONTENT, 2))
    assert findings == []
    assert fields is not None
    return fields


def _article(text: str, source: str = "articles/a.md") -> Article:
    fields = _fields(text)
    adopt_description(fields)
    adopt_article(fields, source)
    article, findings = validate(Article, fields.values, fields)
    assert findings == []
    assert article is not None
    return article


@pytest.mark.parametrize(
    ("written", "title"), [("2026", "2026"), ("No", "No"), ("1.5", "1.5"), ("2026-04-01", "2026-04-01")]
)
def test_a_title_is_what_was_typed_whatever_it_looks_like(written: str, title: str) -> None:
    assert _article(f"title: {written}\n").title == title


def test_a_key_without_a_value_counts_as_absent() -> None:
    fields = _fields(
        "title:\nstage: plan\npurpose: 目的\nstarts_on: 2026-01-13\n"
        "milestones:\n  - name: 一\n    due: 2026-12-25\n    done_on:\n"
    )
    campaign, findings = validate(Campaign, fields.values, fields)
    assert findings == []
    assert campaign is not None
    assert campaign.milestones[0].done_on is None


@pytest.mark.parametrize("kind", list(PageType))
def test_every_type_answers_an_empty_front_matter_without_jargon(kind: PageType) -> None:
    fields = _fields("zzz: 1\n")
    _, findings = validate(FRONT_MATTER[kind], fields.values, fields)
    assert "unknown-key" in names(findings)
    for finding in findings:
        for text in (finding.what, finding.remedy):
            assert not any(word in text.ja + text.en for word in ("Input", "Field required", "pydantic", "type="))


def test_every_kind_of_mistake_in_the_schemas_has_its_own_sentence() -> None:
    """A new kind of field in the models must not be answered with the last-resort sentence."""
    wrong = (
        "id: あ\ntitle: []\nslug: あ\nsummary: " + "あ" * 121 + "\ndate: x\nupdated: 1\ndraft: x\nstatus: x\n"
        "publish_at: x\ntags: x\nlang: x\nrelated: [[]]\nnumber: 0\nlead: {}\nthanks: [x]\nitems: 1\n"
    )
    fields = _fields(wrong)
    _, findings = validate(Issue, fields.values, fields)
    assert len(findings) == 16
    assert "bad-value" not in names(findings)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("date: 2023-05-01 10:00:00 +0900", "2023-05-01"),
        ("date: 2023-05-01T23:30:00Z", "2023-05-01"),
        ("date: 2023-05-01T10:00:00.000+09:00", "2023-05-01"),
        ("date: '2023-05-01 10:00'", "2023-05-01"),
        ("lastmod: 2023-05-01\ndate: 2023-05-01", "2023-05-01"),
    ],
)
def test_the_day_is_taken_from_the_dates_of_other_tools(text: str, day: str) -> None:
    assert str(_article(f"{text}\n").date) == day


def test_the_date_in_a_file_name_stands_in_for_an_absent_one() -> None:
    assert str(_article("title: 題\n", "articles/2022-11-20-welcome.md").date) == "2022-11-20"
    assert str(_article("date: 2023-01-01\n", "articles/2022-11-20-welcome.md").date) == "2023-01-01"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("tags: a, b、c\n", ("a", "b", "c")),
        ("tags: 2024\n", ("2024",)),
        ("tags: [a, 2024, yes]\ncategories: [b, a]\n", ("a", "2024", "yes", "b")),
        ("categories: news\n", ("news",)),
        ("topics: [zenn, python]\n", ("zenn", "python")),
        ("tags: [a]\ntopics: b, a\n", ("a", "b")),
        ("tags:\n", ()),
    ],
)
def test_tags_of_other_tools_become_a_list(text: str, tags: tuple[str, ...]) -> None:
    assert _article(text).tags == tags


def test_authors_of_other_tools_become_one_line() -> None:
    assert _article("authors:\n  - name: 高瀬\n    url: https://example.com\n  - 野口\n").author == "高瀬、野口"


def test_a_long_summary_is_cut_after_a_sentence_when_that_keeps_half_of_it() -> None:
    assert shortened("一文目です。" * 30) == "一文目です。" * 20
    assert shortened("あ" * 200) == "あ" * 119 + "…"
    assert len(shortened("word " * 60)) <= 120


_MOMENT = st.from_regex(
    r"20[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}([Tt ][0-9]{1,2}:[0-9]{2}( ?[+-][0-9]{2}:?[0-9]{2}|[Zz])?)?",
    fullmatch=True,
)


@given(_MOMENT)
@example("2026-11-25T09:00+99:00")
@example("2026-11-25T09:00+00:60")
@example("2026/11/25 9:00 +0900")
def test_what_is_proposed_for_a_moment_is_one(typed: str) -> None:
    proposed = explain_moment(typed)[1].en.split("`")[1]
    assert TypeAdapter(datetime).validate_json(f'"{proposed}"', strict=True)
