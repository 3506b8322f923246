"""`kawaraban build --explain` says why a page was made or was not."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.build import in_words
from generator.build.page import CONTENT
from generator.cli.language import LANGUAGE
from generator.compose import uses
from generator.compose.shelves import Shelves
from generator.settings import Settings
from tests.commands import SMALL_DAY, build_here, tree_of

STORY = "stories/answers-before-the-last-train"
PAGE = f"{STORY}/index.html"


def explained(site: Path, path: str | Path, now: str = SMALL_DAY) -> list[dict[str, Any]]:
    done = build_here(site, "--explain", path, "--format", "json", now=now)
    assert done.code in (0, 3), done.said
    told: list[dict[str, Any]] = json.loads(done.out)["explained"]
    return told


def reason_of(site: Path, path: str | Path = f"content/{STORY}.md", now: str = SMALL_DAY) -> tuple[str, str]:
    """Why the one page was made or not, and the sentences about it."""
    (told,) = explained(site, path, now)
    return told["why"], " ".join(told["reasons"])


def edit_front(path: Path, **changed: object) -> None:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    values = yaml.safe_load(front) | changed
    path.write_text(f"---\n{yaml.safe_dump(values, allow_unicode=True)}---\n{body}", encoding="utf-8")


def append(path: Path, text: str) -> None:
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


@pytest.mark.parametrize(
    "path",
    [
        *(f"content/{STORY}.md", f"{STORY}.md", f"{STORY}/", f"/{STORY}/", STORY, PAGE, f"site/{PAGE}"),
        *(f"https://tayori.asahino.example/{STORY}/", f"https://tayori.asahino.example/{STORY}/#top"),
    ],
)
def test_a_page_is_found_by_its_file_its_address_and_its_place_in_the_site(small_site: Path, path: str) -> None:
    config = small_site / "mkdocs.yml"
    lines = [line for line in config.read_text("utf-8").splitlines() if not line.startswith("site_url:")]
    config.write_text("\n".join(["site_url: https://tayori.asahino.example/", *lines]), encoding="utf-8")
    assert [told["about"] for told in explained(small_site, path)] == [PAGE]


def test_an_absolute_path_is_found(small_site: Path) -> None:
    assert [told["about"] for told in explained(small_site, small_site / f"content/{STORY}.md")] == [PAGE]


@pytest.mark.parametrize("path", ["/", "index.html", "site/index.html"])
def test_the_front_page_is_found(small_site: Path, path: str) -> None:
    assert [told["about"] for told in explained(small_site, path)] == ["index.html"]


def test_nothing_changed_is_a_page_that_is_reused_and_what_it_is_made_from(small_site: Path) -> None:
    (told,) = explained(small_site, f"content/{STORY}.md")
    assert (told["outcome"], told["why"]) == ("reused", "same")
    assert any(f"content/{STORY}.md" in noun for noun in told["made_from"])


def test_the_first_build_makes_every_page(small_site: Path) -> None:
    (small_site / ".kawaraban/cache/pages.sqlite3").unlink()
    first = reason_of(small_site)
    assert first[0] == "new"
    edit = small_site / "mkdocs.yml"
    edit.write_text(edit.read_text("utf-8").replace("site_name:", "copyright: A\nsite_name:"), encoding="utf-8")
    other_settings = reason_of(small_site)
    assert other_settings[0] == "new"
    new = small_site / "content/articles/new-one.md"
    new.write_text("---\ntitle: 新しい記事\ndate: 2026-11-19\nsummary: 短い話\n---\n\n話。\n", encoding="utf-8")
    new_page = reason_of(small_site, new)
    assert new_page[0] == "new"
    assert len({first, other_settings, new_page}) == 3  # each says why


def test_a_changed_text_is_told_of_the_page_it_stands_on(small_site: Path) -> None:
    append(small_site / f"content/{STORY}.md", "もう一言。")
    why, reasons = reason_of(small_site)
    assert why == "facts"
    assert f"content/{STORY}.md" in reasons


def test_a_changed_title_is_told_of_the_pages_that_show_it(small_site: Path) -> None:
    edit_front(small_site / f"content/{STORY}.md", title="終電の前の答え合わせ")
    (story,) = explained(small_site, f"{STORY}/")
    assert story["why"] == "given"
    assert f"content/{STORY}.md" in " ".join(story["reasons"])
    append(small_site / f"content/{STORY}.md", "もう一言。")  # a list does not show the text
    assert reason_of(small_site, "stories/")[0] == "same"


def test_a_page_that_is_named_elsewhere_is_told_by_its_file(small_site: Path) -> None:
    edit_front(small_site / "content/campaigns/chat.md", title="連絡をチャットへ")
    why, reasons = reason_of(small_site)
    assert why == "facts"
    assert "content/campaigns/chat.md" in reasons


def test_a_new_figure_is_told(small_site: Path) -> None:
    usage = small_site / "content/data/exports/sample/usage.csv"
    usage.write_text("".join(usage.read_text("utf-8").splitlines(keepends=True)[:-3]), encoding="utf-8")
    why, reasons = reason_of(small_site)
    assert why == "facts"
    assert in_words.fact(f"{uses.FIGURES}chat_active_rate", settings_of(small_site)).in_language(LANGUAGE) in reasons


def test_a_new_month_of_figures_leaves_the_pages_of_earlier_months(small_site: Path) -> None:
    (small_site / "content/issues/001.md").unlink()  # quotes October
    usage = small_site / "content/data/exports/sample/usage.csv"
    rows = usage.read_text("utf-8").splitlines(keepends=True)
    usage.write_text("".join(row for row in rows if not row.startswith("2026-10")), encoding="utf-8")
    build_here(small_site)
    usage.write_text("".join(rows), encoding="utf-8")
    assert reason_of(small_site, "metrics/chat_active_rate/2026-08/")[0] == "same"
    corrected = next(row for row in rows if row.startswith("2026-08"))
    usage.write_text("".join(row for row in rows if row != corrected), encoding="utf-8")
    assert reason_of(small_site, "metrics/chat_active_rate/2026-08/")[0] != "same"


def test_another_day_is_told(small_site: Path) -> None:
    why, reasons = reason_of(small_site, "/", now="2026-11-21")
    assert why == "facts"
    assert in_words.fact(uses.DAY, settings_of(small_site)).in_language(LANGUAGE) in reasons


def test_a_link_that_leads_elsewhere_is_told(small_site: Path) -> None:
    append(small_site / f"content/{STORY}.md", "[前の話](../articles/before.md)")
    before = small_site / "content/articles/before.md"
    before.write_text("---\ntitle: 前の話\ndate: 2026-11-01\nsummary: 短い\n---\n\n話。\n", encoding="utf-8")
    reason_of(small_site)
    edit_front(before, slug="earlier")
    why, reasons = reason_of(small_site)
    assert why in ("links", "facts")
    assert "articles/before.md" in reasons


def test_a_new_masthead_is_told(small_site: Path) -> None:
    edit_front(small_site / "content/about/mvv.md", mission="速く、静かに伝える")
    assert reason_of(small_site)[0] == "frame"


def test_a_lost_content_is_told(small_site: Path) -> None:
    with sqlite3.connect(small_site / ".kawaraban/cache/pages.sqlite3") as connection:
        connection.execute("DELETE FROM entry WHERE kind = ?", (CONTENT,))
    edit_front(small_site / "content/about/mvv.md", mission="速く、静かに伝える")
    assert reason_of(small_site)[0] == "lost"


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_a_file_that_stays_in_is_told_with_its_reason(small_site: Path, status: str) -> None:
    path = small_site / "content/articles/later.md"
    path.write_text(f"---\ntitle: あとで\ndate: 2026-11-19\nsummary: 短い\nstatus: {status}\n---\n\n話。\n", "utf-8")
    (told,) = explained(small_site, path)
    assert (told["about"], told["outcome"], told["why"]) == ("content/articles/later.md", "absent", status)


def test_a_file_of_data_stands_on_no_page(small_site: Path) -> None:
    (told,) = explained(small_site, "content/data/metrics.yml")
    assert (told["outcome"], told["why"]) == ("absent", "on-no-page")


def test_a_file_of_rows_is_told_with_its_source_and_the_pages_of_its_figures(small_site: Path) -> None:
    (told,) = explained(small_site, "content/data/exports/sample/usage.csv")
    said = "\n".join(told["reasons"])
    assert (told["outcome"], told["why"]) == ("data", "read")
    assert "`usage`" in said
    assert "`chat_active_rate`" in said
    assert "campaigns/chat/index.html" in said
    assert PAGE not in said


def test_a_file_of_rows_that_no_source_reads_stands_on_no_page(small_site: Path) -> None:
    (small_site / "content/data/exports/sample/other.csv").write_text("月,人数\n", encoding="utf-8")
    (told,) = explained(small_site, "content/data/exports/sample/other.csv")
    assert (told["outcome"], told["why"]) == ("absent", "on-no-page")


def test_a_page_that_a_build_has_just_made_is_not_called_unchanged_since_the_build_before(small_site: Path) -> None:
    append(small_site / f"content/{STORY}.md", "もう一言。")
    assert build_here(small_site).code == 0
    said = build_here(small_site, "--explain", f"content/{STORY}.md").out
    assert "reused, not rendered this time" in said
    assert "since an earlier check or build rendered it" in said


def test_an_unknown_name_is_one_finding_with_the_nearest_and_nothing_is_built(small_site: Path) -> None:
    append(small_site / f"content/{STORY}.md", "もう一言。")
    before = tree_of(small_site / "site")
    done = build_here(small_site, "--explain", f"content/{STORY}s.md", "--format", "json")
    (finding,) = json.loads(done.out)
    assert (done.code, finding["code"]) == (20, "settings/nothing-to-explain")
    assert f"content/{STORY}.md" in finding["remedy"]
    assert tree_of(small_site / "site") == before


def settings_of(site: Path) -> Settings:
    return Settings(root=site, content=site / "content", site_name="")


def test_every_shelf_and_every_fact_has_words(small_site: Path) -> None:
    settings = settings_of(small_site)
    about = {uses.MOMENT: "2026-11-20T00:00:00+00:00", uses.SHELF: "stories", uses.MONTH: "chat@2026-10"}
    kinds = [
        kind for name, kind in vars(uses).items() if name[0].isupper() and name.isupper() and isinstance(kind, str)
    ]
    assert len(kinds) >= 10
    for kind in kinds:
        noun = in_words.fact(kind + (about.get(kind, "stories/x.md") if kind.endswith(":") else ""), settings)
        assert noun.ja != noun.en
        if kind.endswith(":") and kind not in about:
            assert "stories/x.md" in noun.ja
    for shelf in Shelves.__struct_fields__:
        assert in_words.fact(f"{uses.SHELF}{shelf}", settings).ja
    assert "2026-11-20 09:00+09:00" in in_words.fact(uses.MOMENT + about[uses.MOMENT], settings).ja  # the site's zone
