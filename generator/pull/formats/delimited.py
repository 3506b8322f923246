"""Delimited text: header and rows with the line each begins on; a row that does not fit the header is a problem."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from msgspec import Struct

from generator.model.finding import Text
from generator.pull.formats.header import ROWS_ABOVE, positions
from generator.pull.problems import Problems
from generator.pull.source import Rows


class Dialect(Struct, frozen=True):
    """How a file of delimited text is written."""

    delimiter: str = ","
    ends_in_line_break: bool = True
    """Whether the last row does, as nearly all programs write it: how else could a cut `12` be told from a `1`?"""
    heading: Callable[[str], str] = str.strip
    """From a heading in the file to its name."""


_DELIMITERS = {",": "コンマ", "\t": "タブ", ";": "セミコロン"}
_ENGLISH = {",": "commas", "\t": "tabs", ";": "semicolons"}


def read(text: str, dialect: Dialect, wanted: Iterable[str], ignored: Iterable[str], problems: Problems) -> Rows:
    """Yield the wanted cells of every row; what is wrong goes to `problems`."""
    if dialect.ends_in_line_break and not text.endswith(("\n", "\r")):
        _tell_cut(text.count("\n") + 1, problems)
        return
    delimiter = dialect.delimiter
    lines = _lines(text, delimiter, problems)
    line, header = next(lines, (1, []))
    header = [dialect.heading(name) for name in header]
    if len(header) == 1 and (other := _other_delimiter(header[0], delimiter)):
        _tell_delimiter(delimiter, other, problems)
        return
    wanted = list(wanted)
    if not set(wanted) <= set(header) and (below := _line_of(wanted, dialect, lines)) is not None:
        _tell_other_line(line, below, problems)
        return
    places = positions(header, wanted, ignored, problems, line)
    if places is None:
        return
    for line, cells in lines:
        if len(cells) != len(header):
            _tell_length(line, len(cells), len(header), problems)
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


def _line_of(wanted: list[str], dialect: Dialect, lines: Iterable[tuple[int, list[str]]]) -> int | None:
    """The line of the first rows in which all the wanted headings stand."""
    first = islice(lines, ROWS_ABOVE)
    return next((line for line, cells in first if set(wanted) <= set(map(dialect.heading, cells))), None)


def _tell_other_line(first: int, line: int, problems: Problems) -> None:
    what = Text(
        f"列の名前は{first}行目ではなく{line}行目にあります", f"the headings stand in row {line}, not in row {first}"
    )
    remedy = Text("その上の行を除いて書き出してください", "export it without the rows above them")
    problems.add("missing-column", what, remedy, line=first)


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


def _tell_length(line: int, cells: int, expected: int, problems: Problems) -> None:
    what = Text(
        f"{line}行目は{cells}列で、見出しの{expected}列と合いません", f"row {line} has {cells} of {expected} columns"
    )
    problems.add("row-length", what, Text("もう一度書き出してください", "export it again"), line=line)


def _tell_cut(line: int, problems: Problems) -> None:
    what = Text(
        f"最後の{line}行目が改行で終わっていません。途中で切れているおそれがあります",
        f"row {line}, the last one, has no line break at its end; the file may be cut off",
    )
    remedy = Text(
        "もう一度書き出すか、いつもこの形なら sources.yml に `ends_in_line_break: false` と書いてください",
        "export it again, or declare `ends_in_line_break: false` in sources.yml if it always looks like this",
    )
    problems.add("cut-off", what, remedy, line=line)
