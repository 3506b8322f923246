"""Looking for suspicious characters first finds every forbidden one."""

from __future__ import annotations

import sys

import pytest

from generator.markup.characters import without_invisible
from generator.markup.forbidden import KINDS, forbidden


def test_every_forbidden_character_is_found() -> None:
    every = [chr(point) for point in range(sys.maxunicode + 1)]
    told = {character for character in every if any(kind.stands_in(character) for kind in KINDS)}
    assert {character for character in every if forbidden(character)} == told


@pytest.mark.parametrize("family", ["\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f3f4\U000e0067\U000e007f"])
def test_what_joins_pictographs_stays(family: str) -> None:
    assert forbidden(family) is None
    assert without_invisible(f"家族{family}です") == f"家族{family}です"


@pytest.mark.parametrize("unseen", ["\u200b", "\u200d", "\u200e", "\u202e", "\ufeff", "\U000e0041"])
def test_what_nobody_sees_goes(unseen: str) -> None:
    assert without_invisible(f"家{unseen}族") == "家族"
