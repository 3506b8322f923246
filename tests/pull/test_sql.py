"""The kind `sql`, against a real PostgreSQL and real SQLite files."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.postgres.server import PASSWORD, Postgres
from tests.pull.conftest import Desk, said

SOURCE = """
sources:
  usage:
    kind: sql
    label: 勤怠システム
    url: {{env: USAGE_URL}}
    query: {query!r}
    time: day
    columns:
      mail: {{name: mail, type: text}}
      day: {{name: day, type: date}}
      count: {{name: count, type: integer}}
{extra}"""
WHOLE = "SELECT mail, day, count FROM usage"
MONTHLY = "SELECT mail, day, count FROM usage WHERE day BETWEEN :first AND :last ORDER BY day"


@pytest.fixture
def database(postgres: Postgres, desk: Desk) -> Desk:
    """A desk whose variable USAGE_URL leads to a fresh table `usage`."""
    postgres.execute(
        "DROP TABLE IF EXISTS usage",
        "CREATE TABLE usage (mail text, day date, count numeric)",
        "INSERT INTO usage VALUES ('a@x', '2026-09-30', 3), ('b@x', '2026-10-31', 1234), ('c@x', '2026-11-02', 0)",
    )
    desk.environ["USAGE_URL"] = postgres.address
    return desk


def declare(desk: Desk, query: str, extra: str = "") -> None:
    desk.put("sources.yml", SOURCE.format(query=query, extra=extra))


def findings(desk: Desk, query: str, extra: str = "") -> list[str]:
    declare(desk, query, extra)
    return desk.findings()


def test_a_whole_table_becomes_typed_rows(database: Desk) -> None:
    assert findings(database, WHOLE) == []
    assert database.rows() == [
        ("a@x", date(2026, 9, 30), 3),
        ("b@x", date(2026, 10, 31), 1234),
        ("c@x", date(2026, 11, 2), 0),
    ]


def test_a_month_that_is_over_is_asked_for_once_and_never_again(database: Desk, postgres: Postgres) -> None:
    assert findings(database, MONTHLY, "    since: 2026-09\n") == []
    postgres.execute("UPDATE usage SET count = 99", "INSERT INTO usage VALUES ('d@x', '2026-11-30', 5)")
    assert [count for _, _, count in database.rows()] == [3, 1234]
    later = replace(database, now=datetime(2026, 12, 1, 3, tzinfo=UTC))
    assert [count for _, _, count in later.rows()] == [3, 1234, 99, 5]


def test_f19_a_moment_is_of_the_day_it_has_in_japan(database: Desk) -> None:
    moment = "SELECT 'a' AS mail, timestamptz '2026-10-31 23:30+09' + i * interval '30 minutes' AS day, i AS count"
    assert findings(database, f"{moment} FROM generate_series(0, 1) AS i") == []
    assert database.rows() == [("a", date(2026, 10, 31), 0), ("a", date(2026, 11, 1), 1)]


def test_f10_a_connection_that_is_cut_while_rows_come_leaves_the_rows_of_before(database: Desk) -> None:
    """Half a table is no table: the server ends the connection at the 5,000th of 9,000 rows."""
    declare(database, WHOLE)
    assert database.snapshot().rows == 3
    ending = (
        "SELECT 'a' AS mail, date '2026-10-01' AS day,"
        " CASE WHEN i = 5000 THEN pg_terminate_backend(pg_backend_pid())::int ELSE 1 END AS count"
        " FROM generate_series(1, 9000) AS i"
    )
    declare(database, ending)
    snapshots, told = database.pull()
    assert snapshots.by_source == {}
    assert "データベースにつながらないか、途中で切れました" in said(told[0])
    declare(database, WHOLE)
    assert database.pull(offline=True)[0].by_source["usage"].rows == 3


def test_f10_a_query_that_takes_too_long_is_stopped_by_the_server(database: Desk, postgres: Postgres) -> None:
    slow = "SELECT 'a' AS mail, date '2026-10-01' AS day, 1 AS count FROM pg_sleep(60)"
    (finding,) = findings(database, slow, "    budget: 1\n")
    assert "問い合わせが時間のうちに終わりません" in finding
    postgres.execute(
        "DO $$ BEGIN ASSERT (SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()) = 0; END $$"
    )


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("WITH gone AS (DELETE FROM usage RETURNING *) SELECT * FROM gone", "data-modifying statements"),
        ("SELECT mail, day, set_config('transaction_read_only', 'off', false) AS count FROM usage", "エラー `25001`"),
        ("SELECT mail, day, nextval('numbers') AS count FROM usage", "書きかえようとしたため、断られました"),
        ("SELECT mail, day, no_such FROM usage", 'column "no_such" does not exist'),
        ("SELECT mail, day, count FROM nowhere", 'relation "nowhere" does not exist'),
        ("SELECT mail, day, count FORM usage", "syntax error"),
        ("SELECT mail, day FROM usage", "列 `count` がありません"),
        ("SELECT mail, day, 1/(count-count) AS count FROM usage", "エラー `22012`"),
    ],
)
def test_a_query_may_only_read(query: str, told: str, database: Desk, postgres: Postgres) -> None:
    postgres.execute("CREATE SEQUENCE IF NOT EXISTS numbers")
    assert told in findings(database, query)[0]
    declare(database, WHOLE)
    assert database.snapshot().rows == 3


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM usage",
        "SELECT 1; DELETE FROM usage",
        "",
        "SELECT 1 INTO OUTFILE '/tmp/x'",
        "COPY usage TO '/tmp/x'",
    ],
)
def test_what_is_not_one_select_is_no_query(query: str, desk: Desk) -> None:
    (finding,) = findings(desk, query)
    assert "`query` の値は1つのSELECT文ではありません" in finding


@pytest.mark.parametrize(
    ("query", "extra"), [(MONTHLY, ""), (WHOLE, "    since: 2026-09\n"), (f"{MONTHLY} LIMIT :n", "")]
)
def test_a_window_is_bound_or_absent(query: str, extra: str, desk: Desk) -> None:
    (finding,) = findings(desk, query, extra)
    assert "`since` を書いたら `query` に `:first` と `:last` が要り" in finding


def test_a_value_of_a_row_is_in_no_message(database: Desk) -> None:
    (finding,) = findings(database, "SELECT mail, day, mail::int AS count FROM usage")
    assert "エラー `22P02`" in finding
    assert "@x" not in finding


def test_f9_a_variable_that_is_not_set_is_named(desk: Desk) -> None:
    assert "環境変数 `USAGE_URL` が設定されていません" in findings(desk, WHOLE)[0]


ADDRESSES = {
    "wrong password": ("postgresql://postgres:{secret}@127.0.0.1:{port}/postgres", "認証を断りました"),
    "nobody there": ("postgresql://postgres:{secret}@127.0.0.1:1/postgres", "つながらないか"),
    "no such database": (
        "postgresql://postgres:{password}@127.0.0.1:{port}/{secret}",
        "その名前のデータベースがありません",
    ),
    "unknown kind": ("oracle://postgres:{secret}@127.0.0.1/x", "知らない種類のデータベースです"),
    "no address": ("{secret}", "URLの形ではありません"),
    "bad port": ("postgresql://postgres:{secret}@127.0.0.1:port/x", "URLの形ではありません"),
    "bad option": ("postgresql://postgres:{password}@127.0.0.1:{port}/x?{secret}=1", ""),
    "other driver": ("mysql+mysqldb://root:{secret}@127.0.0.1:1/x", ""),
}


@pytest.mark.parametrize("why", ADDRESSES)
def test_f9_an_address_that_does_not_work_is_told_without_its_secret(why: str, desk: Desk, postgres: Postgres) -> None:
    address, told = ADDRESSES[why]
    desk.environ["USAGE_URL"] = address.format(secret="canary-4711", password=PASSWORD, port=postgres.port)  # noqa: S106 (a test's own)
    (finding,) = findings(desk, WHOLE)
    assert told in finding
    assert "`USAGE_URL`" in finding
    kept = [path.read_text("utf-8") for path in desk.root.rglob("*") if path.is_file()]
    assert not [text for text in (finding, *kept) if "canary-4711" in text or PASSWORD in text]


@pytest.fixture
def ledger(desk: Desk) -> Desk:
    """A desk whose variable USAGE_URL leads to a SQLite file elsewhere on the machine."""
    path = desk.root / "ledger.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE usage (mail TEXT, day TEXT, count INTEGER);"
            "INSERT INTO usage VALUES ('a@x', '2026-09-30', 3), ('b@x', '2026-10-31', 4);"
        )
    desk.environ["USAGE_URL"] = f"sqlite:///{path}"
    return desk


def test_sqlite_is_asked_month_by_month(ledger: Desk) -> None:
    assert findings(ledger, MONTHLY, "    since: 2026-09\n") == []
    assert ledger.rows() == [("a@x", date(2026, 9, 30), 3), ("b@x", date(2026, 10, 31), 4)]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT mail, day, load_extension('x') AS count FROM usage", "not authorized"),
        ("SELECT mail, day, count FROM nowhere", "no such table: nowhere"),
        (
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS count, '' AS mail, '' AS day FROM n",
            "時間のうちに終わりません",
        ),
    ],
)
def test_sqlite_may_only_read_and_not_for_ever(query: str, told: str, ledger: Desk) -> None:
    assert told in findings(ledger, query, "    budget: 1\n")[0]


@pytest.mark.parametrize(
    "address", ["sqlite://", "sqlite:///ledger.db", "sqlite:////nowhere/x.db", "sqlite:////tmp/x.db?mode=rwc"]
)
def test_sqlite_is_a_file_that_is_there(address: str, desk: Desk) -> None:
    desk.environ["USAGE_URL"] = address
    (finding,) = findings(desk, WHOLE)
    assert "`USAGE_URL`" in finding
