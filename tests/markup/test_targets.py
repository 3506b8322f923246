"""Where a link of an author's text leads, read as our own pages and as articles of other tools."""

import pytest

from generator.markup.targets import Addresses, is_bare_host, is_elsewhere, is_local_file, is_template

FILES = {
    "articles/zenn/articles/a.md": "articles/zenn/articles/a/",
    "articles/zenn/images/図.png": "articles/zenn/images/図.png",
    "articles/hugo/content/post/_index.md": "articles/hugo/content/post/_index/",
    "articles/hugo/static/logo.png": "articles/hugo/static/logo.png",
    "articles/book/README.md": "articles/book/",
    "stories/b.md": "stories/b/",
}
ADDRESSES = Addresses(FILES, ["", "metrics/chat/", *FILES.values()])


def found(path: str, source: str, *, is_foreign: bool = True) -> str | None:
    return ADDRESSES.find(path, source, FILES.get(source, "x/"), is_foreign=is_foreign)


@pytest.mark.parametrize(
    ("path", "source", "leads_to"),
    [
        ("/images/図.png", "articles/zenn/articles/a.md", "articles/zenn/images/図.png"),
        ("/logo.png", "articles/hugo/content/post/_index.md", "articles/hugo/static/logo.png"),
        ("a.html", "articles/zenn/articles/a.md", "articles/zenn/articles/a/"),
        ("/articles/a", "articles/zenn/articles/a.md", "articles/zenn/articles/a/"),
        ("../post/", "articles/hugo/content/post/_index.md", "articles/hugo/content/post/_index/"),
        ("../../book/index.html", "articles/zenn/articles/a.md", "articles/book/"),
        ("/stories/b.md", "articles/zenn/articles/a.md", "stories/b/"),
        ("/metrics/chat/", "articles/zenn/articles/a.md", "metrics/chat/"),
        ("../../../../etc/passwd", "articles/zenn/articles/a.md", None),
    ],
)
def test_targets_of_other_tools_are_found_where_they_were_copied(path: str, source: str, leads_to: str | None) -> None:
    assert found(path, source) == leads_to


def test_our_own_pages_have_one_way_to_write_a_link() -> None:
    assert found("b.md", "stories/b.md", is_foreign=False) == "stories/b/"
    assert found("b.html", "stories/b.md", is_foreign=False) is None
    assert found("/images/図.png", "articles/zenn/articles/a.md", is_foreign=False) is None


@pytest.mark.parametrize("target", ["https://x", "//x/y", "mailto:a@b.example", "http://[bad"])
def test_what_leaves_the_site_is_told_apart(target: str) -> None:
    assert is_elsewhere(target)


@pytest.mark.parametrize("target", ["a.md", "/x", "#y", "日本語.md", "?q=1"])
def test_what_stays_on_the_site_is_told_apart(target: str) -> None:
    assert not is_elsewhere(target)


@pytest.mark.parametrize(
    "target",
    ["C:\\a.docx", "z:/共有/a.pdf", "\\\\server\\a", "\\server\\a", "file:///a", "FILE:a", "smb://server/a"],
)
def test_files_of_a_computer_or_a_shared_folder_are_known(target: str) -> None:
    assert is_local_file(target)
    assert is_elsewhere(target)


@pytest.mark.parametrize("target", ["\\_a.md", "files/a.pdf", "ab:c", "https://x", "日:a"])
def test_other_targets_are_no_files_of_a_computer(target: str) -> None:
    assert not is_local_file(target)


def test_templates_and_forgotten_schemes_are_known() -> None:
    assert is_template('{{< ref "a.md" >}}')
    assert is_template("{% post_url 2020-01-01-a %}")
    assert is_bare_host("www.example.com/x")
    assert is_bare_host("example.org")
    assert not is_bare_host("notes.md")
