"""Files that are saved or deleted between the sight of a build's beginning and their reading."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cache.file_clock import FileClock
from generator.cache.sight import Sight
from generator.cache.store import Store
from generator.model.finding import Finding
from generator.model.page import Library
from generator.read import Notebook, read
from tests.read.content import PNG, effects_at, errors, lay_out, settings_of

PAGE = "---\ntitle: {title}\ntype: article\nstatus: published\ndate: 2026-11-01\n---\n\n本文です。\n"
ARTICLES = "content/articles"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay_out(
        tmp_path / "site",
        {
            "articles/one.md": PAGE.format(title="前の題") + "\n![図](one.png)\n",
            "articles/one.png": PNG,
            "articles/old/two.md": PAGE.format(title="二つ目"),
        },
    )


def read_after(root: Path, change: Callable[[Path], None]) -> tuple[Library, list[Finding]]:
    """Read a site that changed after the sight of it was taken."""
    settings = settings_of(root)
    sight = Sight.of([settings.content], FileClock(0))
    change(root)
    return read(settings, effects_at(), Notebook(Store(root / "cache.sqlite3"), settings.zone), sight)


def save(path: Path, content: bytes) -> None:
    """As editors and git do."""
    beside = path.with_name("beside.tmp")
    beside.write_bytes(content)
    beside.replace(path)


def titles(library: Library) -> list[str]:
    return sorted(page.title for page in library.pages)


def test_a_page_saved_meanwhile_is_read_as_it_is_now(root: Path) -> None:
    text = (root / ARTICLES / "one.md").read_text(encoding="utf-8").replace("前の題", "今の題")
    library, findings = read_after(root, lambda root: save(root / ARTICLES / "one.md", text.encode()))
    assert (titles(library), errors(findings)) == (["二つ目", "今の題"], [])


def test_a_picture_saved_meanwhile_is_judged_as_it_is_now(root: Path) -> None:
    library, findings = read_after(root, lambda root: save(root / ARTICLES / "one.png", PNG + bytes(100)))
    assert ([asset.source for asset in library.assets], errors(findings)) == (["articles/one.png"], [])
    _, findings = read_after(root, lambda root: save(root / ARTICLES / "one.png", b"no picture"))
    assert errors(findings) == ["content/articles/one.png file-content"]


@pytest.mark.parametrize("name", ["old/two.md", "old"])
def test_what_is_deleted_meanwhile_is_not_there(root: Path, name: str) -> None:
    def delete(root: Path) -> None:
        path = root / ARTICLES / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    library, findings = read_after(root, delete)
    assert (titles(library), errors(findings)) == (["前の題"], [])


@pytest.mark.parametrize("name", ["old/two.md", "old"])
def test_a_link_that_took_a_place_meanwhile_is_not_followed(root: Path, name: str) -> None:
    def exchange(root: Path) -> None:
        path, outside = root / ARTICLES / name, root.parent / "outside"
        (outside / "old").mkdir(parents=True)
        (outside / "old/two.md").write_text(PAGE.format(title="外のもの"), encoding="utf-8")
        path.rename(root.parent / "moved")
        path.symlink_to(outside / name)

    library, findings = read_after(root, exchange)
    assert (titles(library), errors(findings)) == (["前の題"], [f"content/articles/{name} symlink"])


def test_what_cannot_be_read_however_often_it_is_looked_at_is_told_once(root: Path) -> None:
    (root / ARTICLES / "link.md").symlink_to("one.md")
    _, findings = read_after(root, lambda _: None)
    assert errors(findings) == ["content/articles/link.md symlink"]
