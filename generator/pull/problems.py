"""What is wrong with one file of a source, gathered while it is read: one sentence a kind of problem and column."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from generator.model.finding import Family, Finding, Place, Severity, Text

_MOST_OF_A_FILE = 20  # problems told; the rest is a number

_SHOWABLE = re.compile(
    r"(?i:nan|[-+]?inf(inity)?)|[-－―ー‐−]+"
    r"|(?=.*[0-9０-９])[-0-9０-９.,，．/／:%％年月日明治大正昭和平成令元eE+△▲－\s]{1,20}"
)
"""What a message may repeat: numbers, dates and dashes, never a name or an address."""


class BadCell(Exception):
    """A cell that is not what its column declares. Caught where the row is read and told as a finding."""

    def __init__(self, code: str, reason: Text, remedy: Text) -> None:
        super().__init__(reason.en)
        self.code = code
        self.reason = reason  # continues “the value `…`”, in Japanese with its particle
        self.remedy = remedy


class _Repeated(Struct):
    """A kind of problem in one column: the first place, and how many rows more."""

    error: BadCell
    line: int
    value: object
    more: int = 0


class Problems:
    """The problems of one file, in the order in which they were met."""

    def __init__(self, path: str, line: int = 0) -> None:
        """`path` is as messages show it. A source whose rows are in no file has the `line` where it is declared."""
        self.path, self.line = path, line
        self._findings: list[Finding] = []
        self._cells: dict[tuple[str, str], _Repeated] = {}

    def add(self, code: str, what: Text, remedy: Text, *, line: int = 0, severity: Severity = Severity.ERROR) -> None:
        self._findings.append(Finding(Family.DATA, code, Place(self.path, self.line or line), what, remedy, severity))

    def cell(self, header: str, line: int, value: object, error: BadCell) -> None:
        """Note a bad cell; the same problem further down the column only counts."""
        known = self._cells.get((header, error.code))
        if known:
            known.more += 1
        else:
            self._cells[header, error.code] = _Repeated(error, line, value)

    @property
    def has_errors(self) -> bool:
        return bool(self._cells) or any(finding.is_error for finding in self._findings)

    def findings(self) -> list[Finding]:
        """All problems as findings, the first of them word by word."""
        told = [*self._findings, *(self._cell_finding(header, cell) for (header, _), cell in self._cells.items())]
        return shortened(told, _MOST_OF_A_FILE)

    def _cell_finding(self, header: str, cell: _Repeated) -> Finding:
        shown = _shown(cell.value)
        more = Text(f"（ほかに{cell.more}行）", f" (more rows like it: {cell.more})") if cell.more else Text("", "")
        what = Text(
            f"{cell.line}行目、列 `{header}` の値{shown}{cell.error.reason.ja}{more.ja}",
            f"row {cell.line}, column `{header}`: the value{shown or ' '}{cell.error.reason.en}{more.en}",
        )
        return Finding(Family.DATA, cell.error.code, Place(self.path, self.line or cell.line), what, cell.error.remedy)


def told_once(findings: Iterable[Finding]) -> list[Finding]:
    """What several files say alike, such as a column that was renamed, as one finding with how many files do."""
    alike: dict[Finding, list[Finding]] = {}
    for finding in dict.fromkeys(findings):
        somewhere = replace(finding, place=replace(finding.place, path=""))
        alike.setdefault(somewhere, []).append(finding)
    return [_of_files(same[0], len(same)) for same in alike.values()]


def _of_files(finding: Finding, files: int) -> Finding:
    if files == 1:
        return finding
    what, rest = finding.what, files - 1
    more = Text(f"（ほかに{rest}個のファイルも同じ）", f" (files that say the same: {rest} more)")
    return replace(finding, what=Text(what.ja + more.ja, what.en + more.en))


def shortened(findings: list[Finding], most: int) -> list[Finding]:
    """The first `most` findings, and how many more there are as one finding at the place of the last told."""
    rest = findings[most:]
    if not rest:
        return findings
    what = Text(f"問題がほかに{len(rest)}件あります", f"more problems: {len(rest)}")
    remedy = Text(
        "先に出ている問題を直してから、もう一度実行してください", "solve the problems before this one and run again"
    )
    severity = Severity.ERROR if any(finding.is_error for finding in rest) else Severity.WARNING
    place = Place(findings[most - 1].place.path)
    return [*findings[:most], Finding(Family.DATA, "more-problems", place, what, remedy, severity)]


def like(example: str, declared: str | None = None) -> Text:
    """A remedy that shows the right form, and what to declare of the column if its file always looks like this."""
    if declared is None:
        return Text(f"`{example}` のように書いてください", f"write it like `{example}`")
    return Text(
        f"`{example}` のように書くか、いつもこの形なら sources.yml のこの列に `{declared}` と書いてください",
        f"write it like `{example}`, or declare `{declared}` for this column in sources.yml",
    )


def _shown(value: object) -> str:
    """The value in backticks when a log may show it, else nothing: rows speak of people."""
    text = str(value).strip()
    return f" `{text}` " if _SHOWABLE.fullmatch(text) else ""
