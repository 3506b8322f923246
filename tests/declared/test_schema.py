"""The words of a validation library never reach a reader, whatever is declared."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.declared.schema import validate
from generator.declared.yaml_fields import Origin, read_fields
from generator.model.finding import Family, Finding
from generator.model.metric import Entity
from generator.model.metric_kinds import Share
from generator.model.page import Campaign
from generator.model.record import Record
from generator.pull.kinds.csv_file import CsvSource
from generator.settings import Options

_ENGLISH = re.compile(r"[A-Za-z]{3,}")
METRICS = """entities:
  employee: {source: roster, key: id, department: dep, valid_from: from, valid_to: to}
metrics:
  rate:
    label: {ja: 率, en: Rate}
    owner: 人事部
    definition: 定義
    entity: employee
    numerator: {source: usage, column: name, matches: mail, time: day}
    denominator: {source: roster, column: id}
    target: {value: 0.8, by: 2026-12}
    freshness: {warn_after: 45d, fail_after: 400d}
"""


class Declared(Record):
    """A file whose metrics are all shares."""

    entities: dict[str, Entity]
    metrics: dict[str, Share]


def judged(text: str) -> tuple[Declared | None, list[Finding]]:
    fields, findings = read_fields(text, Origin("metrics.yml", Family.DATA))
    if fields is None:
        return None, findings
    metrics = fields.values.get("metrics")
    for name, metric in metrics.items() if isinstance(metrics, dict) else ():
        if isinstance(metric, dict):
            metric["name"] = name
    return validate(Declared, fields.values, fields)


def test_decimals_are_read_where_numbers_are_asked_for() -> None:
    file, findings = judged(METRICS)
    assert findings == []
    assert file is not None
    target = file.metrics["rate"].target
    assert target is not None
    assert target.value == 0.8


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("value: 0.8", "value: 80%", "not-a-number", "11:14"),
        ("value: 0.8", "value: 80", "too-large", "11:14"),
        ("value: 0.8", "value: -1", "too-small", "11:14"),
        ("by: 2026-12", "by: 2026-13", "bad-month", "11:26"),
        ("45d", "45", "bad-duration", "12:17"),
        ("45d", "9999999999d", "bad-duration", "12:17"),
        ("  rate:", "  Rate:", "bad-name", "4:3"),
        ("{ja: 率, en: Rate}", "率", "not-a-mapping", "5:5"),
        ("owner: 人事部", "owner: [人事部]", "not-text", "6:5"),
        ("owner: 人事部", "owner:", "missing-key", "6:5"),
        ("entities:\n", "entities: 1\nx:\n", "not-a-mapping", "1:1"),
    ],
)
def test_each_mistake_has_a_sentence_of_its_own_at_its_place(old: str, new: str, code: str, place: str) -> None:
    assert old in METRICS
    _, findings = judged(METRICS.replace(old, new))
    assert ("data/" + code, f"metrics.yml:{place}") in [(finding.name, str(finding.place)) for finding in findings]


@pytest.mark.parametrize(
    ("old", "new", "example"),
    [
        ("value: 0.8", "value: 75%", "0.75"),
        ("value: 0.8", "value: ８０.５％", "0.805"),
        ("value: 0.8", "value: 八割", "0.8"),
        ("{ja: 率, en: Rate}", "電子申請率", "label: {ja: …, en: …}"),
        ("{value: 0.8, by: 2026-12}", "0.8", "target: {value: …, by: …}"),
    ],
)
def test_the_remedy_shows_what_may_have_been_meant(old: str, new: str, example: str) -> None:
    (finding,) = judged(METRICS.replace(old, new))[1]
    assert f"`{example}`" in finding.remedy.ja
    assert f"`{example}`" in finding.remedy.en


@pytest.mark.parametrize(
    ("written", "example"), [("4月", "4"), ("第４", "4"), ("2026年4月", "12"), ("0.8", "12"), ("春", "12")]
)
def test_the_remedy_for_a_number_repeats_the_one_that_was_written(written: str, example: str) -> None:
    fields, _ = read_fields(f"fiscal_year_start: {written}\n", Origin("mkdocs.yml", Family.SETTINGS))
    assert fields is not None
    (finding,) = validate(Options, fields.values, fields)[1]
    assert finding.remedy.ja.endswith(f"（例: `{example}`）")


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("聞き取り", "`- {name: …, due: …}` のような行を、字下げして並べてください"),
        ("[聞き取り]", "`{name: …, due: …}` のように書いてください"),
    ],
)
def test_the_remedy_for_a_list_of_records_names_their_keys(written: str, remedy: str) -> None:
    fields, _ = read_fields(f"milestones: {written}\n", Origin("chat.md", Family.CONTENT))
    assert fields is not None
    _, findings = validate(Campaign, fields.values, fields)
    assert [finding.remedy.ja for finding in findings if finding.code != "missing-key"] == [remedy]


def test_choices_that_are_punctuation_are_listed_whole() -> None:
    fields, _ = read_fields("delimiter: x\n", Origin("sources.yml", Family.DATA))
    assert fields is not None
    _, findings = validate(CsvSource, fields.values, fields)
    (finding,) = [finding for finding in findings if finding.code == "bad-choice"]
    assert finding.remedy.en == r"write one of `,`, `\t`, `;`"


@given(
    line=st.sampled_from(range(METRICS.count("\n"))),
    value=st.sampled_from(
        ["[]", "{}", "1", "-1", "0.5", "true", "x", "", "'", "*", "&a b", "[[", "2026-01-01", "!!x y"]
    ),
)
def test_no_mistake_is_answered_in_a_librarys_words(line: int, value: str) -> None:
    lines = METRICS.split("\n")
    lines[line] = lines[line].split(":")[0] + ": " + value
    for finding in judged("\n".join(lines))[1]:
        for text in (finding.what.ja, finding.remedy.ja):
            assert _ENGLISH.findall(re.sub(r"`[^`]*`", "", text)) in ([], ["YAML"]), text
