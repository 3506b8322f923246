"""What drivers raise, as one sentence: their own words may hold the address, values of the query or rows of people."""

from __future__ import annotations

import re
from typing import Any

from generator.model.finding import Text, one_line
from generator.pull.remote.failure import LATER, FetchFailed

_LET_IN = {"28000", "28P01", 1045, 1044, 18456}
_NO_DATABASE = {1049, 4060}
_TOO_SLOW = {"57014", 1969, 3024}
_WRITES = {"25006", 1792}
_MISWRITTEN = {"42601", "42P01", "42703", "42883", "42501", "42804", "0A000", 1054, 1064, 1142, 1146}
"""Mistakes in the query itself: what is said of them names tables and columns, never a value of a row."""
_CUT_OFF = {0, 2003, 2006, 2013}
"""What PyMySQL calls a connection that is not there, or not any more."""
_SQLITE = re.compile(
    r"no such (?:table|column|function): .*|near \".*\": syntax error|.* not authorized|not authorized.*"
)


def failed(error: Any, variable: str) -> FetchFailed:
    """A SQLAlchemy `DBAPIError` as a FetchFailed; the address stands in the environment `variable`."""
    original = error.orig
    code = _code(original)
    if code in _LET_IN or (code is None and "password authentication failed" in str(original)):
        return _refused(variable)
    if code in _NO_DATABASE:
        why = Text("その名前のデータベースがありません", "there is no database of that name")
        return unusable(variable, why, Text("番地の最後の名前を確かめてください", "check the name at its end"))
    if code in _TOO_SLOW or str(original) == "interrupted":
        return too_slow()
    if code in _WRITES:
        what = Text(
            "`query` がデータを書きかえようとしたため、断られました", "`query` tried to change data and was refused"
        )
        return FetchFailed("query-writes", what, _SELECT)
    if code in _MISWRITTEN or (code is None and _SQLITE.fullmatch(str(original))):
        said = one_line(_primary(original), 120)
        what = Text(f"`query` をデータベースが受け付けません（{said}）", f"the database refuses `query`: {said}")
        return FetchFailed("query-refused", what, _SELECT)
    is_cut_off = code in _CUT_OFF or (isinstance(code, str) and code.startswith(("08", "57")))
    if error.connection_invalidated or code is None or is_cut_off:
        what = Text("データベースにつながらないか、途中で切れました", "the database cannot be reached, or hung up")
        remedy = Text(f"{LATER.ja}（番地は環境変数 `{variable}`）", f"{LATER.en} (its address is in `{variable}`)")
        return FetchFailed("database-unreachable", what, remedy)
    what = Text(f"データベースがエラー `{code}` を返しました", f"the database answers with the error `{code}`")
    return FetchFailed("query-failed", what, _SELECT)


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
        f"環境変数 `{variable}` のデータベースの番地が使えません。{why.ja}",
        f"the database address in `{variable}` cannot be used: {why.en}",
    )
    return FetchFailed("bad-database", what, remedy)


def _refused(variable: str) -> FetchFailed:
    what = Text("データベースが認証を断りました", "the database refuses us")
    remedy = Text(
        f"環境変数 `{variable}` の利用者名とパスワードを確かめてください", f"check user and password in `{variable}`"
    )
    return FetchFailed("not-let-in", what, remedy)


def _code(original: Any) -> str | int | None:
    """The number by which MySQL and SQL Server know an error, else SQLSTATE."""
    first = original.args[0] if original.args else None
    if isinstance(first, int):
        return first
    state = getattr(original, "sqlstate", None)
    return None if state is None else str(state)


def _primary(original: Any) -> str:
    diagnosis = getattr(original, "diag", None)
    if diagnosis is not None and diagnosis.message_primary:
        return str(diagnosis.message_primary)
    return str(original.args[-1])


_SELECT = Text(
    "`query` が、読むだけの利用者に許された1つのSELECT文であることを確かめてください",
    "check that `query` is one SELECT that a user who may only read can ask",
)
