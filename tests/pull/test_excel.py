"""Excel: the table as colleagues keep it, and workbooks that must not be opened (fault F25)."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl  # type: ignore[import-untyped]  # a test tool only
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904  # type: ignore[import-untyped]

from tests.pull.conftest import Desk

SOURCES = """
sources:
  targets:
    kind: excel
    label: 目標
    path: targets.xlsx
    sheet: 目標
    header_row: 3
    columns:
      部署コード: {name: department_id, type: text}
      目標: {name: target, type: number, optional: true}
      期限: {name: due, type: date, optional: true}
    ignored: [部署名]
"""
HEADER = ["部署コード", "部署名", "目標", "期限"]


def workbook(*rows: list[object], sheet: str = "目標") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in [["2026年度の目標"], [], HEADER, *rows]:
        page.append(row)
    page.merge_cells("A1:D1")
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def altered(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with `old` replaced by `new` in one of its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, data.replace(old, new) if name == part else data)
    return buffer.getvalue()


def put(desk: Desk, content: bytes) -> list[str]:
    desk.put("sources.yml", SOURCES)
    desk.put("targets.xlsx", content)
    return desk.findings()


def test_a_table_below_a_title_becomes_typed_rows(desk: Desk) -> None:
    assert put(desk, workbook(["sales", "営業部", 0.8, dt.date(2026, 12, 1)], [None] * 4, ["legal", "法務室"])) == []
    assert desk.rows("targets") == [("legal", None, None), ("sales", 0.8, dt.date(2026, 12, 1))]


@pytest.mark.parametrize("declared", [1, 5, 90], ids=["title", "rows of people", "below the sheet"])
def test_headings_in_another_row_are_told_with_that_row(desk: Desk, declared: int) -> None:
    desk.put("sources.yml", SOURCES.replace("header_row: 3", f"header_row: {declared}"))
    desk.put("targets.xlsx", workbook(*[["sales", "営業部", 0.8, None]] * 3))
    assert desk.findings() == [
        (
            f"content/data/targets.xlsx:{declared} 列の名前は{declared}行目ではなく3行目にあります"
            " → sources.yml に `header_row: 3` と書いてください"
        )
    ]


def test_a_number_where_a_code_should_be_has_lost_its_zeros(desk: Desk) -> None:
    assert put(desk, workbook([12, "営業部", 0.8, None])) == [
        (
            "content/data/targets.xlsx:4 4行目、列 `部署コード` の値 `12.0` は文字ではなく数値や日付です"
            " → 表計算の列の書式を「文字列」にして入れ直してください（SQLなら `CAST(… AS TEXT)`）"
        )
    ]


def test_f16_percent_written_as_text_is_told(desk: Desk) -> None:
    (finding,) = put(desk, workbook(["sales", "営業部", "85%", None]))
    assert "列 `目標` の値 `85%` には百分率の記号が付いています → `0.85` のように" in finding


def test_f18_a_serial_number_is_no_date(desk: Desk) -> None:
    (finding,) = put(desk, workbook(["sales", "営業部", 0.8, 46113]))
    assert "列 `期限` の値 `46113.0` はExcelの日付の通し番号です" in finding


def test_a_missing_sheet_is_told_with_the_nearest(desk: Desk) -> None:
    assert put(desk, workbook(["sales", "営業部", 0.8, None], sheet="目標値")) == [
        "content/data/targets.xlsx シート `目標` がありません → `目標値` のことではありませんか"
    ]


def test_the_only_sheet_needs_no_name(desk: Desk) -> None:
    desk.put("targets.xlsx", workbook(["sales", "営業部", 0.8, None], sheet="Sheet1"))
    desk.put("sources.yml", SOURCES.replace("    sheet: 目標\n", ""))
    assert desk.rows("targets") == [("sales", 0.8, None)]


def test_of_several_sheets_one_is_to_be_named(desk: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(["sales", "営業部", 0.8, None])))
    book.create_sheet("メモ")
    desk.put("targets.xlsx", saved(book))
    desk.put("sources.yml", SOURCES.replace("    sheet: 目標\n", ""))
    assert desk.findings() == [
        "content/data/targets.xlsx シートが2枚あります → `sheet` に `目標`, `メモ` のどれかを書いてください"
    ]


def test_f25_a_formula_without_a_result_is_not_an_empty_cell(desk: Desk) -> None:
    assert put(desk, workbook(["sales", "営業部", "=0.4*2", None])) == [
        (
            "content/data/targets.xlsx:4 セル `C4` の数式に結果が保存されていないか、結果がエラーです"
            " → Excelで開いて直し、保存し直してください"
        )
    ]


def test_f25_an_error_is_not_an_empty_cell(desk: Desk) -> None:
    (finding,) = put(desk, workbook(["sales", "営業部", "#DIV/0!", None]))
    assert "セル `C4`" in finding


GOOD = workbook(["sales", "営業部", 0.8, None])


def test_f25_a_lone_cell_at_the_end_of_the_sheet_is_refused(desk: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(GOOD))
    book["目標"]["XFD1048576"] = 1
    (finding,) = put(desk, saved(book))
    assert "200,000行または500列より外に値の入ったセルがあります" in finding


@pytest.mark.parametrize(
    ("part", "rows"),
    [
        ("xl/worksheets/sheet9.xml", b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"),
        ("xl/ws/far.xml", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        ("xl/worksheets/sheet9.xml", b'<row r="1048576"><c><v>1</v></c></row>'),
        ("xl/worksheets/sheet9.xml", b'<row r = "7"><c r = "xfd7"><v>1</v></c></row>'),
    ],
    ids=["single quotes", "another place", "a row alone", "small letters"],
)
def test_f25_a_far_cell_is_seen_however_it_is_written(part: str, rows: bytes, desk: Desk) -> None:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>")
    (finding,) = put(desk, buffer.getvalue())
    assert "200,000行または500列より外に値の入ったセルがあります" in finding


def test_f25_a_sheet_that_is_wide_and_long_at_once_is_refused(desk: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(GOOD))
    book["目標"].cell(200_000, 500, 1)
    (finding,) = put(desk, saved(book))
    assert "シートの広さが5,000,000セルを超えます" in finding


@pytest.mark.parametrize("part", ["content.xml", "xl/workbook.bin"])
def test_f25_a_workbook_of_another_format_is_refused(part: str, desk: Desk) -> None:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(part, b"x")
    (finding,) = put(desk, buffer.getvalue())
    assert "Excelブック（.xlsx）として読めません" in finding


def test_f18_the_calendar_that_begins_in_1904_gives_the_same_days(desk: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book.epoch = CALENDAR_MAC_1904
    book["目標"].append(["sales", "営業部", 0.8, dt.date(2026, 12, 1)])
    assert put(desk, saved(book)) == []
    assert desk.rows("targets") == [("sales", 0.8, dt.date(2026, 12, 1))]


def test_f25_a_bomb_is_refused_and_never_unpacked(desk: Desk) -> None:
    buffer, name = io.BytesIO(GOOD), "xl/worksheets/sheet9.xml"
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b" " * 64 * 2**20)
    bomb = bytearray(buffer.getvalue())
    data = bomb.index(name.encode()) + len(name)
    bomb[data : data + 64] = bytes(64)  # whoever unpacked it would find it damaged
    (finding,) = put(desk, bytes(bomb))
    assert "圧縮率が異常です（上限は100倍）" in finding


def test_f25_many_parts_are_refused(desk: Desk) -> None:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive:
        for number in range(300):
            archive.writestr(f"x{number}", b"")
    (finding,) = put(desk, buffer.getvalue())
    assert "部品が" in finding


def test_f25_external_entities_are_refused(desk: Desk) -> None:
    bad = altered(
        GOOD, "xl/workbook.xml", b"<workbook", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook'
    )
    (finding,) = put(desk, bad)
    assert "XMLに外部参照の宣言（DTD）があります" in finding


def test_f25_macros_are_refused(desk: Desk) -> None:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    (finding,) = put(desk, buffer.getvalue())
    assert "マクロ付きのブックです" in finding


@pytest.mark.parametrize("content", [b"", b"not a workbook", GOOD[:400], GOOD[:-30]])
def test_f25_what_is_no_workbook_is_told(desk: Desk, content: bytes) -> None:
    (finding,) = put(desk, content)
    assert "Excelブック（.xlsx）として読めません" in finding


def test_f25_a_part_longer_than_the_directory_says_is_refused(desk: Desk) -> None:
    damaged = bytearray(GOOD)
    entry = GOOD.rindex(b"PK\x01\x02", 0, GOOD.rindex(b"xl/worksheets/sheet1.xml"))
    damaged[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    (finding,) = put(desk, bytes(damaged))
    assert "として読めません" in finding
