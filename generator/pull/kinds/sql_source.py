"""Kind `sql`: one SELECT against PostgreSQL, MySQL, MariaDB, SQL Server or SQLite, whole or month by month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import field_validator, model_validator

from generator.model.finding import Text
from generator.model.period import YearMonth
from generator.model.record import unfit
from generator.pull.formats.header import positions
from generator.pull.problems import Problems
from generator.pull.remote.secret import Secret
from generator.pull.remote.session import Session
from generator.pull.remote.window import EVERYTHING, Window, past_months
from generator.pull.source import RemoteSource, Rows, TabularSource
from generator.pull.sql.database import Database, Question

_NAMES = re.compile(r"(?<![:\w\\]):(\w+)(?!:)")  # as SQLAlchemy finds them
_SELECT = re.compile(r"\s*(?:SELECT|WITH)\b[^;]*;?\s*", re.IGNORECASE)
_WRITES_FILES = re.compile(r"\bINTO\s+(?:OUTFILE|DUMPFILE)\b", re.IGNORECASE)


class SqlSource(RemoteSource, TabularSource):
    """A table that a database gives on request."""

    kind: Literal["sql"]
    url: Secret
    """The database's whole address, password and all, by the name of its environment variable."""
    query: str
    """One SELECT; the names of its columns are the keys of `columns`. `:first` and `:last` are the days asked for."""
    since: YearMonth | None = None
    """The first month to ask for; every month that is over is asked for once. The whole table when absent."""

    @field_validator("query")
    @classmethod
    def _only_reads(cls, query: str) -> str:
        if not _SELECT.fullmatch(query) or _WRITES_FILES.search(query):
            raise unfit(
                "not-a-select",
                Text("値は1つのSELECT文ではありません", "this is not one SELECT"),
                Text(
                    "`SELECT` か `WITH` で始まり、`;` を途中に含まない文にしてください",
                    "begin with SELECT or WITH, without `;` inside",
                ),
            )
        return query

    @model_validator(mode="after")
    def _binds_its_window(self) -> SqlSource:
        wanted = {"first", "last"} if self.since else set()
        if set(_NAMES.findall(self.query)) != wanted:
            raise unfit(
                "bad-parameter",
                Text(
                    "`since` を書いたら `query` に `:first` と `:last` が要り、書かなければどちらも使えません",
                    "`query` needs `:first` and `:last` with `since`, and no parameter without it",
                ),
                Text(
                    "`WHERE day BETWEEN :first AND :last` のように書いてください",
                    "write `WHERE day BETWEEN :first AND :last`",
                ),
            )
        return self

    def windows(self, today: date) -> Sequence[Window]:
        return past_months(self.since, today) if self.since else [EVERYTHING]

    def fetch(self, window: Window, session: Session, problems: Problems) -> Rows:
        database = Database(session.secret(self.url), self.url.env, session.deadline)
        values = {"first": window.first, "last": window.last} if self.since else {}
        names, rows = database.ask(Question(self.query, values))
        places = positions(names, self.columns, self.ignored, problems, 0)
        if places is not None:
            for number, row in enumerate(rows, start=1):
                yield number, [row[place] for place in places]
