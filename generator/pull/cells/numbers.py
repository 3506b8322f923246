"""Counts and shares: written plainly, or in the one other form that a column declares."""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import Decimal
from typing import TypeGuard

from generator.model.finding import Text
from generator.pull.problems import BadCell, like

LARGEST = 10**12
"""No count of an internal newsletter is larger; 1e308 is a damaged file."""

GROUPED, PERCENT = "1,234", "85%"
INTEGER_FORMS = (GROUPED,)
NUMBER_FORMS = (GROUPED, PERCENT)

_INTEGER = re.compile(r"\d{1,13}", re.ASCII)
_NUMBER = re.compile(r"\d{1,13}(?:\.\d{1,15})?", re.ASCII)
_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_SHARE = re.compile(r"(\d{1,13}(?:\.\d{1,13})?) ?%", re.ASCII)


def read_integer(value: object, form: str | None) -> int:
    """Read a whole number of 0 or more; raises BadCell."""
    number = None
    if isinstance(value, str):
        plain = _without_commas(value, form)
        number = int(plain) if _INTEGER.fullmatch(plain) else None
    elif _is_number(value) and 0 <= value <= LARGEST and value == int(value):
        number = int(value)  # Excel and JSON know one kind of number: 12.0 is 12
    if number is None or number > LARGEST:
        raise _bad_number(value, "12")
    return number


def read_number(value: object, form: str | None) -> float:
    """Read a number of 0 or more, a share as its fraction (`85%` is 0.85); raises BadCell."""
    if form == PERCENT:
        return _share(value)
    number = -1.0
    if isinstance(value, str):
        plain = _without_commas(value, form)
        number = float(plain) if _NUMBER.fullmatch(plain) else number
    elif _is_number(value) and 0 <= value <= LARGEST:
        number = float(value)
    if not 0 <= number <= LARGEST:
        raise _bad_number(value, "0.85")
    return number


def _is_number(value: object) -> TypeGuard[int | float | Decimal]:
    """Whether a cell is a number of its own, as Excel, JSON and databases have them; truth values are none."""
    return type(value) in {int, float} or (isinstance(value, Decimal) and value.is_finite())


def _without_commas(text: str, form: str | None) -> str:
    return text.replace(",", "") if form == GROUPED and _COMMAS.fullmatch(text) else text


def _share(value: object) -> float:
    match = _SHARE.fullmatch(value) if isinstance(value, str) else None
    if match is not None:
        return float(f"{match[1]}e-2")  # exactly what 0.85 is, without a division
    if _is_number(value):
        # Excel stores 85 % as 0.85, yet a cell of the number 85 looks the same from here.
        reason = Text("は数値のセルで、% の付いた文字ではありません", "is a numeric cell, not text with a percent sign")
        remedy = Text("この列の `format` を消し、割合を 0.85 で入れてください", "remove `format` and enter it as 0.85")
        raise BadCell("not-percent", reason, remedy)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        reason = Text("には百分率の記号がありません", "has no percent sign")
        raise BadCell("not-percent", reason, like("85%"))
    raise _bad_number(value, "85%")


def _bad_number(value: object, example: str) -> BadCell:
    """Say what is wrong with a number, as exactly as possible."""
    text = str(value)
    if isinstance(value, bool | date):
        return BadCell("not-number", Text("は数ではありません", "is not a number"), like(example))
    if any("０" <= character <= "９" for character in text):
        return BadCell(
            "full-width", Text("は全角の数字です", "has full-width digits"), like(example, "full_width: true")
        )
    if re.fullmatch(r"[-－―ー‐−]+", text):
        return BadCell(
            "dash", Text("は数ではなく横棒です", "is a dash, not a number"), like(example, f'empty: ["{text}"]')
        )
    if text.endswith(("%", "％")):
        remedy = like(example) if example == "12" else like(example, f"format: {PERCENT}")
        return BadCell("percent-sign", Text("には百分率の記号が付いています", "has a percent sign"), remedy)
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text, re.ASCII):
        what = Text("には桁区切りのコンマが付いています", "has thousands separators")
        return BadCell("thousands-separator", what, like(example, f'format: "{GROUPED}"'))
    return _bad_float(text, like(example))


def _bad_float(text: str, remedy: Text) -> BadCell:
    try:
        number = float(text)
    except ValueError:
        return BadCell("not-number", Text("は数ではありません", "is not a number"), remedy)
    if not math.isfinite(number):
        return BadCell("not-finite", Text("は数として扱えません", "is not a finite number"), remedy)
    if number < 0:
        return BadCell("negative", Text("は負の数です", "is negative"), remedy)
    if number > LARGEST:
        return BadCell("too-large", Text("は大きすぎます", "is too large"), remedy)
    return BadCell("not-number", Text("はこの列の数の形ではありません", "is not in the form of this column"), remedy)
