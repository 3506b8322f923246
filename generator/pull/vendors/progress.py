"""How far projects have come: what trackers of work have in common. A row is a project on the day of a pull.

A tracker knows only the present, so each day that it is pulled adds rows and no day is ever asked for again. Nothing
about people is read.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field, field_validator

from generator.model.finding import Text, one_line
from generator.model.record import unfit
from generator.pull.cells.column import Column, ColumnType
from generator.pull.http.auth import Auth
from generator.pull.problems import Problems
from generator.pull.remote.failure import FetchFailed
from generator.pull.remote.session import Session
from generator.pull.remote.window import Window, past_days
from generator.pull.source import Rows
from generator.pull.table import TableRules
from generator.pull.vendors.service import VendorService

if TYPE_CHECKING:
    from generator.pull.http.client import Client

_COLUMNS = {
    "project": Column(name="project", type=ColumnType.TEXT),
    "date": Column(name="date", type=ColumnType.DATE),
    "done": Column(name="done", type=ColumnType.INTEGER),
    "total": Column(name="total", type=ColumnType.INTEGER),
}
REFUSES_PROJECT = frozenset({400, 404})
"""Statuses with which trackers answer for a project that is not there, or that we may not see."""


class ProgressService(VendorService):
    """Counts of finished and of all tasks, project by project."""

    PROJECT: ClassVar[str]
    """The form of a project's id, as a regular expression."""

    projects: Mapping[str, str] = Field(min_length=1)
    """What pages call a project → its id at the tracker."""

    @field_validator("projects")
    @classmethod
    def _are_ids(cls, projects: Mapping[str, str]) -> Mapping[str, str]:
        for name, number in projects.items():
            if re.fullmatch(cls.PROJECT, number, re.ASCII) is None:
                shown = one_line(name)
                raise unfit(
                    "bad-name",
                    Text(
                        f"`{shown}` に書かれた番号は、この種類の番号の形ではありません",
                        f"the id of `{shown}` is not in the form that this tracker uses",
                    ),
                    Text("ブラウザーに出るURLから写してください", "copy it from the address that a browser shows"),
                )
        return projects

    @property
    def reads(self) -> Mapping[str, Column]:
        return _COLUMNS

    @property
    def rules(self) -> TableRules:
        return TableRules(tuple(_COLUMNS), key=("project", "date"), time="date")

    def windows(self, today: date) -> Sequence[Window]:
        return past_days(self.since.first_day, today + timedelta(days=1))

    def reaches_back_to(self, today: date) -> date:
        return today

    def tell_missed(self, windows: Sequence[Window], problems: Problems) -> None:
        """A day on which nobody looked is none without progress."""

    def fetch(self, window: Window, session: Session, problems: Problems) -> Rows:
        from generator.pull.http.access import Access

        client = session.http(Access(self.home, self.credentials()))
        for number, (name, project) in enumerate(self.projects.items(), start=1):
            done, total = self.count(client, project, name)
            if not (is_count(done) and is_count(total) and int(str(done)) <= int(str(total))):
                raise _no_counts(client.access.home.host, name)
            yield number, [name, window.first, done, total]

    @abstractmethod
    def credentials(self) -> Auth:
        """How the tracker is told who asks."""

    @abstractmethod
    def count(self, client: Client, project: str, name: str) -> tuple[object, object]:
        """Finished tasks and all, as the tracker says; raises FetchFailed."""


def is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def no_project(host: str, name: str) -> FetchFailed:
    what = Text(f"`{host}` にプロジェクト `{name}` がありません", f"`{host}` has no project `{name}`")
    remedy = Text(
        "`projects` の番号と、その鍵の持ち主がそのプロジェクトを見られるかを確かめてください",
        "check its id under `projects`, and that whoever the key belongs to may see it",
    )
    return FetchFailed("no-project", what, remedy)


def _no_counts(host: str, name: str) -> FetchFailed:
    what = Text(
        f"`{host}` が答えたプロジェクト `{name}` の件数が、件数として成り立ちません",
        f"what `{host}` answers for the project `{name}` are no counts",
    )
    remedy = Text(
        "もう一度実行し、続くようなら、あいだの中継を確かめてください",
        "run again; if it goes on, check any gateway in between",
    )
    return FetchFailed("not-counts", what, remedy)
