"""The kind `sql` against a real MariaDB, under both names by which its addresses are written."""

from __future__ import annotations

from datetime import date

import pytest

from tests.mariadb.server import PASSWORD, MariaDB
from tests.pull.conftest import Desk, said
from tests.pull.test_sql import MONTHLY, WHOLE, declare, findings


@pytest.fixture(params=["mariadb", "mysql"])
def database(request: pytest.FixtureRequest, mariadb: MariaDB, desk: Desk) -> Desk:
    """A desk whose variable USAGE_URL leads to a fresh table `usage`; the word is one of MariaDB's own."""
    mariadb.execute(
        "DROP TABLE IF EXISTS `usage`",
        "CREATE TABLE `usage` (mail VARCHAR(99), day DATE, count DECIMAL(9))",
        "INSERT INTO `usage` VALUES ('a@x', '2026-09-30', 3), ('b@x', '2026-10-31', 1234), ('営業@x', '2026-11-02', 0)",
    )
    desk.environ["USAGE_URL"] = mariadb.address(request.param)
    return desk


def quoted(query: str) -> str:
    return query.replace("FROM usage", "FROM `usage`")


def test_a_whole_table_becomes_typed_rows(database: Desk) -> None:
    assert findings(database, quoted(WHOLE)) == []
    assert database.rows() == [
        ("a@x", date(2026, 9, 30), 3),
        ("b@x", date(2026, 10, 31), 1234),
        ("営業@x", date(2026, 11, 2), 0),
    ]


def test_a_month_that_is_over_is_asked_for_once_and_never_again(database: Desk, mariadb: MariaDB) -> None:
    assert findings(database, quoted(MONTHLY), "    since: 2026-09\n") == []
    mariadb.execute("UPDATE `usage` SET count = 99")
    assert [count for _, _, count in database.rows()] == [3, 1234]


def test_f10_a_query_that_takes_too_long_is_stopped_by_the_server(database: Desk, mariadb: MariaDB) -> None:
    slow = "SELECT 'a' AS mail, DATE '2026-10-01' AS day, SLEEP(60) AS count"
    (finding,) = findings(database, slow, "    budget: 1\n")
    assert "問い合わせが時間のうちに終わりません" in finding
    running = mariadb.execute("SELECT info FROM information_schema.processlist WHERE id <> CONNECTION_ID()")
    assert not [info for (info,) in running if "SLEEP(60)" in str(info)]


@pytest.mark.parametrize(
    ("ending", "told"),
    [
        ("cut_off()", "データベースにつながらないか、途中で切れました"),
        ("SLEEP(60)", "問い合わせが時間のうちに終わりません"),
    ],
)
def test_f10_a_connection_that_ends_while_rows_come_leaves_the_rows_of_before(
    ending: str, told: str, database: Desk, mariadb: MariaDB
) -> None:
    """Half a table is no table: the server cuts the connection, or its time is over, at the 50,000th of 90,000 rows."""
    mariadb.execute("CREATE OR REPLACE FUNCTION cut_off() RETURNS INT BEGIN KILL CONNECTION_ID(); RETURN 1; END")
    declare(database, quoted(WHOLE))
    assert database.snapshot().rows == 3
    at_last = f"IF(seq = 50000, {ending}, 1) AS count FROM seq_1_to_90000"
    declare(database, f"SELECT 'a' AS mail, DATE '2026-10-01' AS day, {at_last}", "    budget: 2\n")
    snapshots, problems = database.pull()
    assert (snapshots.by_source, told in said(problems[0])) == ({}, True)
    declare(database, quoted(WHOLE))
    assert database.pull(offline=True)[0].by_source["usage"].rows == 3


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT mail, day, NEXTVAL(numbers) AS count FROM `usage`", "書きかえようとしたため、断られました"),
        ("SELECT mail, day, no_such FROM `usage`", "Unknown column 'no_such'"),
        ("SELECT mail, day, count FROM nowhere", "nowhere' doesn't exist"),
        ("SELECT mail, day, count FORM `usage`", "error in your SQL syntax"),
        ("SELECT mail, day FROM `usage`", "列 `count` がありません"),
    ],
)
def test_a_query_may_only_read(query: str, told: str, database: Desk, mariadb: MariaDB) -> None:
    mariadb.execute("CREATE SEQUENCE IF NOT EXISTS numbers")
    assert told in findings(database, query)[0]
    declare(database, quoted(WHOLE))
    assert database.snapshot().rows == 3


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("mariadb://kawaraban:{secret}@127.0.0.1:{port}/test", "認証を断りました"),
        ("mysql://kawaraban:{password}@127.0.0.1:{port}/{secret}", "その名前のデータベースがありません"),
        ("mysql://kawaraban:{secret}@127.0.0.1:1/test", "つながらないか"),
    ],
)
def test_f9_an_address_that_does_not_work_is_told_without_its_secret(
    address: str, told: str, desk: Desk, mariadb: MariaDB
) -> None:
    desk.environ["USAGE_URL"] = address.format(secret="canary-4711", password=PASSWORD, port=mariadb.port)  # noqa: S106 (a test's own)
    (finding,) = findings(desk, WHOLE)
    assert told in finding
    assert "`USAGE_URL`" in finding
    kept = [path.read_text("utf-8") for path in desk.root.rglob("*") if path.is_file()]
    assert not [text for text in (finding, *kept) if "canary-4711" in text or PASSWORD in text]
