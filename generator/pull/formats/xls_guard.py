"""Looks at an .xls file before its format is parsed: nothing in it may be huge, locked, executable or uncalculated.

An .xls file is a container ([MS-CFB]) with one stream of records ([MS-XLS]): a type, a length and as many bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from generator.model.finding import Text
from generator.pull.formats.compound_file import Broken, CompoundFile
from generator.pull.formats.workbook_guard import SAVE_AS_XLSX, Inspection, Unsafe, cell_name, judge_extent

_BOF: Final = 0x0809
_EOF: Final = 0x000A
_FILEPASS: Final = 0x002F
_BOUNDSHEET: Final = 0x0085
_STRINGS: Final = 0x00FC
_DIMENSIONS: Final = 0x0200
_FORMULAS: Final = (0x0006, 0x0206, 0x0406)
_ERROR: Final = 0x0205
_CELLS: Final = (*_FORMULAS, _ERROR, 0x0201, 0x0203, 0x0204, 0x00FD, 0x027E, 0x00BD, 0x00BE, 0x00D6)
"""Records that begin with the row and the column of a cell."""
_MACROS: Final = {1, 6}
"""Kinds of sheets: one of macros, and a module of them."""
_PROGRAMS: Final = {"_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT"}
_LOCKED: Final = {"EncryptedPackage", "EncryptionInfo"}

Record = tuple[int, bytes]


def inspect_xls(content: bytes) -> Inspection:
    """Judge a workbook; raises Unsafe."""
    try:
        container = CompoundFile(content)
        names = {entry.name for entry in container.entries}
        if names & _LOCKED:
            raise _locked()
        if names & _PROGRAMS:
            raise Unsafe(Text("マクロ付きのブックです", "the workbook has macros"), SAVE_AS_XLSX)
        books = list(container.streams("Workbook", "Book"))
        inspection = Inspection()
        for book in books:
            _inspect_book(book, inspection)
    except (Broken, struct.error, IndexError) as error:
        raise _unreadable() from error
    if not books:
        raise _unreadable()
    return inspection


def _inspect_book(book: bytes, inspection: Inspection) -> None:
    """Judge the records that are about the whole workbook, and those of each sheet from where it is said to begin."""
    begins = []
    for kind, data in _records(book, 0):
        if kind == _FILEPASS:
            raise _locked()
        if kind == _STRINGS and struct.unpack_from("<I", data, 4)[0] > len(book):
            raise _unreadable()
        if kind == _BOUNDSHEET:
            if data[5] in _MACROS:
                raise Unsafe(Text("マクロのシートがあるブックです", "the workbook has a sheet of macros"), SAVE_AS_XLSX)
            begins.append(struct.unpack_from("<I", data)[0])
    for begin in begins:
        _inspect_sheet(_records(book, begin), inspection)


def _inspect_sheet(records: Iterator[Record], inspection: Inspection) -> None:
    rows, columns = 0, 0
    for kind, data in records:
        if kind == _DIMENSIONS:
            reach = _dimensions(data)
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", data)
            if _has_no_result(kind, data):
                inspection.without_value.add(cell_name(row, column))
            reach = row + 1, max(column, _last_column(kind, data)) + 1
        else:
            continue
        rows, columns = max(rows, reach[0]), max(columns, reach[1])
        judge_extent(rows, columns)


def _dimensions(data: bytes) -> tuple[int, int]:
    """What a sheet says of its size; the reader makes room for as much."""
    rows, _, columns = struct.unpack_from("<IHH", data, 4) if len(data) >= 14 else struct.unpack_from("<HHH", data, 2)
    return rows, columns


def _has_no_result(kind: int, data: bytes) -> bool:
    """Whether a cell holds an error, or a formula of which no result was saved."""
    if kind in _FORMULAS:
        return data[12:14] == b"\xff\xff" and data[6] in {2, 3}
    return kind == _ERROR and data[7] == 1


def _last_column(kind: int, data: bytes) -> int:
    """The last column of a record of several cells in a row."""
    return int(struct.unpack_from("<H", data, len(data) - 2)[0]) if kind in {0x00BD, 0x00BE} else 0


def _records(book: bytes, place: int) -> Iterator[Record]:
    """The records of one part of the stream, which begins with BOF and ends with EOF."""
    kind, length = struct.unpack_from("<HH", book, place)
    if kind != _BOF:
        raise Broken
    while kind != _EOF:
        data = book[place + 4 : place + 4 + length]
        if len(data) < length:
            raise Broken
        yield kind, data
        place += 4 + length
        kind, length = struct.unpack_from("<HH", book, place)


def _locked() -> Unsafe:
    return Unsafe(Text("パスワード付きのブックです", "the workbook has a password"), SAVE_AS_XLSX)


def _unreadable() -> Unsafe:
    return Unsafe(Text("Excelブック（.xls）として読めません", "this is not an .xls workbook"), SAVE_AS_XLSX)
