"""The wording that every finding shares."""

from __future__ import annotations

import pytest

from generator.model.finding import Text, closest, nearest, one_line


@pytest.mark.parametrize(
    ("word", "meant"), [("onwer", "owner"), ("Owner", "owner"), ("LABEL", "label"), ("zzz", None), ("", None)]
)
def test_the_word_that_was_probably_meant_is_found_whatever_its_case(word: str, meant: str | None) -> None:
    assert closest(word, ["owner", "label"]) == meant


def test_a_word_like_none_is_answered_with_all_there_are_unless_something_better_can_be_said() -> None:
    assert nearest("onwer", ["owner"]) == Text("`owner` のことではありませんか", "did you mean `owner`?")
    assert nearest("x", ["owner", "label"]).en == "known: `owner`, `label`"
    assert nearest("x", []).ja == "使えるものはまだありません"
    assert nearest("x", ["owner"], Text("消してください", "delete it")).en == "delete it"


def test_a_piece_of_somebodys_text_stays_inside_its_backticks() -> None:
    assert one_line("a\nb`c\x1b") == "a b'c\\u001b"
    assert one_line("あ" * 50) == "あ" * 40 + "…"
