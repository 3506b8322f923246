"""Looking again finds what a walk finds, whatever was touched."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.read.look import Look
from generator.read.walk import walk
from tests.read.content import PNG, lay_out, settings_of

FILES: dict[str, str | bytes] = {"a.md": "# 題\n", "b/c.md": "# 題\n", "b/d.png": PNG, "e.md": "# 題\n"}
Edit = Callable[[Path], list[str]]


def save(content: Path) -> list[str]:
    (content / "a.md").write_text("# 別の題\n", encoding="utf-8")
    return ["a.md"]


def save_by_renaming(content: Path) -> list[str]:
    (content / "a.md~").write_text("# 別の題\n", encoding="utf-8")
    (content / "a.md~").replace(content / "a.md")
    return ["a.md~", "a.md"]


def add(content: Path) -> list[str]:
    (content / "b/new.md").write_text("# 題\n", encoding="utf-8")
    return ["b/new.md"]


def delete(content: Path) -> list[str]:
    (content / "b/c.md").unlink()
    return ["b/c.md"]


def put_a_link_in_its_place(content: Path) -> list[str]:
    (content / "a.md").unlink()
    (content / "a.md").symlink_to(content / "e.md")
    return ["a.md"]


def give_it_a_name_outside(content: Path) -> list[str]:
    (content.parent / "outside.md").hardlink_to(content / "a.md")
    return ["a.md"]


def put_a_folder_in_its_place(content: Path) -> list[str]:
    (content / "a.md").unlink()
    (content / "a.md").mkdir()
    return ["a.md"]


def save_nothing(content: Path) -> list[str]:
    return []


@pytest.mark.parametrize(
    "edit",
    [
        *(save, save_by_renaming, add, delete, put_a_link_in_its_place),
        *(give_it_a_name_outside, put_a_folder_in_its_place, save_nothing),
    ],
)
def test_it_finds_what_a_walk_finds(edit: Edit, tmp_path: Path) -> None:
    settings = settings_of(lay_out(tmp_path, FILES))
    look = Look()
    look.again(settings)
    look.tell(frozenset(os.fspath(settings.content / name) for name in edit(settings.content)))
    assert look.again(settings) == walk(settings)


def test_what_was_no_file_is_not_told_any_more_when_it_is_gone(tmp_path: Path) -> None:
    settings = settings_of(lay_out(tmp_path, FILES))
    link = settings.content / "link.md"
    link.symlink_to(settings.content / "a.md")
    look = Look()
    assert look.again(settings)[1] != []
    link.unlink()
    look.tell(frozenset([os.fspath(link)]))
    assert look.again(settings) == walk(settings)


def test_only_what_was_touched_is_looked_at(tmp_path: Path) -> None:
    settings = settings_of(lay_out(tmp_path, FILES))
    look = Look()
    before = look.again(settings)
    (settings.content / "unseen.md").write_text("# 題\n", encoding="utf-8")
    look.tell(frozenset([os.fspath(settings.content / "a.md")]))
    assert look.again(settings) == before


@pytest.mark.parametrize("told", [[], [None], [frozenset(["a.md"]), None]])
def test_without_somebody_who_knows_everything_is_looked_at(told: list[frozenset[str] | None], tmp_path: Path) -> None:
    settings = settings_of(lay_out(tmp_path, FILES))
    look = Look()
    look.again(settings)
    (settings.content / "unseen.md").write_text("# 題\n", encoding="utf-8")
    for touched in told:
        look.tell(touched)
    assert look.again(settings) == walk(settings)
