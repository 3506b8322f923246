"""Errors of databases that no test can start, in the shapes that their drivers document."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from generator.pull.sql.failures import failed


class OperationalError(Exception):
    """As pymssql raises it: of one pair on connecting, of number and words later; psycopg's has words alone."""


def told(*said: object, connection_invalidated: bool = False) -> str:
    error = DBAPIError("SELECT 1", {}, OperationalError(*said), connection_invalidated=connection_invalidated)
    return failed(error, "USAGE_URL").what.ja


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (4060, "その名前のデータベースがありません"),
        (18456, "データベースが認証を断りました"),
        (20009, "つながらないか"),
        (229, "エラー `229`"),
    ],
)
def test_sql_server_is_known_by_its_numbers_on_connecting_and_later(number: int, expected: str) -> None:
    words = b"... DB-Lib error message 20018, severity 14"
    assert expected in told((number, words))
    assert expected in told(number, words)


def test_sql_server_says_of_a_wrong_database_too_that_nobody_is_let_in() -> None:
    failure = failed(DBAPIError("SELECT 1", {}, OperationalError((18456, b"Login failed"))), "USAGE_URL")
    assert "SQL Serverではデータベースの名前も" in failure.remedy.ja


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('データベース"kintai"は存在しません', "その名前のデータベースがありません"),
        ('ユーザー"reader"のパスワード認証に失敗しました', "データベースが認証を断りました"),
        ("データベースシステムは起動処理中です", "つながらないか"),
    ],
)
def test_a_postgresql_that_speaks_japanese_is_understood_on_connecting(words: str, expected: str) -> None:
    assert expected in told(f'connection failed: connection to server at "db", port 5432 failed: FATAL:  {words}')


def test_a_connection_that_the_driver_calls_lost_is_lost_whatever_its_number() -> None:
    assert "つながらないか" in told(10054, b"...", connection_invalidated=True)
