from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.read.front_matter import MAX_YAML_BYTES, split
from tests.read.content import names, read_files


def test_the_body_begins_on_the_line_after_the_closing_dashes() -> None:
    parts, _ = split("---\ntitle: 題\n---\n\n本文\n", "p.md")
    assert parts is not None
    assert parts.fields.values == {"title": "題"}
    assert (parts.body, parts.body_line) == ("\n本文\n", 4)


def test_blank_lines_before_front_matter_do_not_hide_a_draft() -> None:
    parts, _ = split("\n\n---\ndraft: true\n---\n秘密\n", "p.md")
    assert parts is not None
    assert parts.fields.values == {"draft": True}


@pytest.mark.parametrize(
    "block", ["  draft: true", "{draft: true}", "? draft\n: true", '"draft": true', "draft : true"]
)
def test_every_way_to_write_yaml_directly_below_the_dashes_is_front_matter(block: str) -> None:
    parts, _ = split(f"---\n{block}\n---\n秘密\n", "p.md")
    assert parts is not None
    assert parts.fields.values == {"draft": True}


@pytest.mark.parametrize(
    "text",
    [
        "# 題\n\n本文\n",
        "---\n\n# 線で始まる文章\n\n本文\n",
        "---\n\n# 線で始まる文章\n\n---\n\n続き\n",
        "---\n\n注意: これは文章です\n\n---\n",
        "---\n線のすぐ下の文章\n\n---\n\n続き\n",
        "---\n",
        "",
        "https://example.com/\n\n---\n",
        "----\n\n本文\n\ntitle: これは本文です\n",
        "***\n\n注意: これは文章です\n",
        "**Date:** 2026-11-20\n\n本文\n",
        "- contact: 情報システム部\n- 場所: 本社\n- 以上\n",
        "Summary: what we did this month\n\nText\n\n***\n\nMore\n",
        "{: .lead }\n本文\n",
        "{{ title }}\n",
        "# 題\n\n---\n\n日時: 11月20日\n\n---\n",
        "# 題\n\n```yaml\n---\ndraft: true\n---\n```\n",
        "# 題\n\n    ---\n    title: 例\n",
    ],
)
def test_a_line_across_the_page_is_not_taken_for_front_matter(text: str) -> None:
    parts, findings = split(text, "p.md")
    assert findings == []
    assert parts is not None
    assert (parts.body, parts.body_line, parts.fields.values) == (text, 1, {})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("---\ntitle: 題\ndraft: true\n\n本文\n", "front-matter-unclosed"),
        ("---\n\ndraft: true\n\n本文\n", "front-matter-unclosed"),
        ("---\n\ndarft: true\n\n本文\n", "front-matter-unclosed"),
        ("title: 題\ndraft: true\n---\n本文\n", "front-matter-unopened"),
        ("draft: true\n\n本文\n", "front-matter-unopened"),
        ("---\ntitle：題\ndraft：true\n---\n本文\n", "bad-yaml"),
        ("---\ntitle:題\ndraft:true\n---\n本文\n", "bad-yaml"),
        ("---\n- draft: true\n---\n本文\n", "not-a-mapping"),
        ("+++\ndraft = true\n+++\n本文\n", "front-matter-format"),
        (" +++\ndraft = true\n+++\n本文\n", "front-matter-format"),
        ("---\ndraft = true\n---\n本文\n", "not-a-mapping"),
        ("{\n", "front-matter-format"),
        ('{"title": "題", "draft": true}\n本文\n', "front-matter-format"),
        ("｛“title”：“題”，\n“draft”： true｝\n本文\n", "front-matter-format"),
        (" ---\ntitle: 題\ndraft: true\n---\n本文\n", "front-matter-unopened"),
        ("\t---\n\ttitle: 題\n\tdraft: true\n\t---\n本文\n", "front-matter-unopened"),
        ("----\ndarft: true\n----\n本文\n", "front-matter-unopened"),
        ("－－－\nｄｒａｆｔ：true\n－－－\n本文\n", "front-matter-unopened"),
        ("ーーー\n\ndraft: true\n\nーーー\n本文\n", "front-matter-unopened"),
        ("- - -\ntitle: 題\n", "front-matter-unopened"),
        ("***\nStatus: draft\n***\n本文\n", "front-matter-unopened"),
        ("---title: 題\ndraft: true\n---\n本文\n", "front-matter-unopened"),
        ("Title: 題\nStatus: draft\n\n本文\n", "front-matter-unopened"),
        ("tittle: 題\n---\n本文\n", "front-matter-unopened"),
        ("# 題\n\n---\ndraft: true\n---\n本文\n", "front-matter-unopened"),
        ("<!-- 覚え書き -->\n---\ndraft: true\n---\n本文\n", "front-matter-unopened"),
        ("\ufeff---\ndraft: true\n---\n本文\n", "front-matter-unopened"),
        ("\u200b\n---\ndraft: true\n---\n本文\n", "front-matter-unopened"),
        ("---\n---\ndraft: true\n---\n本文\n", "front-matter-twice"),
        ("---\ntitle: 題\n---\n\n----\ndraft: true\n----\n本文\n", "front-matter-twice"),
    ],
)
def test_front_matter_that_cannot_be_read_never_becomes_text(text: str, code: str) -> None:
    parts, findings = split(text, "p.md")
    assert parts is None
    assert names(findings) == [code]


_BLANKS = st.sampled_from(["", "", "", " ", "\t", "    ", "\u3000", "\xa0", "\n"])
_MARKS = st.sampled_from(["-", "-", "－", "—", "–", "−", "─", "ー", "‐", "=", "*", "_", "~", "+"])
_ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r", ""])


@st.composite
def _mistyped_drafts(draw: st.DrawFn) -> str:
    """A draft whose front matter is right but for what stands around its lines."""

    def delimiter(mark: str) -> str:
        return draw(_BLANKS) + mark * draw(st.integers(1, 6)) + draw(_BLANKS)

    keys = draw(st.permutations(["title: 題", "draft: true", "summary: 要約"]))
    colon = draw(st.sampled_from([": ", ":", "：", " : "]))
    indentation = draw(_BLANKS)
    block = "".join(indentation + key.replace(": ", colon) + draw(_ENDS) for key in keys)
    body = draw(st.sampled_from(["秘密の計画です\n", "# 秘密\n\n本文\n\n---\n\n続き\n", "\n秘密\n----\n本文\n"]))
    mark = draw(_MARKS)
    # `*title: 題*` on a line is emphasis, not a lost line break.
    end = "\n" if mark in "=*_~+" else draw(_ENDS)
    text = draw(st.sampled_from(["", "\ufeff", "\n"])) + delimiter(mark) + end + block
    return text + delimiter(draw(_MARKS)) + draw(_ENDS) + body


@settings(max_examples=300, deadline=None)
@given(_mistyped_drafts())
def test_a_draft_is_never_released_however_its_front_matter_is_mistyped(text: str) -> None:
    with TemporaryDirectory() as folder:
        library, findings = read_files(Path(folder), {"articles/a.md": text})
    assert library.pages == ()
    assert library.withheld or any(finding.is_error for finding in findings)


@given(st.text(alphabet="-ab: \n#draft'\"[]{}&*!|>", max_size=120))
def test_any_text_is_split_or_answered(text: str) -> None:
    parts, findings = split(text, "p.md")
    assert (parts is None) == bool(findings)
    if parts is not None:
        assert text.split("\n")[parts.body_line - 1 :] == parts.body.split("\n") or parts.body == ""


def test_front_matter_has_a_limit() -> None:
    _, findings = split(f"---\nkey: {'a' * MAX_YAML_BYTES}\n---\n", "p.md")
    assert names(findings) == ["front-matter-too-large"]
