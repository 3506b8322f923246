"""The DuckDB for what is done in passing, in processes that are copies of one which has used it."""

import sys

import duckdb
import pytest

from generator.cache.database import database
from generator.workers import Workers


def is_another(inherited: duckdb.DuckDBPyConnection) -> bool:
    return database() is not inherited


@pytest.mark.skipif(sys.platform == "win32", reason="processes are no copies there")
def test_a_copy_of_a_process_has_one_of_its_own() -> None:
    with Workers(2, "fork").beside(is_another, database()) as result:
        assert result()


def test_a_process_has_one() -> None:
    assert database() is database()
