"""`kawaraban audit`, and what the release ledger does to later builds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.commands import SMALL_DAY, build_here, run_here

ROSTER = "content/data/exports/sample/roster.csv"


def audit(site: Path, *arguments: str) -> str:
    done = run_here("audit", "-f", site / "mkdocs.yml", "--now", SMALL_DAY, *arguments)
    assert done.code == 0, done.said
    return done.out


def edit_roster(site: Path, keep: int, department: str) -> None:
    """Leave so many people in a department."""
    lines = (site / ROSTER).read_text(encoding="utf-8").splitlines()
    inside = [line for line in lines if f",{department}," in line]
    gone = set(inside[keep:])
    (site / ROSTER).write_text("\n".join(line for line in lines if line not in gone) + "\n", encoding="utf-8")


def figures(site: Path) -> list[dict[str, object]]:
    (file,) = (path for path in (site / "site/figures").glob("*.json") if path.name != "index.json")
    return list(json.loads(file.read_text(encoding="utf-8")))


def test_the_operator_learns_why_a_department_is_hidden_and_readers_do_not(small_site: Path) -> None:
    edit_roster(small_site, 4, "sales")
    told = json.loads(audit(small_site, "--format", "json"))
    hidden = [cell for cell in told if cell["department"] == "sales"]
    assert {cell["rule"] for cell in hidden} == {"small-group"}
    assert all(cell["without"][0]["people"] == 4 for cell in hidden)
    assert len(audit(small_site).splitlines()) == len(told) + 1  # a line a cell, and the sum
    build_here(small_site)
    cells = [cell for cell in figures(small_site) if cell["department"] == "sales"]
    assert {(cell["value"], cell["band"], cell["status"]) for cell in cells} == {(None, None, "protected")}


def test_figures_that_were_published_are_not_corrected_by_one_person(small_site: Path, tmp_path: Path) -> None:
    published = run_here("publish", tmp_path / "www", "-f", small_site / "mkdocs.yml", "--now", SMALL_DAY)
    assert published.code == 0, published.said
    before = figures(small_site)
    again = build_here(small_site)
    assert again.code == 0, again.said
    assert re.search("0 rendered|変わっていません", again.out), again.said
    edit_roster(small_site, -1, "sales")
    done = build_here(small_site, "--format", "json")
    assert "data/kept-as-published" in {finding["code"] for finding in json.loads(done.out)}, done.said
    assert figures(small_site) == before
    (small_site / ".kawaraban/ledger.json").unlink()
    build_here(small_site)
    assert figures(small_site) != before


IMPOSSIBLE = {"metric": "chat_active_rate", "period": "2026-13", "definition": "d", "cells": []}


@pytest.mark.parametrize(
    ("ledger", "code"),
    [("{", "ledger-damaged"), (json.dumps({"format": 1, "months": [IMPOSSIBLE]}), "ledger-impossible")],
)
def test_a_damaged_ledger_stops_the_build(small_site: Path, ledger: str, code: str) -> None:
    (small_site / ".kawaraban/ledger.json").write_text(ledger, encoding="utf-8")
    done = build_here(small_site)
    assert (done.code, f"privacy/{code}" in done.said) == (40, True), done.said
