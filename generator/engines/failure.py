"""Why a database did not answer. Its own words may hold rows about people or its address, so they are never repeated."""

from __future__ import annotations

from generator.model.finding import Text


class DatabaseFailed(Exception):
    """Nothing came back that may be used; `what` and `remedy` are whole sentences."""

    def __init__(self, code: str, what: Text, remedy: Text) -> None:
        super().__init__(code, what, remedy)  # all of it, so that another process can raise it
        self.code = code
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return self.what.en


_LATER = Text("しばらくして、もう一度実行してください", "run it again later")
_GRANTS = Text(
    "sources.yml の `table` と `columns` と、利用者の権限を確かめてください",
    "check `table` and `columns` in sources.yml, and what its user may read",
)


def unreachable(variable: str) -> DatabaseFailed:
    """There is no connection, or it broke."""
    what = Text("データベースにつながらないか、途中で切れました", "the database cannot be reached, or hung up")
    remedy = Text(f"{_LATER.ja}（URLは環境変数 `{variable}`）", f"{_LATER.en} (its address is in `{variable}`)")
    return DatabaseFailed("database-unreachable", what, remedy)


def refused(variable: str) -> DatabaseFailed:
    """User or password are wrong."""
    what = Text("データベースが認証を断りました", "the database refuses us")
    remedy = Text(
        f"環境変数 `{variable}` の利用者名とパスワードを確かめてください", f"check user and password in `{variable}`"
    )
    return DatabaseFailed("not-let-in", what, remedy)


def too_slow(seconds: float) -> DatabaseFailed:
    """The statement was stopped."""
    what = Text(f"{seconds:g}秒たっても終わりません", f"not done after {seconds:g} seconds")
    remedy = Text(
        "sources.yml の `budget` を増やすか、データベースの側で表を軽くしてください",
        "raise `budget` in sources.yml, or make the table lighter in the database",
    )
    return DatabaseFailed("query-too-slow", what, remedy)


def no_table() -> DatabaseFailed:
    """A table or column is not there, or not for us."""
    what = Text("表か列が、ないか、読むことを許されていません", "a table or column is not there, or may not be read")
    return DatabaseFailed("query-refused", what, _GRANTS)


def unfit_value() -> DatabaseFailed:
    """A value is not of the declared type."""
    what = Text("宣言した型にできない値があります", "a value is not of the type that its column declares")
    remedy = Text("sources.yml の `columns` の型を確かめてください", "check the types of `columns` in sources.yml")
    return DatabaseFailed("query-failed", what, remedy)


def failed(code: str) -> DatabaseFailed:
    """Anything else, by the database's own name for it."""
    what = Text(f"データベースがエラー `{code}` を返しました", f"the database answers with the error `{code}`")
    return DatabaseFailed("query-failed", what, _GRANTS)


def bad_address(variable: str) -> DatabaseFailed:
    """The variable holds no address of a database that counts the same as DuckDB."""
    what = Text(
        f"環境変数 `{variable}` の値は、数えられるデータベースのURLではありません",
        f"`{variable}` does not hold the address of a database that can count",
    )
    remedy = Text(
        "`postgresql://利用者:パスワード@ホスト/データベース`、Sparkなら `sc://ホスト:15002` の形で設定してください",
        "set it like `postgresql://user:password@host/database`, or `sc://host:15002` for Spark",
    )
    return DatabaseFailed("bad-database", what, remedy)


def not_installed(part: str) -> DatabaseFailed:
    """The extra is missing."""
    command = "pip install 'kawaraban[remote]'" if part != "pyspark" else "pip install 'kawaraban[remote,spark]'"
    what = Text(f"データベースへの部品（{part}）がありません", f"{part}, which this database needs, is not installed")
    return DatabaseFailed("driver-missing", what, Text(f"`{command}` で入れてください", f"install it with `{command}`"))


def unset(variable: str) -> DatabaseFailed:
    """Nobody has said where the database is."""
    what = Text(f"環境変数 `{variable}` が設定されていません", f"the environment variable `{variable}` is not set")
    return DatabaseFailed("secret-unset", what, Text(f"`{variable}` を設定してください", f"set `{variable}`"))


def not_asked() -> DatabaseFailed:
    """The database is not to be asked in this run, or its pull has just failed."""
    what = Text(
        "まだ数えていない月があり、いまはデータベースに問い合わせません",
        "a month is not counted yet, and the database is not asked now",
    )
    remedy = Text(
        "データベースにつながるところで、`--offline` を付けずに組み立ててください",
        "build without `--offline` where the database can be reached",
    )
    return DatabaseFailed("not-counted-yet", what, remedy)
