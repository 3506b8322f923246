"""No request leaves the intranet, and a strict Content-Security-Policy can hold."""

from __future__ import annotations

import pytest

from generator.verify.address import Home
from generator.verify.facts import page_facts
from tests.verify.built_site import BuiltSite, page


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://cdn.example/a.png" alt="a">',
        '<img src="//cdn.example/a.png" alt="a">',
        '<img src=" https://cdn.example/a.png" alt="a">',
        '<img src="ht&#10;tps://cdn.example/a.png" alt="a">',
        '<img src="\\\\cdn.example/a.png" alt="a">',
        '<img src="&#104;ttps://cdn.example/a.png" alt="a">',
        '<img srcset="https://cdn.example/a.png 2x" alt="a">',
        '<video poster="https://cdn.example/a.png"></video>',
        '<iframe src="https://cdn.example/"></iframe>',
        '<object data="https://cdn.example/"></object>',
        '<form action="https://cdn.example/"></form>',
        '<button formaction="https://cdn.example/">x</button>',
        '<svg><use href="https://cdn.example/a.svg#x"></use></svg>',
        '<svg><image xlink:href="https://cdn.example/a.png"></image></svg>',
        '<a href="../" ping="https://cdn.example/">x</a>',
        '<link rel="stylesheet" href="https://cdn.example/a.css">',
        '<link rel="preconnect" href="https://cdn.example">',
        '<link rel="icon canonical" href="https://cdn.example/a.ico">',
        '<meta http-equiv="Refresh" content="0; URL=\'https://cdn.example/\'">',
    ],
)
def test_whatever_makes_a_browser_call_another_host_is_found(site: BuiltSite, html: str) -> None:
    site.write("faq/index.html", page(f"<p>本文</p>{html}"))
    assert "external-request" in {finding.code for finding in site.findings()}


def test_links_and_references_to_other_sites_are_the_readers_choice(site: BuiltSite) -> None:
    head = '<link rel="canonical" href="https://news.asahino.example/kawaraban/">'
    head += '<link rel="alternate" href="https://other.example/feed.xml"><meta property="og:image" content="https://x.example/">'
    site.write("index.html", page('<p><a href="https://other.example/">外</a></p>', head))
    assert site.told() == []


def test_a_style_sheet_that_calls_another_host_is_found(site: BuiltSite) -> None:
    site.write(
        "assets/a.css", "@import url(https://fonts.example/a.css);\n@font-face{src:URL('//fonts.example/b.woff2')}"
    )
    told = [finding.what.en for finding in site.findings()]
    assert [line.split("`")[1] for line in told] == ["//fonts.example/b.woff2", "https://fonts.example/a.css"]


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color:red">x</p>',
        "<style>p{color:red}</style>",
        '<p onclick="x()">x</p>',
        '<p ONCLICK="x()">x</p>',
        '<a href="javascript:x()">x</a>',
        '<a href="java&#9;script:x()">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<iframe srcdoc="x"></iframe>',
        '<object data="data:text/html,x"></object>',
        '<div><template shadowrootmode="open"><script>x</script></template></div>',
        '<base href="../">',
    ],
)
def test_markup_that_a_strict_policy_forbids_is_found(site: BuiltSite, html: str) -> None:
    site.write("faq/index.html", page(f"<p>本文</p>{html}"))
    assert site.told() == ["site/faq/index.html unsafe-markup"]


def test_a_drawing_as_data_is_allowed_as_the_policy_allows_it(site: BuiltSite) -> None:
    site.write("index.html", page('<p>本文</p><img src="data:image/png;base64,AA" alt="図">'))
    assert site.told() == []


def test_the_themes_inline_scripts_are_accepted_and_hashed(site: BuiltSite) -> None:
    theme = "<script>var a=1</script>"
    facts = page_facts(page(frame=theme).encode(), "index.html", Home.of(""))
    assert facts.inline_scripts == ("sha256-WazVQOu5lmXfSreSrMJd1CsaQ4c00fUQpJfBYCuMSIw=",)
    site.write("index.html", page(frame=theme))
    assert site.told() == []


def test_a_script_inside_an_article_is_an_error_on_the_authors_line(site: BuiltSite) -> None:
    html = page("<p>本文</p><div><script src='../../a.js'></script></div>")
    site.write("a.js", "1")
    site.add("stories/x/", html, "stories/x.md", "本文\n<script src=a.js></script>", first_line=3)
    assert site.told() == ["content/stories/x.md:4 script-in-content"]


def test_data_blocks_are_no_scripts(site: BuiltSite) -> None:
    site.write("index.html", page('<p>本文</p><script type="application/json">{}</script>'))
    assert site.told() == []


def test_more_inline_scripts_than_a_policy_carries_are_refused(site: BuiltSite) -> None:
    for number in range(13):
        site.write(f"p{number}/index.html", page(frame=f"<script>var a={number}</script>"))
    assert site.told() == ["site/index.html many-inline-scripts"]


def test_a_drawing_with_a_script_is_refused(site: BuiltSite) -> None:
    site.write("assets/good.svg", '<svg xmlns="http://www.w3.org/2000/svg"><style>a{}</style><path d="M0 0"/></svg>')
    site.write("assets/e.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>')
    assert site.told() == ["site/assets/e.svg unsafe-markup"]
