"""What a kind of source is: what sources.yml says about it, and how its rows come out of files or off the network."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from generator.model.finding import Severity, Text, listed, nearest
from generator.model.metric import Days
from generator.model.period import Month
from generator.model.record import Record, Words, unfit
from generator.pull.bulk import LEAST, Cells, Unusual
from generator.pull.cells.column import Column
from generator.pull.files import InputFile, matching
from generator.pull.problems import Problems
from generator.pull.remote.session import Session
from generator.pull.remote.window import Window
from generator.pull.table import Table, TableRules
from generator.settings import Settings

Row = tuple[int, Sequence[object]]
"""Line (or row number) from 1 and raw cells, in the order of the source's columns."""
Rows = Iterator[Row]
Trait = tuple[str, str]
"""What a property of a file's rows is called, and its value."""


class Source(Record, ABC):
    """One entry of sources.yml: what every kind of source has. A kind is a `FileSource` or a `RemoteSource`."""

    kind: str
    label: Words
    """What pages print as 出典."""
    block_after: Days | None = None
    """When the source fails and its last good rows are older than this, nothing is published (exit code 30)."""

    def program(self, settings: Settings) -> str:
        """Digest of a program of the site's own that makes the rows; another one's rows are made anew."""
        return ""

    @property
    @abstractmethod
    def reads(self) -> Mapping[str, Column]:
        """The columns that are read: name in the file → column."""

    @property
    @abstractmethod
    def rules(self) -> TableRules:
        """Which columns are kept, what makes a row unique, and what its time is."""

    def uses(self, day: date) -> bool:
        """Whether rows of this day are stored."""
        return True

    def traits(self, table: Table) -> Iterable[Trait]:
        """What `judge` must know of the rows of one file or window beside their days; it is kept, so it says nothing of anybody."""
        return ()

    def judge(self, days: AbstractSet[date], traits: AbstractSet[Trait], problems: Problems) -> None:
        """Say what is wrong with the rows of all of them together, beyond what every kind is asked."""


class FileSource(Source):
    """Rows from files below content/data."""

    least: ClassVar[int] = LEAST
    """Bytes from which on a file is large."""
    path: str
    """The file, or several with `*`, relative to content/data."""

    def reads_file(self, path: Path, settings: Settings) -> bool:
        """Whether this is one of its files."""
        return path in matching(settings.data, self.path)

    @abstractmethod
    def rows(self, file: InputFile, problems: Problems) -> Rows:
        """Read the rows of one file; what is wrong goes to `problems`."""

    def cells(self, file: InputFile) -> Cells:
        """Where DuckDB finds the cells of a large file. Raises Unusual, as kinds do that it does not read."""
        raise Unusual


class RemoteSource(Source):
    """Rows from elsewhere: a vendor's reports, a database, a program."""

    budget: int = Field(default=60, ge=1, le=7200)
    """Seconds that one pull of this source may take, with every retry; windows that were done by then are kept."""
    revised_for: Days = timedelta(0)
    """How long after its last day the vendor may still change a window. Kinds know their vendor's habit."""

    keep_for: Days | None = None
    """How long rows are kept after the last day of their window; then they are deleted. For ever when absent."""

    def may_be_empty(self, window: Window, today: date) -> bool:
        """Whether a window that has no rows by now says that nobody did anything, e.g. on a day of rest."""
        return False

    @abstractmethod
    def windows(self, today: date) -> Sequence[Window]:
        """The spans of time to ask for, oldest first; `[EVERYTHING]` for a source that knows only the present.

        A window that is settled is asked for once and never again.
        """

    def reaches_back_to(self, today: date) -> date:
        """The first day that the vendor still tells of; windows before it stay as they were pulled, whatever changes."""
        return date.min

    def tell_missed(self, windows: Sequence[Window], problems: Problems) -> None:
        """Say what is wrong when `windows`, in months that have rows, went out of reach before they were pulled."""
        months = sorted({Month.of(window.last) for window in windows})
        shown, after = ", ".join(map(str, months)), months[-1].plus(1)
        what = Text(
            f"{shown} のうち {len(windows)} 個の期間（{windows[0].first} から）は、相手に残っていないため取り込めません。"
            "その月の数字は低めに出ます",
            f"{len(windows)} windows of {shown} (from {windows[0].first}) are no longer to be had; "
            "the figures of those months are too low",
        )
        remedy = Text(
            f"`since` を {after} にすると、その月までを「未測定」として扱います",
            f"with `since: {after}` the time before counts as not measured",
        )
        problems.add("missed-windows", what, remedy, severity=Severity.WARNING)

    @abstractmethod
    def fetch(self, window: Window, session: Session, problems: Problems) -> Rows:
        """Yield all rows of one window. Raises FetchFailed; then, or with an error in `problems`, none is used.

        A window without rows counts as not measured, which is told.
        """


class TabularSource(Source):
    """A table whose columns only the company knows: sources.yml declares each one."""

    columns: Mapping[str, Column]
    """Header as the file has it → what the column holds. Only these are ever stored."""
    ignored: tuple[str, ...] = ()
    """Headers that may stand in the file and are not wanted, such as names of people."""
    key: tuple[str, ...] = ()
    """The columns that together make a row unique."""
    on_duplicate: Literal["error", "latest"] = "error"
    """What to do with rows of the same key."""
    latest_by: str | None = None
    """With `latest`: the column whose largest value wins."""
    time: str | None = None
    """The date column that says how new the rows are."""

    @model_validator(mode="after")
    def _refers_to_its_columns(self) -> TabularSource:
        known = [column.name for column in self.columns.values()]
        if not known:
            raise unfit("missing-key", *_NO_COLUMNS)
        if len(known) > len(set(known)):
            twice = listed(name for name, times in Counter(known).items() if times > 1)
            what = Text(f"`columns` に同じ `name` の列があります: {twice}", f"several `columns` are named {twice}")
            raise unfit("duplicate-key", what, Text("列ごとに違う名前を付けてください", "give each a name of its own"))
        for name in (*self.key, self.latest_by, self.time):
            if name is not None and name not in known:
                choose = Text(
                    f"`columns` の `name` から選んでください: {listed(known)}",
                    f"choose from the columns: {listed(known)}",
                )
                raise unfit(
                    "unknown-column",
                    Text(f"列 `{name}` は `columns` にありません", f"`{name}` is not in `columns`"),
                    nearest(name, known, choose),
                )
        if self.time is not None and not any(c.name == self.time and c.type.is_day for c in self.columns.values()):
            what = Text(
                f"`time` の列 `{self.time}` は日付の列ではありません", f"`time`: `{self.time}` is no column of dates"
            )
            raise unfit(
                "not-a-date",
                what,
                Text("型が `date` か `month` の列を指定してください", "name a column of type `date` or `month`"),
            )
        if (self.on_duplicate == "latest") != (self.latest_by is not None and bool(self.key)):
            raise unfit(
                "missing-key",
                Text(
                    "`on_duplicate: latest` には `key` と `latest_by` が要ります（`error` には `latest_by` は要りません）",
                    "`on_duplicate: latest` goes together with `key` and `latest_by`",
                ),
                Text("3つをそろえて書いてください", "write all three or none"),
            )
        return self

    @property
    def reads(self) -> Mapping[str, Column]:
        return self.columns

    @property
    def rules(self) -> TableRules:
        kept = tuple(column.name for column in self.columns.values())
        return TableRules(kept, self.key, self.latest_by, self.time)


_NO_COLUMNS = (
    Text("`columns` に列がありません", "no column stands in `columns`"),
    Text("使う列を1つ以上書いてください", "write the columns that are used"),
)


class VendorSource(Source):
    """A vendor's export: its columns are known here, sources.yml says which of them to store."""

    columns: tuple[str, ...]
    """What is stored beside the day, so that nothing more about people is kept than metrics.yml uses."""

    @classmethod
    @abstractmethod
    def offered(cls) -> Mapping[str, Column]:
        """The columns that may be stored: name in the file → column."""

    @field_validator("columns")
    @classmethod
    def _are_offered(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        judge_columns(names, cls.offered())
        return names


def judge_columns(names: Iterable[str], offered: Mapping[str, Column]) -> None:
    """Let only columns be asked for that are `offered`; raises what a validator may raise."""
    known = [column.name for column in offered.values()]
    for name in names:
        if name not in known:
            what = Text(f"列 `{name}` はこの種類のデータにありません", f"this kind of source has no column `{name}`")
            raise unfit("unknown-column", what, nearest(name, known))
