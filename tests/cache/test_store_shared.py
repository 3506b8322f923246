"""What the store keeps, and how a process knows that it is still what it left."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cache.records import NotARecord
from generator.cache.store import Store


def kept(file: Path, content: bytes) -> Store:
    store = Store(file)
    store.put("kind", "name", content)
    store.flush()
    return store


def test_a_store_that_only_its_own_process_writes_to_is_as_it_was_left(tmp_path: Path) -> None:
    store = kept(tmp_path / "store", b"1")
    assert store.is_as_left
    store.put("kind", "name", b"2")
    store.flush()
    assert store.is_as_left


def test_it_is_not_when_somebody_else_wrote(tmp_path: Path) -> None:
    store = kept(tmp_path / "store", b"1")
    kept(tmp_path / "store", b"2").close()
    assert not store.is_as_left
    assert store.get("kind", "name") == b"2"


def test_it_is_not_when_somebody_deleted_the_file_or_put_another_there(tmp_path: Path) -> None:
    store = kept(tmp_path / "store", b"1")
    (tmp_path / "store").unlink()
    assert not store.is_as_left
    kept(tmp_path / "store", b"2").close()
    assert not store.is_as_left


def test_an_object_is_kept_for_this_process_and_the_next(tmp_path: Path) -> None:
    store, told = Store(tmp_path / "store"), ("a", 1, frozenset({"b"}))
    store.note("kind", "object", told)
    assert store.recall("kind", "object") is told
    store.flush()
    assert Store(tmp_path / "store").recall("kind", "object") == told


def test_an_object_that_is_not_there_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(NotARecord):
        Store(tmp_path / "store").recall("kind", "object")
