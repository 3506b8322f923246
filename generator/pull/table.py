"""The typed rows of a source, column by column, and what is asked of every table: rows, unique keys, sane times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import compress
from zoneinfo import ZoneInfo

from msgspec import Struct

from generator.model.finding import Text
from generator.pull.cells.cell import reader
from generator.pull.cells.column import Column
from generator.pull.problems import BadCell, Problems

EARLIEST = date(1990, 1, 1)
"""No usage was measured before; an earlier day is a damaged or misread date."""


class TableRules(Struct, frozen=True):
    """What a source asks of its rows; columns by their names in metrics.yml."""

    kept: tuple[str, ...]
    """Columns that reach the snapshot; others are only looked at while reading."""
    key: tuple[str, ...] = ()
    latest_by: str | None = None
    """Of rows with the same key the one with the largest value wins; an error without it. Rows alike in all are one."""
    time: str | None = None


class Table:
    """Rows being gathered. All lists are equally long."""

    def __init__(self, columns: Mapping[str, Column], zone: ZoneInfo) -> None:
        """`columns` are by their names in the file, in the order of `values`; in `zone` a moment falls on a day."""
        self.columns, self.zone = columns, zone
        self.values: list[list[object]] = [[] for _ in columns]
        self.places: list[tuple[str, int]] = []
        """File (as messages show it) and line of each row."""
        self.dropped: list[tuple[str, int]] = []
        """File and line of the rows that a newer one with the same key replaced."""

    def __len__(self) -> int:
        return len(self.places)

    def column(self, name: str) -> list[object]:
        """The values of the column that metrics.yml calls `name`."""
        names = [column.name for column in self.columns.values()]
        return self.values[names.index(name)]

    def add(self, rows: Sequence[tuple[int, Sequence[object]]], problems: Problems) -> None:
        """Type the raw rows of one file and append them; cells that do not fit go to `problems`."""
        lines = [line for line, _ in rows]
        for index, (header, column) in enumerate(self.columns.items()):
            read = reader(column, self.zone)
            append = self.values[index].append
            for line, cells in rows:
                try:
                    append(read(cells[index]))
                except BadCell as error:
                    problems.cell(header, line, cells[index], error)
                    append(None)
        self.places += [(problems.path, line) for line in lines]

    def extend(self, more: Table) -> None:
        """Append the rows of a table of the same columns."""
        for values, others in zip(self.values, more.values, strict=True):
            values += others
        self.places += more.places

    def keep(self, wanted: Sequence[bool]) -> None:
        """Drop the rows that are not `wanted`."""
        self.places = list(compress(self.places, wanted))
        self.values = [list(compress(values, wanted)) for values in self.values]

    def watermark(self, rules: TableRules) -> date | None:
        """The newest day that the rows speak of."""
        return max((day for day in self.days(rules) if day is not None), default=None)

    def days(self, rules: TableRules) -> list[date | None]:
        """The day of each row; empty where rows carry no time."""
        times = self.column(rules.time) if rules.time else []
        return [day if isinstance(day, date) else None for day in times]

    def settle(self, rules: TableRules, problems: Problems) -> None:
        """Judge the table as a whole and apply the rule for rows with the same key."""
        self._judge_times(self.days(rules), problems)
        if rules.key:
            self._settle_duplicates(rules, problems)

    def _judge_times(self, days: list[date | None], problems: Problems) -> None:
        early = [n for n, day in enumerate(days) if day is not None and day < EARLIEST]
        if early:
            path, line = self.places[early[0]]
            what = Text(
                f"`{path}` の{line}行目の日付が1990年より前です（{len(early)}行）",
                f"`{path}`, row {line}: a date before 1990 (such rows: {len(early)})",
            )
            problems.add(
                "early-date", what, Text("日付の列と形式を確かめてください", "check the column and its format")
            )

    def _settle_duplicates(self, rules: TableRules, problems: Problems) -> None:
        groups: dict[tuple[object, ...], list[int]] = {}
        keys = [self.column(name) for name in rules.key]
        for row, key in enumerate(zip(*keys, strict=True)):
            groups.setdefault(tuple(_same(value) for value in key), []).append(row)
        repeated = [rows for rows in groups.values() if len(rows) > 1]
        if not repeated:
            return
        if rules.latest_by is None:
            self._tell_duplicates(rules, repeated, problems)
        else:
            self._keep_latest(rules.latest_by, repeated, problems)

    def _tell_duplicates(self, rules: TableRules, repeated: list[list[int]], problems: Problems) -> None:
        (path, line), (other_path, other_line) = (self.places[row] for row in repeated[0][:2])
        names = ", ".join(f"`{name}`" for name in rules.key)
        second = f"{other_line}" if other_path == path else f"{other_path}:{other_line}"
        what = Text(
            f"{names} が同じ行が{len(repeated)}組あります（例: `{path}` の{line}行目と{second}行目）",
            f"{names} are the same in several rows, e.g. `{path}` rows {line} and {second} (such keys: {len(repeated)})",
        )
        remedy = Text(
            "重なった行を除くか、sources.yml で `on_duplicate: latest` と `latest_by` を決めてください",
            "remove the duplicates, or declare `on_duplicate: latest` and `latest_by` in sources.yml",
        )
        problems.add("duplicate-rows", what, remedy)

    def _keep_latest(self, name: str, repeated: list[list[int]], problems: Problems) -> None:
        order = self.column(name)
        gone: set[int] = set()
        for rows in repeated:
            ranked = sorted(rows, key=lambda row: (order[row] is not None, order[row]))
            newest = ranked[-1]
            # Alike in everything, they are one row that was exported several times.
            rivals = [row for row in ranked if order[row] == order[newest] and self._row(row) != self._row(newest)]
            if rivals:
                self._tell_tie(name, (rivals[0], newest), problems)
            gone.update(ranked[:-1])
        self.dropped = [self.places[row] for row in sorted(gone)]
        self.keep([row not in gone for row in range(len(self))])

    def _row(self, row: int) -> list[object]:
        return [values[row] for values in self.values]

    def _tell_tie(self, name: str, rows: tuple[int, int], problems: Problems) -> None:
        (path, line), (_, other) = (self.places[row] for row in rows)
        what = Text(
            f"`{path}` の{line}行目と{other}行目は中身が違うのに `{name}` が同じで、どちらが新しいか決められません",
            f"`{path}`, rows {line} and {other} differ, and `{name}` is the same: none is the latest",
        )
        problems.add(
            "no-latest", what, Text("`latest_by` に順番の分かる列を指定してください", "choose another `latest_by`")
        )


def _same(value: object) -> object:
    """How keys are compared: addresses are written in any case."""
    return value.casefold() if isinstance(value, str) else value
