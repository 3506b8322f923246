"""Who writes looks at what is not published yet, clearly marked; nothing of it ever reaches a build."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest

from generator.build.run import Run
from generator.errors import EngineFailed
from generator.mkdocs_site import build_site, load_site
from tests.commands import SMALL_DAY, build_here, differing, run, run_here, tree_of
from tests.serve.served import Served, serve, until
from tests.serve.test_beside_other_commands import assert_is_a_clean_build
from tests.serve.test_saves import article

_WORDS = "屋上に養蜂場をひらく計画"
_WAITING = {
    "draft": ("status: draft", "【下書き】", "まだ公開されません"),
    "review": ("status: review", "【確認待ち】", "まだ公開されません"),
    "unapproved": ("importance: 1\nstarts_on: 2026-11-18", "【承認待ち】", "まだ公開されません"),
    "embargoed": ("publish_at: 2026-12-01T09:00+09:00", "【公開前】", "2026年12月1日（火）9時に公開されます"),
}


def _waiting(kind: str) -> tuple[str, str]:
    """A page that is not published, and its file."""
    folder = "notices" if kind == "unapproved" else "articles"
    text = f"---\ntitle: {_WORDS}\n{_WAITING[kind][0]}\ndate: {SMALL_DAY}\n---\n\n{_WORDS}の本文です。\n"
    return f"content/{folder}/{kind}-bees.md", text


@pytest.mark.parametrize("kind", _WAITING)
def test_a_page_that_waits_is_shown_with_a_notice_and_with_a_mark_in_lists(kind: str, served: Served) -> None:
    name, text = _waiting(kind)
    address = name.removeprefix("content/").removesuffix(".md") + "/"
    _, mark, notice = _WAITING[kind]
    path = served.write(name, text)
    until(lambda: served.get(address).status == 200)
    page = served.page(address)
    assert f"{mark}{_WORDS}" in page
    assert notice in page.partition("kb-unpublished")[2]
    listed = served.page(address.partition("/")[0] + "/")
    assert f"{mark}{_WORDS}" in listed
    assert listed.count(_WORDS) == listed.count(f"{mark}{_WORDS}")
    path.unlink()
    until(lambda: served.get(address).status == 404)


def test_a_new_page_of_every_kind_is_shown(served: Served) -> None:
    kinds = {"story": "stories", "campaign": "campaigns", "mvv": "about", "issue": "issues", "guide": "guide"}
    for kind in kinds:
        assert run_here("new", kind, "蜂の話", "--slug", "of-bees", "-f", served.site / "mkdocs.yml").code == 0
    until(lambda: served.get("guide/of-bees/").status == 200)
    for folder in kinds.values():
        assert "kb-unpublished" in served.page(f"{folder}/of-bees/")
        (served.site / "content" / folder / "of-bees.md").unlink()
    until(lambda: served.get("guide/of-bees/").status == 404)


@pytest.mark.parametrize("name", ["index", "README"])
def test_the_first_page_of_a_folder_of_its_own_is_shown(name: str, served: Served) -> None:
    draft = article("蜂の本").replace("date:", "status: draft\ndate:")
    path = served.write(f"content/articles/bees/{name}.md", draft)
    until(lambda: served.get("articles/bees/").status == 200)
    assert "【下書き】蜂の本" in served.page("articles/bees/")
    assert served.problems() == ""
    shutil.rmtree(path.parent)
    until(lambda: served.get("articles/bees/").status == 404)


def test_what_stands_above_a_list_waits_until_it_is_published_and_that_is_told(served: Served) -> None:
    path = served.write("content/stories/index.md", article("活用事例とは").replace("date:", "status: draft\ndate:"))
    until(served.problems)
    assert "content/draft-not-shown" in served.problems()
    assert "活用事例とは" not in served.page("stories/")
    path.unlink()
    until(lambda: not served.problems())


def test_a_draft_becomes_a_page_like_any_other_when_it_is_published(served: Served) -> None:
    path = served.write("content/articles/soon.md", article("もうすぐの記事").replace("date:", "status: draft\ndate:"))
    until(lambda: "【下書き】もうすぐの記事" in served.page("articles/"))
    path.write_text(article("もうすぐの記事"), encoding="utf-8")
    until(lambda: "【下書き】もうすぐの記事" not in served.page("articles/"))
    assert "kb-unpublished" not in served.page("articles/soon/")


def test_what_is_wrong_with_a_draft_keeps_nobody_from_looking(served: Served) -> None:
    wrong = "[なし](nowhere.md) ![](none.png)\n\n```kpi\nmetric: none\n```"
    served.write("content/articles/half.md", article("半分の記事", wrong).replace("date:", "status: draft\ndate:"))
    until(lambda: served.get("articles/half/").status == 200)
    served.write("content/articles/whole.md", article("ほかの記事"))
    until(lambda: served.get("articles/whole/").status == 200)
    assert served.problems() == ""


def test_a_draft_that_cannot_be_shown_is_told_to_whoever_saves_it(served: Served) -> None:
    path = served.write("content/articles/typo.md", "---\ntitel: 題\nstatus: draft\n---\n\n本文。\n")
    until(served.problems)
    assert "content/articles/typo.md:2" in served.problems()
    assert "content/draft-not-shown" in served.problems()
    path.unlink()
    until(lambda: not served.problems())


def test_above_the_page_stands_how_much_is_to_be_mended_before_what(served: Served) -> None:
    blocks = "\n\n".join(f"```kpi\nmetric: none_{number}\n```" for number in range(12))
    path = served.write("content/articles/many.md", article("間違いの多い記事", blocks))
    until(served.problems)
    assert re.match(r"[^\n]+\n(?:12 error|エラー 12 件)", served.problems())
    path.unlink()
    until(lambda: not served.problems())


def test_at_the_address_of_a_draft_stands_what_is_wrong_with_it_whatever_else_is_saved(served: Served) -> None:
    draft = article("途中の記事").replace("date:", "status: draft\ndate:")
    path = served.write("content/articles/halfway.md", draft)
    until(lambda: served.get("articles/halfway/").status == 200)
    path.write_text(draft.replace("title:", "titel:"), encoding="utf-8")
    until(lambda: "content/articles/halfway.md:2" in served.get("articles/halfway/").text)
    other = served.write("content/articles/finished.md", article("できた記事"))
    until(lambda: served.get("articles/finished/").status == 200)
    assert "content/articles/halfway.md:2" in served.get("articles/halfway/").text
    path.write_text(draft, encoding="utf-8")
    until(lambda: served.get("articles/halfway/").status == 200)
    path.unlink()
    other.unlink()
    until(lambda: served.get("articles/finished/").status == 404)


def test_a_published_page_may_not_lead_to_a_draft_here_either(served: Served) -> None:
    draft = served.write("content/articles/secret.md", article("秘密").replace("date:", "status: draft\ndate:"))
    path = served.write("content/guide/early.md", article("早い手引き", "[これ](../articles/secret.md)"))
    until(served.problems)
    assert "content/link-to-withheld" in served.problems()
    path.unlink()
    draft.unlink()
    until(lambda: not served.problems())


def test_what_has_had_its_time_stays_in(served: Served) -> None:
    old = served.write("content/articles/old.md", article("古い記事").replace("date:", "status: archived\ndate:"))
    past = served.write(
        "content/articles/past.md", article("過ぎた記事").replace("date:", "expires_on: 2026-11-19\ndate:")
    )
    served.write("content/articles/last.md", article("最後に保存した記事"))
    until(lambda: served.get("articles/last/").status == 200)
    assert {served.get(f"articles/{name}/").status for name in ("old", "past")} == {404}
    old.unlink()
    past.unlink()


def test_what_no_page_may_say_no_draft_may_say_either(small_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_TOKEN", "gehr-7731-umibe-hana")
    with serve(small_site) as served:
        text = article("入り方", "合言葉は gehr-7731-umibe-hana です。").replace("date:", "status: draft\ndate:")
        served.write("content/articles/how.md", text)
        until(served.problems)
        assert "privacy/leak-credential" in served.problems()
        assert served.get("articles/how/").status == 404


def test_a_site_with_drafts_cannot_be_delivered(small_site: Path) -> None:
    (small_site / "content/articles/draft-bees.md").write_text(_waiting("draft")[1], encoding="utf-8")
    before = tree_of(small_site / "site")
    with pytest.raises(EngineFailed):
        build_site(load_site(small_site / "mkdocs.yml"), Run(shows_unpublished=True, is_ours=True))
    assert tree_of(small_site / "site") == before


def test_only_what_readers_get_is_shown_on_demand(small_site: Path) -> None:
    (small_site / "content/articles/draft-bees.md").write_text(_waiting("draft")[1], encoding="utf-8")
    with serve(small_site, "--published-only") as served:
        assert served.get("articles/draft-bees/").status == 404
        assert not (small_site / ".kawaraban/drafts").exists()


def test_nothing_of_a_draft_that_was_served_reaches_a_build(small_site: Path, tmp_path: Path) -> None:
    with serve(small_site) as served:
        for kind in _WAITING:
            served.write(*_waiting(kind))
        until(lambda: served.get("notices/unapproved-bees/").status == 200)
        assert run("build", "--now", "2026-11-20", cwd=small_site).code == 0
        assert _files_with(small_site / "site") == []
        name, text = _waiting("draft")
        served.write(name, text.replace("status: draft", "status: published"))
        until(lambda: "kb-unpublished" not in served.page("articles/draft-bees/"))
        served.write(name, text)
        until(lambda: "kb-unpublished" in served.page("articles/draft-bees/"))
        assert served.stop() == 0
    assert _files_with(small_site / ".kawaraban/drafts/serve") != []
    done = build_here(small_site, "--verify-cache")
    assert done.code == 0, done.said
    assert _files_with(small_site / "site") == []
    assert_is_a_clean_build(small_site, tmp_path)
    _assert_served_as_from_nothing(small_site, tmp_path)


def _assert_served_as_from_nothing(site: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "again", ignore=shutil.ignore_patterns("site", ".kawaraban")))
    for folder in (site, copy):
        with serve(folder) as served:
            assert served.stop() == 0
    shown, anew = (tree_of(folder / ".kawaraban/drafts/serve") for folder in (site, copy))
    assert differing(shown, anew) == []


def _files_with(folder: Path) -> list[str]:
    """The files that have the words of a draft."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if _WORDS.encode() in _bytes_of(path)]


def _bytes_of(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content
