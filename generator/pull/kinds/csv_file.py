"""Kind `csv`: delimited text in a declared encoding."""

from __future__ import annotations

from typing import Literal

from generator.pull.files import InputFile
from generator.pull.formats import delimited
from generator.pull.formats.text import Encoding, decode
from generator.pull.problems import Problems
from generator.pull.source import FileSource, Rows, TabularSource


class CsvSource(FileSource, TabularSource):
    """A CSV file, for example a personnel system's roster or a survey's answers."""

    kind: Literal["csv"]
    encoding: Encoding
    """`cp932` is what Japanese Excel calls 「CSV」, `utf-8` what it calls 「CSV UTF-8」."""
    delimiter: Literal[",", "\t", ";"] = ","
    ends_in_line_break: bool = True
    """Whether the last row does. Google Sheets writes none there."""

    def rows(self, file: InputFile, problems: Problems) -> Rows:
        content = file.content(problems)
        text = decode(content, self.encoding, problems) if content is not None else None
        if text is not None:
            dialect = delimited.Dialect(self.delimiter, self.ends_in_line_break)
            yield from delimited.read(text, dialect, self.columns, self.ignored, problems)
