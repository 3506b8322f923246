"""Delimited text: header and rows with the line each begins on; a row that does not fit the header is a problem."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from generator.model.finding import Text
from generator.pull.header import positions
from generator.pull.problems import Problems
from generator.pull.source import Rows

_DELIMITERS = {",": "コンマ", "\t": "タブ", ";": "セミコロン"}
_ENGLISH = {",": "commas", "\t": "tabs", ";": "semicolons"}


def read(text: str, delimiter: str, wanted: Iterable[str], ignored: Iterable[str], problems: Problems) -> Rows:
    """Yield the wanted cells of every row; what is wrong goes to `problems`."""
    lines = _lines(text, delimiter, problems)
    line, header = next(lines, (1, []))
    header = [name.strip() for name in header]
    if len(header) == 1 and (other := _other_delimiter(header[0], delimiter)):
        _tell_delimiter(delimiter, other, problems)
        return
    places = positions(header, wanted, ignored, problems, line)
    if places is None:
        return
    ends_in_line_break = text.endswith(("\n", "\r"))
    for line, cells in lines:
        if len(cells) != len(header):
            _tell_length(line, len(cells), len(header), ends_in_line_break, problems)
            return
        yield line, [cells[place] for place in places]


def _lines(text: str, delimiter: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each row begins, and its cells; blank rows are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            what = Text(
                f"{line}行目から始まる行が壊れています（{error}）", f"the row that begins on line {line}: {error}"
            )
            remedy = Text(
                '引用符 `"` の閉じ忘れか、途中で切れたファイルです。書き出し直してください', "export it again"
            )
            problems.add("broken-row", what, remedy, line=line)
            return
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _other_delimiter(header: str, delimiter: str) -> str | None:
    return next((other for other in _DELIMITERS if other != delimiter and other in header), None)


def _tell_delimiter(declared: str, found: str, problems: Problems) -> None:
    what = Text(
        f"列の区切りが{_DELIMITERS.get(declared, declared)}ではなく{_DELIMITERS[found]}のようです",
        f"columns seem to be separated by {_ENGLISH[found]}, not {_ENGLISH.get(declared, declared)}",
    )
    shown = found.replace("\t", "\\t")
    remedy = Text(
        f'sources.yml に `delimiter: "{shown}"` と書いてください', f'write `delimiter: "{shown}"` in sources.yml'
    )
    problems.add("wrong-delimiter", what, remedy, line=1)


def _tell_length(line: int, cells: int, expected: int, ends_in_line_break: bool, problems: Problems) -> None:
    cut = cells < expected and not ends_in_line_break
    why = Text("。ファイルが途中で切れています", "; the file is cut off") if cut else Text("", "")
    what = Text(
        f"{line}行目は{cells}列で、見出しの{expected}列と合いません{why.ja}",
        f"row {line} has {cells} of {expected} columns{why.en}",
    )
    problems.add("row-length", what, Text("もう一度書き出してください", "export it again"), line=line)
