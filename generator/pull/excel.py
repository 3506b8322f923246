"""Kind `excel`: one sheet of an .xlsx workbook, with its header on a declared row."""

from __future__ import annotations

import io
from typing import Literal

from pydantic import Field

from generator.model.finding import Text, nearest
from generator.pull.files import InputFile
from generator.pull.header import positions
from generator.pull.problems import Problems
from generator.pull.source import FileSource, Rows, TabularSource
from generator.pull.workbook_guard import Inspection, Unsafe, inspect


class ExcelSource(FileSource, TabularSource):
    """A table that colleagues keep in Excel."""

    kind: Literal["excel"]
    sheet: str
    header_row: int = Field(default=1, ge=1)
    """Row of the headers, from 1; what stands above is not read."""

    def rows(self, file: InputFile, problems: Problems) -> Rows:
        content = file.content(problems)
        if content is None:
            return
        try:
            inspection = inspect(content)
        except Unsafe as error:
            problems.add("unsafe-workbook", error.reason, error.remedy)
            return
        cells = _cells(content, self.sheet, problems)
        header = [str(cell).strip() for cell in cells[self.header_row - 1]] if len(cells) >= self.header_row else []
        if not cells:
            return
        places = positions(header, self.columns, self.ignored, problems, self.header_row)
        if places is None:
            return
        for number, row in enumerate(cells[self.header_row :], start=self.header_row + 1):
            if any(cell != "" for cell in row) and _has_results(number, places, row, inspection, problems):
                yield number, [row[place] for place in places]


def _cells(content: bytes, sheet: str, problems: Problems) -> list[list[object]]:
    """All cells of a sheet from A1 on, empty ones as ""; no rows and a problem when there is no such sheet."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if sheet not in workbook.sheet_names:
            what = Text(f"シート `{sheet}` がありません", f"there is no sheet `{sheet}`")
            problems.add("missing-sheet", what, nearest(sheet, workbook.sheet_names))
            return []
        cells: list[list[object]] = [
            list(row) for row in workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        ]
    except CalamineError as error:
        what = Text(f"Excelブックとして読めません（{error}）", f"this workbook cannot be read: {error}")
        problems.add(
            "unsafe-workbook", what, Text("Excelで開いて保存し直してください", "open it in Excel and save it again")
        )
        return []
    if not cells:
        what = Text(f"シート `{sheet}` は空です", f"sheet `{sheet}` is empty")
        problems.add(
            "empty-file", what, Text("表のあるシートを `sheet` に書いてください", "name the sheet with the table")
        )
    return cells


def _has_results(row: int, places: list[int], cells: list[object], inspection: Inspection, problems: Problems) -> bool:
    """Whether every empty-looking cell is one; formulas without a saved result and errors (#DIV/0!) are told."""
    names = [f"{_letters(place)}{row}" for place in places if cells[place] == ""]
    without = [name for name in names if name in inspection.without_value]
    for name in without:
        what = Text(
            f"セル `{name}` の数式に結果が保存されていないか、結果がエラーです",
            f"cell `{name}` holds a formula without a saved result, or an error",
        )
        remedy = Text("Excelで開いて直し、保存し直してください", "open it in Excel, correct it and save it again")
        problems.add("no-result", what, remedy, line=row)
    return not without


def _letters(index: int) -> str:
    """0 → `A`, 25 → `Z`, 26 → `AA`."""
    index, letters = index + 1, ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
