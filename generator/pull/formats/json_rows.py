"""Rows from JSON objects: a column is a key, or a way through nested objects (`user.mail`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.model.finding import Text, one_line
from generator.pull.cells.column import Column, ColumnType
from generator.pull.formats.header import positions
from generator.pull.problems import BadCell, Problems
from generator.pull.source import Row

Record = Mapping[str, object]


def read(
    records: Sequence[tuple[int, Record]], columns: Mapping[str, Column], ignored: Sequence[str], problems: Problems
) -> list[Row]:
    """The wanted values of every object, by its number.

    A key that only some objects have is an empty cell in the others; one that none has is a missing column.
    """
    if not records:
        return []
    found = _names(records, columns)
    if positions(found, columns, ignored, problems, records[0][0]) is None:
        return []
    return [
        (number, [_cell(header, column, number, record, problems) for header, column in columns.items()])
        for number, record in records
    ]


def value_at(document: object, path: str) -> object:
    """The value at `a.b` in a document; a key may hold dots itself (`@odata.nextLink`). None where there is none."""
    if not isinstance(document, Mapping):
        return None
    if path in document:
        return document[path]
    first, _, rest = path.partition(".")
    return value_at(document.get(first), rest) if rest else None


def _names(records: Sequence[tuple[int, Record]], columns: Mapping[str, Column]) -> list[str]:
    """Every name that the objects have: declared ways into them as declared, other keys as they stand."""
    keys = dict.fromkeys(key for _, record in records for key in record)
    nested = [header for header in columns if header not in keys and _is_anywhere(header, records)]
    begun = {header.partition(".")[0] for header in nested}
    return [*(one_line(key, 80) for key in keys if key not in begun), *nested]


def _is_anywhere(path: str, records: Sequence[tuple[int, Record]]) -> bool:
    first, _, last = path.rpartition(".")
    parents = (value_at(record, first) for _, record in records) if first else ()
    return any(isinstance(parent, Mapping) and last in parent for parent in parents)


def _cell(header: str, column: Column, number: int, record: Record, problems: Problems) -> object:
    value = value_at(record, header)
    if isinstance(value, list | dict):
        reason = Text("は一つの値ではなく、並びか入れ子です", "is a list or an object, not one value")
        remedy = Text(
            "`columns` の左に、値までの道を `user.mail` のように書いてください",
            "write the way to the value in `columns`, like `user.mail`",
        )
        problems.cell(header, number, "", BadCell("nested-value", reason, remedy))
        return None
    if column.type is ColumnType.TEXT and type(value) is int:
        return str(value)  # JSON's whole numbers lose no zeros: what is an id is its digits
    return value
