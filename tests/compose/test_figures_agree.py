"""Text, chart, table, JSON and CSV say the same of every cell."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from msgspec.structs import replace

from generator.charts import sentences
from generator.model.figure import ReleasedFigure
from generator.model.site import Site
from tests.compose.newsroom import ORGANISATION, composed, data_file, document, released, whole_newsletter

CELLS = sorted(released().cells.values(), key=lambda cell: (cell.period, cell.department or ""))


@pytest.fixture(scope="module")
def site() -> Site:
    return composed(whole_newsletter())[0]


@pytest.fixture(scope="module")
def rows(site: Site) -> dict[tuple[str, str | None], dict[str, Any]]:
    found = json.loads(data_file(site, "figures/chat_rate.json"))
    assert isinstance(found, list)
    return {(row["period"], row["department"]): row for row in found}


@pytest.fixture(scope="module")
def lines(site: Site) -> dict[tuple[str, str], dict[str, str]]:
    text = data_file(site, "figures/chat_rate.csv").decode("utf-8-sig")
    return {(line["period"], line["department"]): line for line in csv.DictReader(io.StringIO(text))}


def test_every_cell_is_in_both_files_and_nothing_else(rows: Any, lines: Any) -> None:
    assert len(rows) == len(lines) == len(CELLS)


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.period}-{cell.department or 'company'}")
def test_files_hold_what_was_released(cell: ReleasedFigure, rows: Any, lines: Any) -> None:
    row, line = rows[str(cell.period), cell.department], lines[str(cell.period), cell.department or ""]
    assert row["value"] == (None if cell.percent is None else cell.percent / 100)
    assert row["band"] == (None if cell.band is None else [cell.band.low / 100, cell.band.high / 100])
    assert (row["eligible"], row["target"], row["status"]) == (cell.eligible, 0.8, cell.status.value)
    assert row["as_of"] == cell.as_of.isoformat()
    for key in ("value", "eligible", "target", "status", "as_of", "department_name"):
        assert line[key] == ("" if row[key] is None else str(row[key]))
    assert [line["band_low"], line["band_high"]] == ([str(b) for b in row["band"]] if row["band"] else ["", ""])


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.period}-{cell.department or 'company'}")
def test_the_report_of_the_month_shows_it_in_words_and_in_its_table(cell: ReleasedFigure, site: Site) -> None:
    body = document(site, f"metrics/chat_rate/{cell.period}/").body
    if cell.department is None:
        assert f"{cell.period.label_ja}のチャット利用率は全社で{sentences.share(cell)}" in body
        return
    unit = ORGANISATION.get(cell.department)
    assert unit
    assert re.search(rf">{unit.name}</th><td[^>]*>{sentences.share(cell)}<", body)


def test_rows_are_sorted_by_month_then_company_then_organisation_order(site: Site) -> None:
    found = json.loads(data_file(site, "figures/chat_rate.json"))
    order = {None: -1} | {unit.id: unit.order for unit in ORGANISATION.departments}
    keys = [(row["period"], order[row["department"]]) for row in found]
    assert keys == sorted(keys)


def test_the_csv_opens_in_excel_and_runs_nothing(site: Site) -> None:
    raw = data_file(site, "figures/chat_rate.csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in raw
    assert not re.search(rb"(^|,|\n)[=+@-]", raw.removeprefix(b"\xef\xbb\xbf"))


def test_the_catalogue_describes_each_metric(site: Site) -> None:
    (entry,) = json.loads(data_file(site, "figures/index.json"))
    assert entry["name"] == "chat_rate"
    assert entry["source"] == "Teams 利用状況レポート、社員名簿"
    assert entry["min_group"] == 10
    assert (entry["grain"], entry["as_of"], entry["dimensions"]) == ("month", "period_end", ["department"])
    assert (entry["format"], entry["target_direction"]) == ("percent0", "up")
    assert entry["months"] == [f"2026-{month:02}" for month in range(5, 11)]


def test_a_metric_of_some_departments_does_not_speak_of_the_whole_company() -> None:
    whole = released()
    few = {key: replace(cell, is_of_part=key[2] is None) for key, cell in whole.cells.items()}
    site, _ = composed([], figures=type(whole)(whole.metrics, whole.organisation, few))
    assert "対象部署全体で76%" in document(site, "metrics/chat_rate/").body
    assert "全社" not in document(site, "metrics/chat_rate/").body
