"""content/data/synonyms.yml; what is wrong with it is among the broken sites."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.search import read_synonyms
from generator.settings import Settings


def settings_with(root: Path, text: str | None) -> Settings:
    (root / "content" / "data").mkdir(parents=True)
    if text is not None:
        (root / "content" / "data" / "synonyms.yml").write_text(text, encoding="utf-8")
    return Settings(root=root, content=root / "content", site_name="瓦版")


def test_groups_are_read_as_they_are_written(tmp_path: Path) -> None:
    settings = settings_with(tmp_path, "groups:\n  - [チャット, Slack]\n  - [1on1, 面談]\n")
    assert read_synonyms(settings) == ((("チャット", "Slack"), ("1on1", "面談")), [])


@pytest.mark.parametrize("text", [None, "groups: []\n"])
def test_a_site_may_have_none(tmp_path: Path, text: str | None) -> None:
    assert read_synonyms(settings_with(tmp_path, text)) == ((), [])


def test_a_file_with_a_mistake_gives_no_groups(tmp_path: Path) -> None:
    groups, findings = read_synonyms(settings_with(tmp_path, "groups:\n  - [サーバー, ｻｰﾊﾞ]\n"))
    assert groups == ()
    assert [(finding.name, finding.place.line) for finding in findings] == [("data/repeated-word", 2)]
