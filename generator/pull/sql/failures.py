"""What drivers raise, as one sentence: their own words may hold the address, values of the query or rows of people."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from generator.model.finding import Text, one_line
from generator.pull.remote.failure import LATER, FetchFailed


def failed(error: Any, variable: str) -> FetchFailed:
    """A SQLAlchemy `DBAPIError` as a FetchFailed; the address stands in the environment `variable`."""
    original = error.orig
    told = _Told(_code(original), _words(original), variable)
    refusal = _BY_CODE.get(told.code) if told.code is not None else _by_words(told.words)
    if refusal is None:
        refusal = _unreachable if error.connection_invalidated or told.is_of_the_connection else _unknown
    return refusal(told)


class _Told(Struct, frozen=True):
    """What a driver tells of one error."""

    code: str | int | None
    words: str
    variable: str

    @property
    def is_of_the_connection(self) -> bool:
        """Without a code, or of one of the classes of SQLSTATE that are about connections."""
        return self.code is None or (isinstance(self.code, str) and self.code.startswith(("08", "57")))


def too_slow() -> FetchFailed:
    """The query was stopped."""
    what = Text("問い合わせが時間のうちに終わりません", "the query does not end in time")
    remedy = Text(
        "`query` を軽くするか、`since` で月に分けるか、`budget` を増やしてください",
        "make `query` lighter, ask month by month with `since`, or raise `budget`",
    )
    return FetchFailed("query-too-slow", what, remedy)


def undecodable() -> FetchFailed:
    """The driver cannot read a text."""
    what = Text("データベースの文字コードが壊れています", "a text of the database is not in the encoding it says")
    return FetchFailed(
        "query-failed", what, Text("その列の文字コードを確かめてください", "check that column's encoding")
    )


def unusable(variable: str, why: Text, remedy: Text) -> FetchFailed:
    """The address in `variable` cannot be used."""
    what = Text(
        f"環境変数 `{variable}` のデータベースのURLが使えません。{why.ja}",
        f"the database address in `{variable}` cannot be used: {why.en}",
    )
    return FetchFailed("bad-database", what, remedy)


def _not_let_in(told: _Told) -> FetchFailed:
    what = Text("データベースが認証を断りました", "the database refuses us")
    remedy = Text(
        f"環境変数 `{told.variable}` の利用者名とパスワードを確かめてください（SQL Serverではデータベースの名前も）",
        f"check user and password in `{told.variable}`, and for SQL Server the name of the database",
    )
    return FetchFailed("not-let-in", what, remedy)


def _no_database(told: _Told) -> FetchFailed:
    why = Text("その名前のデータベースがありません", "there is no database of that name")
    return unusable(told.variable, why, Text("URLの最後の名前を確かめてください", "check the name at its end"))


def _stopped(_: _Told) -> FetchFailed:
    return too_slow()


def _writes(_: _Told) -> FetchFailed:
    what = Text(
        "`query` がデータを書きかえようとしたため、断られました", "`query` tried to change data and was refused"
    )
    return FetchFailed("query-writes", what, _SELECT)


def _miswritten(told: _Told) -> FetchFailed:
    """A mistake in the query itself: what is said of it names tables and columns, never a value of a row."""
    said = one_line(told.words, 120)
    what = Text(f"`query` をデータベースが受け付けません（{said}）", f"the database refuses `query`: {said}")
    return FetchFailed("query-refused", what, _SELECT)


def _unreachable(told: _Told) -> FetchFailed:
    what = Text("データベースにつながらないか、途中で切れました", "the database cannot be reached, or hung up")
    remedy = Text(f"{LATER.ja}（URLは環境変数 `{told.variable}`）", f"{LATER.en} (its address is in `{told.variable}`)")
    return FetchFailed("database-unreachable", what, remedy)


def _unknown(told: _Told) -> FetchFailed:
    what = Text(
        f"データベースがエラー `{told.code}` を返しました", f"the database answers with the error `{told.code}`"
    )
    return FetchFailed("query-failed", what, _SELECT)


_Refusal = Callable[[_Told], FetchFailed]

_CODES: dict[_Refusal, tuple[str | int, ...]] = {
    _not_let_in: ("28000", "28P01", 1044, 1045, 18456),  # which SQL Server says after 4060 too
    _no_database: ("3D000", 1049, 4060),
    _stopped: ("57014", 1969, 3024),
    _writes: ("25006", 1792),
    _miswritten: ("42601", "42P01", "42703", "42883", "42501", "42804", "0A000", 1054, 1064, 1142, 1146),
    # Of MariaDB, PyMySQL and pymssql: a connection that is not there, or not any more.
    _unreachable: (1927, 0, 2003, 2006, 2013, 20002, 20003, 20006, 20009, 20047),
}
_BY_CODE = {code: refusal for refusal, codes in _CODES.items() for code in codes}

_WORDS: dict[_Refusal, re.Pattern[str]] = {
    _not_let_in: re.compile(r"password authentication failed|のパスワード認証に失敗しました"),
    _no_database: re.compile(r'FATAL: +(database ".*" does not exist|データベース".*"は存在しません)'),
    _stopped: re.compile(r"\Ainterrupted\Z"),
    _miswritten: re.compile(
        r"\A(no such (table|column|function): .*|near \".*\": syntax error|.* not authorized|not authorized.*)\Z"
    ),
}
"""Of errors without a code: PostgreSQL's on connecting, in English and Japanese, and SQLite's."""


def _by_words(words: str) -> _Refusal | None:
    return next((refusal for refusal, pattern in _WORDS.items() if pattern.search(words)), None)


def _code(original: Any) -> str | int | None:
    """The number by which MySQL and SQL Server know an error, else SQLSTATE."""
    first = original.args[0] if original.args else None
    if isinstance(first, tuple):
        first = first[0]  # pymssql, on connecting: one pair of number and words
    if isinstance(first, int):
        return first
    state = getattr(original, "sqlstate", None)
    return None if state is None else str(state)


def _words(original: Any) -> str:
    diagnosis = getattr(original, "diag", None)
    if diagnosis is not None and diagnosis.message_primary:
        return str(diagnosis.message_primary)
    return str(original.args[-1]) if original.args else ""


_SELECT = Text(
    "`query` が、読むだけの利用者に許された1つのSELECT文であることを確かめてください",
    "check that `query` is one SELECT that a user who may only read can ask",
)
