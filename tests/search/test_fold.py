"""What counts as the same when somebody searches."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.fold import fold

characters = st.characters(exclude_categories=["Cs"])
texts = st.text(characters | st.sampled_from("かﾊﾞパ゛ﾟ゜ーｰ・A１ΣςßİÅ\u3000\u00a0\n葛\U000e0100"), max_size=12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("チャット", "ﾁｬｯﾄ"),
        ("KPI", "ｋｐｉ"),
        ("サーバー", "サーバ"),
        ("1on1", "１ on １"),
        ("ダッシュボード", "ﾀﾞｯｼｭﾎﾞｰﾄﾞ"),
        ("が", "か\u3099"),
        ("葛城", "葛\U000e0100城"),
        ("㈱", "(株)"),
        ("①", "1"),
        ("ΟΔΟΣ", "οδος"),
    ],
)
def test_ways_of_writing_one_word_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("はし", "ハシ"), ("ハツ", "バツ"), ("ツ", "ッ"), ("情報", "情報部")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_line_end_is_kept_so_that_blocks_do_not_run_together() -> None:
    assert fold("連絡先\n 総務 部") == "連絡先\n総務部"


def reference(text: str) -> str:
    """All of the text normalised at once, and each dropped character taken out for itself."""
    normal = unicodedata.normalize("NFKC", text).lower().replace("ς", "σ")
    return "".join(character for character in normal if fold(character))


@given(texts)
def test_a_text_is_normalised_as_a_whole(text: str) -> None:
    """Only what may change is given to the normaliser; it makes no difference."""
    assert fold(text) == reference(text)


def test_every_character_is_normalised_with_what_it_joins() -> None:
    for point in range(0xD800):
        text = f"か{chr(point)}ハ"
        assert fold(text) == reference(text), f"U+{point:04X}"
    for point in range(0xE000, 0x20000):
        text = f"か{chr(point)}ハ"
        assert fold(text) == reference(text), f"U+{point:04X}"


def test_plain_japanese_is_folded_once_and_for_all() -> None:
    text = "情報システム部の「ﾁｬｯﾄ」利用率は８８％、サーバーは１on１です。"
    assert fold(fold(text)) == fold(text)
