"""A folder of Markdown from elsewhere, copied into a new site, builds without an edit."""

from __future__ import annotations

import json
import os
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from tests.command_line.foreign_articles import write_articles
from tests.commands import Done, run
from tests.published.pages import one

COUNT = 300


@dataclass(frozen=True)
class Built:
    """The site with its foreign articles."""

    site: Path
    articles: list[Path]
    done: Done

    @property
    def warnings(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads(self.done.out)
        return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("foreign")
    assert run("init", "tayori", cwd=folder).code == 0
    site = folder / "tayori"
    articles = write_articles(site / "content/articles/elsewhere", COUNT, seed=20)
    return Built(site / "site", articles, run("build", "--format", "json", cwd=site))


def test_it_builds_without_an_edit(built: Built) -> None:
    assert built.done.code == 0, built.done.said
    assert {warning["severity"] for warning in built.warnings} == {"warning"}


def test_every_article_has_its_page_with_its_words_and_its_picture(built: Built) -> None:
    pages = [path.parent for path in (built.site / "articles/elsewhere").rglob("index.html")]
    assert len(pages) == COUNT
    texts = {page: (page / "index.html").read_text(encoding="utf-8") for page in pages}
    for number in range(COUNT):
        (page,) = [page for page, text in texts.items() if f"手順 {number}<" in text]
        tree = html.fromstring(texts[page].encode(), parser=html.HTMLParser(encoding="utf-8"))
        sources = [unquote(picture.get("src", "")) for picture in tree.iter("img")]
        (source,) = [source for source in sources if f"図 {number}.png" in unicodedata.normalize("NFC", source)]
        assert (page / source).is_file()


def test_what_was_taken_out_is_told_with_its_place(built: Built) -> None:
    counted = Counter(str(warning["code"]) for warning in built.warnings)
    assert set(counted) == {"content/unsafe-html", "content/external-picture"}
    assert all(warning["line"] and str(warning["path"]).startswith("content/articles/") for warning in built.warnings)
    for path in built.articles:
        text = path.read_text(encoding="utf-8")
        shown = path.relative_to(built.site.parent).as_posix()
        codes = {warning["code"] for warning in built.warnings if warning["path"] == shown}
        assert ("content/unsafe-html" in codes) == any(word in text for word in ("<script", "<iframe", "onclick")), (
            shown
        )
        assert ("content/external-picture" in codes) == ("pictures.example" in text), shown


def test_nothing_dangerous_and_nothing_foreign_is_left(built: Built) -> None:
    for path in (built.site / "articles/elsewhere").rglob("*.html"):
        tree = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        content = one(tree, "kb-sheet")
        elements = [element for element in content.iter() if isinstance(element.tag, str)]
        assert not [
            element.tag for element in elements if element.tag in ("script", "iframe", "object", "embed", "form")
        ]
        assert not [name for element in elements for name in element.attrib if name.startswith("on") or name == "style"]
        assert not [e.get("src") for e in elements if (e.get("src") or "").startswith(("http", "//"))]


def test_template_code_is_shown_as_typed(built: Built) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (built.site / "articles/elsewhere").rglob("*.html")]
    typed = ["{{ page.title }}", "{% include note.html %}", "{{&lt; figure", "[[別のノート]]"]
    assert [words for words in typed if not any(words in text for text in texts)] == []


def test_every_link_between_them_leads_to_a_page(built: Built) -> None:
    for path in (built.site / "articles/elsewhere").rglob("index.html"):
        tree = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        links = [a.get("href", "") for a in one(tree, "kb-sheet").iter("a") if a.text == "関連する記事"]
        assert len(links) == 1
        assert (path.parent / unquote(links[0]) / "index.html").is_file() or links[0] in ("", "#", "./"), path


def test_they_are_listed_and_in_the_site_map(built: Built) -> None:
    lists = [built.site / "articles/index.html", *(built.site / "articles/page").glob("*/index.html")]
    listed = {target for path in lists for target in _targets(path)}
    sitemap = unquote((built.site / "sitemap.xml").read_text(encoding="utf-8"))
    for page in (built.site / "articles/elsewhere").rglob("index.html"):
        assert page.parent in listed
        assert f"{page.parent.relative_to(built.site).as_posix()}/" in sitemap


def _targets(path: Path) -> list[Path]:
    """The folders that a page links to."""
    tree = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    links = [a.get("href", "") for a in tree.iter("a")]
    return [Path(os.path.normpath(path.parent / unquote(link))) for link in links if ":" not in link]
