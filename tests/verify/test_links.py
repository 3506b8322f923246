"""A link works for a reader, or the build says where it was written."""

from pathlib import Path

import pytest

from tests.verify.built_site import BuiltSite, page


def link(target: str) -> str:
    return page(f'<p>本文 <a href="{target}">先</a></p>')


@pytest.mark.parametrize(
    "target",
    [
        "../",
        "..",
        "./",
        "",
        "#",
        "#top",
        "../stories/",
        "../stories",
        "../stories/index.html",
        "../stories/?from=home#数字",
        "../stories/#%E6%95%B0%E5%AD%97",
        "../%E5%86%99%E7%9C%9F.png",
        "/kawaraban/stories/",
        "https://news.asahino.example/kawaraban/stories/#数字",
        "https://other.example/",
        "mailto:kawaraban@asahino.example",
        "tel:0120",
        "../stories/#:~:text=x",
    ],
)
def test_a_link_that_works_in_a_browser_is_accepted(site: BuiltSite, target: str) -> None:
    site.add("stories/", page('<h2 id="数字">数字</h2>'))
    site.write("写真.png", b"png")
    site.add("faq/", link(target))
    assert site.told() == []


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("../storys/", "broken-link"),
        ("../../../etc/passwd", "broken-link"),
        ("/kawaraban/nowhere/", "broken-link"),
        ("https://news.asahino.example/kawaraban/nowhere/", "broken-link"),
        ("\\kawaraban\\nowhere", "broken-link"),
        ("../stories/#成果", "broken-anchor"),
        ("#成果", "broken-anchor"),
    ],
)
def test_a_link_that_leads_nowhere_is_found(site: BuiltSite, target: str, code: str) -> None:
    site.add("stories/", page())
    site.add("faq/", link(target))
    assert site.told() == [f"site/faq/index.html {code}"]


def test_another_application_on_the_same_host_is_not_ours_to_judge(site: BuiltSite) -> None:
    site.add("faq/", link("/expenses/"))
    assert site.told() == []


def test_without_an_address_the_site_stands_at_the_root(tmp_path: Path) -> None:
    site = BuiltSite(tmp_path, site_url="")
    site.add("faq/", link("/faq/#nothing"))
    assert site.told() == ["site/faq/index.html broken-anchor"]


def test_an_old_style_anchor_is_a_place_to_link_to(site: BuiltSite) -> None:
    site.add("faq/", page('<a name="old"></a><p>本文 <a href="#old">先</a></p>'))
    assert site.told() == []


def test_the_author_sees_the_line_of_the_broken_link(site: BuiltSite) -> None:
    markdown = "一行目\n\n[手順](../faq/chat.md#存在しない見出し)を見る"
    site.add("faq/chat/", page())
    site.add("stories/x/", link("../../faq/chat/#存在しない見出し"), "stories/x.md", markdown, first_line=12)
    assert site.told() == ["content/stories/x.md:14 broken-anchor"]
    [finding] = site.findings()
    assert finding.what.ja == (
        "リンク先 `faq/chat/#存在しない見出し` のページはありますが、その見出し（# の後ろ）がありません"
    )


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("使い方-その1", "`#使い方-その2` のことではありませんか"),
        (
            "成果",
            "`#` の後には、そのページの見出しの言葉を、英字は小文字、空白は `-` にし、記号を除いて書いてください",
        ),
    ],
)
def test_the_author_is_shown_a_name_that_there_is(site: BuiltSite, name: str, remedy: str) -> None:
    site.add("stories/", page('<h2 id="使い方-その2">使い方 その2</h2><h2 id="効果測定の方法">効果測定の方法</h2>'))
    site.add("faq/", link(f"../stories/#{name}"))
    [finding] = site.findings()
    assert finding.remedy.ja == remedy


def test_a_broken_link_of_the_template_is_told_once_for_all_pages(site: BuiltSite) -> None:
    for name in "abcdef":
        site.add(f"{name}/", link("../gone/"))
    [finding] = site.findings()
    assert str(finding.place) == "site/a/index.html"
    assert finding.what.en.endswith("(and on 5 other pages)")


@pytest.mark.parametrize(
    "html",
    [
        '<img src="../gone.png" alt="写真">',
        '<img srcset="../a.png 1x, ../gone.png 2x" alt="写真">',
        '<picture><source srcset="../gone.png"><img src="../a.png" alt="写真"></picture>',
        '<svg><image href="../gone.png"/></svg>',
    ],
)
def test_a_missing_picture_is_found(site: BuiltSite, html: str) -> None:
    site.add_picture("a.png")
    site.add("faq/", page(f"<p>本文</p>{html}"))
    assert site.told() == ["site/faq/index.html missing-picture"]


def test_missing_style_sheets_scripts_and_what_they_load_are_found(site: BuiltSite) -> None:
    site.write("assets/main.css", '@import "base.css"; a{background:url( "../a.png" )} b{src:url(data:x)} /* url(c) */')
    site.write("index.html", page(head='<link rel="stylesheet" href="assets/main.css"><script src="gone.js"></script>'))
    told = [f"{finding.place} {finding.what.en}" for finding in site.findings()]
    assert told == [
        "site/assets/main.css the file `a.png` that the page uses does not exist",
        "site/assets/main.css the file `assets/base.css` that the page uses does not exist",
        "site/index.html the file `gone.js` that the page uses does not exist",
    ]
