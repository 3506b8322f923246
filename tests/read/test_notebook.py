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
