"""Figures that cannot be counted while the pages are read in another process: told as ever, and the old site stands."""

from __future__ import annotations

import csv
import json
import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.model.period import Month
from tests.commands import SMALL_DAY, Done, differing, run_here, tree_of
from tests.postgres.server import Postgres

METRICS = "content/data/metrics.yml"
RATE = "site/figures/chat_active_rate.json"


def build(site: Path) -> Done:
    """With two processes: the figures in one of them, unless their rows lie elsewhere."""
    done = run_here("--lang", "en", "build", "-f", site / "mkdocs.yml", "--now", SMALL_DAY, "--jobs", "2")
    assert multiprocessing.active_children() == []
    return done


def rates(site: Path) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads((site / RATE).read_text("utf-8"))
    return rows


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def fail_while_counting(site: Path) -> None:
    """A condition that fits its columns; only their rows do not fit it."""
    replace(site / METRICS, "messages >= 1", "CAST(employee_id AS BIGINT) >= 1")


def refuse_a_page(site: Path) -> None:
    (site / "content/articles/new.md").write_text("---\ntitel: 題\n---\n# 題\n\n本文です。\n", "utf-8")


def test_a_metric_that_fails_while_it_is_counted_is_one_finding(small_site: Path) -> None:
    before = tree_of(small_site / "site")
    fail_while_counting(small_site)
    done = build(small_site)
    assert (done.code, done.said.count(": error ")) == (30, 1), done.said
    assert "metrics.yml:12:3: error data/not-countable" in done.said
    assert "a value cannot be converted" in done.said
    assert differing(tree_of(small_site / "site"), before) == []


def test_a_page_that_is_refused_while_figures_are_counted_is_told_alone(small_site: Path) -> None:
    before = tree_of(small_site / "site")
    replace(small_site / METRICS, "messages >= 1", "messages >= 2")  # so that they are counted anew
    refuse_a_page(small_site)
    done = build(small_site)
    assert (done.code, done.said.count(": error ")) == (20, 1), done.said
    assert "new.md:2:1: error content/unknown-key" in done.said
    assert differing(tree_of(small_site / "site"), before) == []


def test_what_is_wrong_on_both_sides_is_told_in_one_run(small_site: Path) -> None:
    fail_while_counting(small_site)
    refuse_a_page(small_site)
    done = build(small_site)
    assert (done.code, done.said.count(": error ")) == (30, 2), done.said
    assert "data/not-countable" in done.said
    assert "content/unknown-key" in done.said


def test_the_next_build_counts_what_could_not_be_counted(small_site: Path) -> None:
    before = (small_site / RATE).read_bytes()
    fail_while_counting(small_site)
    assert build(small_site).code == 30
    replace(small_site / METRICS, "CAST(employee_id AS BIGINT) >= 1", "messages >= 2")
    assert build(small_site).code == 0
    assert (small_site / RATE).read_bytes() != before


TABLES = """\
sources:
  roster:
    kind: table
    label: 社員名簿
    url: {env: WAREHOUSE}
    table: beside.roster
    columns:
      employee_id: {name: employee_id, type: text}
      department_id: {name: department_id, type: text}
      employment: {name: employment, type: text}
      valid_from: {name: valid_from, type: date}
      valid_to: {name: valid_to, type: date}
  usage:
    kind: table
    label: チャット利用記録
    url: {env: WAREHOUSE}
    table: beside.usage
    columns:
      month: {name: month, type: date}
      employee_id: {name: employee_id, type: text}
      messages: {name: messages, type: integer}
    time: month
"""


@pytest.fixture
def tables(small_site: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postgres]:
    """The people of the small site in a database, and its site built from there."""
    import psycopg

    exports = small_site / "content/data/exports/sample"
    roster = list(csv.reader((exports / "roster.csv").read_text("utf-8").splitlines()))[1:]
    usage = list(csv.reader((exports / "usage.csv").read_text("utf-8").splitlines()))[1:]
    with psycopg.connect(postgres.address, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA beside")
        connection.execute(
            "CREATE TABLE beside.roster"
            " (employee_id text, department_id text, employment text, valid_from date, valid_to date)"
        )
        connection.execute("CREATE TABLE beside.usage (month date, employee_id text, messages bigint)")
        for person, _, department, employment, begins, ends in roster:
            one = (person, department, employment, begins, ends or None)
            connection.execute("INSERT INTO beside.roster VALUES (%s, %s, %s, %s, %s)", one)
        for month, person, messages in usage:
            count = (Month.parse(month).last_day, person, messages)
            connection.execute("INSERT INTO beside.usage VALUES (%s, %s, %s)", count)
    monkeypatch.setenv("WAREHOUSE", postgres.address)
    (small_site / "content/data/sources.yml").write_text(TABLES, "utf-8")
    yield postgres
    postgres.execute("DROP SCHEMA beside CASCADE")


def test_tables_are_counted_where_they_are_whatever_the_number_of_processes(small_site: Path, tables: Postgres) -> None:
    before = (small_site / RATE).read_bytes()
    done = build(small_site)
    assert done.code == 0, done.said
    labelled = before.decode().replace("（見本）", "")
    assert (small_site / RATE).read_text("utf-8") == labelled


def test_a_table_that_fails_while_it_is_counted_is_told_beside_a_page_that_is_refused(
    small_site: Path, tables: Postgres
) -> None:
    assert build(small_site).code == 0
    before = tree_of(small_site / "site")
    replace(small_site / METRICS, "messages >= 1", "messages + 9223372036854775807 >= 1")  # too large for any engine
    refuse_a_page(small_site)
    done = build(small_site)
    assert (done.code, done.said.count(": error ")) == (30, 2), done.said
    assert "data/query-failed" in done.said
    assert "content/unknown-key" in done.said
    assert differing(tree_of(small_site / "site"), before) == []


def test_a_table_that_is_gone_leaves_the_figures_of_before(small_site: Path, tables: Postgres) -> None:
    assert build(small_site).code == 0
    before = rates(small_site)
    tables.execute("DROP TABLE beside.usage")
    done = build(small_site)
    assert (done.code, "data/stale-source" in done.said) == (3, True), done.said
    after = rates(small_site)
    assert [row["value"] for row in after] == [row["value"] for row in before]
    assert [row["stale"] for row in before].count(True) == 0
    assert [row["stale"] for row in after].count(True) > 0
