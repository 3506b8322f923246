from __future__ import annotations

import time
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markup.outline import outline
from generator.read.headings import headings, plain, readable_name
from tests.read.content import PNG, errors, names, read_files

PICTURE = "![図](pic.png)\n"


def test_a_page_takes_its_title_from_its_first_heading_and_loses_it(tmp_path: Path) -> None:
    library, findings = read_files(tmp_path, {"articles/a.md": "前書き\n\n# **太い** [題](x) {#top}\n\n本文\n"})
    page = library.pages[0]
    assert findings == []
    assert (page.title, library.texts[page.source].body) == ("太い 題", "前書き\n\n\n\n本文\n")


def test_an_underlined_heading_is_a_title_and_code_is_not(tmp_path: Path) -> None:
    library, _ = read_files(tmp_path, {"articles/a.md": "```sh\n# 注釈\n```\n\n題です\n===\n\n本文\n"})
    assert library.pages[0].title == "題です"
    assert library.texts["articles/a.md"].body == "```sh\n# 注釈\n```\n\n\n\n\n本文\n"


def test_a_heading_that_repeats_the_title_is_taken_out_and_another_stays(tmp_path: Path) -> None:
    library, _ = read_files(
        tmp_path, {"articles/a.md": "---\ntitle: 題\n---\n# 題\n", "articles/b.md": "---\ntitle: 題\n---\n# 別の題\n"}
    )
    assert [library.texts[page.source].body for page in library.pages] == ["\n", "# 別の題\n"]


def test_a_page_without_any_title_is_named_after_its_file(tmp_path: Path) -> None:
    library, findings = read_files(tmp_path, {"articles/2023-05-01-how_to-write.md": "本文\n"})
    assert library.pages[0].title == "how to write"
    assert names(findings) == ["title-from-file-name"]


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("articles/a.md", "articles/a/"),
        ("articles/x/index.md", "articles/x/"),
        ("articles/x/README.md", "articles/x/"),
        ("articles/社内 報.md", "articles/社内 報/"),
        ("about/mvv.md", "about/mvv/"),
        ("other.md", "other/"),
    ],
)
def test_the_address_follows_the_path(tmp_path: Path, source: str, url: str) -> None:
    library, _ = read_files(tmp_path, {source: "# 題\n"})
    assert library.pages[0].url == url


def test_a_slug_replaces_the_last_part_and_a_question_is_an_anchor(tmp_path: Path) -> None:
    faq = "---\ntitle: なぜ\ncampaign: chat\ncategory: 使い方\nofficial_view: 一言\nslug: why\n---\n"
    library, _ = read_files(tmp_path, {"articles/a.md": "---\nslug: b\n---\n# 題\n", "faq/chat/x.md": faq})
    assert [page.url for page in library.pages] == ["articles/b/", "faq/chat/#q-why"]


WITHHELD = {
    "draft": "draft: true",
    "review": "status: review",
    "archived": "status: archived",
    "embargoed": "publish_at: 2026-11-20T09:00:01+09:00",
    "expired": "expires_on: 2026-11-19",
}


@pytest.mark.parametrize("reason", WITHHELD)
def test_what_is_not_due_stays_in_with_its_pictures(tmp_path: Path, reason: str) -> None:
    files: dict[str, str | bytes] = {
        "articles/a.md": f"---\ntitle: 秘密\n{WITHHELD[reason]}\n---\n{PICTURE}",
        "articles/pic.png": PNG,
    }
    library, findings = read_files(tmp_path, files)
    assert errors(findings) == []
    assert (library.pages, library.assets) == ((), ())
    assert [(page.source, page.reason) for page in library.withheld] == [("articles/a.md", reason)]
    assert "秘密" not in repr(library)


def test_an_embargo_ends_at_its_second_in_the_zone_of_the_site(tmp_path: Path) -> None:
    files = {"articles/a.md": "---\ntitle: 題\npublish_at: 2026-11-25T09:00\n---\n"}
    before, _ = read_files(tmp_path, files, now="2026-11-24T23:59:59+00:00")
    after, _ = read_files(tmp_path, files, now="2026-11-25T00:00:00+00:00")
    assert [len(library.pages) for library in (before, after)] == [0, 1]
    assert str(before.withheld[0].until) == "2026-11-25 09:00:00+09:00"


def test_a_page_is_on_the_site_on_its_last_day(tmp_path: Path) -> None:
    files = {"articles/a.md": "---\ntitle: 題\nexpires_on: 2026-11-20\n---\n"}
    for now, pages in (("2026-11-20T23:59:59+09:00", 1), ("2026-11-21T00:00:00+09:00", 0)):
        assert len(read_files(tmp_path, files, now=now)[0].pages) == pages


def test_types_that_need_approval_stay_in_with_a_warning(tmp_path: Path) -> None:
    files = {"notices/a.md": "---\ntitle: 題\nstarts_on: 2026-11-20\n---\n"}
    library, findings = read_files(tmp_path, files, approval_required=["notice"])
    assert library.pages == ()
    assert names(findings) == ["unapproved"]
    assert errors(findings) == []


def test_a_picture_leaves_only_with_a_released_page_that_shows_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "articles/a.md": f"# 題\n\n{PICTURE}[表](table.csv)\n\n`![図](code.png)`\n",
        "articles/draft.md": "---\ndraft: true\n---\n# 題\n\n![図](secret.png)\n",
        "articles/b.md": "---\ntitle: 題\ncover: cover.png\ncover_alt: 門\n---\n",
        "articles/table.csv": "a,b\n",
        **{f"articles/{name}.png": PNG for name in ("pic", "secret", "cover", "code")},
    }
    library, findings = read_files(tmp_path, files)
    assert [asset.url for asset in library.assets] == ["articles/cover.png", "articles/pic.png", "articles/table.csv"]
    assert [str(finding.place) for finding in findings] == ["content/articles/code.png"]


def test_an_issue_may_announce_what_opens_with_it(tmp_path: Path) -> None:
    story = (
        "---\ntitle: 題\ndepartment: x\nconfirmed_by: 人\nconfirmed_on: 2026-11-01\nfacts: {challenge: a, action: b, result: c}\n"
        "value_to: {company: a}\npublish_at: 2026-12-15T09:00\n---\n## 課題\n## 取り組み\n## 成果\n## 本人の声\n## 真似する手順\n"
    )
    issue = "---\ntitle: 号\nnumber: 1\ndate: 2026-12-15\nlead: stories/a.md\npublish_at: 2026-12-15T09:00\n---\n"
    _, findings = read_files(tmp_path, {"stories/a.md": story, "issues/001.md": issue})
    assert findings == []


def test_a_draft_may_be_unfinished_and_nothing_is_said_about_it(tmp_path: Path) -> None:
    draft = "---\ntitle: 〇〇の話\ndraft: true\n---\n[まだ](none.md)\n"
    library, findings = read_files(tmp_path, {"stories/a.md": draft, "stories/b.md": "---\ndraft: true\n---\n"})
    assert findings == []
    assert library.pages == ()


def test_a_link_to_an_unfinished_draft_is_told(tmp_path: Path) -> None:
    files = {"stories/a.md": "---\ndraft: true\n---\n", "articles/b.md": "# 題\n\n[事例](../stories/a.md)\n"}
    library, findings = read_files(tmp_path, files)
    assert errors(findings) == ["content/articles/b.md:3:1 link-to-withheld"]
    assert [page.reason for page in library.withheld] == ["draft"]


def test_every_finding_of_every_page_comes_in_one_run_in_order(tmp_path: Path) -> None:
    files = {"articles/b.md": "---\nzzz: 1\n---\n# 題\n", "articles/a.md": "---\nyyy: 1\nzzz: 1\n---\n# 題\n"}
    _, findings = read_files(tmp_path, files)
    assert errors(findings) == [
        "content/articles/a.md:2:1 unknown-key",
        "content/articles/a.md:3:1 unknown-key",
        "content/articles/b.md:2:1 unknown-key",
    ]


_NAME = st.text(alphabet="abAB-ガカ゛は\u3099 ", min_size=1, max_size=4).filter(
    lambda n: n.strip(" ") == n and n[0] != "-"
)


@settings(max_examples=40, deadline=None)
@given(st.sets(st.tuples(st.sampled_from(["articles", "articles/x", "about"]), _NAME), max_size=6), st.booleans())
def test_pages_of_an_accepted_site_have_addresses_of_their_own(names_: set[tuple[str, str]], with_index: bool) -> None:
    with TemporaryDirectory() as folder:
        files = {f"{parent}/{name}.md": "# 題\n" for parent, name in names_}
        if with_index:
            files["articles/x/index.md"] = "# 題\n"
        library, findings = read_files(Path(folder), files)
    urls = [unicodedata.normalize("NFC", page.url.casefold()) for page in library.pages]
    if not any(finding.is_error for finding in findings):
        assert len(set(urls)) == len(urls) == len(files)


_PIECE = st.sampled_from(
    ["# 題", "本文", "```kpi\nmetric: m\n```", "---", "[a](b.md)", "`", "```", "<b", "", "    x", "題\n==="]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECE, max_size=8))
def test_the_body_of_an_accepted_page_keeps_the_lines_of_its_file(pieces: list[str]) -> None:
    text = "---\ntitle: 題\n---\n" + "\n".join(pieces)
    with TemporaryDirectory() as folder:
        library, _ = read_files(Path(folder), {"articles/a.md": text})
    for told in library.texts.values():
        assert told.body_line + told.body.count("\n") == text.count("\n") + 1


HOSTILE = {
    "titles": "# a\n" * 15_000,
    "underlines": "a\n=\n\n" * 10_000,
    "blank lines": "\n" * 60_000,
    "fences": "```\n" * 15_000,
    "figures": "```kpi\nzzz: 1\n```\n" * 3_000,
    "code": "`\n" * 30_000,
    "broken links": "[a](none.md)\n" * 500,
    "items": "".join(" " * (n % 60) + "- x\n" for n in range(1_800)),
    "brackets": "[" * 60_000,
    "links": "[a](" * 15_000,
    "pictures": "![" * 30_000,
    "backticks": "".join("`" * (n % 97 + 1) + "a" for n in range(1200)),
    "comments": "<!--" * 15_000,
    "tags": "<a " * 20_000,
    "attributes": "{: on" * 12_000,
    "entities": "&#x10f000;" * 6_000,
    "spaces": "[a](b" + " " * 60_000 + ")",
    "emphasis": "*a_" * 20_000,
    "parentheses": "[a](" + "(" * 50_000,
    "quotes": "<img src='" * 6_000,
    "marks": "Z" + "\u0301" * 30_000,
    "definitions": "[a]: " * 12_000,
    "headings": "# " * 30_000,
    "lists": "- " * 30_000,
    "external": "![a](https://example.com/x) " * 2_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_page_is_read_at_a_megabyte_a_second(tmp_path: Path, kind: str) -> None:
    line = HOSTILE[kind] + "\n"
    page = "# 題\n\n" + line * (1_000_000 // len(line.encode()))
    began = time.process_time()
    read_files(tmp_path, {"articles/a.md": page})
    assert time.process_time() - began < 3  # a quadratic step would take minutes


def test_headings_are_told_without_their_markup() -> None:
    found = outline("# 一 #\n\n## `code` と *強調*\n\n    # 字下げ\n\n#タグ\n")
    assert [(h.level, h.text) for h in headings(found.lines, found.prose)] == [
        (1, "一"),
        (2, "code と 強調"),
        (1, "タグ"),
    ]


def test_markup_in_a_title_is_stripped_and_words_stay() -> None:
    assert plain("a_b_c と __強い__ 言葉") == "a_b_c と 強い 言葉"
    assert plain("<b>太い</b> &amp; \\*星\\*") == "太い & *星*"


def test_file_names_become_readable() -> None:
    assert readable_name("articles/2023-05-01-how_to.md") == "how to"
    assert readable_name("articles/guide/index.md") == "guide"
    assert readable_name("articles/社内報.md") == "社内報"


def test_a_number_sign_in_a_name_is_no_anchor_in_an_address(tmp_path: Path) -> None:
    library, findings = read_files(
        tmp_path, {"articles/C# 入門.md": "# 題\n\n![図](図%231.png)\n", "articles/図#1.png": PNG}
    )
    assert [page.url for page in library.pages] == ["articles/C- 入門/"]
    assert findings == []
