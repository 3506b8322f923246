"""Kind `excel`: one sheet of an .xlsx or .xls workbook, with its header on a declared row."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.pull.files import InputFile
from generator.pull.formats import workbook
from generator.pull.problems import Problems
from generator.pull.source import FileSource, Rows, TabularSource


class ExcelSource(FileSource, TabularSource):
    """A table that colleagues keep in Excel."""

    kind: Literal["excel"]
    sheet: str | None = None
    """Its name; a workbook's only one when absent."""
    header_row: int = Field(default=1, ge=1)
    """Row of the headers, from 1; what stands above is not read."""

    def rows(self, file: InputFile, problems: Problems) -> Rows:
        content = file.content(problems)
        if content is not None:
            layout = workbook.Layout(self.sheet, self.header_row, is_row_free=True)
            yield from workbook.read(content, layout, self.columns, self.ignored, problems)
