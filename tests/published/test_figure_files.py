"""The published data files against the raw exports: every row, and no other."""

from __future__ import annotations

import csv
import io
import json
from calendar import monthrange
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.published.expected import METRICS, MIN_GROUP, Cell, Facts


def objects(site: Path, metric: str) -> dict[tuple[str, str | None], dict[str, Any]]:
    rows = json.loads((site / "figures" / f"{metric}.json").read_text(encoding="utf-8"))
    by_key = {(row["period"], row["department"]): row for row in rows}
    assert len(by_key) == len(rows), "a row twice"
    return by_key


def lines(site: Path, metric: str) -> dict[tuple[str, str | None], dict[str, str]]:
    text = (site / "figures" / f"{metric}.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    by_key = {(row["period"], row["department"] or None): row for row in rows}
    assert len(by_key) == len(rows), "a line twice"
    return by_key


def month_end(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{month}-{monthrange(year, number)[1]}"


def expected_row(facts: Facts, metric: str, month: str, unit: str | None, cell: Cell) -> dict[str, Any]:
    return {
        "period": month,
        "department": unit,
        "department_name": facts.name_of(metric, unit),
        "value": None if cell.percent is None else cell.percent if cell.in_points else cell.percent / 100,
        "band": None if cell.band is None else [cell.band[0] / 100, cell.band[1] / 100],
        "eligible": cell.eligible,
        "target": cell.target if cell.in_points else cell.target / 100,
        "response": None if cell.response is None else cell.response / 100,
        "status": cell.status,
        "as_of": month_end(month),
        "stale": False,
    }


@pytest.mark.parametrize("metric", METRICS)
def test_every_object_is_what_the_exports_say(metric: str, demo_site: Path, facts: Facts) -> None:
    expected = {
        (month, unit): expected_row(facts, metric, month, unit, cell)
        for (name, month, unit), cell in facts.cells.items()
        if name == metric
    }
    assert objects(demo_site, metric) == expected


@pytest.mark.parametrize("metric", METRICS)
def test_what_is_published_is_true_of_the_exact_counts_and_what_is_hidden_is_about_few(
    metric: str, demo_site: Path, facts: Facts
) -> None:
    """Said once more without the rules that `expected` is made by: half up, a range around it, or a small group."""
    for (month, unit), row in objects(demo_site, metric).items():
        counts = facts.counts[metric, month, unit]
        if counts.numerator is None or not counts.denominator:
            assert row["status"] == "missing"
            continue
        exact = Fraction(counts.numerator - counts.against, counts.denominator)
        groups = counts.groups or (counts.numerator, counts.denominator - counts.numerator)
        assert (row["value"] is None) == (min(groups) < MIN_GROUP), (month, unit)
        if row["value"] is not None:
            percent = 100 * exact if not METRICS[metric].in_points else abs(100 * exact)
            shown = abs(row["value"]) if METRICS[metric].in_points else round(100 * row["value"])
            assert shown - Fraction(1, 2) <= percent < shown + Fraction(1, 2), (month, unit)
        elif row["band"] is not None:
            low, high = (Fraction(str(edge)) for edge in row["band"])
            assert low <= exact <= high, (month, unit)


@pytest.mark.parametrize("metric", METRICS)
def test_every_line_says_what_the_object_says(metric: str, demo_site: Path) -> None:
    rows = objects(demo_site, metric)
    found = lines(demo_site, metric)
    assert found.keys() == rows.keys()
    for key, row in rows.items():
        low, high = row.pop("band") or ("", "")
        expected = {name: "" if value is None else str(value) for name, value in row.items()}
        expected["stale"] = str(row["stale"]).lower()
        assert found[key] == expected | {"band_low": str(low), "band_high": str(high)}


def test_the_oracle_sees_all_that_can_go_wrong(facts: Facts) -> None:
    """Otherwise the comparisons above would prove little."""
    statuses = {cell.status for cell in facts.cells.values()}
    assert statuses == {"ok", "missing", "protected"}
    assert any(cell.band and cell.band[0] == 0 for cell in facts.cells.values())
    assert any(cell.band and cell.band[1] == 100 for cell in facts.cells.values())
    assert {month for (metric, month, _), cell in facts.cells.items() if cell.status == "missing"} == {"2026-05"}


def test_a_month_nobody_measured_is_missing_and_never_zero(demo_site: Path) -> None:
    rows = objects(demo_site, "slack_active_rate")
    for unit in (None, "research", "design", "production-engineering"):
        assert (rows["2026-05", unit]["status"], rows["2026-05", unit]["value"]) == ("missing", None)


def test_the_catalogue_names_every_file(demo_site: Path) -> None:
    entries = json.loads((demo_site / "figures/index.json").read_text(encoding="utf-8"))
    assert [entry["name"] for entry in entries] == list(METRICS)
    named = {entry[form] for entry in entries for form in ("json", "csv")} | {"index.json"}
    assert {path.name for path in (demo_site / "figures").iterdir()} == named
    for entry in entries:
        rows = objects(demo_site, entry["name"])
        assert entry["months"] == sorted({month for month, _ in rows})
        assert (entry["label"]["ja"], entry["target_by"]) == (METRICS[entry["name"]].label, METRICS[entry["name"]].by)


def test_two_departments_merge_on_the_first_of_april(demo_site: Path) -> None:
    rows = objects(demo_site, "chat_active_rate")
    before = {month for month, unit in rows if unit in ("procurement", "logistics")}
    after = {month for month, unit in rows if unit == "supply"}
    assert before == {"2025-11", "2025-12", "2026-01", "2026-02", "2026-03"}
    assert after == {f"2026-{month:02d}" for month in range(4, 11)}
