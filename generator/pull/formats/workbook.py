"""One sheet of an Excel workbook (.xlsx or .xls), opened only after a guard has looked at it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import cast

from msgspec import Struct

from generator.model.finding import Text, listed, nearest
from generator.pull.child_process import Died, answer_of
from generator.pull.formats.compound_file import SIGNATURE
from generator.pull.formats.header import ROWS_ABOVE, positions
from generator.pull.formats.workbook_guard import Unsafe, cell_name, inspect_xlsx
from generator.pull.formats.xls_guard import inspect_xls
from generator.pull.problems import Problems
from generator.pull.source import Rows

Cells = list[list[object]]
"""All cells of a sheet from A1 on, empty ones as ""."""


class Layout(Struct, frozen=True):
    """Where the table stands in a workbook."""

    sheet: str | None
    """Its name; None for the only one."""
    header_row: int = 1
    """Row of the headers, from 1; what stands above is not read."""
    heading: Callable[[str], str] = str.strip
    """From a heading in the file to its name."""
    is_row_free: bool = False
    """Whether sources.yml may say in which row the headers stand."""

    def header(self, cells: Cells) -> list[str]:
        """The headings; none where the sheet has fewer rows."""
        return self._headings(cells[self.header_row - 1]) if len(cells) >= self.header_row else []

    def other_row(self, cells: Cells, wanted: Iterable[str]) -> int | None:
        """The row in which all the wanted headings stand, where that is not the declared one."""
        if not self.is_row_free or set(wanted) <= set(self.header(cells)):
            return None
        rows = enumerate(cells[:ROWS_ABOVE], start=1)
        return next((number for number, row in rows if set(wanted) <= set(self._headings(row))), None)

    def _headings(self, row: list[object]) -> list[str]:
        return [self.heading(str(cell)) for cell in row]


def read(content: bytes, layout: Layout, wanted: Iterable[str], ignored: Iterable[str], problems: Problems) -> Rows:
    """Yield the wanted cells of every row; what is wrong goes to `problems`."""
    is_old = content.startswith(SIGNATURE)
    try:
        inspection = inspect_xls(content) if is_old else inspect_xlsx(content)
    except Unsafe as error:
        problems.add("unsafe-workbook", error.reason, error.remedy)
        return
    names, cells = _read_old(content, layout.sheet) if is_old else _read_new(content, layout.sheet)
    if cells is None:
        _tell_missing(layout.sheet, names, problems)
        return
    if not cells:
        what = Text(f"シート `{layout.sheet or names[0]}` は空です", f"sheet `{layout.sheet or names[0]}` is empty")
        remedy = Text("表のあるシートを `sheet` に書いてください", "name the sheet with the table")
        problems.add("empty-file", what, remedy)
        return
    wanted = list(wanted)
    if (other := layout.other_row(cells, wanted)) is not None:
        _tell_other_row(layout.header_row, other, problems)
        return
    places = positions(layout.header(cells), wanted, ignored, problems, layout.header_row)
    if places is None:
        return
    for number, row in enumerate(cells[layout.header_row :], start=layout.header_row):
        if all(cell == "" for cell in row):
            continue
        names = [cell_name(number, place) for place in places if row[place] == ""]
        if without := inspection.without_value.intersection(names):
            _tell_without_result(sorted(without), number + 1, problems)
        else:
            yield number + 1, [row[place] for place in places]


def _read_new(content: bytes, sheet: str | None) -> tuple[list[str], Cells | None]:
    """The names of the sheets, and the cells of the wanted one; no names where it is no workbook after all."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = workbook.sheet_names
        chosen = names[0] if sheet is None and len(names) == 1 else sheet
        if chosen not in names:
            return names, None
        return names, [list(row) for row in workbook.get_sheet_by_name(chosen).to_python(skip_empty_area=False)]
    except CalamineError:
        return [], None


def _read_old(content: bytes, sheet: str | None) -> tuple[list[str], Cells | None]:
    """The same in a process of its own: the format is old and binary, and a damaged file can end its reader."""
    try:
        names, has_sheet, *rows = answer_of(
            ["sheet", *([sheet] if sheet is not None else [])], given=content, seconds=60
        )
    except (Died, TimeoutError):
        return [], None
    return cast(list[str], names), cast(Cells, rows) if has_sheet else None


def _tell_missing(sheet: str | None, names: list[str], problems: Problems) -> None:
    if not names:
        what = Text("Excelブックとして読めません", "this workbook cannot be read")
        remedy = Text("Excelで開いて保存し直してください", "open it in Excel and save it again")
        problems.add("unsafe-workbook", what, remedy)
    elif sheet is None:
        what = Text(f"シートが{len(names)}枚あります", f"there are {len(names)} sheets")
        remedy = Text(f"`sheet` に {listed(names)} のどれかを書いてください", f"name one as `sheet`: {listed(names)}")
        problems.add("missing-sheet", what, remedy)
    else:
        what = Text(f"シート `{sheet}` がありません", f"there is no sheet `{sheet}`")
        problems.add("missing-sheet", what, nearest(sheet, names))


def _tell_other_row(declared: int, row: int, problems: Problems) -> None:
    what = Text(
        f"列の名前は{declared}行目ではなく{row}行目にあります",
        f"the headings stand in row {row}, not in row {declared}",
    )
    remedy = Text(f"sources.yml に `header_row: {row}` と書いてください", f"write `header_row: {row}` in sources.yml")
    problems.add("missing-column", what, remedy, line=declared)


def _tell_without_result(names: list[str], row: int, problems: Problems) -> None:
    for name in names:
        what = Text(
            f"セル `{name}` の数式に結果が保存されていないか、結果がエラーです",
            f"cell `{name}` holds a formula without a saved result, or an error",
        )
        remedy = Text("Excelで開いて直し、保存し直してください", "open it in Excel, correct it and save it again")
        problems.add("no-result", what, remedy, line=row)
