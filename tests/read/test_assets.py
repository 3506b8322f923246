"""Pictures and downloads are judged once, as long as they stay as they are."""

from __future__ import annotations

from pathlib import Path

from generator.cache.file_clock import FileClock
from generator.cache.store import Store
from generator.read import Notebook
from generator.read.assets import judge_assets
from generator.read.walk import walk
from tests.read.content import PNG, lay_out, names, settings_of

LATER = FileClock(2**62)
"""Long after all files were written."""


def test_a_sound_picture_is_read_once_and_a_damaged_one_each_time(tmp_path: Path) -> None:
    settings = settings_of(lay_out(tmp_path, {"a.png": PNG, "b.png": PNG[:-1]}))
    store = Store(tmp_path / "cache.sqlite3")
    notebook = Notebook(store, settings.zone)
    notebook.clock = LATER
    sound, damaged = walk(settings)[0]
    assert names(judge_assets([sound, damaged], notebook)) == ["file-content"]
    notebook.close()
    again = Notebook(store, settings.zone)
    unread = [file._replace(path=f"{tmp_path}/nowhere") for file in (sound, damaged)]
    assert names(judge_assets(unread, again)) == ["unreadable"]


def test_a_picture_that_may_change_unseen_is_read_again(tmp_path: Path) -> None:
    settings = settings_of(lay_out(tmp_path, {"a.png": PNG}))
    notebook = Notebook(Store(tmp_path / "cache.sqlite3"), settings.zone)
    notebook.clock = FileClock(0)
    files, _ = walk(settings)
    assert judge_assets(files, notebook) == []
    assert names(judge_assets([file._replace(path=f"{tmp_path}/nowhere") for file in files], notebook)) == [
        "unreadable"
    ]


def test_a_picture_exchanged_for_a_damaged_one_is_judged_again(tmp_path: Path) -> None:
    settings = settings_of(lay_out(tmp_path, {"a.png": PNG}))
    notebook = Notebook(Store(tmp_path / "cache.sqlite3"), settings.zone)
    notebook.clock = LATER
    assert judge_assets(walk(settings)[0], notebook) == []
    (settings.content / "a.png").write_bytes(PNG[:-1])
    assert names(judge_assets(walk(settings)[0], notebook)) == ["file-content"]
