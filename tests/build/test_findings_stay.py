"""What is wrong is told by every build until it is mended, whatever is reused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands import Done, build_here, run_here, tree_of

ARTICLE = "content/articles/welcome.md"


def append(site: Path, words: str) -> None:
    path = site / ARTICLE
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{words}\n", encoding="utf-8")


def is_refused(done: Done, code: int, finding: str) -> None:
    assert (done.code, finding in done.said) == (code, True), done.said


def test_a_secret_is_refused_again_and_again(small_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEPLOY_TOKEN", "kx81-secret-of-the-server")
    assert build_here(small_site).code == 0
    before, text = tree_of(small_site / "site"), (small_site / ARTICLE).read_text(encoding="utf-8")
    append(small_site, "接続には kx81-secret-of-the-server を使います。")
    for _ in range(3):
        is_refused(build_here(small_site), 40, "privacy/leak-credential")
        is_refused(
            run_here("check", "-f", small_site / "mkdocs.yml", "--now", "2026-11-20"), 40, "privacy/leak-credential"
        )
    assert tree_of(small_site / "site") == before
    (small_site / ARTICLE).write_text(text, encoding="utf-8")
    assert build_here(small_site).code == 0


def test_a_secret_that_is_known_only_later_is_found_on_pages_that_are_reused(
    small_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(small_site, "接続には kx81-secret-of-the-server を使います。")
    assert build_here(small_site).code == 0
    monkeypatch.setenv("DEPLOY_TOKEN", "kx81-secret-of-the-server")
    for _ in range(2):
        is_refused(build_here(small_site), 40, "privacy/leak-credential")


def test_a_heading_that_goes_is_missed_on_a_page_that_is_reused(small_site: Path) -> None:
    story = next((small_site / "content/stories").glob("*.md"))
    question = next((small_site / "content/faq").rglob("*.md"))
    text = story.read_text(encoding="utf-8")
    story.write_text(f"{text}\n## 目印 {{ #landmark }}\n", encoding="utf-8")
    linked = f"{question.read_text(encoding='utf-8')}\n[目印へ](../../stories/{story.name}#landmark)\n"
    question.write_text(linked, encoding="utf-8")
    assert build_here(small_site).code == 0
    story.write_text(text, encoding="utf-8")
    for _ in range(2):
        is_refused(build_here(small_site), 20, "broken-anchor")


def test_a_link_to_no_heading_is_told_again_and_again(small_site: Path) -> None:
    path = next((small_site / "content/stories").glob("*.md"))
    path.write_text(f"{path.read_text(encoding='utf-8')}\n[次へ](#nowhere)\n", encoding="utf-8")
    for _ in range(2):
        is_refused(build_here(small_site), 20, "broken-anchor")


def silence_october(site: Path) -> None:
    """Nobody wrote anything in October: a figure that waits until somebody has looked at it."""
    usage = site / "content/data/exports/sample/usage.csv"
    rows = [row.split(",") for row in usage.read_text("utf-8").splitlines()]
    usage.write_text(
        "".join(f"{','.join([*row[:-1], '0'] if row[0] == '2026-10' else row)}\n" for row in rows), "utf-8"
    )
    shutil.rmtree(site / ".kawaraban")  # nothing was released that could stand in


def test_a_month_that_waits_for_somebody_to_look_at_it_stops_no_page_that_names_it(small_site: Path) -> None:
    silence_october(small_site)
    done = build_here(small_site)
    assert done.code == 3, done.said
    assert "--accept-anomaly" in done.said


def test_who_reads_why_nothing_is_built_reads_all_warnings_too(small_site: Path) -> None:
    silence_october(small_site)
    story = next((small_site / "content/stories").glob("*.md"))
    story.write_text(f"{story.read_text('utf-8')}\n[ない](nowhere.md)\n", "utf-8")
    done = build_here(small_site)
    assert done.code == 20, done.said
    assert "--accept-anomaly" in done.said
