"""One cell: from what a file holds to the declared type, strictly. Nothing is guessed and nothing is rounded."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from zoneinfo import ZoneInfo

from generator.model.finding import Text, listed
from generator.pull.cells.column import Column, ColumnType
from generator.pull.cells.dates import Zones, read_date, read_month
from generator.pull.cells.numbers import read_integer, read_number
from generator.pull.problems import BadCell, like

Reader = Callable[[object], object]
"""From a raw cell (text; or a number, date or truth value where the format has types) to the typed value."""

_TRUTH = {"true": True, "yes": True, "false": False, "no": False}
_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: " "}


def reader(column: Column, zone: ZoneInfo) -> Reader:
    """The function that reads the cells of `column` for a site that reports in `zone`; it raises BadCell."""
    typed = _typed(column, zone) if column.type is ColumnType.TEXT else _remembered(_typed(column, zone))
    nothing = frozenset(column.empty)

    def read(value: object) -> object:
        if isinstance(value, str) and (value := value.strip()) in nothing:
            return None
        if value is None or value == "":
            if column.optional:
                return None
            raise BadCell("empty-cell", Text("は空です", "is empty"), _FILL)
        if column.full_width and isinstance(value, str):
            value = value.translate(_HALF_WIDTH)
        return typed(value)

    return read


def _remembered(typed: Reader) -> Reader:
    """The same, quicker for texts that come again and again, as days and counts do."""
    known = lru_cache(maxsize=10_000)(typed)
    return lambda value: known(value) if isinstance(value, str) else typed(value)


def _typed(column: Column, zone: ZoneInfo) -> Reader:
    form = column.format
    if column.scale:
        return lambda value: _on_scale(value, column)
    match column.type:
        case ColumnType.DATE:
            zones = Zones(zone, column.zone)
            return lambda value: read_date(value, form or "YYYY-MM-DD", zones)
        case ColumnType.MONTH:
            zones = Zones(zone, column.zone)
            return lambda value: read_month(value, form or "YYYY-MM", zones)
        case ColumnType.INTEGER:
            return lambda value: read_integer(value, form)
        case ColumnType.NUMBER:
            return lambda value: read_number(value, form)
        case ColumnType.BOOLEAN:
            return _boolean
        case ColumnType.TEXT:
            return (lambda value: _one_of(value, column.values)) if column.values else _text


def _text(value: object) -> str:
    if isinstance(value, str):
        if not value.isascii() and _HALF.search(value):
            raise BadCell("not-text", Text("に壊れた文字があります", "holds half a character"), _AGAIN)
        return value
    # A number has lost its leading zeros (`000123` is 123), a date its form: the true text is gone.
    raise BadCell("not-text", Text("は文字ではなく数値や日付です", "is a number or a date, not text"), _AS_TEXT)


def _one_of(value: object, allowed: tuple[str, ...]) -> str:
    text = _text(value)
    if text not in allowed:
        raise _unknown(allowed, "values")
    return text


def _on_scale(value: object, column: Column) -> int | float:
    """The number that stands for an answer such as 「そう思う」."""
    number = column.scale.get(_text(value))
    if number is None:
        raise _unknown(tuple(column.scale), "scale")
    return number if column.type is ColumnType.INTEGER else float(number)


def _unknown(allowed: tuple[str, ...], key: str) -> BadCell:
    reason = Text(f"は {listed(allowed)} のどれでもありません", f"is not one of {listed(allowed)}")
    remedy = Text(
        f"書き間違いを直すか、正しい区分なら sources.yml の `{key}` に加えてください",
        f"correct it, or add it to `{key}` in sources.yml if it is right",
    )
    return BadCell("unknown-value", reason, remedy)


def _boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if type(value) is int and value in {0, 1}:
        return bool(value)  # SQLite and MySQL have no truth values
    truth = _TRUTH.get(value.lower()) if isinstance(value, str) else None
    if truth is None:
        raise BadCell("not-boolean", Text("は真偽の値ではありません", "is neither true nor false"), like("True"))
    return truth


_HALF = re.compile("[\ud800-\udfff]")
"""What JSON and Python can hold and no file can: one half of a character."""
_AGAIN = Text("書き出し直してください", "export it again")
_FILL = Text(
    "値を入れてください（空でもよい列なら、sources.yml のこの列に `optional: true` と書いてください）",
    "fill it in, or write `optional: true` for this column in sources.yml if it may be empty",
)
_AS_TEXT = Text(
    "表計算の列の書式を「文字列」にして入れ直してください（SQLなら `CAST(… AS TEXT)`）",
    "format the column as text and enter it again (in SQL: `CAST(… AS TEXT)`)",
)
