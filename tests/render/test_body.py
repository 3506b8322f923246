"""Authors' texts in their slots: links, pictures, figures and what is taken out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.html_tags import SHOWN_TAGS as TAGS
from generator.markup.targets import Addresses
from generator.model import marker
from generator.model.address import relative
from generator.model.finding import Finding
from generator.model.page import AssetFile, Sides
from generator.model.site import Document, Slot
from generator.render.body import BodyRenderer
from generator.render.markdown import MarkdownDialect

DIALECT = MarkdownDialect(("toc", "attr_list", "md_in_html", "tables", "footnotes", "pymdownx.superfences"), {})
ADDRESSES = Addresses(
    {
        "stories/b.md": "stories/b/",
        "stories/図.png": "stories/図.png",
        "stories/s.png": "stories/s.png",
        "about/index.md": "about/",
    },
    ["", "stories/a/", "stories/b/", "about/", "metrics/chat/"],
    [
        AssetFile("stories/図.png", "stories/図.png", ""),
        AssetFile("stories/s.png", "stories/s.png", "", Sides(400, 300)),
    ],
)
BODY = BodyRenderer(DIALECT, ADDRESSES, "content")


def rendered(markdown: str, *fragments: str, prefix: str = "") -> tuple[str, list[Finding]]:
    return _rendered(Slot(markdown, "stories/a.md", 5, fragments, prefix))


def article(markdown: str, heading: str = "") -> tuple[str, list[Finding]]:
    return _rendered(Slot(markdown, "articles/x/a.md", 5, is_foreign=True, heading=heading))


def _rendered(slot: Slot) -> tuple[str, list[Finding]]:
    document = Document("stories/a/", "story", "題", "", f"<main>{marker.slot(0)}</main>", (slot,))
    return BODY.render(document)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("b.md", "../b/"),
        ("b.md#数字", "../b/#%E6%95%B0%E5%AD%97"),
        ("../about/index.md", "../../about/"),
        ("../about/", "../../about/"),
        ("/stories/b.md", "../b/"),
        ("../b/", "../b/"),
        ("../metrics/chat/", "../../metrics/chat/"),
        ("#ここ", "#ここ"),
        ("https://example.com/", "https://example.com/"),
        ("mailto:a@asahino.example", "mailto:a@asahino.example"),
    ],
)
def test_a_link_leads_where_its_author_meant(target: str, expected: str) -> None:
    html, findings = rendered(f"[x]({target})")
    assert f'<a href="{expected}">x</a>' in html
    assert findings == []


def test_a_link_to_nowhere_is_found_with_its_line() -> None:
    _, findings = rendered("一行目\n\n三行目 [x](no.md)")
    assert [(f.name, str(f.place)) for f in findings] == [("content/broken-link", "content/stories/a.md:7")]


@pytest.mark.parametrize("target", ["\\\\server\\share\\a.xlsx", "Z:\\a.xlsx", "file:///Z:/a.xlsx"])
def test_of_a_link_to_a_shared_folder_the_words_stay_and_nothing_more_is_said(target: str) -> None:
    html, findings = rendered(f"[表]({target})")
    assert ("表" in html, "<a" in html, findings) == (True, False, [])


def test_a_picture_is_found_by_its_composed_name() -> None:
    html, findings = rendered("![図](図.png)")
    assert '<img alt="図" src="../%E5%9B%B3.png">' in html
    assert findings == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "![外の絵](https://example.com/a.png)",
            '<a class="kb-picture-removed" href="https://example.com/a.png">画像: 外の絵</a>',
        ),
        (
            "![](https://example.com/a.png)",
            '<a class="kb-picture-removed" href="https://example.com/a.png">画像: example.com</a>',
        ),
        ("[![外](https://example.com/a.png)](b.md)", '<a href="../b/">画像: 外</a>'),
        ('<img src="//example.com/a.png" alt="a&lt;b">', '<a class="kb-picture-removed" href="//example.com/a.png">'),
    ],
)
def test_a_picture_of_another_server_becomes_a_link(written: str, shown: str) -> None:
    html, _ = rendered(written)
    assert shown in html
    assert "<img" not in html


def test_what_an_article_cannot_link_to_stays_as_words() -> None:
    html, findings = article("[どこか](nowhere.md) と [宣言](/stories/b.html) と ![図](none.svg)")
    assert "どこか と" in html
    assert '<a href="../b/">宣言</a>' in html
    assert '<span class="kb-picture-removed">図</span>' in html
    assert findings == []  # said when the references were judged, with the column


def test_a_place_that_an_article_does_not_have_is_told_and_not_linked_to() -> None:
    html, findings = article("## Usage\n\n[a](#usage) [b](#Usage) [c](#nowhere)")
    assert html.count('href="#usage"') == 2
    assert "c</p>" in html
    assert [(f.name, f.place.line, f.is_error) for f in findings] == [("content/broken-anchor", 7, False)]


def test_links_still_find_the_heading_that_became_the_title() -> None:
    html, findings = article("[上へ](#はじめに-の前)", heading="はじめに の前")
    assert '<span id="はじめに-の前"></span>' in html
    assert findings == []


def test_an_id_that_stands_twice_is_told_and_kept_once() -> None:
    html, findings = rendered('## a\n\n<a name="a"></a> <b id="a">x</b>')
    assert html.count('id="a"') == 1
    assert [(f.name, f.is_error) for f in findings] == [("content/repeated-anchor", False)]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![棚](s.png)", '<img alt="棚" src="../s.png" width="400" height="300">'),
        ("![棚](s.png#top)", '<img alt="棚" src="../s.png#top" width="400" height="300">'),
        ('<img src="s.png" alt="棚" width="200">', '<img src="../s.png" alt="棚" width="200" height="150">'),
        ('<img src="s.png" alt="棚" height="30">', '<img src="../s.png" alt="棚" height="30" width="40">'),
        ('<img src="s.png" alt="棚" width="9" height="9">', '<img src="../s.png" alt="棚" width="9" height="9">'),
        ('<img src="s.png" alt="棚" width="50%">', '<img src="../s.png" alt="棚" width="50%">'),
        ('<img src="s.png" width="4">', '<img src="../s.png" width="4" alt="" height="3">'),
    ],
)
def test_a_picture_says_how_much_room_it_takes(written: str, shown: str) -> None:
    html, _ = rendered(written)
    assert shown in html


def test_browsers_may_wait_with_every_picture_but_the_first() -> None:
    html, _ = rendered('![一](s.png)\n\n![二](図.png)\n\n![三](s.png)\n\n<img src="s.png" alt="四" loading="eager">')
    later = 'loading="lazy" decoding="async"'
    assert re.findall("<img [^>]*>", html) == [
        '<img alt="一" src="../s.png" width="400" height="300">',
        f'<img alt="二" src="../%E5%9B%B3.png" {later}>',
        f'<img alt="三" src="../s.png" width="400" height="300" {later}>',
        '<img src="../s.png" alt="四" loading="eager" width="400" height="300">',
    ]


def test_the_first_picture_of_a_page_may_be_its_cover_or_in_another_text() -> None:
    slots = (
        Slot("言葉", "stories/a.md", 1),
        Slot("![一](s.png)", "stories/a.md", 1),
        Slot("![二](s.png)", "stories/a.md", 1),
    )
    texts = "".join(map(marker.slot, range(3)))
    for head, lazy in (("", ["二"]), ('<img src="cover.png" alt="表紙">', ["一", "二"])):
        html, _ = BODY.render(Document("stories/a/", "story", "題", "", f"<main>{head}{texts}</main>", slots))
        assert re.findall('<img alt="([^"]*)"[^>]*loading="lazy"', html) == lazy


def test_a_picture_without_words_says_so_to_a_screen_reader() -> None:
    html, _ = rendered('<img src="図.png">')
    assert 'alt=""' in html


def test_characters_that_nobody_sees_do_not_reach_a_page() -> None:
    html, _ = rendered("a&#8203;b&zwj;c&lrm;d 👨\u200d👩")
    assert "abcd 👨\u200d👩" in html


def test_figures_enter_unsanitised_at_their_place_and_only_there() -> None:
    html, _ = rendered(f"前\n\n{marker.block(0)}\n\n後 `{marker.block(0)}`", "<svg><path/></svg>")
    assert "<p>前</p>\n<svg><path/></svg>\n<p>後" in html


def test_a_second_top_heading_steps_down() -> None:
    html, _ = rendered("# 一\n\n## 二")
    assert re.findall(r"<h(\d)", html) == ["2", "2"]


def test_ids_and_links_to_them_carry_the_prefix_of_their_author() -> None:
    html, _ = rendered("## 見出し\n\n[上へ](#見出し) 注[^1]\n\n[^1]: 脚注", prefix="q-1-")
    ids = set(re.findall(r' id="([^"]*)"', html))
    targets = set(re.findall(r' href="#([^"]*)"', html))
    assert targets <= ids
    assert all(name.startswith("q-1-") for name in ids)


def test_words_in_double_braces_stay_words() -> None:
    html, _ = rendered("{{ 7 * 7 }} {% if x %}")
    assert "{{ 7 * 7 }} {% if x %}" in html


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    '<a href="java\tscript:alert(1)">x</a>',
    "# 題 {: onclick=alert(1) style=color:red }",
    '<div style="background:url(//evil)">x</div>',
    "<iframe src=//evil></iframe>",
    "<form action=//evil><input name=x></form>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<base href=//evil><meta http-equiv=refresh content=0>",
    '<div id="__config">x</div>',
    "<!-- <script> --><details ontoggle=alert(1) open>x</details>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_runs_or_loads_gets_through(text: str) -> None:
    html, _ = rendered(text)
    assert_harmless(html)


@given(
    st.lists(
        st.sampled_from([*HOSTILE, "<", ">", '"', "`", "```\n", "\n\n", "- ", "| a |\n|--|\n", "&lt;"]), max_size=8
    )
)
def test_no_mixture_of_hostile_pieces_gets_through(pieces: list[str]) -> None:
    html, _ = rendered("".join(pieces))
    assert_harmless(html)


def assert_harmless(html: str) -> None:
    for tag, attributes in re.findall(r"<([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]*)?)>", html):
        assert tag in TAGS | {"main"}, tag
        names = {name.lower() for name in re.findall(r"([a-zA-Z-]+)=\"", attributes)}
        assert not {n for n in names if n.startswith("on") or n == "style"}, attributes
        assert "javascript:" not in attributes.lower()
        assert 'id="__' not in attributes


@given(
    page=st.lists(st.sampled_from(["a", "b", "ç", "日本"]), max_size=4),
    target=st.lists(st.sampled_from(["a", "b", "ç", "日本"]), max_size=4),
)
def test_a_relative_address_leads_from_any_page_to_any_other(page: list[str], target: list[str]) -> None:
    from urllib.parse import unquote, urljoin

    def url(parts: list[str]) -> str:
        return "".join(f"{part}/" for part in parts)

    joined = urljoin(f"https://x.example/{url(page)}", relative(url(target), url(page)))
    assert unquote(joined) == f"https://x.example/{url(target)}"


def test_an_id_shown_as_code_is_left_as_it_was_typed() -> None:
    html, _ = rendered('`<a id="x" href="#y">`', prefix="q-1-")
    assert "q-1-" not in html


def test_a_text_that_takes_too_long_is_given_up_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import generator.render.body as body
    from generator.render.cpu_limit import cpu_limit

    monkeypatch.setattr(body, "cpu_limit", lambda: cpu_limit(0.2))  # the limit itself, shorter
    _, findings = rendered("[a " * 8000)
    assert [(finding.name, finding.place.path) for finding in findings] == [
        ("content/too-slow", "content/stories/a.md")
    ]


def test_the_limit_is_lifted_after_each_text() -> None:
    import signal

    rendered("短い文")
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def contents(markdown: str, lang: str = "ja") -> str:
    body = f"<main>{marker.CONTENTS}<article>{marker.slot(0)}</article></main>"
    document = Document("guide/a/", "article", "題", "", body, (Slot(markdown, "guide/a.md", 5),), lang=lang)
    html, findings = BODY.render(document)
    assert findings == []
    return html.removeprefix("<main>").partition("<article>")[0]


def chapters(count: int, below: str = "") -> str:
    return "\n\n".join(f"## 章{number}\n\n{below}" for number in range(count))


def test_a_long_text_begins_with_links_to_all_its_sections() -> None:
    long = chapters(4) + "\n\n# `一` つめの [章](../stories/b.md) & <b>余り</b>\n\n### 節 {#own}\n"
    html = contents(long)
    assert html.startswith('<nav class="kb-contents" aria-label="目次"><p class="kb-contents__title">目次</p><ul>')
    assert re.findall('<a href="#([^"]+)">(.*?)</a>', html)[3:] == [
        ("章3", "章3"),
        ("一-つめの-章--余り", "一 つめの 章 &amp; 余り"),
        ("own", "節"),
    ]
    assert html.endswith('余り</a><ul><li><a href="#own">節</a></li></ul></li></ul></nav>')
    assert 'aria-label="Contents"' in contents(long, "en")


def test_a_short_text_needs_no_table_of_contents() -> None:
    assert contents(chapters(4, "### 節")) == ""
    assert contents("### 節\n\n" * 9) == ""


def test_a_table_of_contents_stays_short() -> None:
    assert contents(chapters(10, "### 節")).count("<li>") == 20
    assert contents(chapters(11, "### 節")).count("<li>") == 11
