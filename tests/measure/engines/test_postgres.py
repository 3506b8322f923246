"""PostgreSQL counts what DuckDB counts, to the last person, and gives back nothing but counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.engines import DatabaseFailed, Engine, connect
from generator.measure import measure
from generator.model.snapshot import RemoteTable
from generator.pull import pull
from generator.settings import Settings
from tests.measure.conftest import said
from tests.measure.engines.elsewhere import CLOCK, Demo, counted, moved
from tests.postgres.server import Postgres

COLUMNS = {"VARCHAR": "text", "BIGINT": "bigint", "DOUBLE": "float8", "DATE": "date", "BOOLEAN": "boolean"}


@pytest.fixture(scope="module")
def warehouse(postgres: Postgres, demo: Demo) -> Postgres:
    """A server with the demo's people in the schema `demo`, whose database sorts as nobody would expect."""
    with psycopg.connect(postgres.address, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA demo")
        for source in demo.people:
            columns = ", ".join(f'"{name}" {COLUMNS[kind]}' for name, kind in demo.columns(source))
            connection.execute(f'CREATE TABLE demo."{source}" ({columns})'.encode())
            with connection.cursor().copy(f'COPY demo."{source}" FROM STDIN'.encode()) as copying:
                for row in demo.rows(source):
                    copying.write_row(row)
    return postgres


@pytest.fixture(scope="module")
def site(demo: Demo, warehouse: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return moved(demo, tmp_path_factory.mktemp("demo-there"), "demo.{}")


def test_every_figure_of_the_demo_is_the_same(demo: Demo, warehouse: Postgres, site: Settings) -> None:
    figures, findings = counted(site, {"WAREHOUSE": warehouse.address})
    assert findings == []
    assert figures.cells == demo.figures.cells


def test_rows_about_people_stay_there(demo: Demo, warehouse: Postgres, site: Settings) -> None:
    counted(site, {"WAREHOUSE": warehouse.address})
    private = {path: path.read_bytes() for path in site.private.rglob("*") if path.is_file()}
    assert any(path.name == "counts.json" for path in private)
    mails = {str(row[1]).encode() for row in demo.rows("hr_roster") if row[1]}
    assert mails
    assert not [path for path, content in private.items() for mail in mails if mail in content]


@pytest.mark.parametrize("asks", [{"offline": True}, {"asks_outside": False}])
def test_closed_months_need_no_database_any_more(
    demo: Demo, warehouse: Postgres, site: Settings, asks: dict[str, Any]
) -> None:
    counted(site, {"WAREHOUSE": warehouse.address})
    snapshots, findings = pull(site, CLOCK, **asks)
    assert not snapshots.are_local
    figures, more = measure(site, CLOCK, snapshots)
    assert [*findings, *more] == []
    assert figures.cells == demo.figures.cells


def test_a_month_with_a_late_row_is_counted_again_and_no_other(demo: Demo, warehouse: Postgres, tmp_path: Path) -> None:
    site = moved(demo, tmp_path, "late.{}")
    tables = [f'CREATE TABLE late."{source}" AS TABLE demo."{source}"' for source in demo.people]
    warehouse.execute("CREATE SCHEMA late", *tables)
    before, _ = counted(site, {"WAREHOUSE": warehouse.address})
    late = "INSERT INTO late.one_on_one_survey SELECT * FROM demo.one_on_one_survey WHERE month = '2026-09-30' LIMIT 1"
    warehouse.execute("DELETE FROM late.one_on_one_survey WHERE held = 'はい'", late)
    after, _ = counted(site, {"WAREHOUSE": warehouse.address})
    rates = {
        (cell.metric, str(cell.period)): (cell.numerator, earlier.numerator)
        for cell, earlier in zip(after.cells, before.cells, strict=True)
        if cell.department is None and cell != earlier
    }
    assert rates
    assert {metric for metric, _ in rates} == {"one_on_one_rate"}
    # The roster is gone but for one row; what was counted of closed months stands.
    warehouse.execute("DELETE FROM late.hr_roster WHERE employee_id <> (SELECT min(employee_id) FROM late.hr_roster)")
    assert counted(site, {"WAREHOUSE": warehouse.address})[0].cells == after.cells


@pytest.fixture(scope="module")
def engine(warehouse: Postgres) -> Iterator[Engine]:
    with connect(warehouse.address, "WAREHOUSE", 5) as engine:
        yield engine


@settings(max_examples=30)
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0", max_codepoint=0x1C80), max_size=8))
@example("\u3000ΑΣ İ Σ ＡＢ\u00a0")
@example(" \t\n")
def test_names_and_conditions_see_the_text_that_files_would_give(engine: Engine, text: str) -> None:
    read = text.strip() or None
    escaped = text.replace("'", "''")
    table = RemoteTable("WAREHOUSE", "one", (("text", "text", "VARCHAR"),), 5)
    sql = "SELECT text, lower(trim(text)), text < 'm' FROM asked"
    given_there = f"SELECT * FROM (WITH one AS (SELECT '{escaped}' AS text) {sql}) AS told"  # noqa: S608 -- quoted
    expected = duckdb.execute("SELECT text, lower(trim(text)), text < 'm' FROM (SELECT ?::VARCHAR AS text)", [read])
    assert engine.count(given_there, {"asked": table}) == expected.fetchall()


def test_nothing_is_written(engine: Engine) -> None:
    with pytest.raises(DatabaseFailed) as caught:
        engine.count("CREATE TABLE mine AS SELECT 1 AS one", {})
    assert caught.value.code == "query-failed"


def test_a_statement_ends_in_time(warehouse: Postgres) -> None:
    with connect(warehouse.address, "WAREHOUSE", 0.2) as engine, pytest.raises(DatabaseFailed) as caught:
        engine.count("SELECT count(*) FROM generate_series(1, 1000000000) AS a(n)", {})
    assert caught.value.code == "query-too-slow"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("postgresql://postgres:wrong@127.0.0.1:{port}/postgres", "not-let-in"),
        ("postgresql://postgres:wrong@127.0.0.1:1/postgres", "database-unreachable"),
        ("mysql://root@127.0.0.1/x", "bad-database"),
        ("", "secret-unset"),
    ],
)
def test_a_database_that_does_not_answer_is_one_finding_without_its_address(
    warehouse: Postgres, demo: Demo, tmp_path: Path, address: str, code: str
) -> None:
    site = moved(demo, tmp_path)
    _, findings = counted(site, {"WAREHOUSE": address.format(port=warehouse.port)})
    assert {finding.code for finding in findings} == {code}
    assert not [finding for finding in findings if "wrong" in said(finding)]


def test_what_engines_understand_differently_is_refused(demo: Demo, warehouse: Postgres, tmp_path: Path) -> None:
    site = moved(demo, tmp_path, "demo.{}")
    definition = (site.data / "metrics.yml").read_text("utf-8")
    (site.data / "metrics.yml").write_text(definition.replace("held = 'はい'", "regexp_matches(held, 'は')"), "utf-8")
    _, findings = counted(site, {"WAREHOUSE": warehouse.address})
    assert [finding.what.ja for finding in findings] == ["`regexp_matches` の意味はデータベースによって違います"]


def test_a_metric_is_not_counted_half_here_and_half_there(demo: Demo, warehouse: Postgres, tmp_path: Path) -> None:
    site = moved(demo, tmp_path, "demo.{}")
    declared = (site.data / "sources.yml").read_text("utf-8").replace("env: WAREHOUSE", "env: OTHER", 1)
    (site.data / "sources.yml").write_text(declared, "utf-8")
    _, findings = counted(site, {"WAREHOUSE": warehouse.address, "OTHER": warehouse.address})
    assert {finding.code for finding in findings} == {"mixed-places"}
