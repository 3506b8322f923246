"""What every page needs so that people, search and screen readers can use it."""

from __future__ import annotations

import pytest

from tests.verify.built_site import BuiltSite, page


def test_a_good_site_has_no_findings(site: BuiltSite) -> None:
    site.add_picture("cover.png")
    site.add("stories/x/", page('<p>本文</p><img src="../../cover.png" alt="会議の様子">'), "stories/x.md")
    assert site.told() == []


@pytest.mark.parametrize(
    ("html", "code"),
    [
        (page("<p>本文</p>").replace("<title>題</title>", "<svg><title>x</title></svg>"), "no-title"),
        (page("<p>本文</p>").replace("<title>題", "<title> "), "no-title"),
        (page("<p>本文</p>").replace(' lang="ja"', ""), "no-lang"),
        (page("<p>本文</p>").replace("h1", "h2"), "no-h1"),
        (page("<h1>もう一つ</h1><p>本文</p>"), "several-h1"),
        (page(" \n<p> </p>"), "empty-page"),
        (page('<script type="application/json">{"a": 1}</script>'), "empty-page"),
        (page('<h2 id="a">a</h2><h3 id="a">b</h3>'), "duplicate-id"),
    ],
)
def test_a_page_lacking_what_readers_need_is_named(site: BuiltSite, html: str, code: str) -> None:
    site.add("stories/x/", html, "stories/x.md", "本文")
    if code == "duplicate-id":
        assert site.told() == ["site/stories/x/index.html duplicate-id"]
    else:
        assert site.told() == [f"content/stories/x.md {code}"]


def test_text_of_the_frame_does_not_fill_an_empty_article(site: BuiltSite) -> None:
    site.write("index.html", page("", frame="<nav>号 活用事例</nav>"))
    assert site.told() == ["site/index.html empty-page"]


def test_the_author_sees_the_line_of_a_heading_id_given_twice(site: BuiltSite) -> None:
    html = page('<h2 id="effect">a</h2><h2 id="effect">b</h2>')
    site.add("stories/x/", html, "stories/x.md", "## 成果 {#effect}\n", first_line=8)
    assert site.told() == ["content/stories/x.md:8 duplicate-id"]


def test_an_authors_picture_needs_words(site: BuiltSite) -> None:
    site.add_picture("stories/desk.png")
    markdown = "はじめに\n![](desk.png)"
    site.add("stories/x/", page('<p>本文</p><img src="../desk.png" alt="">'), "stories/x.md", markdown, first_line=5)
    assert site.told() == ["content/stories/x.md:6 picture-without-alt"]


def test_decoration_of_a_template_may_say_nothing_but_must_say_so(site: BuiltSite) -> None:
    site.write("assets/line.png", b"png")
    site.write("index.html", page('<p>本文</p><img src="assets/line.png" alt="">'))
    assert site.told() == []
    site.write("index.html", page('<p>本文</p><img src="assets/line.png">'))
    assert site.told() == ["site/index.html picture-without-alt"]


def test_a_redirect_and_the_error_page_need_no_text(site: BuiltSite) -> None:
    bare = '<!doctype html><html lang="ja"><head><title>移動</title>{}</head><body></body></html>'
    site.redirect("p/s1/", "stories/x/")
    site.add("stories/x/", page())
    site.write("p/s1/index.html", bare.format('<meta http-equiv="refresh" content="0; url=../../stories/x/">'))
    site.write("404.html", bare.format(""))
    assert site.told() == []
    site.write("p/s1/index.html", bare.format('<meta http-equiv="refresh" content="0; url=../../stories/y/">'))
    assert site.told() == ["site/p/s1/index.html broken-link"]


def test_a_very_large_page_is_a_warning(site: BuiltSite) -> None:
    site.write("index.html", page("<p>本文</p>" + "<p>行</p>" * 120_000))
    [finding] = site.findings()
    assert finding.code == "large-page"
    assert not finding.is_error


def test_files_that_do_not_belong_in_a_site_are_named(site: BuiltSite) -> None:
    site.write("raw.xlsx", b"x")
    site.write("CNAME", b"x")
    site.write("figures/a.json", b"")
    (site.folder / "hosts.txt").symlink_to("/etc/hosts")
    assert site.told() == [
        "site/CNAME unknown-file",
        "site/figures/a.json empty-file",
        "site/hosts.txt symbolic-link",
        "site/raw.xlsx unknown-file",
    ]


def test_a_folder_without_front_page_is_no_site(site: BuiltSite) -> None:
    (site.folder / "index.html").unlink()
    assert site.told() == ["site/index.html no-front-page"]
