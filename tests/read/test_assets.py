"""Pictures and downloads are judged once, as long as they stay as they are."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from generator.cache.file_clock import FileClock
from generator.cache.store import Store
from generator.model.finding import Finding
from generator.model.page import Sides
from generator.read import Notebook
from generator.read.assets import judge_assets
from generator.read.walk import FoundFile, walk
from tests.read.content import PNG, lay_out, names, settings_of
from tests.read.picture_files import png, png_chunk

LATER = FileClock(2**62)
"""Long after all files were written."""


def _findings(files: list[FoundFile], notebook: Notebook) -> list[Finding]:
    return judge_assets(files, notebook)[1]


def test_a_sound_picture_is_read_once_and_a_damaged_one_each_time(tmp_path: Path) -> None:
    settings = settings_of(lay_out(tmp_path, {"a.png": PNG, "b.png": PNG[:-1]}))
    store = Store(tmp_path / "cache.sqlite3")
    notebook = Notebook(store, settings.zone)
    notebook.clock = LATER
    sound, damaged = walk(settings)[0]
    assert names(_findings([sound, damaged], notebook)) == ["file-content"]
    notebook.close()
    again = Notebook(store, settings.zone)
    unread = [replace(file, path=f"{tmp_path}/nowhere") for file in (sound, damaged)]
    assert names(_findings(unread, again)) == ["unreadable"]


def test_a_picture_that_may_change_unseen_is_read_again(tmp_path: Path) -> None:
    settings = settings_of(lay_out(tmp_path, {"a.png": PNG}))
    notebook = Notebook(Store(tmp_path / "cache.sqlite3"), settings.zone)
    notebook.clock = FileClock(0)
    files, _ = walk(settings)
    assert _findings(files, notebook) == []
    assert names(_findings([replace(file, path=f"{tmp_path}/nowhere") for file in files], notebook)) == ["unreadable"]


def test_a_picture_exchanged_for_a_damaged_one_is_judged_again(tmp_path: Path) -> None:
    settings = settings_of(lay_out(tmp_path, {"a.png": PNG}))
    notebook = Notebook(Store(tmp_path / "cache.sqlite3"), settings.zone)
    notebook.clock = LATER
    assert _findings(walk(settings)[0], notebook) == []
    (settings.content / "a.png").write_bytes(PNG[:-1])
    assert names(_findings(walk(settings)[0], notebook)) == ["file-content"]


def test_how_large_a_picture_is_stays_known_without_reading_it_again(tmp_path: Path) -> None:
    settings = settings_of(lay_out(tmp_path, {"a.png": png(30, 20), "b.csv": b"a,b", "c.png": PNG[:-1]}))
    notebook = Notebook(Store(tmp_path / "cache.sqlite3"), settings.zone)
    notebook.clock = LATER
    files, _ = walk(settings)
    known = {"a.png": Sides(30, 20), "b.csv": None, "c.png": None}
    assert judge_assets(files, notebook)[0] == known
    unread = [replace(file, path=f"{tmp_path}/nowhere") for file in files[:2]]
    assert judge_assets(unread, notebook)[0] == {name: known[name] for name in ("a.png", "b.csv")}


def test_a_foreign_picture_of_another_name_than_its_format_has_a_size_and_is_told_of_each_time(tmp_path: Path) -> None:
    settings = settings_of(lay_out(tmp_path, {"articles/x/a.jpg": png(30, 20)}))
    notebook = Notebook(Store(tmp_path / "cache.sqlite3"), settings.zone)
    notebook.clock = LATER
    for _ in range(2):
        sides, findings = judge_assets(walk(settings)[0], notebook)
        assert (sides, names(findings)) == ({"articles/x/a.jpg": Sides(30, 20)}, ["file-content"])


def test_a_picture_that_keeps_readers_waiting_is_told_of_each_time_and_read_once(tmp_path: Path) -> None:
    heavy, remark = png(before=png_chunk(b"IDAT", bytes(1_500_000))), bytes(1_500_000)
    files = {"a.png": heavy, "b.png": png(before=png_chunk(b"tEXt", remark)) + remark, "c.csv": b"a," * 1_000_000}
    settings = settings_of(lay_out(tmp_path, files))
    notebook = Notebook(Store(tmp_path / "cache.sqlite3"), settings.zone)
    notebook.clock = LATER
    for found in (walk(settings)[0], [replace(file, path=f"{tmp_path}/nowhere") for file in walk(settings)[0]]):
        (finding,) = _findings(found, notebook)
        assert (finding.code, finding.place.path[-5:], finding.is_error) == ("heavy-picture", "a.png", False)
