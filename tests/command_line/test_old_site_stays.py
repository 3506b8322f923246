"""Whatever goes wrong and wherever on the road, the site of before stays as it is, to the byte."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import Done, build_here, differing, run_here, tree_of

Spoil = Callable[[Path], object]


def write(name: str, text: str) -> Spoil:
    def spoil(site: Path) -> None:
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")

    return spoil


def replace(name: str, old: str, new: str) -> Spoil:
    def spoil(site: Path) -> None:
        text = (site / name).read_text(encoding="utf-8")
        assert old in text
        (site / name).write_text(text.replace(old, new), encoding="utf-8")

    return spoil


ARTICLE = "content/articles/new.md"
GUIDE = "content/guide/new.md"
"""In an article from elsewhere a link to nowhere is a warning; in a page of our own it stops the build."""
FAILURES: dict[str, tuple[Spoil, int, str]] = {
    "settings": (replace("mkdocs.yml", "publisher:", "publishr:"), 20, "settings/unknown-key"),
    "read: front matter": (write(ARTICLE, "---\ntitel: 題\n---\n# 題\n"), 20, "content/unknown-key"),
    "compose: link to no page": (write(GUIDE, "# 題\n\n[先](nowhere.md)\n"), 20, "content/broken-link"),
    "pull: sources.yml": (replace("content/data/sources.yml", "kind: csv", "kind: cvs"), 30, "data/"),
    "measure: metrics.yml": (replace("content/data/metrics.yml", "value: 0.8", "value: 80"), 30, "data/too-large"),
    "measure: condition": (replace("content/data/metrics.yml", "messages >= 1", "mesages >= 1"), 30, "data/"),
    "measure: impossible figures": (
        replace("content/data/metrics.yml", "numerator <= denominator", "numerator > denominator"),
        30,
        "data/failed-check",
    ),
    "compose: figure of no metric": (
        write(ARTICLE, "# 題\n\n```kpi\nmetric: chat_rate\n```\n"),
        20,
        "content/unknown-metric",
    ),
    "compose: link to no place": (write(GUIDE, "# 題\n\n[先](../../nowhere/)\n"), 20, "content/broken-link"),
    "verify: link to no heading": (
        write(GUIDE, "# 題\n\n[先](../articles/welcome.md#nowhere)\n"),
        20,
        "site/broken-anchor",
    ),
    "verify: file of the theme": (replace("mkdocs.yml", "plugins:", "extra_css: [no.css]\nplugins:"), 20, "site/"),
}


@pytest.mark.parametrize("case", FAILURES)
def test_a_failed_build_changes_nothing(case: str, small_site: Path) -> None:
    spoil, code, finding = FAILURES[case]
    before = tree_of(small_site / "site")
    spoil(small_site)
    done = build_here(small_site)
    assert (done.code, finding in done.said) == (code, True), done.said
    assert differing(tree_of(small_site / "site"), before) == []


def test_a_credential_in_a_page_is_a_privacy_refusal(small_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEPLOY_TOKEN", "kb-5f0e2d81c77a4b9e")
    before = tree_of(small_site / "site")
    write(ARTICLE, "# 題\n\n合言葉は kb-5f0e2d81c77a4b9e です。\n")(small_site)
    done = build_here(small_site)
    assert done.code == 40, done.said
    assert "kb-5f0e2d81c77a4b9e" not in done.said, "the message may not tell it either"
    assert differing(tree_of(small_site / "site"), before) == []


def test_all_mistakes_are_told_in_one_run_and_the_gravest_decides(small_site: Path) -> None:
    FAILURES["read: front matter"][0](small_site)
    write("content/articles/other.md", "# 題\n\n<b>\u202e</b>\n")(small_site)
    FAILURES["pull: sources.yml"][0](small_site)
    done = build_here(small_site, "--format", "json")
    assert done.code == 30
    assert {"content/unknown-key", "content/bidi-control"} < {finding["code"] for finding in json.loads(done.out)}


WARNED = write(ARTICLE, "# 題\n\n<script>alert(1)</script>\n\n本文です。\n")


def test_a_warning_lets_the_site_out_and_strict_does_not(small_site: Path) -> None:
    before = tree_of(small_site / "site")
    WARNED(small_site)
    done = build_here(small_site, "--strict")
    assert (done.code, "content/unsafe-html" in done.said) == (20, True), done.said
    assert differing(tree_of(small_site / "site"), before) == []
    done = build_here(small_site)
    assert (done.code, "content/unsafe-html" in done.said) == (0, True), done.said
    assert "articles/new/index.html" in tree_of(small_site / "site")


DUE = "---\npublish_at: 2026-11-21T06:00\n---\n# 題\n\n本文です。\n"
OVERDUE = "---\nreview_by: 2026-11-20\n---\n# 別の題\n\n別の本文です。\n"
UNFINISHED = "---\nstatus: review\nsumary: 要約\n---\n# 確認中の題\n\n確認中の本文です。\n"


def test_what_a_night_brings_keeps_no_page_in_under_strict(small_site: Path) -> None:
    write(ARTICLE, DUE)(small_site)
    write("content/articles/overdue.md", OVERDUE)(small_site)
    write("content/articles/unfinished.md", UNFINISHED)(small_site)
    done = run_here("build", "-f", small_site / "mkdocs.yml", "--strict", "--now", "2026-11-21T06:05+09:00")
    assert done.code == 0, done.said
    assert "articles/new/index.html" in tree_of(small_site / "site")
    assert {"content/review-overdue", "content/unknown-key"} <= set(done.said.split()), "and somebody is told"


@pytest.mark.parametrize("name", ["thesis.odt", "photos/holiday.jpg"])
def test_a_folder_that_is_no_site_is_never_written_to(name: str, small_site: Path, tmp_path: Path) -> None:
    (tmp_path / "mine" / name).parent.mkdir(parents=True)
    (tmp_path / "mine" / name).write_text("mine", encoding="utf-8")
    done = build_here(small_site, "-d", tmp_path / "mine")
    assert (done.code, "site/output-folder" in done.said) == (20, True), done.said
    assert list(tree_of(tmp_path / "mine")) == [name]


USAGE = "content/data/exports/sample/usage.csv"


def _rows(site: Path) -> list[dict[str, object]]:
    rows = json.loads((site / "site/figures/chat_active_rate.json").read_text(encoding="utf-8"))
    assert isinstance(rows, list)
    return rows


def _badges(site: Path, page: str) -> list[str]:
    text = (site / "site" / page / "index.html").read_text(encoding="utf-8")
    return re.findall(r'<p class="kb-figure__stale">([^<]*)</p>', text)


def _old(row: dict[str, object]) -> dict[str, object]:
    """A row of the newest month once its source has failed; what is hidden has no age."""
    is_told = row["value"] is not None or row["band"] is not None
    return {**row, "stale": is_told, "status": "stale" if row["status"] == "ok" else row["status"]}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(b"\x93\xfa\x00\xff"),
        lambda file: file.write_text("月,社員番号\n2026-05,E0002\n", encoding="utf-8"),
        lambda file: file.unlink(),
    ],
    ids=["other bytes", "a column less", "gone"],
)
def test_a_source_that_fails_keeps_its_last_figures_with_a_badge(spoil: Spoil, small_site: Path) -> None:
    before = _rows(small_site)
    spoil(small_site / USAGE)
    done = build_here(small_site, now="2026-11-21")
    assert (done.code, "data/stale-source" in done.said) == (3, True), done.said
    assert _rows(small_site) == [_old(row) if row["period"] == "2026-10" else row for row in before]
    for page in ("", "metrics/chat_active_rate", "metrics/chat_active_rate/2026-10", "departments/sales"):
        assert any("2026年10月31日時点" in badge for badge in _badges(small_site, page)), page


def test_a_source_that_never_worked_is_refused(small_site: Path) -> None:
    before = tree_of(small_site / "site")
    for folder in (small_site / ".kawaraban/snapshots").iterdir():
        folder.rename(folder.with_name(f"{folder.name}-of-before"))
    (small_site / USAGE).write_bytes(b"\x93\xfa\x00\xff")
    done = build_here(small_site)
    assert (done.code, "data/wrong-encoding" in done.said) == (30, True), done.said
    assert differing(tree_of(small_site / "site"), before) == []


def test_old_data_is_told_with_its_date_and_too_old_data_is_refused(small_site: Path) -> None:
    assert _badges(small_site, "") == []
    done = build_here(small_site, now="2026-12-15")  # 45 days after 31 October
    assert (done.code, _badges(small_site, "")) == (0, [])
    done = build_here(small_site, now="2026-12-16")
    assert (done.code, "data/stale-figures" in done.said) == (3, True), done.said
    assert set(_badges(small_site, "")) == {"データは2026年10月31日時点です。"}
    assert "ok" not in {row["status"] for row in _rows(small_site) if row["period"] == "2026-10"}
    before = tree_of(small_site / "site")
    done = build_here(small_site, now="2027-12-06")  # 401 days
    assert (done.code, "data/too-old" in done.said) == (30, True), done.said
    assert differing(tree_of(small_site / "site"), before) == []


def test_a_good_build_afterwards_is_as_if_nothing_had_happened(small_site: Path) -> None:
    before = tree_of(small_site / "site")
    for spoil, _, _ in (FAILURES["read: front matter"], FAILURES["verify: link to no heading"]):
        spoil(small_site)
        assert build_here(small_site).code == 20
    (small_site / ARTICLE).unlink()
    (small_site / GUIDE).unlink()
    done: Done = build_here(small_site)
    assert done.code == 0, done.said
    assert differing(tree_of(small_site / "site"), before) == []


def test_a_folder_with_an_older_build_is_not_taken_for_up_to_date(small_site: Path) -> None:
    assert build_here(small_site).code == 0
    write(ARTICLE, "# 新しい記事\n")(small_site)
    assert build_here(small_site, "-d", small_site / "other").code == 0
    assert build_here(small_site).code == 0
    assert differing(tree_of(small_site / "site"), tree_of(small_site / "other")) == []
