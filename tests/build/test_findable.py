"""The files of the search from build to build: what differs is told, and what was known is taken as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from generator.build.findable import Findable, SearchFiles, made_findable
from generator.build.memory import FileRecord, PageRecord
from generator.cache.store import Store
from generator.search import parts_of


def page(url: str, text: str) -> PageRecord:
    return PageRecord(
        url=url,
        kind="story",
        title=f"記事 {url}",
        description="",
        section="",
        lang="ja",
        source=None,
        published_on=None,
        updated_on=None,
        found_as="読み物",
        departments=(),
        words=(),
        entry=hashlib.sha256(text.encode()).hexdigest(),
        texts=(),
        is_foreign=False,
        given=b"",
        uses=(),
        links=(),
        content="",
        frame="",
        sha256="",
        size=0,
        scripts=(),
        jumps=(),
        findings=(),
        problems=(),
    )


def findable(folder: Path, texts: Mapping[str, str], known: Mapping[str, FileRecord]) -> Findable:
    staged = folder / "staged"
    staged.mkdir(parents=True, exist_ok=True)
    return Findable(
        pages={url: page(url, text) for url, text in texts.items()},
        parts_of_page=lambda record: parts_of(record.url, record.title, texts[record.url]),
        synonyms=(),
        store=Store(folder / "pages.sqlite3"),
        known=known,
        folder=staged,
    )


def built(asked: Findable) -> SearchFiles:
    found = made_findable(asked).keep(asked)
    asked.store.flush()
    return found


TEXTS = {f"a/{number}/": f"{number}番の記事は、情報システム部のチャットについて" for number in range(300)}
CORRECTED = {**TEXTS, "a/7/": "七番の記事は、総務部のメールについて"}


def test_after_one_correction_few_files_are_told_and_all_are_as_in_a_clean_index(tmp_path: Path) -> None:
    known = built(findable(tmp_path / "kept", TEXTS, {})).records
    asked = findable(tmp_path / "kept", CORRECTED, known)
    index = made_findable(asked)
    assert 0 < len(index.others) < 40 < len(known)
    assert 0 < len(index.gone) < 40
    found = index.keep(asked)
    assert found.records == built(findable(tmp_path / "clean", CORRECTED, {})).records
    for file in map(found.site_file, found.records):
        assert hashlib.sha256(file.content()).hexdigest() == file.sha256
        assert file.staged is None or file.staged.read_bytes() == file.content()


def test_what_is_known_of_an_older_index_is_not_taken_for_this_one(tmp_path: Path) -> None:
    before = built(findable(tmp_path, TEXTS, {})).records
    now = built(findable(tmp_path, CORRECTED, before)).records
    assert built(findable(tmp_path, CORRECTED, before)).records == now


def test_a_record_that_was_lost_is_made_from_the_cache(tmp_path: Path) -> None:
    known = built(findable(tmp_path, TEXTS, {})).records
    lost = sorted(known)[::3]
    left = {path: file for path, file in known.items() if path not in lost}
    index = made_findable(findable(tmp_path, TEXTS, left))
    assert sorted(index.others) == lost
    assert (index.put, index.deleted) == ({}, set())
    assert index.keep(findable(tmp_path, TEXTS, left)).records == known
