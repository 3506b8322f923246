from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.forbidden import forbidden
from generator.read.characters import judge_characters
from generator.read.decode import MAX_LINE_BYTES, MAX_PAGE_BYTES, decode, probable_encoding
from tests.read.content import names


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_a_finding_and_never_a_crash(data: bytes) -> None:
    text, findings = decode(data, "p.md")
    assert (text is None) == bool(findings)
    assert all(finding.place.path == "p.md" and finding.is_error for finding in findings)


@given(st.text(max_size=200))
def test_an_accepted_text_is_nfc_with_lf_and_nothing_forbidden(text: str) -> None:
    decoded, _ = decode(text.encode("utf-8", "surrogatepass"), "p.md")
    if decoded is not None:
        assert decoded == unicodedata.normalize("NFC", decoded)
        assert "\r" not in decoded
        assert forbidden(decoded) is None


@given(st.lists(st.text(alphabet="あa#- ", max_size=8), min_size=1, max_size=20), st.sampled_from(["\n", "\r\n", "\r"]))
def test_line_ends_of_any_kind_keep_the_number_of_lines(lines: list[str], line_end: str) -> None:
    decoded, _ = decode(line_end.join(lines).encode("utf-8"), "p.md")
    assert decoded == "\n".join(lines)


@given(st.text(alphabet="あ\n", max_size=60), st.sampled_from("\x00\u202e\u200b\U0010f000\uffff"))
def test_a_forbidden_character_is_found_where_it_stands(before: str, character: str) -> None:
    _, findings = decode(f"{before}{character}".encode(), "p.md")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    assert [(finding.place.line, finding.place.column) for finding in findings] == [(line, column)]
    assert f"U+{ord(character):04X}" in findings[0].what.ja


def test_a_byte_order_mark_is_dropped() -> None:
    assert decode(b"\xef\xbb\xbf# \xe9\xa1\x8c\n", "p.md") == ("# 題\n", [])


def test_a_page_in_cp932_is_refused_with_the_byte_offset_and_a_hint() -> None:
    _, findings = decode("# お知らせです\n".encode("cp932"), "p.md")
    assert names(findings) == ["not-utf-8"]
    assert "先頭から 2 バイト目" in findings[0].what.ja
    assert "cp932" in findings[0].what.ja


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "utf-16-le", "utf-16"])
def test_the_hint_names_the_encoding_a_japanese_text_was_saved_in(encoding: str) -> None:
    text = "これは社内報です。メールからチャットへ移りました。\n" + "plain ASCII words follow here\n" * 8
    assert probable_encoding(text.encode(encoding)) == {"utf-16-le": "UTF-16", "utf-16": "UTF-16"}.get(
        encoding, encoding
    )


@pytest.mark.parametrize(
    "text",
    [
        "家族 👨‍👩‍👧 と 🏳️‍🌈 と ❤️‍🔥",
        "旗 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "葛\U000e0100城",
        "ＫＰＩ ｱﾌﾟﾘ №１",
        "タブ\tも使えます",
    ],
)
def test_joiners_in_emoji_and_variation_selectors_may_stay(text: str) -> None:
    assert judge_characters(text, "p.md") == []


def test_a_line_and_a_page_have_limits() -> None:
    assert names(decode(b"a" * (MAX_LINE_BYTES + 1), "p.md")[1]) == ["line-too-long"]
    assert names(decode(b"a\n" * (MAX_PAGE_BYTES // 2 + 1), "p.md")[1]) == ["page-too-large"]


def test_every_language_keeps_its_combining_marks() -> None:
    for text in ("हिन्दी में लिखा हुआ", "ภาษาไทยไม่มีปัญหา", "Tiếng Việt", "カ\u3099"):
        assert judge_characters(text, "p.md") == []
