"""The DuckDB for what is done in passing, in processes that are copies of one which has used it."""

import subprocess
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


def test_no_bar_of_its_own_stands_between_our_sentences() -> None:
    """Run as `-c`, where `__main__` is no file and DuckDB would draw one."""
    bars = " AND ".join(f"current_setting('{name}')" for name in ("enable_progress_bar", "enable_progress_bar_print"))
    ask = f"for one in (it, it.cursor()): print(*one.execute({f'SELECT {bars}'!r}).fetchone())"
    untouched = "import duckdb; it = duckdb.connect()"
    ours = "from generator.cache.database import database; it = database()"
    said = [subprocess.check_output([sys.executable, "-c", f"{it}\n{ask}"], text=True) for it in (untouched, ours)]
    assert said == ["True\nFalse\n", "False\nFalse\n"]
