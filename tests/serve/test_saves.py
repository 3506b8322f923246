"""Whatever way somebody saves, the pages follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import SMALL_DAY
from tests.serve.served import Served, until


def article(title: str, body: str = "本文です。", day: str = SMALL_DAY) -> str:
    """The text of an article; those of today lead the first page of every list, however many others there are."""
    return f"---\ntitle: {title}\ndate: {day}\n---\n\n{body}\n"


def test_a_saved_article_is_shown(served: Served) -> None:
    path = served.write("content/articles/saved.md", article("保存した記事"))
    until(lambda: served.get("articles/saved/").status == 200)
    path.write_text(article("保存した記事", "あとから足した一文。"), encoding="utf-8")
    until(lambda: "あとから足した一文。" in served.page("articles/saved/"))


def test_a_new_article_stands_in_the_list_of_its_folder(served: Served) -> None:
    served.write("content/articles/listed.md", article("一覧に載る記事"))
    until(lambda: "一覧に載る記事" in served.page("articles/"))


def test_a_deleted_article_is_gone(served: Served) -> None:
    path = served.write("content/articles/short-lived.md", article("すぐ消える記事"))
    until(lambda: served.get("articles/short-lived/").status == 200)
    path.unlink()
    until(lambda: served.get("articles/short-lived/").status == 404)
    assert "すぐ消える記事" not in served.page("articles/")


def test_an_editor_may_save_by_renaming(served: Served) -> None:
    path = served.write("content/articles/renamed-over.md", article("置き換える記事"))
    until(lambda: served.get("articles/renamed-over/").status == 200)
    for text in ("一度目の置き換え。", "二度目の置き換え。"):
        beside = path.with_name("4913.tmp~")
        beside.write_text(article("置き換える記事", text), encoding="utf-8")
        beside.replace(path)
        until(lambda text=text: text in served.page("articles/renamed-over/"))  # type: ignore[misc]


def test_of_many_quick_saves_the_last_one_stays(served: Served) -> None:
    for number in range(30):
        served.write("content/articles/typed.md", article("続けて書く記事", f"{number}回目の保存。"))
        served.get("articles/typed/")
    until(lambda: served.get("articles/typed/").status == 200 and "29回目の保存。" in served.page("articles/typed/"))


def test_articles_in_new_folders_are_shown_and_followed(served: Served) -> None:
    path = served.write("content/articles/2026/11/deep.md", article("深いところの記事"))
    until(lambda: served.get("articles/2026/11/deep/").status == 200)
    path.write_text(article("深いところの記事", "深いところの一文。"), encoding="utf-8")
    until(lambda: "深いところの一文。" in served.page("articles/2026/11/deep/"))


def test_a_folder_that_is_moved_in_is_shown_and_followed(served: Served, tmp_path: Path) -> None:
    outside = tmp_path / "travel"
    outside.mkdir()
    (outside / "far.md").write_text(article("遠くから来た記事"), encoding="utf-8")
    outside.rename(served.site / "content/articles/travel")
    until(lambda: served.get("articles/travel/far/").status == 200)
    served.write("content/articles/travel/far.md", article("遠くから来た記事", "着いてからの一文。"))
    until(lambda: "着いてからの一文。" in served.page("articles/travel/far/"))


def test_hundreds_of_files_at_once_are_all_shown(served: Served) -> None:
    for number in range(700):
        served.write(f"content/articles/many/n{number:03}.md", article(f"たくさんの記事{number}", day="2026-11-18"))
    until(lambda: served.get("articles/many/n699/").status == 200 and served.get("articles/many/n000/").status == 200)


def test_a_new_setting_and_a_new_template_are_seen(served: Served) -> None:
    settings = (served.site / "mkdocs.yml").read_text(encoding="utf-8")
    served.write("mkdocs.yml", settings.replace("site_name:", "site_name: 別の名前 #"))
    until(lambda: "別の名前" in served.page(""))
    served.write("mkdocs.yml", settings)
    template = served.write(
        "theme_overrides/articles/tags.html", "<article><h1>{{ view.head.title }}</h1>自分の型</article>\n"
    )
    until(lambda: "自分の型" in served.page("tags/"))
    template.unlink()
    until(lambda: "自分の型" not in served.page("tags/"))


@pytest.mark.parametrize(
    "path", ["../mkdocs.yml", "%2e%2e/mkdocs.yml", "..%2f..%2fmkdocs.yml", ".kawaraban", "//etc/passwd"]
)
def test_nothing_but_the_site_is_served(path: str, served: Served) -> None:
    assert served.get(path).status in {302, 404}


def test_an_address_without_its_slash_leads_to_the_page(served: Served) -> None:
    assert served.get("articles").status == 302
    assert served.get("articles/no-such-article").status == 404
