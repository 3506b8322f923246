"""Every page leads to the feed under one name, and says what kind of feed it is."""

from __future__ import annotations

from tests.published.pages import Page, all_of, words_of


def test_every_page_announces_an_atom_feed_and_links_to_it_by_one_name(pages: dict[str, Page]) -> None:
    for page in pages.values():
        if all_of(page.tree, "kb-colophon"):
            kinds = [link.get("type") for link in page.tree.iter("link") if "feeds/" in link.get("href", "")]
            names = {words_of(a) for a in page.tree.iter("a") if a.get("href", "").endswith("feeds/all.xml")}
            assert (kinds, names) == (["application/atom+xml"], {"更新を購読する（フィード）"}), page.url
