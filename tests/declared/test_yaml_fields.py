"""YAML as people write it by hand becomes plain values with places, or an answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.declared.yaml_fields import Origin, read_fields
from generator.model.finding import Family

ORIGIN = Origin("p.md", Family.CONTENT, first_line=2)


@given(st.text(max_size=200))
def test_any_yaml_is_read_or_answered(text: str) -> None:
    fields, findings = read_fields(text, ORIGIN)
    assert (fields is None) == bool(findings)
    assert all(finding.place.line >= 2 for finding in findings)


_KEY = st.text(alphabet="abcdefgh", min_size=1, max_size=6)
_WORDS = st.text(alphabet="あいう漢字abc 0123:#'\"\\-[]{}&*!|>%@`,?", max_size=20)


@given(st.dictionaries(_KEY, _WORDS, min_size=1, max_size=5))
def test_quoted_text_comes_back_as_it_was_typed_each_at_its_line(values: dict[str, str]) -> None:
    text = "".join(f"{key}: '{value.replace(chr(39), chr(39) * 2)}'\n" for key, value in values.items())
    fields, findings = read_fields(text, ORIGIN)
    assert findings == []
    assert fields is not None
    assert {key: fields.typed[key,] for key in values} == values
    assert [fields.places[key,].line for key in values] == list(range(2, 2 + len(values)))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("next-process", "next-process"),
        ("nowhere", "nowhere"),
        ("yes", True),
        ("off", False),
        ("~", None),
        ("", None),
        ("2026-02-30", "2026-02-30"),
        ("12:30", "12:30"),
        ("010", 10),
        ("1e3", "1e3"),
        ("0x10", "0x10"),
        (".inf", ".inf"),
        ("'86400'", 86400),
    ],
)
def test_plain_values_are_text_whole_numbers_and_true_or_false_only(written: str, value: object) -> None:
    fields, _ = read_fields(f"key: {written}\n", ORIGIN)
    assert fields is not None
    assert fields.values == {"key": value}


def test_places_of_nested_keys_are_known() -> None:
    fields, _ = read_fields("people:\n  - name: 一\n    role: 営業\n  - name: 二\n", ORIGIN)
    assert fields is not None
    assert str(fields.places["people", 0, "role"]) == "p.md:4:5"
    assert str(fields.place_of(("people", 1, "role"))) == "p.md:5:5"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_answered_and_not_followed(opening: str) -> None:
    _, findings = read_fields("key: 1\nlist: " + opening * 1500, ORIGIN)
    assert len(findings) == 1


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("title: あ\nfacts:\n　challenge: い\n　action: う\n", ["p.md:4:1", "p.md:5:1"]),
        ("title: あ\n　summary: い\n", ["p.md:3:1"]),
        ("facts:\n  challenge: い\n 　action: う\nnext: え\n", ["p.md:4:1"]),
        ("tags:\n　- い\n　- う\n", ["p.md:4:1"]),
        ("tags:\n  - い\n　- う\nnext: え\n", ["p.md:4:1"]),
        ("summary: い\n　つづき\ntitle: あ\n", ["p.md:3:1"]),
        ("sources:\n  roster:\n　　kind: csv\n　　path: a.csv\n", ["p.md:4:1", "p.md:5:1"]),
    ],
)
def test_an_indentation_with_full_width_spaces_is_called_one_on_its_own_line(text: str, places: list[str]) -> None:
    fields, findings = read_fields(text, ORIGIN)
    assert fields is None
    assert [str(finding.place) for finding in findings] == places
    assert all("行の初めに全角の空白" in finding.what.ja for finding in findings)


def test_a_paragraph_that_begins_with_a_full_width_space_is_text_and_blamed_for_nothing() -> None:
    fields, _ = read_fields("summary: |\n  　段落です。\ntitle: あ\n", ORIGIN)
    assert fields is not None
    assert fields.values["summary"] == "　段落です。\n"
    _, findings = read_fields("summary: |\n  　段落です。\ntitle: あ: い\n", ORIGIN)
    assert [(str(f.place), f.what.ja) for f in findings] == [("p.md:4:9", "値の中に `: ` があります")]


@pytest.mark.parametrize(
    ("text", "place", "written_right"),
    [
        ("title:あ\n", "p.md:2:7", "title: あ"),
        ("title:あ\nsummary: い\n", "p.md:2:7", "title: あ"),
        ("title:あ\n\ntags: [い]\n", "p.md:2:7", "title: あ"),
        ("title:　あ\nsummary: い\n", "p.md:2:7", "title: あ"),
        ("facts:\n  challenge: い\n  action:う\n", "p.md:4:10", "action: う"),
    ],
)
def test_a_colon_without_a_space_behind_it_is_told_where_it_stands(text: str, place: str, written_right: str) -> None:
    _, (finding,) = read_fields(text, ORIGIN)
    assert str(finding.place) == place
    assert "半角の空白がありません" in finding.what.ja
    assert f"`{written_right}`" in finding.remedy.ja
