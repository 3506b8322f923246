"""A plugin that sees one page at a time works on the fast path: pages that nothing has changed on are not made again."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.build.edits import Desk, publish_next_issue
from tests.commands import build_here, differing, tree_of
from tests.plugins.conftest import Site

WELCOME = "articles/welcome/"
ALL_EVENTS = """\
def on_pre_page(self, page, *, config, files):
    page.meta["order"] = ["pre"]
    return page

def on_page_markdown(self, markdown, *, page, config, files):
    page.meta["order"].append("markdown")
    return markdown + "\\n\\n**太字**<script>alert(1)</script>\\n"

def on_page_content(self, html, *, page, config, files):
    page.meta["order"].append("content")
    return html + f'<p data-title="{page.meta.get("title")}">足した段落</p>'

def on_page_context(self, context, *, page, config, nav):
    page.meta["order"].append("context")
    return context

def on_post_page(self, output, *, page, config):
    told = [*page.meta["order"], page.file.src_uri, page.url, str(page.is_homepage)]
    return output.replace("</body>", f"<!-- {' '.join(told)} --></body>")
"""
STAMP = """\
def on_post_page(self, output, *, page, config):
    return output.replace("</body>", "<!-- STAMP --></body>")
"""


def test_events_of_a_page_come_in_the_order_of_mkdocs(site: Site) -> None:
    site.install(ALL_EVENTS)
    done = site.build()
    assert done.code == 0, done.said
    # Generated pages have no Markdown of an author's.
    assert "<!-- pre content context index.md  True -->" in site.page("")
    told = "pre markdown content context articles/welcome.md articles/welcome/ False"
    assert f"<!-- {told} -->" in site.page(WELCOME)


def test_what_a_plugin_writes_into_markdown_is_sanitised_and_its_html_is_not(site: Site) -> None:
    site.install(ALL_EVENTS)
    assert site.build().code == 0
    page = site.page(WELCOME)
    assert "<strong>太字</strong>" in page
    assert "alert(1)" not in page
    assert '<p data-title="' in page


def test_what_a_plugin_puts_into_the_context_reaches_templates(site: Site) -> None:
    site.install(
        "def on_page_context(self, context, *, page, config, nav):\n    return {**context, 'mark': page.url}\n"
    )
    partials = site.root / "theme_overrides/partials"
    partials.mkdir(parents=True, exist_ok=True)
    (partials / "colophon.html").write_text("<footer>[{{ mark }}]</footer>", encoding="utf-8")
    config = site.root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("theme:\n", "theme:\n  custom_dir: theme_overrides\n"), "utf-8")
    done = site.build()
    assert done.code == 0, done.said
    assert f"<footer>[{WELCOME}]</footer>" in site.page(WELCOME)


def test_pages_are_reused(site: Site) -> None:
    site.install(ALL_EVENTS)
    site.build()
    before = tree_of(site.root / "site")
    assert " 0 rendered" in site.build().out
    assert tree_of(site.root / "site") == before
    (site.root / "content/articles/welcome.md").write_text("# ようこそ\n\n別の文章。\n", encoding="utf-8")
    done = site.build()
    assert " 0 reused" not in done.out
    assert "別の文章。" in site.page(WELCOME)


def test_a_build_after_edits_equals_a_clean_one(site: Site, tmp_path: Path) -> None:
    site.install(ALL_EVENTS)
    site.build()
    (site.root / "content/articles/welcome.md").write_text("# ようこそ\n\n別の文章。\n", encoding="utf-8")
    publish_next_issue(Desk(site.root, seed=7))  # named in the masthead of every page
    shutil.rmtree(site.root / "site/articles")
    assert site.build().code == 0
    clean = tmp_path / "clean"
    shutil.copytree(site.root / "content", clean / "content")
    shutil.copy(site.root / "mkdocs.yml", clean)
    site.forget()
    assert build_here(clean).code == 0
    assert differing(tree_of(site.root / "site"), tree_of(clean / "site")) == []


def test_several_processes_make_the_same_pages(site: Site) -> None:
    for number in range(60):
        text = f"# 記事{number}\n\n本文。\n"
        (site.root / f"content/articles/many-{number}.md").write_text(text, encoding="utf-8")
    site.install(ALL_EVENTS)
    assert site.build("--jobs", "2", "--clean").code == 0
    several = tree_of(site.root / "site")
    assert site.build("--jobs", "1", "--clean").code == 0
    assert differing(tree_of(site.root / "site"), several) == []


def test_another_release_of_a_plugin_makes_every_page_anew(site: Site) -> None:
    site.install(STAMP)
    site.build()
    site.install(STAMP, release="1.1")
    assert " 0 reused" in site.build().out


def test_another_source_of_a_plugin_makes_every_page_anew(site: Site) -> None:
    site.install(STAMP)
    site.build()
    site.install(STAMP.replace("STAMP", "OTHER"))
    assert " 0 reused" in site.build().out
    assert "<!-- OTHER -->" in site.page(WELCOME)


def test_a_plugin_that_is_said_to_be_page_local_is(site: Site) -> None:
    site.install(f"{STAMP}\ndef on_post_build(self, *, config):\n    Path(config.site_dir, 'x.txt').write_text('x')\n")
    site.list_plugins("neighbour", page_local="neighbour")
    assert site.build().code == 0
    assert " 0 rendered" in site.build().out
    assert (site.root / "site/x.txt").read_text(encoding="utf-8") == "x"


def test_a_page_is_made_anew_when_a_file_is_another_that_a_plugin_read_for_it(site: Site) -> None:
    site.install(
        "def on_page_markdown(self, markdown, *, page, config, files):\n"
        "    beside = Path(config.config_file_path).parent / 'content' / Path(page.file.src_uri).with_suffix('.csv')\n"
        "    try:\n"
        "        return markdown + beside.read_text()\n"
        "    except FileNotFoundError:\n"
        "        return markdown\n"
    )
    beside = site.root / "content/articles/welcome.csv"
    site.build()
    beside.write_text("いち", encoding="utf-8")
    assert " 1 rendered" in site.build().out
    assert "いち" in site.page(WELCOME)
    beside.write_text("に", encoding="utf-8")
    assert " 1 rendered" in site.build().out
    assert " 0 rendered" in site.build().out


def test_every_page_is_made_anew_when_a_file_is_another_that_a_plugin_read_before(site: Site) -> None:
    site.install(
        "def on_config(self, config):\n"
        "    self.words = Path(config.config_file_path).with_name('words.txt').read_text()\n"
        "\n"
        "def on_page_content(self, html, *, page, config, files):\n"
        "    return html + self.words\n"
    )
    (site.root / "words.txt").write_text("いち", encoding="utf-8")
    site.build()
    (site.root / "words.txt").write_text("に", encoding="utf-8")
    assert " 0 reused" in site.build().out


def test_a_page_for_which_a_plugin_asks_a_program_is_made_anew_each_time(site: Site) -> None:
    site.install(
        "def on_page_markdown(self, markdown, *, page, config, files):\n"
        "    if page.url == 'articles/welcome/':\n"
        "        subprocess.run([sys.executable, '-c', ''], check=True)\n"
    )
    site.build()
    assert " 1 rendered" in site.build().out
