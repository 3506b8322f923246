"""Reads content/data/departments.csv: the organisation as it was on each day."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct

from generator.declared.declared_text import read_declared_text
from generator.model.characters import UNFIT
from generator.model.finding import Family, Finding, Place, Text, listed, nearest, one_line
from generator.model.organisation import Department, Organisation

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
_ORDER = re.compile(r"[0-9]{1,9}")
_LOOSE_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", re.ASCII)
"""As people and ISO write a day, and as Excel writes it on saving: `2016/4/1`."""
_MOST_HEADINGS = 10  # shown of a file that may be another one
COLUMNS = ("department_id", "name", "parent_id", "valid_from", "valid_to", "successor_id", "order")


def read_departments(path: Path, shown: str) -> tuple[Organisation, list[Finding]]:
    """Return the organisation and what is wrong with it; without such a file there are no departments."""
    text, findings = read_declared_text(path, shown)
    if text is None:
        return Organisation(()), findings
    judge = _Judge(shown)
    rows = list(judge.rows(text))
    judge.relations(rows)
    return Organisation(tuple(department for _, department in rows)), judge.findings


Row = tuple[int, Department]
"""Line of the file and what it says."""


class _Judge(Struct):
    """Gathers the findings of one file."""

    path: str
    findings: list[Finding] = []

    def add(self, code: str, line: int, what: Text, remedy: Text) -> None:
        self.findings.append(Finding(Family.DATA, code, Place(self.path, line), what, remedy))

    def rows(self, text: str) -> Iterator[Row]:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        try:
            if not self._header_is_right(reader.fieldnames or ()):
                return
            for cells in reader:
                if None in cells:
                    self._too_many_cells(reader.line_num)
                elif (department := self._department(reader.line_num, cells)) is not None:
                    yield reader.line_num, department
        except csv.Error:
            what = Text("ここでCSVの形が崩れています", "this is not CSV any more")
            remedy = Text("引用符の閉じ忘れを確かめてください", "check that every quote is closed")
            self.add("broken-row", reader.line_num, what, remedy)

    def _too_many_cells(self, line: int) -> None:
        what = Text(f"列が{len(COLUMNS)}つより多くあります", f"there are more than {len(COLUMNS)} columns in this row")
        remedy = Text('値の中のコンマを `"` で囲んでください', 'put values with a comma in `"`')
        self.add("row-length", line, what, remedy)

    def _header_is_right(self, found: Sequence[str]) -> bool:
        missing = [name for name in COLUMNS if name not in found]
        unknown = [name for name in found if name not in COLUMNS]
        if missing or unknown:
            self.add("missing-column" if missing else "unknown-column", 1, _misfit(missing, unknown), _HEADINGS)
        return not missing and not unknown

    def _department(self, line: int, cells: dict[str, str | None]) -> Department | None:
        cell = {name: (cells.get(name) or "").strip() for name in COLUMNS}
        for name in ("department_id", "name", "valid_from", "order"):
            if not cell[name]:
                self.add("empty-cell", line, Text(f"`{name}` が空です", f"`{name}` is empty"), _FILL)
        start, end = self._day(line, "valid_from", cell), self._day(line, "valid_to", cell)
        if cell["department_id"] and not _ID.fullmatch(cell["department_id"]):
            what = Text(
                "`department_id` は部署のページのURLになるので、この値は使えません",
                "`department_id` becomes the address of a page, so this value cannot be used",
            )
            remedy = Text(
                "半角の英数字とハイフンで、60字以内にしてください", "use at most 60 ASCII letters, digits and hyphens"
            )
            self.add("bad-department-id", line, what, remedy)
            return None
        if UNFIT.search(cell["name"]):
            what = Text("`name` に、見えない文字や制御文字があります", "`name` holds characters that nobody can see")
            self.add("unseen-character", line, what, Text("名前を打ち直してください", "type the name again"))
            return None
        if cell["order"] and not _ORDER.fullmatch(cell["order"]):
            what = Text(
                f"`order` の値 `{cell['order']}` は整数ではありません", f"`order`: `{cell['order']}` is not a number"
            )
            self.add("not-number", line, what, Text("並び順を `10` のように書いてください", "write it like `10`"))
        elif start and end and end < start:
            what = Text(
                f"終わりの日 {end} が始まりの日 {start} より前です", f"it ends on {end}, before it begins ({start})"
            )
            self.add("bad-validity", line, what, Text("日付を直してください", "correct the dates"))
        elif start and all(cell[name] for name in ("department_id", "name", "order")):
            return Department(
                id=cell["department_id"],
                name=cell["name"],
                parent_id=cell["parent_id"] or None,
                valid_from=start,
                valid_to=end,
                successor_id=cell["successor_id"] or None,
                order=int(cell["order"]),
            )
        return None

    def _day(self, line: int, name: str, cell: dict[str, str]) -> date | None:
        if not cell[name]:
            return None
        try:
            loose = _LOOSE_DAY.fullmatch(cell[name])
            return date(*map(int, loose.groups())) if loose else date.fromisoformat(cell[name])
        except ValueError:
            what = Text(f"`{name}` の値 `{cell[name]}` は日付ではありません", f"`{name}`: `{cell[name]}` is not a date")
            self.add("bad-date", line, what, Text("`2026-04-01` のように書いてください", "write it like `2026-04-01`"))
            return None

    def relations(self, rows: Sequence[Row]) -> None:
        """Judge what the rows say about each other."""
        known = {department.id: department for _, department in rows}
        for line, department in rows:
            for name, other in (("parent_id", department.parent_id), ("successor_id", department.successor_id)):
                if other is not None and other not in known:
                    what = Text(
                        f"`{name}` の部署 `{other}` がありません", f"`{name}`: there is no department `{other}`"
                    )
                    self.add("unknown-department", line, what, nearest(other, known))
        self._overlaps(rows)
        self._addresses(rows)
        self._cycles(rows, known)
        self._successors(rows, known)

    def _overlaps(self, rows: Sequence[Row]) -> None:
        for index, (line, department) in enumerate(rows):
            for _, other in rows[:index]:
                if other.id == department.id and _overlap(other, department):
                    what = Text(
                        f"部署 `{department.id}` の期間がほかの行と重なっています",
                        f"department `{department.id}` stands in two rows for the same days",
                    )
                    self.add("overlapping-validity", line, what, Text("期間を分けてください", "separate the spans"))

    def _addresses(self, rows: Sequence[Row]) -> None:
        """Ids that differ only in case would be pages at one address."""
        first: dict[str, str] = {}
        for line, department in rows:
            other = first.setdefault(department.id.lower(), department.id)
            if other != department.id:
                what = Text(
                    f"部署 `{department.id}` と `{other}` は、大文字と小文字しか違いません",
                    f"the departments `{department.id}` and `{other}` differ only in upper and lower case",
                )
                remedy = Text(
                    "別のIDにするか、同じ書き方にそろえてください", "give one another id, or write both alike"
                )
                self.add("bad-department-id", line, what, remedy)

    def _cycles(self, rows: Sequence[Row], known: dict[str, Department]) -> None:
        for line, department in rows:
            for name in ("parent_id", "successor_id"):
                if _comes_back(department, name, known):
                    what = Text(
                        f"`{name}` をたどると部署 `{department.id}` 自身に戻ります",
                        f"following `{name}` from department `{department.id}` leads back to it",
                    )
                    self.add(
                        "department-cycle", line, what, Text("どこかの行を直してください", "correct one of the rows")
                    )

    def _successors(self, rows: Sequence[Row], known: dict[str, Department]) -> None:
        for line, department in rows:
            successor = known.get(department.successor_id or "")
            if successor is None:
                continue
            ends = department.valid_to not in {None, date.max}  # 9999-12-31 is how some systems write that it is open
            next_day = department.valid_to + timedelta(days=1) if department.valid_to and ends else None
            if next_day is None or not successor.exists_on(next_day):
                what = Text(
                    f"部署 `{department.id}` が終わった翌日に、後継の `{successor.id}` がありません",
                    f"its successor `{successor.id}` is not there on the day after `{department.id}` ends",
                )
                remedy = Text(
                    "`valid_to` と後継の `valid_from` を合わせてください", "match `valid_to` with its `valid_from`"
                )
                self.add("bad-successor", line, what, remedy)


_HEADINGS = Text(f"見出しを `{','.join(COLUMNS)}` にしてください", f"let the headings be `{','.join(COLUMNS)}`")
_FILL = Text("値を入れてください", "fill it in")


def _misfit(missing: Sequence[str], unknown: Sequence[str]) -> Text:
    """How the headings differ from what they should be."""
    shown = listed(one_line(name) for name in unknown[:_MOST_HEADINGS])
    if not missing:
        return Text(f"見出しの行に、使わない列 {shown} があります", f"there is no column {shown}")
    if not unknown:
        return Text(f"見出しの行に {listed(missing)} がありません", f"the headings lack {listed(missing)}")
    return Text(
        f"見出しの行に {listed(missing)} がなく、使わない列 {shown} があります",
        f"the headings lack {listed(missing)}; there is {shown}, which is no column",
    )


def _overlap(one: Department, other: Department) -> bool:
    end = date.max
    return one.valid_from <= (other.valid_to or end) and other.valid_from <= (one.valid_to or end)


def _comes_back(department: Department, name: str, known: dict[str, Department]) -> bool:
    seen: set[str] = set()
    current: str | None = getattr(department, name)
    while current is not None and current in known and current not in seen:
        if current == department.id:
            return True
        seen.add(current)
        current = getattr(known[current], name)
    return False
