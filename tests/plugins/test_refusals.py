"""Plugins that fail or cannot be used are named in one sentence, and the site of before stays."""

from __future__ import annotations

import pytest

from generator.mkdocs_site import load_site
from tests.commands import run, tree_of
from tests.plugins.conftest import Site

WHOLE_SITE = "def on_nav(self, nav, *, config, files):\n    return nav\n\n"


@pytest.mark.parametrize("whole", ["", WHOLE_SITE], ids=["page by page", "whole site"])
@pytest.mark.parametrize("event", ["page_markdown", "page_content", "page_context", "post_page"])
def test_an_error_names_plugin_event_and_page(site: Site, event: str, whole: str) -> None:
    before = tree_of(site.root / "site")
    fails = f"def on_{event}(self, given, *, page, **_):\n    if page.url == 'articles/welcome/':\n        1 / 0\n"
    site.install(whole + fails)
    done = site.build()
    assert done.code == 20
    assert "content/articles/welcome.md: error settings/plugin-failed" in done.err
    assert f"the plugin `neighbour` failed (`on_{event}, /articles/welcome/`): ZeroDivisionError" in done.err
    assert done.err.count(": error ") == 1
    assert tree_of(site.root / "site") == before
    site.install(whole or "pass\n")
    assert site.build().code == 0


def test_an_error_that_has_gone_is_forgotten(site: Site) -> None:
    site.install(
        "def on_page_content(self, html, *, page, config, files):\n"
        "    if os.environ.get('NEIGHBOUR_FAILS'):\n"
        "        raise OSError('no answer')\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEIGHBOUR_FAILS", "1")
        assert site.build().code == 20
    assert site.build().code == 0


@pytest.mark.parametrize("event", ["config", "files", "env", "post_build"])
def test_an_error_in_an_event_of_the_whole_site_names_plugin_and_event(site: Site, event: str) -> None:
    site.install(f"def on_{event}(self, *given, **named):\n    raise KeyError('missing')\n")
    done = site.build()
    assert done.code == 20
    assert f"mkdocs.yml: error settings/plugin-failed\n    the plugin `neighbour` failed (`on_{event}`): " in done.err


def test_users_of_mkdocs_are_told_the_same(site: Site) -> None:
    site.install("def on_post_build(self, *, config):\n    raise KeyError('missing')\n")
    done = run("build", cwd=site.root, program="mkdocs", PYTHONPATH=str(site.packages))
    assert done.code == 1
    assert "settings/plugin-failed" in done.err
    assert "Traceback" not in done.err


def test_a_plugin_that_replaces_texts_is_refused(site: Site) -> None:
    site.install("def on_page_read_source(self, *, page, config):\n    return 'x'\n")
    done = site.build()
    assert (done.code, "settings/unfit-plugin" in done.err) == (20, True)


def test_a_plugin_that_runs_what_authors_write_is_refused(site: Site) -> None:
    site.install("pass\n")
    points = site.packages / "neighbours-1.dist-info/entry_points.txt"
    points.write_text("[mkdocs.plugins]\nmacros = neighbours:Plugin\n", encoding="utf-8")
    site.list_plugins("macros")
    done = site.build()
    assert done.code == 20
    assert "the plugin `macros` cannot be used: it runs programs written in authors' texts" in done.err


def test_a_name_that_no_plugin_has_is_refused(site: Site) -> None:
    site.install("pass\n")
    site.list_plugins("neighbour", page_local="neighbor")
    done = site.build()
    assert done.code == 20
    assert "did you mean `neighbour`?" in done.err


def test_what_a_plugin_brings_in_is_verified(site: Site) -> None:
    site.install(
        "def on_post_page(self, output, **_):\n    return output.replace('</head>', '<style>a{}</style></head>')\n"
    )
    done = site.build()
    assert done.code == 20
    assert "site/unsafe-markup" in done.err
    assert load_site(site.root / "mkdocs.yml").settings.site_name
