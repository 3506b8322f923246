"""When a build may leave the site as it is, and when it only seems that it may."""

from __future__ import annotations

import os
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build.glance import glance
from generator.build.run import Run
from generator.effects import Effects
from generator.mkdocs_site import build_site, load_site
from tests.commands import Done, build_here, run, run_here, tree_of

ARTICLE = "content/articles/welcome.md"


def build_at(site: Path, moment: str) -> Done:
    return run_here("build", "-f", site / "mkdocs.yml", "--now", moment)


def is_like_new(site: Path, moment: str, tmp_path: Path) -> bool:
    """Whether the site is what a build without any cache makes of it."""
    fresh = tmp_path / "fresh"
    shutil.copytree(site, fresh, ignore=shutil.ignore_patterns("site", ".kawaraban"))
    assert build_at(fresh, moment).code == 0
    return tree_of(fresh / "site") == tree_of(site / "site")


def test_a_page_comes_out_at_its_hour(small_site: Path, tmp_path: Path) -> None:
    path = small_site / "content/articles/noon.md"
    path.write_text(
        "---\ntitle: 正午の知らせ\ntype: article\nstatus: published\ndate: 2026-11-20\n"
        "publish_at: 2026-11-20T12:00\n---\n\n正午になりました。\n",
        encoding="utf-8",
    )
    assert build_at(small_site, "2026-11-20T09:00").code == 0
    assert not (small_site / "site/articles/noon").exists()
    time.sleep(0.1)  # until the file system's clock has left the tick in which the page was written
    for moment, is_out in (("2026-11-20T09:30", False), ("2026-11-20T13:00", True)):
        assert build_at(small_site, moment).code == 0
        assert (small_site / "site/articles/noon/index.html").is_file() is is_out
    assert is_like_new(small_site, "2026-11-20T13:00", tmp_path)
    assert build_at(small_site, "2026-11-20T11:59").code == 0
    assert not (small_site / "site/articles/noon").exists(), "a clock that was put back takes it in again"


def test_a_fresh_checkout_has_other_times_and_is_left_as_it_is(small_site: Path) -> None:
    assert build_here(small_site).code == 0
    before = {path: path.stat().st_mtime_ns for path in (small_site / "site").rglob("*.html")}
    for path in (small_site / "content").rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    for _ in range(2):
        done = build_here(small_site)
        assert (done.code, done.said) == (0, done.said)
    assert {path: path.stat().st_mtime_ns for path in (small_site / "site").rglob("*.html")} == before


def test_a_cache_that_may_not_be_written_to_tells_that_there_is_nothing_to_do(small_site: Path) -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    time.sleep(0.1)  # until the file system's clock has left the tick in which the site was written
    build_site(load_site(small_site / "mkdocs.yml"), Run(Effects(clock=lambda: now, environ={})))
    clock = small_site / ".kawaraban/cache/clock"
    clock.unlink()
    clock.symlink_to(small_site / "nowhere/clock")  # permissions would not keep root from writing
    done, sight = glance(small_site / "mkdocs.yml", (), {}, lambda _: now)
    assert done is not None
    assert sight is not None
    assert not sight.is_settled


def test_a_page_of_the_site_that_was_tampered_with_is_put_right(small_site: Path) -> None:
    assert build_here(small_site).code == 0
    page = small_site / "site/index.html"
    content, status = page.read_bytes(), page.stat()
    page.write_bytes(b"x" * len(content))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert build_here(small_site).code == 0
    assert page.read_bytes() == content


def test_an_extension_of_others_that_is_edited_makes_pages_anew(small_site: Path, tmp_path: Path) -> None:
    module = tmp_path / "our_words.py"
    source = (
        "from markdown.extensions import Extension\nfrom markdown.preprocessors import Preprocessor\n\n\n"
        "class Words(Preprocessor):\n    def run(self, lines):\n"
        "        return [line.replace('チャット', 'OLD') for line in lines]\n\n\n"
        "class OurWords(Extension):\n    def extendMarkdown(self, md):\n"
        "        md.preprocessors.register(Words(md), 'our-words', 25)\n\n\n"
        "def makeExtension(**options):\n    return OurWords(**options)\n"
    )
    module.write_text(source, encoding="utf-8")
    config = small_site / "mkdocs.yml"
    config.write_text(f"{config.read_text(encoding='utf-8')}\nmarkdown_extensions: [our_words]\n", encoding="utf-8")
    article = small_site / ARTICLE
    article.write_text(f"{article.read_text(encoding='utf-8')}\nチャットのこと\n", encoding="utf-8")
    for word, other in (("OLD", "NEW"), ("NEW", "OLD")):
        module.write_text(source.replace("OLD", word), encoding="utf-8")
        # In a process of its own: a module that is imported already is not read again.
        done = run(
            *("build", "--now", "2026-11-20"), cwd=small_site, PYTHONPATH=str(tmp_path), PYTHONDONTWRITEBYTECODE="1"
        )
        assert done.code == 0, done.said
        page = (small_site / "site/articles/welcome/index.html").read_text(encoding="utf-8")
        assert (f"{word}のこと" in page, f"{other}のこと" in page) == (True, False)


@pytest.mark.parametrize("asked", ["x" * 5000, "/etc/hostname"])
def test_only_what_belongs_to_the_site_is_explained(small_site: Path, asked: str) -> None:
    done = run_here("build", "-f", small_site / "mkdocs.yml", "--explain", asked)
    assert (done.code, "settings/nothing-to-explain" in done.said) == (20, True), done.said


def test_an_empty_source_date_epoch_is_none(small_site: Path) -> None:
    done = run("build", "--now", "2026-11-20", cwd=small_site, SOURCE_DATE_EPOCH="")
    assert done.code == 0, done.said


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
def test_what_a_linked_file_says_now_is_on_the_site(small_site: Path, tmp_path: Path) -> None:
    departments = small_site / "content/data/departments.csv"
    elsewhere = tmp_path / "departments.csv"
    shutil.move(departments, elsewhere)
    departments.symlink_to(elsewhere)
    assert build_here(small_site).code == 0
    time.sleep(0.1)  # until the file would look otherwise if it were changed
    first = elsewhere.read_text("utf-8").splitlines()[1].split(",")[1]
    elsewhere.write_text(elsewhere.read_text("utf-8").replace(first, f"{first}改"), encoding="utf-8")
    assert build_here(small_site).code == 0
    assert any(f"{first}改" in page.read_text("utf-8") for page in (small_site / "site").rglob("*.html"))


@pytest.mark.parametrize("damage", [None, "", "{", "[]"])
def test_a_lost_note_for_publishing_is_written_again(small_site: Path, tmp_path: Path, damage: str | None) -> None:
    note = small_site / ".kawaraban/built.json"
    note.unlink()
    if damage is not None:
        note.write_text(damage, encoding="utf-8")
    assert build_here(small_site).code == 0
    published = run_here("publish", tmp_path / "public", "-f", small_site / "mkdocs.yml")
    assert published.code == 0, published.said


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
@pytest.mark.parametrize("name", ["site", ".kawaraban", "mkdocs.yml"])
def test_a_link_that_leads_to_itself_is_one_sentence(small_site: Path, name: str) -> None:
    path = small_site / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    path.symlink_to(path.name)
    done = build_here(small_site)
    assert done.code in {20, 50}, done.said
    assert "Traceback" not in done.said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
def test_a_pipe_in_the_place_of_the_settings_is_not_waited_for(small_site: Path) -> None:
    (small_site / "mkdocs.yml").unlink()
    os.mkfifo(small_site / "mkdocs.yml")
    assert build_here(small_site).code == 20
