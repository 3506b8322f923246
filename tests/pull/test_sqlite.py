"""SQLite: one SELECT, and nothing that writes or looks elsewhere."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from generator.pull.kinds import sqlite as kind
from tests.pull.conftest import Desk


def put(desk: Desk, query: str) -> list[str]:
    with closing(sqlite3.connect(desk.data / "usage.db")) as database:
        database.executescript(
            "CREATE TABLE IF NOT EXISTS usage (mail TEXT, number INTEGER, share REAL, member INTEGER);"
            "DELETE FROM usage; INSERT INTO usage VALUES ('a@x', 3, 0.5, 1), ('b@x', 0, NULL, 0);"
        )
    desk.put(
        "sources.yml",
        "sources:\n  usage:\n    kind: sqlite\n    label: 台帳\n    path: usage.db\n"
        f"    query: {query!r}\n"
        "    columns:\n"
        "      mail: {name: mail, type: text}\n"
        "      number: {name: count, type: integer}\n"
        "      share: {name: share, type: number, optional: true}\n"
        "      member: {name: member, type: boolean}\n",
    )
    return desk.findings()


def test_a_select_becomes_rows(desk: Desk) -> None:
    assert put(desk, "SELECT * FROM usage") == []
    assert desk.rows() == [("a@x", 3, 0.5, True), ("b@x", 0, None, False)]


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM usage",
        "SELECT * FROM usage; DELETE FROM usage",
        "ATTACH 'other.db' AS other",
        "PRAGMA user_version = 3",
        "SELECT load_extension('x')",
        "SELECT * FROM nowhere",
        "CREATE TABLE t (a)",
    ],
)
def test_anything_else_is_refused_and_changes_nothing(desk: Desk, query: str) -> None:
    (finding,) = put(desk, query)
    assert finding.startswith("content/data/usage.db SQLiteで問い合わせられません")
    with closing(sqlite3.connect(desk.data / "usage.db")) as database:
        assert database.execute("SELECT count(*) FROM usage").fetchone() == (2,)
    assert sorted(path.name for path in desk.data.iterdir()) == ["sources.yml", "usage.db"]


def test_a_query_without_end_is_stopped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kind, "MOST_STEPS", 5)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    (finding,) = put(desk, endless)
    assert "interrupted" in finding


def test_what_is_no_database_is_told(desk: Desk) -> None:
    put(desk, "SELECT * FROM usage")
    desk.put("usage.db", b"not a database, not at all" * 100)
    assert "SQLiteで問い合わせられません（file is not a database）" in desk.findings()[1]


def test_a_database_that_is_being_written_is_refused(desk: Desk) -> None:
    put(desk, "SELECT * FROM usage")
    with closing(sqlite3.connect(desk.data / "usage.db")) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("INSERT INTO usage VALUES ('c@x', 1, 1, 1)")
        database.commit()
        assert "書き込み中のSQLiteです" in desk.findings()[1]
