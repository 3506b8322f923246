"""What the notebook keeps of a text, and what it does where that is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cache import records
from generator.cache.store import Store
from generator.read import Notebook, read
from generator.read.notebook import DETAILS
from tests.read.content import effects_at, lay_out, names, settings_of

NOT_DETAILS = records.to_bytes(("no", "details"))


@pytest.mark.parametrize("kept", [b"", NOT_DETAILS, records.to_bytes(("no text", b""))])
def test_a_text_that_cannot_be_read_any_more_is_judged_again(tmp_path: Path, kept: bytes) -> None:
    settings = settings_of(lay_out(tmp_path, {"articles/a.md": "# 題\n\n本文\n"}))
    notebook = Notebook(Store(tmp_path / ".cache.sqlite3"), settings.zone)
    read(settings, effects_at(), notebook)
    (name,) = notebook.details
    notebook.store.put(DETAILS, name, kept)
    notebook._at_hand.clear()
    library, _ = read(settings, effects_at(), notebook)
    assert library.texts["articles/a.md"].body == "\n\n本文\n"


@pytest.mark.parametrize("kept", [b"", NOT_DETAILS])
def test_details_that_cannot_be_read_any_more_are_judged_again(tmp_path: Path, kept: bytes) -> None:
    settings = settings_of(
        lay_out(
            tmp_path, {"articles/a.md": "# 題\n\n[下書き](b.md)\n", "articles/b.md": "---\ndraft: true\n---\n# b\n"}
        )
    )
    notebook = Notebook(Store(tmp_path / ".cache.sqlite3"), settings.zone)
    before, told = read(settings, effects_at(), notebook)
    for name in notebook.details:
        whole = notebook.store.get(DETAILS, name)
        if whole is not None:
            pair = records.from_bytes(whole)
            assert isinstance(pair, tuple)
            notebook.store.put(DETAILS, name, records.to_bytes((pair[0], kept)))
    notebook._at_hand.clear()
    notebook.verdicts = {}
    library, found = read(settings, effects_at(), notebook)
    assert names(found) == names(told) == ["link-to-withheld"]
    assert dict(library.texts) == dict(before.texts)


def test_a_link_is_judged_again_when_the_last_day_of_its_page_changes(tmp_path: Path) -> None:
    front = "---\ntitle: 題\nexpires_on: {}\n---\n"
    files = {"articles/a.md": "---\ndate: 2026-12-01\n---\n# 題\n\n[先](b.md)\n"}
    root = lay_out(tmp_path, {**files, "articles/b.md": front.format("2026-12-31")})
    settings = settings_of(root)
    notebook = Notebook(Store(tmp_path / ".cache.sqlite3"), settings.zone)
    _, before = read(settings, effects_at(), notebook)
    (settings.content / "articles/b.md").write_text(front.format("2026-11-30"), "utf-8")
    _, after = read(settings, effects_at(), notebook)
    assert (names(before), names(after)) == ([], ["link-to-withheld"])
