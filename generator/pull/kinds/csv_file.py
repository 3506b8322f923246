"""Kind `csv`: delimited text in a declared encoding."""

from __future__ import annotations

import csv
import io
from typing import Literal

from generator.pull.bulk import Cells, Unusual, is_plain, literal
from generator.pull.files import InputFile
from generator.pull.formats import delimited
from generator.pull.formats.header import positions
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

    def cells(self, file: InputFile) -> Cells:
        """UTF-8 with its rows on lines of their own; everything else is for `rows`."""
        problems = Problems(file.shown)
        content = file.content(problems)
        if content is None or self.encoding != "utf-8" or not all(map(is_plain, self.columns.values())):
            raise Unusual
        if not content.endswith(b"\n") or b'"' in content or b"\0" in content or not _is_even(content):
            raise Unusual
        first = content.split(b"\n", 1)[0].decode("utf-8-sig", "replace")
        header = next(csv.reader(io.StringIO(first), delimiter=self.delimiter))
        places = positions([name.strip() for name in header], self.columns, self.ignored, problems, 1)
        if places is None:
            raise Unusual
        fields = ", ".join(f"c{number}: 'VARCHAR'" for number in range(len(header)))
        options = (
            f"header = true, auto_detect = false, strict_mode = true, quote = '', escape = '', columns = {{{fields}}}"
        )
        found = dict(zip(self.columns, (f"c{place}" for place in places), strict=True))
        filled = " OR ".join(f"c{number} <> ''" for number in range(len(header)))
        has_something = f"CASE WHEN {filled} THEN true ELSE error('blank') END"
        relation = f"read_csv({literal(file.path)}, delim = '{self.delimiter}', {options})"
        return Cells(relation, found, are_text=True, has_something=has_something, findings=tuple(problems.findings()))


def _is_even(content: bytes) -> bool:
    """Whether all lines end alike."""
    return b"\r" not in content or content.count(b"\r") == content.count(b"\n") == content.count(b"\r\n")
