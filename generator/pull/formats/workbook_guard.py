"""Looks at an .xlsx file before Excel's format is parsed: nothing in it may be huge, hidden, executable or external.

An .xlsx file is a zip of XML parts; a few kilobytes can claim gigabytes (zip bombs, a lone cell at XFD1048576).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from msgspec import Struct

from generator.model.finding import Text

MOST_PARTS = 200
LARGEST = 256 * 2**20  # bytes of all parts together
HIGHEST_RATIO = 100
MOST_ROWS = 200_000
MOST_COLUMNS = 500
MOST_CELLS = 5_000_000
"""Of one sheet, empty ones between others included: about 250 MB."""
SMALL = 2**20  # a part up to this size may have any ratio

_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]{1,4})(\d{1,8})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["'](\d{1,8})["']""")
_EMPTY_RESULT = re.compile(
    rb'<c\s[^>]*?\br="([A-Z]+\d+)"(?:[^>]*\bt="e"|[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>)'
)
_CHUNK = 2**20
_OTHER_FORMATS = {"content.xml", "xl/workbook.bin"}
"""Of .ods and .xlsb, whose cells this guard would not see."""
_OVERLAP = 4096  # longer than any tag looked for


class Unsafe(Exception):
    """The workbook is not opened; `reason` is a whole sentence."""

    def __init__(self, reason: Text, remedy: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason
        self.remedy = remedy


class Inspection(Struct):
    """What was seen on the way that the reader of cells cannot see."""

    without_value: set[str] = set()
    """Cells (`B7`) that hold an error, or a formula whose result was not saved."""


SAVE_AS_XLSX = Text(
    "Excelで「名前を付けて保存」→「Excel ブック (*.xlsx)」を選び、パスワードとマクロなしで保存してください",
    "save it in Excel as “Excel Workbook (*.xlsx)” without password and macros",
)
MAKE_SMALL = Text(
    "必要な表だけを新しいブックに「値の貼り付け」で写して保存してください",
    "paste the values of the table alone into a new workbook",
)


def inspect_xlsx(content: bytes) -> Inspection:
    """Judge a workbook; raises Unsafe."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _judge_directory(archive.infolist())
            inspection = Inspection()
            for part in archive.infolist():
                _inspect_part(archive, part, inspection)
            return inspection
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _unreadable() from error


def _judge_directory(parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS:
        raise Unsafe(
            Text(f"部品が{len(parts)}個あります（上限は{MOST_PARTS}）", f"more than {MOST_PARTS} parts"), MAKE_SMALL
        )
    if total > LARGEST:
        limit = LARGEST // 2**20
        raise Unsafe(Text(f"展開すると{limit} MBを超えます", f"it unpacks to more than {limit} MB"), MAKE_SMALL)
    names = {part.filename.lower() for part in parts}
    if names & _OTHER_FORMATS:
        raise _unreadable()
    for part in parts:
        if part.file_size > SMALL and part.file_size > HIGHEST_RATIO * max(part.compress_size, 1):
            raise Unsafe(
                Text(
                    f"圧縮率が異常です（上限は{HIGHEST_RATIO}倍）",
                    f"a part unpacks to more than {HIGHEST_RATIO} times its size",
                ),
                MAKE_SMALL,
            )
        if part.filename.lower().endswith((".bin", ".vba")) and "vba" in part.filename.lower():
            raise Unsafe(Text("マクロ付きのブックです", "the workbook has macros"), SAVE_AS_XLSX)


def _inspect_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, inspection: Inspection) -> None:
    is_sheet = part.filename.startswith("xl/worksheets/")
    rows, columns = 0, 0
    for window in _windows(archive, part):
        if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
            raise Unsafe(Text("XMLに外部参照の宣言（DTD）があります", "its XML declares a DTD"), SAVE_AS_XLSX)
        rows, columns = map(max, (rows, columns), _extent(window))
        judge_extent(rows, columns)  # of every part: a workbook may keep its sheets anywhere
        if is_sheet:
            inspection.without_value.update(match[1].decode() for match in _EMPTY_RESULT.finditer(window))


def _windows(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part in pieces that overlap; zipfile stops at the declared size and checks the sum."""
    before = b""
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            yield before + piece
            before = piece[-_OVERLAP:]


def _extent(window: bytes) -> tuple[int, int]:
    """The last row and the last column that a piece of XML names."""
    cells = _CELL.findall(window)
    rows = max((int(row) for row in (*(row for _, row in cells), *_ROW.findall(window))), default=0)
    columns = max((_number(letters) for letters in {letters.upper() for letters, _ in cells}), default=0)
    return rows, columns


def judge_extent(rows: int, columns: int) -> None:
    """Refuse a sheet that reaches so far; raises Unsafe."""
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise Unsafe(
            Text(
                f"{MOST_ROWS:,}行または{MOST_COLUMNS}列より外に値の入ったセルがあります",
                f"there are cells beyond row {MOST_ROWS:,} or column {MOST_COLUMNS}",
            ),
            MAKE_SMALL,
        )
    if rows * columns > MOST_CELLS:
        raise Unsafe(
            Text(f"シートの広さが{MOST_CELLS:,}セルを超えます", f"a sheet has more than {MOST_CELLS:,} cells"),
            MAKE_SMALL,
        )


def cell_name(row: int, column: int) -> str:
    """The name of a cell, both from 0: (6, 1) → `B7`."""
    index, letters = column + 1, ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _unreadable() -> Unsafe:
    return Unsafe(Text("Excelブック（.xlsx）として読めません", "this is not an .xlsx workbook"), SAVE_AS_XLSX)


def _number(letters: bytes) -> int:
    """`A` → 1, `Z` → 26, `AA` → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
