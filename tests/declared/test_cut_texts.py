"""Texts of sources.yml and metrics.yml that YAML cuts short are told: pages print them, and figures are counted by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import build_here


def cut(site: Path, name: str, old: str, new: str) -> tuple[int, str]:
    """Build with one file changed: the exit code, and all that was said of it."""
    path = site / "content/data" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    done = build_here(site, "--strict")
    return done.code, done.said


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("metrics.yml", "definition: その月に", "definition: その月に #全社 で", "metrics.yml:15:22"),
        ("metrics.yml", "{ja: チャット利用率, en", "{ja: チャット利用率 #社内\n      , en", "metrics.yml:13:25"),
        ("metrics.yml", "where: messages >= 1", "where: messages >= 1 #以上", "metrics.yml:22:28"),
        ("metrics.yml", "source: roster # sources.yml", "source: roster #sources.yml", "metrics.yml:5:20"),
        ("sources.yml", "label: チャット利用記録（見本）", "label: チャット利用記録 #見本", "sources.yml:20:21"),
    ],
)
def test_a_text_of_the_definitions_that_lost_its_end_is_a_warning(
    name: str, old: str, new: str, place: str, small_site: Path
) -> None:
    code, said = cut(small_site, name, old, new)
    assert (code, said.count("data/text-cut-short")) == (0, 1), said
    assert f"content/data/{place}: " in said


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("metrics.yml", "warn_after: 45d # 資料", "warn_after: 45d #資料"),
        ("sources.yml", "type: text}\n      所属", "type: text} #社員\n      所属"),
        ("sources.yml", "kind: csv", "kind: csv #表"),
    ],
)
def test_what_loses_no_text_is_not_told(name: str, old: str, new: str, small_site: Path) -> None:
    code, said = cut(small_site, name, old, new)
    assert (code, "text-cut-short" in said) == (0, False), said
