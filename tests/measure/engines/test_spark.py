"""Spark counts what DuckDB counts. It takes minutes, so that `make test-engines` asks for it and `make test` does not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.engines import DatabaseFailed, connect
from tests.measure.engines.elsewhere import Demo, counted, moved
from tests.spark.ensure_java import what_is_missing

ADDRESS = "local[1]"


@pytest.fixture(scope="module")
def spark(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a Spark in this process that has the demo's people as views."""
    if os.environ.get("KAWARABAN_TEST_SPARK") != "1":
        pytest.skip("NOT TESTED AGAINST SPARK: it takes minutes; `make test-engines` does it")
    if (missing := what_is_missing()) is not None:
        pytest.skip(f"NOT TESTED AGAINST SPARK: {missing}")
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    builder = SparkSession.builder.master(ADDRESS).config("spark.ui.enabled", "false")
    for key, value in (
        ("sql.shuffle.partitions", "1"),
        ("sql.warehouse.dir", str(folder)),
        ("ui.showConsoleProgress", "false"),
    ):
        builder = builder.config(f"spark.{key}", value)
    session = builder.getOrCreate()
    for source in demo.people:
        session.read.parquet(str(demo.snapshots.by_source[source].parquet)).createOrReplaceTempView(source)
    return ADDRESS


def test_every_figure_of_the_demo_is_the_same(demo: Demo, spark: str, tmp_path: Path) -> None:
    site = moved(demo, tmp_path)
    figures, findings = counted(site, {"WAREHOUSE": spark})
    assert findings == []
    assert figures.cells == demo.figures.cells


def test_texts_fold_and_are_trimmed_as_here(spark: str) -> None:
    with connect(spark, "WAREHOUSE", 60) as engine:
        assert engine.count("SELECT lower(trim('\u3000ΑΣ İ ＡＢ\u00a0')) AS told", {}) == [
            ("ας İ ＡＢ".replace("ς", "σ").replace("İ", "i").replace("ＡＢ", "ａｂ"),)
        ]


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("SELECT count(*) AS told FROM nowhere", "query-refused"),
        ("SELECT CAST('x' AS BIGINT) AS told", "query-failed"),
    ],
)
def test_what_goes_wrong_is_said_in_our_words(spark: str, sql: str, code: str) -> None:
    with connect(spark, "WAREHOUSE", 60) as engine, pytest.raises(DatabaseFailed) as caught:
        engine.count(sql, {})
    assert caught.value.code == code


def test_a_statement_ends_in_time(spark: str) -> None:
    with connect(spark, "WAREHOUSE", 1) as engine, pytest.raises(DatabaseFailed) as caught:
        engine.count(
            "SELECT count(*) AS told FROM chat_usage AS a, chat_usage AS b, chat_usage AS c "
            "WHERE a.post_messages + b.post_messages + c.post_messages < 0",
            {},
        )
    assert caught.value.code == "query-too-slow"
