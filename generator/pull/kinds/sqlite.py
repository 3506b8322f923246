"""Kind `sqlite`: one SELECT against a SQLite file that is opened for reading only."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import count
from typing import Literal

from generator.model.finding import Text
from generator.pull.files import InputFile
from generator.pull.formats.header import positions
from generator.pull.problems import Problems
from generator.pull.source import FileSource, Rows, TabularSource
from generator.pull.sql.only_read import only_read

MOST_STEPS = 20_000  # of 100,000 instructions each: about a minute


class SqliteSource(FileSource, TabularSource):
    """A table that another program keeps in a SQLite file."""

    kind: Literal["sqlite"]
    query: str
    """One SELECT; the names of its columns are the keys of `columns`."""

    def rows(self, file: InputFile, problems: Problems) -> Rows:
        if _is_being_written(file, problems) or file.content(problems) is None:
            return
        address = f"{file.path.resolve().as_uri()}?mode=ro"
        try:
            with closing(sqlite3.connect(address, uri=True)) as connection:
                only_read(connection, _patience())
                cursor = connection.execute(self.query)
                found = [column[0] for column in cursor.description or ()]
                places = positions(found, self.columns, self.ignored, problems, 0)
                if places is not None:
                    for number, row in enumerate(cursor, start=1):
                        yield number, [row[place] for place in places]
        except (sqlite3.Error, sqlite3.Warning) as error:
            what = Text(f"SQLiteで問い合わせられません（{error}）", f"SQLite: {error}")
            remedy = Text(
                "`path` がSQLiteのファイルで、`query` が1つのSELECT文であることを確かめてください",
                "check that `path` is a SQLite file and `query` is one SELECT",
            )
            problems.add("sqlite-failed", what, remedy)


def _patience() -> Callable[[], bool]:
    """A function that says true, which makes SQLite stop, when a query takes too many steps."""
    steps = count()
    return lambda: next(steps) > MOST_STEPS


def _is_being_written(file: InputFile, problems: Problems) -> bool:
    """Whether rows wait in a write-ahead log, which the digest of the file knows nothing of."""
    log = file.path.with_name(f"{file.path.name}-wal")
    if not (log.exists() and log.stat().st_size):
        return False
    what = Text(
        "書き込み中のSQLiteです（`-wal` ファイルがあります）", "the file is being written: it has a write-ahead log"
    )
    remedy = Text("`VACUUM INTO` かバックアップで作った写しを置いてください", "put a copy made by `VACUUM INTO` there")
    problems.add("sqlite-busy", what, remedy)
    return True
