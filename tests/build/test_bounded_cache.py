"""The cache does not grow with a site's history."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.build.run import Run
from generator.effects import Effects
from generator.mkdocs_site import LoadedSite, build_site, load_site
from tests.build.edits import (
    Desk,
    add_article,
    change_words,
    delete_article,
    link_to_nowhere,
    publish_next_issue,
    rename_article,
    retitle_page,
)
from tests.commands import differing, tree_of


def built(desk: Desk) -> LoadedSite:
    """The site of a desk, built; what the build left is at hand."""
    site = load_site(desk.site / "mkdocs.yml")
    build_site(site, Run(Effects(clock=lambda: desk.now), is_ours=True))
    return site


def cut_down(site: LoadedSite) -> int:
    """Leave a build to the next one as where the cache has grown beyond its limit; bytes of its file."""
    impression = site.plugin.build.impression
    assert impression is not None
    store = impression.edition.store
    store.most_bytes = 1
    impression.remember()
    store.close()
    return store.file.stat().st_size


def test_a_long_history_stays_bounded_and_the_next_build_finds_what_it_needs(small_site: Path) -> None:
    desk = Desk(small_site, seed=3)
    sizes = []
    for _ in range(5):
        change_words(desk)
        publish_next_issue(desk)  # another masthead: every page and the theme's files are new
        sizes.append(cut_down(built(desk)))
    assert max(sizes) < 1.3 * sizes[0]
    site = tree_of(small_site / "site")
    shutil.rmtree(small_site / "site")
    shutil.rmtree(small_site / ".kawaraban/staging")
    done = built(desk).plugin.done
    assert (done.made, done.reused > 10) == (0, True)
    assert differing(tree_of(small_site / "site"), site) == []
    assert not (small_site / ".kawaraban/staging/assets").exists()  # MkDocs was not needed for the theme's files


def test_facts_and_links_are_kept_as_long_as_a_page_needs_them(small_site: Path) -> None:
    desk = Desk(small_site, seed=3)
    for edit in (add_article, retitle_page, link_to_nowhere, change_words, rename_article, delete_article):
        edit(desk)
        impression = built(desk).plugin.build.impression
        assert impression is not None
        memory = impression.edition.memory
        pages = memory.records.values()
        assert set(memory.grounds.facts) == {name for page in pages for name in page.uses}
        assert set(memory.grounds.answers) == {link for page in pages for link in page.links}
