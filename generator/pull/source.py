"""What a kind of source is: what sources.yml says about it, and how its rows come out of its files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Literal

from pydantic import field_validator, model_validator

from generator.model.finding import Text, listed, nearest
from generator.model.record import Record, unfit
from generator.pull.column import Column
from generator.pull.files import InputFile
from generator.pull.problems import Problems
from generator.pull.table import Table, TableRules

Rows = Iterator[tuple[int, Sequence[object]]]
"""Line (or row number) from 1 and raw cells, in the order of the source's columns."""
Trait = tuple[str, str]
"""What a property of a file's rows is called, and its value."""


class Source(Record, ABC):
    """One entry of sources.yml. A new kind is a subclass in a file of its own and one line in `sources_file.KINDS`."""

    kind: str
    label: str
    """What pages print as 出典."""
    path: str
    """The file, or several with `*`, relative to content/data."""

    @property
    @abstractmethod
    def reads(self) -> Mapping[str, Column]:
        """The columns that are read: name in the file → column."""

    @property
    @abstractmethod
    def rules(self) -> TableRules:
        """Which columns are kept, what makes a row unique, and what its time is."""

    @abstractmethod
    def rows(self, file: InputFile, problems: Problems) -> Rows:
        """Read the rows of one file; what is wrong goes to `problems`."""

    def uses(self, day: date) -> bool:
        """Whether rows of this day are stored."""
        return True

    def traits(self, table: Table) -> Iterable[Trait]:
        """What `judge` must know of the rows of one file beside their days; it is kept, so it says nothing of anybody."""
        return ()

    def judge(self, days: AbstractSet[date], traits: AbstractSet[Trait], problems: Problems) -> None:
        """Say what is wrong with the rows of all files together, beyond what every kind is asked."""


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
        known = [column.name for column in cls.offered().values()]
        for name in names:
            if name not in known:
                what = Text(
                    f"列 `{name}` はこの種類のデータにありません", f"this kind of source has no column `{name}`"
                )
                raise unfit("unknown-column", what, nearest(name, known))
        return names
