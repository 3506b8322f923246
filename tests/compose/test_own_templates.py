"""A site may bring templates of its own; what is wrong with one is said with its name and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.compose.press import compile_templates
from generator.model.finding import Finding
from generator.settings import Options, Settings
from tests.compose.newsroom import composed, document, page


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "theme_overrides" / "articles"
    own.mkdir(parents=True)
    return own


def findings_with(folder: Path, template: str) -> list[Finding]:
    (folder / "article.html").write_text(template, encoding="utf-8")
    return composed([page("articles/a.md"), page("articles/b.md")], root=folder.parents[1])[1]


def test_a_template_of_the_site_goes_before_ours(folder: Path) -> None:
    (folder / "article.html").write_text('{% from "_parts.html" import head %}<b>うち流</b>{{ head(view.head) }}')
    site, findings = composed([page("articles/a.md", title="<i>題</i>")], root=folder.parents[1])
    assert findings == []
    assert "<b>うち流</b>" in document(site, "articles/a/").body
    assert "&lt;i&gt;題&lt;/i&gt;" in document(site, "articles/a/").body


@pytest.mark.parametrize(
    ("template", "line", "said"),
    [
        ("<p>\n{% if %}", 2, "文法"),
        ("<p>\n\n{{ view.heading }}", 3, "heading"),
        ("{{ nothing }}", 1, "nothing"),
        ("{{ view.head.count }}", 1, "count"),
        ("<p>\n{{ view.head | tojson }}", 2, "tojson"),
        ("{{ view.__class__.__mro__ }}", 1, "__class__"),
        ('\n{{ "".join.__globals__ }}', 2, "__globals__"),
        ("{{ range(3) }}", 1, "range"),
        ('{% include "../../../mkdocs.yml" %}', 1, "mkdocs.yml"),
    ],
)
def test_a_fault_in_a_template_is_one_finding_with_its_line(folder: Path, template: str, line: int, said: str) -> None:
    found = findings_with(folder, template)
    assert [(f.name, str(f.place)) for f in found] == [
        ("settings/bad-template", f"theme_overrides/articles/article.html:{line}")
    ]
    assert said in found[0].what.ja


def test_a_fault_in_a_template_that_was_compiled_ahead_is_told_where_a_page_needs_it(folder: Path) -> None:
    (folder / "of-nobody-either.html").write_text("{% if %}", encoding="utf-8")
    (folder / "of-nobody.html").write_bytes(b"\xff")
    (folder / "article.html").write_text("<p>\n{% if %}", encoding="utf-8")
    root = folder.parents[1]
    compile_templates(Settings(root=root, content=root / "content", site_name="", site_url="", options=Options()))
    found = findings_with(folder, "<p>\n{% if %}")
    assert [str(finding.place) for finding in found] == ["theme_overrides/articles/article.html:2"]


def test_a_template_that_is_not_utf_8_is_one_finding(folder: Path) -> None:
    (folder / "article.html").write_bytes("<p>記事</p>".encode("cp932"))
    _, found = composed([page("articles/a.md")], root=folder.parents[1])
    assert [(f.name, f.place.path) for f in found] == [
        ("settings/bad-template", "theme_overrides/articles/article.html")
    ]
    assert "UTF-8" in found[0].what.ja
