"""One cell: from what a file holds to the declared type, strictly. Nothing is guessed and nothing is rounded."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date

from generator.model.finding import Text
from generator.pull.column import Column, ColumnType
from generator.pull.dates import read_date, read_month
from generator.pull.problems import BadCell, like

Reader = Callable[[object], object]
"""From a raw cell (text; or a number, date or truth value where the format has types) to the typed value."""

LARGEST = 10**12
"""No count of an internal newsletter is larger; 1e308 is a damaged file."""

_INTEGER = re.compile(r"\d{1,13}", re.ASCII)
_NUMBER = re.compile(r"\d{1,13}(?:\.\d{1,15})?", re.ASCII)
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


def reader(column: Column) -> Reader:
    """The function that reads the cells of `column`; it raises BadCell."""
    typed = _typed(column)

    def read(value: object) -> object:
        if value is None or (isinstance(value, str) and not (value := value.strip())):
            if column.optional:
                return None
            raise BadCell("empty-cell", Text("は空です", "is empty"), _FILL)
        return typed(value)

    return read


def _typed(column: Column) -> Reader:
    if column.type is ColumnType.DATE:
        form = column.format or "YYYY-MM-DD"
        return lambda value: read_date(value, form)
    if column.type is ColumnType.MONTH:
        form = column.format or "YYYY-MM"
        return lambda value: read_month(value, form)
    if column.values:
        return lambda value: _one_of(value, column.values)
    return _READERS[column.type]


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    # A number has lost its leading zeros (`000123` is 123), a date its form: the true text is gone.
    raise BadCell("not-text", Text("は文字ではなく数値や日付です", "is a number or a date, not text"), _AS_TEXT)


def _one_of(value: object, allowed: tuple[str, ...]) -> str:
    text = _text(value)
    if text not in allowed:
        listed = ", ".join(f"`{one}`" for one in allowed)
        reason = Text(f"は {listed} のどれでもありません", f"is not one of {listed}")
        raise BadCell("unknown-value", reason, _VALUES)
    return text


def _integer(value: object) -> int:
    if type(value) is int and 0 <= value <= LARGEST:
        return value
    if isinstance(value, str) and _INTEGER.fullmatch(value) and int(value) <= LARGEST:
        return int(value)
    if isinstance(value, float) and value.is_integer() and 0 <= value <= LARGEST:
        return int(value)  # Excel and JSON know one kind of number
    raise _bad_number(value, like("12"))


def _number(value: object) -> float:
    if type(value) in {int, float} and 0 <= float(str(value)) <= LARGEST:
        return float(str(value))
    if isinstance(value, str) and _NUMBER.fullmatch(value) and float(value) <= LARGEST:
        return float(value)
    raise _bad_number(value, like("0.85"))


def _boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if type(value) is int and value in {0, 1}:
        return bool(value)  # SQLite has no truth values
    truth = _TRUTH.get(value.lower()) if isinstance(value, str) else None
    if truth is None:
        raise BadCell("not-boolean", Text("は真偽の値ではありません", "is neither true nor false"), like("True"))
    return truth


def _bad_number(value: object, remedy: Text) -> BadCell:
    """Say what is wrong with a number, as exactly as possible."""
    text = str(value)
    if isinstance(value, bool | date):
        return BadCell("not-number", Text("は数ではありません", "is not a number"), remedy)
    if any("０" <= character <= "９" for character in text):
        return BadCell("full-width", Text("は全角の数字です", "has full-width digits"), remedy)
    if re.fullmatch(r"[-－―ー‐−]+", text):
        return BadCell("dash", Text("は数ではなく横棒です", "is a dash, not a number"), remedy)
    if text.endswith(("%", "％")):
        return BadCell("percent-sign", Text("には百分率の記号が付いています", "has a percent sign"), remedy)
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text, re.ASCII):
        return BadCell(
            "thousands-separator", Text("には桁区切りのコンマが付いています", "has thousands separators"), remedy
        )
    return _bad_float(text, remedy)


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


_FILL = Text(
    "値を入れてください（空でもよい列なら、sources.yml のこの列に `optional: true` と書いてください）",
    "fill it in, or write `optional: true` for this column in sources.yml if it may be empty",
)
_AS_TEXT = Text(
    "表計算の列の書式を「文字列」にして入れ直してください（SQLなら `CAST(… AS TEXT)`）",
    "format the column as text and enter it again (in SQL: `CAST(… AS TEXT)`)",
)
_VALUES = Text(
    "書き間違いを直すか、正しい区分なら sources.yml の `values` に加えてください",
    "correct it, or add it to `values` in sources.yml if it is right",
)

_READERS: dict[ColumnType, Reader] = {
    ColumnType.TEXT: _text,
    ColumnType.INTEGER: _integer,
    ColumnType.NUMBER: _number,
    ColumnType.BOOLEAN: _boolean,
}
