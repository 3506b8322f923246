"""The old format of Excel (.xls): the same tables, and workbooks that must not be opened (fault F25)."""

from __future__ import annotations

import datetime as dt
import io
import struct
from contextlib import suppress

import pytest
import xlwt  # type: ignore[import-untyped]  # a test tool only
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.pull.formats.workbook_guard import Unsafe
from generator.pull.formats.xls_guard import inspect_xls
from tests.pull.conftest import Desk

SOURCES = """
sources:
  targets:
    kind: excel
    label: 目標
    path: targets.xls
    sheet: 目標
    header_row: 2
    columns:
      部署コード: {name: department_id, type: text}
      目標: {name: target, type: number, optional: true}
      期限: {name: due, type: date, optional: true}
    ignored: [部署名]
"""
HEADER = ["部署コード", "部署名", "目標", "期限"]


def workbook(*rows: list[object], since_1904: bool = False, far: tuple[int, int] | None = None) -> bytes:
    book = xlwt.Workbook()
    book.dates_1904 = since_1904
    sheet = book.add_sheet("目標")
    table: list[list[object]] = [["2026年度の目標"], [*HEADER], *rows]
    for number, row in enumerate(table):
        for column, cell in enumerate(row):
            style = xlwt.easyxf(num_format_str="yyyy-mm-dd" if isinstance(cell, dt.date) else "General")
            sheet.write(number, column, cell, style)
    if far:
        sheet.write(*far, 1)
    book.add_sheet("メモ")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def in_container(stream: bytes) -> bytes:
    """A file whose stream of records is `stream`."""
    buffer = io.BytesIO()
    xlwt.CompoundDoc.XlsDoc().save(buffer, stream)
    return buffer.getvalue()


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def renamed(content: bytes, name: str) -> bytes:
    """The file with its one stream under another name."""
    place = content.index("Workbook".encode("utf-16-le"))
    encoded = name.encode("utf-16-le")
    entry = encoded.ljust(64, b"\0") + struct.pack("<H", len(encoded) + 2)
    return content[:place] + entry + content[place + 66 :]


BEGIN, END = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6)), record(0x000A)
GOOD = workbook(["sales", "営業部", 0.8, dt.date(2026, 12, 1)], [], ["legal", "法務室"])


def put(desk: Desk, content: bytes) -> list[str]:
    desk.put("sources.yml", SOURCES)
    desk.put("targets.xls", content)
    return desk.findings()


def test_a_table_below_a_title_becomes_typed_rows(desk: Desk) -> None:
    assert put(desk, GOOD) == []
    assert desk.rows("targets") == [("legal", None, None), ("sales", 0.8, dt.date(2026, 12, 1))]


def test_f18_the_calendar_that_begins_in_1904_gives_the_same_days(desk: Desk) -> None:
    assert put(desk, workbook(["sales", "営業部", 0.8, dt.date(2026, 12, 1)], since_1904=True)) == []
    assert desk.rows("targets") == [("sales", 0.8, dt.date(2026, 12, 1))]


def test_a_missing_sheet_is_told_with_the_nearest(desk: Desk) -> None:
    desk.put("targets.xls", GOOD)
    desk.put("sources.yml", SOURCES.replace("sheet: 目標", "sheet: 目標値"))
    assert desk.findings() == ["content/data/targets.xls シート `目標値` がありません → `目標` のことではありませんか"]


@pytest.mark.parametrize("formula", ["0.4*2", "1/0"])
def test_f25_a_formula_without_a_result_is_not_an_empty_cell(formula: str, desk: Desk) -> None:
    assert put(desk, workbook(["sales", "営業部", xlwt.Formula(formula)])) == [
        (
            "content/data/targets.xls:3 セル `C3` の数式に結果が保存されていないか、結果がエラーです"
            " → Excelで開いて直し、保存し直してください"
        )
    ]


def test_f25_a_lone_cell_at_the_end_of_the_sheet_is_refused(desk: Desk) -> None:
    (finding,) = put(desk, workbook(["sales", "営業部", 0.8], far=(65535, 255)))
    assert "シートの広さが5,000,000セルを超えます" in finding


def test_f25_a_sheet_that_lies_about_its_size_is_refused(desk: Desk) -> None:
    lying, place = bytearray(GOOD), GOOD.index(struct.pack("<HHI", 0x0200, 14, 0)) + 4
    struct.pack_into("<IIHH", lying, place, 0, 0xFFFFFFF0, 0, 0xFFFF)
    (finding,) = put(desk, bytes(lying))
    assert "200,000行または500列より外に値の入ったセルがあります" in finding


@pytest.mark.parametrize("name", ["EncryptedPackage", "EncryptionInfo"])
def test_f25_a_new_workbook_with_a_password_is_refused(name: str, desk: Desk) -> None:
    (finding,) = put(desk, renamed(GOOD, name))
    assert "パスワード付きのブックです → Excelで「名前を付けて保存」" in finding


def test_f25_an_old_workbook_with_a_password_is_refused(desk: Desk) -> None:
    (finding,) = put(desk, in_container(BEGIN + record(0x002F, bytes(54)) + END))
    assert "パスワード付きのブックです" in finding


@pytest.mark.parametrize("name", ["_VBA_PROJECT_CUR", "VBA"])
def test_f25_macros_are_refused(name: str, desk: Desk) -> None:
    (finding,) = put(desk, renamed(GOOD, name))
    assert "マクロ付きのブックです" in finding


def test_f25_a_sheet_of_macros_is_refused(desk: Desk) -> None:
    sheet = record(0x0085, struct.pack("<IBB", 0, 2, 1) + b"\x05\x00Macro")
    (finding,) = put(desk, in_container(BEGIN + sheet + END))
    assert "マクロのシートがあるブックです" in finding


@pytest.mark.parametrize("content", [GOOD[:8], GOOD[:511], GOOD[:600], GOOD[:-1000], GOOD[:8] + bytes(4096)])
def test_f25_what_is_no_workbook_is_told(desk: Desk, content: bytes) -> None:
    (finding,) = put(desk, content)
    assert "Excelブック（.xls）として読めません" in finding


@settings(max_examples=8)
@given(place=st.integers(0, len(GOOD) - 1), byte=st.sampled_from([0, 0x7F, 0xFF]))
def test_f25_any_damage_becomes_rows_or_a_sentence(place: int, byte: int, desk_of_all: Desk) -> None:
    put(desk_of_all, GOOD[:place] + bytes([byte]) + GOOD[place + 1 :])


@given(content=st.binary(max_size=1500))
def test_f25_the_guard_reads_any_container(content: bytes) -> None:
    for file in (GOOD[:512] + content, in_container(BEGIN + content)):
        with suppress(Unsafe):
            inspect_xls(file)


@pytest.fixture(scope="module")
def desk_of_all(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "content" / "data").mkdir(parents=True)
    return Desk(folder)
