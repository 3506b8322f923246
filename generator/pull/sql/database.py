"""One question to a database: its rows as they come, or a FetchFailed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.model.finding import Text, listed
from generator.pull.remote.deadline import Deadline
from generator.pull.remote.failure import FetchFailed
from generator.pull.sql.dialects import DIALECTS, Dialect
from generator.pull.sql.failures import failed, too_slow, undecodable, unusable

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

_AT_ONCE = 2000  # rows


class Question(Struct, frozen=True):
    """One SELECT with the values that are bound to its `:names`."""

    query: str
    values: Mapping[str, date]


class Database(Struct, frozen=True):
    """A database at the address that an environment variable holds."""

    address: str
    variable: str
    deadline: Deadline

    def __repr__(self) -> str:  # without the address, which may hold a password: whatever prints it must not tell it
        return f"Database({self.variable!r})"

    def ask(self, question: Question) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
        """The names of the columns, and the rows. Raises FetchFailed, also on the way; then no row counts."""
        rows = self._rows(question)
        return [str(name) for name in next(rows)], rows

    def _rows(self, question: Question) -> Iterator[Sequence[object]]:
        """The names of the columns first, then every row."""
        from sqlalchemy import exc, text  # here because it takes 0.3 s, and most sources are files

        dialect, engine = self._engine()
        try:
            with engine.connect() as connection:
                dialect.tighten(connection, self.deadline)
                streamed = connection.execution_options(stream_results=True, max_row_buffer=_AT_ONCE)
                with closing(streamed.execute(text(question.query), question.values)) as result:
                    yield list(result.keys())
                    for some in result.partitions(_AT_ONCE):
                        if not self.deadline.allows(0):
                            raise too_slow()
                        yield from some
                connection.rollback()  # whatever happened: nothing is ever kept there
        except exc.DBAPIError as error:
            raise failed(error, self.variable) from None  # its text holds the query's values
        except UnicodeError:
            raise undecodable() from None
        except exc.SQLAlchemyError as error:
            raise unusable(self.variable, _not_understood(error), _SHAPE) from None
        finally:
            engine.dispose()

    def _engine(self) -> tuple[Dialect, Engine]:
        from sqlalchemy import create_engine, exc, pool

        url, dialect = self._url()
        try:
            engine = create_engine(url, poolclass=pool.NullPool, connect_args=dict(dialect.arguments(self.deadline)))
        except ImportError:
            raise self._without("driver", dialect.extra) from None
        except exc.SQLAlchemyError as error:
            raise unusable(self.variable, _not_understood(error), _SHAPE) from None
        return dialect, engine

    def _url(self) -> tuple[URL, Dialect]:
        """The address with our driver for its kind of database."""
        try:
            from sqlalchemy import exc, make_url
        except ImportError:
            raise self._without("SQLAlchemy", "sql") from None
        try:
            url = make_url(self.address)
        except (exc.ArgumentError, ValueError):  # the port is no number
            raise unusable(self.variable, Text("URLの形ではありません", "it is no address"), _SHAPE) from None
        dialect = DIALECTS.get(url.get_backend_name())
        if dialect is None:
            known = listed(DIALECTS)
            why = Text("知らない種類のデータベースです", "it is of an unknown kind of database")
            raise unusable(self.variable, why, Text(f"使えるのは {known} です", f"known: {known}"))
        if dialect.extra is None:
            return _read_only_file(url, self.variable), dialect
        return url.set(drivername=dialect.driver), dialect

    def _without(self, what: str, extra: str | None) -> FetchFailed:
        command = f"pip install 'kawaraban[{extra}]'"
        return FetchFailed(
            "driver-missing",
            Text(
                f"`{self.variable}` のデータベースへの部品（{what}）がありません",
                f"the {what} for the database of `{self.variable}` is not installed",
            ),
            Text(f"`{command}` で入れてください", f"install it with `{command}`"),
        )


def _read_only_file(url: URL, variable: str) -> URL:
    path = url.database or ""
    if not PurePath(path).is_absolute() or "?" in path or "#" in path:
        why = Text("SQLiteのファイルは絶対パスで書きます", "a SQLite file is named by its whole path")
        raise unusable(
            variable,
            why,
            Text("`sqlite:////srv/usage.db` のように書いてください", "write it like `sqlite:////srv/usage.db`"),
        )
    return url.set(database=f"file:{path}", query={"mode": "ro", "uri": "true"})


def _not_understood(error: Exception) -> Text:
    name = type(error).__name__
    return Text(f"SQLAlchemyが受け付けません（{name}）", f"SQLAlchemy does not take it ({name})")


_SHAPE = Text(
    "`postgresql://利用者:パスワード@ホスト/データベース` の形で設定してください",
    "set it like `postgresql://user:password@host/database`",
)
