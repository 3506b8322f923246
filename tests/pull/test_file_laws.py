"""Laws of every table: how a file is written never changes what is read, and damage is never another number."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # a test tool only
import pytest
import xlwt  # type: ignore[import-untyped]  # a test tool only
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pull.reading import Read, read

COLUMNS = """
columns:
  社員番号: {name: employee, type: text}
  日付: {name: day, type: date}
  回答月: {name: month, type: month}
  件数: {name: count, type: integer}
  割合: {name: share, type: number, optional: true}
  在籍: {name: present, type: boolean}
"""
HEADINGS = ["社員番号", "日付", "回答月", "件数", "割合", "在籍"]
Row = tuple[str, date, date, int, float | None, bool]

MONTHS = [date(2025, 2, 28), date(2026, 10, 31), date(2024, 2, 29)]
WORDS = st.text("ab0１山ー,;\t\"' \n", min_size=1, max_size=6).map(str.strip).filter(bool)
ROW = st.tuples(
    WORDS,
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.sampled_from(MONTHS),
    st.integers(0, 10**12),
    st.none() | st.integers(0, 10**6).map(lambda n: n / 1000),
    st.booleans(),
)
ROWS = st.lists(ROW, min_size=1, max_size=5)
FEW = settings().max_examples // 3
ORDER = st.permutations(range(len(HEADINGS)))


def written(row: Row) -> list[str]:
    employee, day, month, count, share, present = row
    return [employee, f"{day}", f"{month:%Y-%m}", str(count), "" if share is None else f"{share:.3f}", str(present)]


def as_csv(rows: list[Row], order: list[int], **dialect: object) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, **dialect)  # type: ignore[arg-type]  # its words, by name
    writer.writerow([HEADINGS[place] for place in order])
    for row in rows:
        cells = written(row)
        writer.writerow([cells[place] for place in order])
    return text.getvalue()


def read_csv(path: Path, content: bytes, encoding: str = "utf-8", delimiter: str = ",") -> Read:
    return read(
        f"kind: csv\nencoding: {encoding}\ndelimiter: {delimiter!r}\n{COLUMNS}".replace("'\\t'", '"\\t"'), path, content
    )


@settings(max_examples=FEW)
@given(
    rows=ROWS,
    order=ORDER,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp932", "utf-16"]),
    delimiter=st.sampled_from(",;\t"),
    lineterminator=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_how_a_file_is_written_changes_nothing(
    place: Path, rows: list[Row], order: list[int], encoding: str, delimiter: str, lineterminator: str, quoting: int
) -> None:
    text = as_csv(rows, order, delimiter=delimiter, lineterminator=lineterminator, quoting=quoting)
    found = read_csv(place / "a.csv", text.encode(encoding), encoding.removesuffix("-sig"), delimiter)
    assert found == Read(rows, [], [])


@settings(max_examples=FEW)
@given(
    rows=ROWS,
    order=ORDER,
    cut=st.floats(0, 1, exclude_max=True),
    encoding=st.sampled_from(["utf-8", "cp932", "utf-16"]),
)
def test_f11_a_file_cut_at_any_byte_is_refused_or_ends_with_a_whole_row(
    place: Path, rows: list[Row], order: list[int], cut: float, encoding: str
) -> None:
    whole = as_csv(rows, order).encode(encoding)
    found = read_csv(place / "a.csv", whole[: int(cut * len(whole))], encoding)
    assert found.errors or found.rows == rows[: len(found.rows)]


@settings(max_examples=FEW)
@given(
    rows=ROWS,
    order=ORDER,
    truth=st.sampled_from(["utf-8", "cp932", "utf-16"]),
    claim=st.sampled_from(["utf-8", "cp932", "utf-16"]),
)
def test_f12_another_encoding_than_the_declared_one_is_refused(
    place: Path, rows: list[Row], order: list[int], truth: str, claim: str
) -> None:
    found = read_csv(place / "a.csv", as_csv(rows, order).encode(truth), claim)
    assert bool(found.errors) == (truth != claim)


@settings(max_examples=FEW)
@given(rows=ROWS, order=ORDER, name=WORDS.filter(lambda name: name not in HEADINGS), at=st.integers(0, len(HEADINGS)))
def test_f20_a_column_more_is_told_and_changes_nothing(
    place: Path, rows: list[Row], order: list[int], name: str, at: int
) -> None:
    table = list(csv.reader(io.StringIO(as_csv(rows, order), newline="")))
    text = io.StringIO(newline="")
    csv.writer(text).writerows([*row[:at], cell, *row[at:]] for row, cell in zip(table, [name, *"12345"], strict=False))
    found = read_csv(place / "a.csv", text.getvalue().encode())
    assert (found.rows, found.errors, len(found.warnings)) == (rows, [], 1)


@settings(max_examples=FEW)
@given(rows=ROWS, order=ORDER, lost=st.sampled_from(HEADINGS), name=WORDS.filter(lambda name: name not in HEADINGS))
def test_f20_a_renamed_column_is_named_and_nothing_is_read(
    place: Path, rows: list[Row], order: list[int], lost: str, name: str
) -> None:
    header, *_ = csv.reader(io.StringIO(as_csv(rows, order), newline=""))
    text = io.StringIO(newline="")
    csv.writer(text).writerow([name if heading == lost else heading for heading in header])
    found = read_csv(place / "a.csv", (text.getvalue() + as_csv(rows, order).partition("\n")[2]).encode())
    assert found.rows == []
    assert any(f"列 `{lost}` がありません" in error for error in found.errors)


@settings(max_examples=FEW)
@given(
    rows=ROWS,
    victim=st.integers(0, 4),
    column=st.integers(1, 5),
    junk=st.text("0123456789-/:.,%年月日eE+ ０山", max_size=8),
)
def test_f16_a_damaged_cell_is_told_or_says_what_it_says(
    place: Path, rows: list[Row], victim: int, column: int, junk: str
) -> None:
    """Whatever stands in a cell is read as Python itself reads it, or refused."""
    table = [HEADINGS, *map(written, rows)]
    line = 1 + victim % len(rows)
    table[line][column] = junk
    text = io.StringIO(newline="")
    csv.writer(text).writerows(table)
    found = read_csv(place / "a.csv", text.getvalue().encode())
    if found.errors:
        return
    value, plain = found.rows[line - 1][column], junk.strip()
    understood: dict[int, Callable[[], object]] = {
        1: lambda: date.fromisoformat(plain),
        2: lambda: date.fromisoformat(f"{plain}-01").replace(day=value.day),  # type: ignore[attr-defined]
        3: lambda: int(plain),
        4: lambda: float(plain) if plain else None,
        5: lambda: None,
    }
    assert value == understood[column]()


@settings(max_examples=FEW)
@given(rows=ROWS, order=st.randoms(use_true_random=False))
def test_f15_the_latest_of_a_key_does_not_depend_on_the_order_of_rows(
    place: Path, rows: list[Row], order: object
) -> None:
    numbered = [
        (str(count % 2), day, month, n, share, here) for n, (_, day, month, count, share, here) in enumerate(rows)
    ]
    shuffled = numbered.copy()
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    latest = {employee: row for row in numbered for employee in [row[0]]}
    declared = f"kind: csv\nencoding: utf-8\nkey: [employee]\non_duplicate: latest\nlatest_by: count\n{COLUMNS}"
    found = read(declared, place / "a.csv", as_csv(shuffled, list(range(6))).encode())
    assert sorted(found.rows) == sorted(latest.values())


@settings(max_examples=FEW // 3)
@given(rows=ROWS, order=ORDER)
def test_a_workbook_says_what_the_same_csv_says(place: Path, rows: list[Row], order: list[int]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in cells_of(rows, order):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    found = read(f"kind: excel\nsheet: Sheet\n{COLUMNS}", place / "a.xlsx", buffer.getvalue())
    assert found == Read(rows, [], [])


@settings(max_examples=FEW // 10)
@given(rows=ROWS, order=ORDER)
def test_an_old_workbook_says_what_the_same_csv_says(place: Path, rows: list[Row], order: list[int]) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    for number, row in enumerate(cells_of(rows, order)):
        for column, cell in enumerate(row):
            form = "yyyy-mm-dd" if isinstance(cell, date) else "General"
            sheet.write(number, column, cell, xlwt.easyxf(num_format_str=form))
    buffer = io.BytesIO()
    book.save(buffer)
    found = read(f"kind: excel\nsheet: Sheet\n{COLUMNS}", place / "a.xls", buffer.getvalue())
    assert found == Read(rows, [], [])


def cells_of(rows: list[Row], order: list[int]) -> list[list[object]]:
    """The table as a workbook holds it: numbers, days and truth values of their own."""
    table: list[list[object]] = [[HEADINGS[place] for place in order]]
    return table + [[row[place] for place in order] for row in rows]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("place")
