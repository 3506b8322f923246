"""A figure that vanishes overnight is held at what was published, until somebody accepts it by its sign."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.commands import build_here, run_here


def october(site: Path) -> dict[str, Any]:
    rows = json.loads((site / "site/figures/chat_active_rate.json").read_text(encoding="utf-8"))
    (row,) = [row for row in rows if row["period"] == "2026-10" and row["department"] is None]
    return {name: row[name] for name in ("value", "status", "stale")}


def accepting(said: str) -> list[str]:
    """The options that accept every anomaly that was told."""
    signs = re.findall(r"--accept-anomaly ([0-9a-f]{8})", said)
    assert signs
    return [option for sign in signs for option in ("--accept-anomaly", sign)]


def test_f23_the_last_figure_stays_until_the_anomaly_is_accepted(small_site: Path) -> None:
    assert build_here(small_site).code == 0
    before = october(small_site)
    export = small_site / "content/data/exports/sample/usage.csv"
    rows = export.read_text(encoding="utf-8")
    export.write_text(re.sub(r"^(2026-10,[^,]+),\d+$", r"\1,0", rows, flags=re.MULTILINE), encoding="utf-8")

    done = build_here(small_site)
    assert done.code == 3, done.said
    assert october(small_site) == {"value": before["value"], "status": "stale", "stale": True}
    page = (small_site / "site/metrics/chat_active_rate/index.html").read_text(encoding="utf-8")
    assert "データは2026年10月31日時点です。" in page
    assert "前月より" in page
    assert "正確な数字を示していない" not in page

    done = build_here(small_site, *accepting(done.said))
    assert done.code == 3, "now the departments"
    assert "data/unknown-anomaly" not in done.said
    assert build_here(small_site, *accepting(done.said)).code == 0
    assert october(small_site)["value"] is None  # nobody: a range, as always of few
    assert build_here(small_site).code == 0, "it was accepted once and for all"


def test_a_sign_of_nothing_is_told(small_site: Path) -> None:
    done = build_here(small_site, "--accept-anomaly", "deadbeef")
    assert (done.code, "data/unknown-anomaly" in done.said, "deadbeef" in done.said) == (0, True, True), done.said
    done = run_here("pull", "-f", small_site / "mkdocs.yml", "--accept-anomaly", "deadbeef")
    assert "data/unknown-anomaly" in done.said


def test_what_is_no_sign_is_refused(small_site: Path) -> None:
    assert build_here(small_site, "--accept-anomaly", "all").code == 2
