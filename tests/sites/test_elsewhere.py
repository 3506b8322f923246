"""Articles written for other tools are accepted as they are."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from generator.cache.store import Store
from generator.model.finding import Finding
from generator.model.page import Library
from generator.read import Notebook, read
from tests.read.content import effects_at, settings_of

ELSEWHERE = Path(__file__).parent / "good" / "elsewhere"


@pytest.fixture
def result(tmp_path: Path) -> tuple[Library, list[Finding]]:
    shutil.copytree(ELSEWHERE, tmp_path / "content/articles")
    settings = settings_of(tmp_path)
    return read(settings, effects_at(), Notebook(Store(tmp_path / "cache.sqlite3"), settings.zone))


def test_every_article_is_accepted(result: tuple[Library, list[Finding]]) -> None:
    library, findings = result
    assert [finding for finding in findings if finding.is_error] == []
    assert len(library.pages) == len(list(ELSEWHERE.rglob("*.md")))


def test_what_will_look_different_is_told(result: tuple[Library, list[Finding]]) -> None:
    counted = Counter(finding.code for finding in result[1])
    assert counted == {"summary-shortened": 1, "unsafe-html": 3, "external-picture": 1}


def test_their_pictures_come_with_them(result: tuple[Library, list[Finding]]) -> None:
    assert len(result[0].assets) == len(list(ELSEWHERE.rglob("*.png")))


def test_template_code_of_other_tools_stays_as_typed(result: tuple[Library, list[Finding]]) -> None:
    bodies = "".join(text.body for text in result[0].texts.values())
    for typed in ("{{ .Title }}", '{{< figure src="rack.png" >}}', "{% raw %}", "{{ user.name }}"):
        assert typed in bodies
