"""A plugin that may see all pages gets them as MkDocs shows them, and every page is made anew."""

from __future__ import annotations

from tests.commands import differing, tree_of
from tests.plugins.conftest import Site

COLLECTS = """\
def on_files(self, files, *, config):
    self.seen = [file.src_uri for file in files.documentation_pages()]
    self.titles = []

def on_page_content(self, html, *, page, config, files):
    self.titles.append(page.title)

def on_page_context(self, context, *, page, config, nav):
    page.meta["of"] = len(self.titles)
    return context

def on_post_page(self, output, *, page, config):
    return output.replace("</body>", f"<!-- one of {page.meta['of']} --></body>")

def on_post_build(self, *, config):
    written = sorted(path.name for path in Path(config.site_dir).rglob("index.html"))
    Path(config.site_dir, "all.txt").write_text(f"{len(self.seen)} {len(self.titles)} {len(written)}")
"""


def test_it_sees_all_pages_before_the_first_is_finished(site: Site) -> None:
    site.install(COLLECTS)
    done = site.build()
    assert done.code == 0, done.said
    pages = len(list((site.root / "site").rglob("index.html"))) - len(list((site.root / "site/p").rglob("index.html")))
    assert (site.root / "site/all.txt").read_text(encoding="utf-8") == f"{pages} {pages} {pages}"
    assert f"<!-- one of {pages} -->" in site.page("")


def test_every_page_is_made_anew_and_it_is_said_why(site: Site) -> None:
    site.install(COLLECTS)
    site.build()
    done = site.build("--strict")
    assert done.code == 0
    assert " 0 reused" in done.out
    assert "the plugin `neighbour` may look at all pages (`on_files`)" in done.out
    assert done.err == ""


def test_its_pages_are_those_of_the_fast_path(site: Site) -> None:
    by_page = "def on_page_content(self, html, *, page, config, files):\n    return html + '<p>足した段落</p>'\n"
    site.install(by_page)
    assert site.build().code == 0
    fast = tree_of(site.root / "site")
    site.install(f"{by_page}\ndef on_nav(self, nav, *, config, files):\n    return nav\n")
    assert site.build().code == 0
    assert differing(tree_of(site.root / "site"), fast) == []
    site.install(by_page)
    assert site.build().code == 0
    assert differing(tree_of(site.root / "site"), fast) == []


def test_a_page_that_it_adds_is_refused(site: Site) -> None:
    site.install(
        "def on_files(self, files, *, config):\n    files.append(File.generated(config, 'x.md', content='x'))\n"
    )
    done = site.build()
    assert (done.code, "settings/page-of-plugin" in done.err) == (20, True)


def test_a_page_that_it_takes_away_is_missed(site: Site) -> None:
    site.install(
        "def on_files(self, files, *, config):\n    files.remove(files.get_file_from_path('articles/welcome.md'))\n"
    )
    done = site.build()
    assert (done.code, "settings/page-taken-away" in done.err) == (20, True)
