"""Records by name: only what changed is written, and what is lost is missing by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build.memory import FileRecord
from generator.cache.store import Store
from generator.cache.table import Table

_RECORDS = {f"page-{number}/": FileRecord(f"{number:064}", number) for number in range(300)}


class WatchedStore(Store):
    """Remembers what was put into it."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.puts: list[str] = []

    def put(self, kind: str, name: str, content: bytes) -> None:
        self.puts.append(name)
        super().put(kind, name, content)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A table of 300 records, written by an earlier build."""
    store = Store(tmp_path / "store.sqlite3")
    table_in(store).save(_RECORDS)
    store.flush()
    return store.file


def table_in(store: Store, version: str = "1") -> Table[FileRecord]:
    return Table(store, "file", FileRecord, version)


def test_the_next_build_reads_what_this_one_wrote(file: Path) -> None:
    assert table_in(Store(file)).load() == _RECORDS


def test_nothing_is_written_when_nothing_changed(file: Path) -> None:
    store = WatchedStore(file)
    table = table_in(store)
    table.save(table.load())
    assert store.puts == []


@given(st.sets(st.sampled_from(sorted(_RECORDS)), max_size=3), st.sets(st.sampled_from(sorted(_RECORDS)), max_size=3))
def test_what_changed_is_written_and_little_else(changed: set[str], gone: set[str]) -> None:
    store = WatchedStore(Path("/nonexistent/store.sqlite3"))
    table_in(store).save(_RECORDS)
    store.puts.clear()
    table = table_in(store)
    now = table.load()
    now.update({name: now[name]._replace(size=-1) for name in changed})
    now = {name: record for name, record in now.items() if name not in gone} | {"new/": FileRecord("f" * 64, 1)}
    table.save(now)
    assert 1 <= len(store.puts) <= len(changed | gone) + 1
    assert table_in(store).load() == now


def test_a_bundle_that_is_lost_takes_only_its_own_records_along(file: Path) -> None:
    store = Store(file)
    store.delete("file", "7")
    found = table_in(store).load()
    assert 0 < len(_RECORDS) - len(found) < 30
    assert found.items() <= _RECORDS.items()


def test_records_of_another_version_are_not_there(file: Path) -> None:
    store = Store(file)
    newer = table_in(store, "2")
    assert newer.load() == {}
    some = dict(list(_RECORDS.items())[:3])
    newer.save(some)
    assert table_in(store, "2").load() == some
