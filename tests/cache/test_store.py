"""Whatever happens to the file, a value is what was put or is not there, and nobody has to know."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.cache.store import Store

_ENTRIES = {("content", f"{number:032x}"): bytes([number]) * (40 + 37 * number) for number in range(60)}


def filled(file: Path) -> Store:
    """A store with some entries on the disk."""
    store = Store(file)
    for (kind, name), content in _ENTRIES.items():
        store.put(kind, name, content)
    store.flush()
    return store


def found_in(file: Path) -> dict[tuple[str, str], bytes]:
    """The entries that a later build finds."""
    store = Store(file)
    values = {key: content for key in _ENTRIES if (content := store.get(*key)) is not None}
    store.close()
    return values


def test_what_is_put_together_gets_to_the_disk_together_however_much_it_is(tmp_path: Path) -> None:
    file, much = tmp_path / "pages.sqlite3", bytes(40 * 1024 * 1024)
    store = Store(file)
    first, second = list(_ENTRIES)[:2]
    with store.together():
        store.put(*first, much)
        assert found_in(file) == {}
        store.put(*second, b"relies on the first")
    store.put("content", "another", b"")
    assert found_in(file) == {first: much, second: b"relies on the first"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    filled(tmp_path / "cache" / "pages.sqlite3").close()
    return tmp_path / "cache" / "pages.sqlite3"


def test_a_later_build_finds_what_was_flushed(file: Path) -> None:
    assert found_in(file) == _ENTRIES


def test_what_was_put_or_deleted_is_known_before_it_is_flushed(file: Path) -> None:
    store = Store(file)
    first, second = list(_ENTRIES)[:2]
    store.put(*first, b"new")
    store.delete(*second)
    assert (store.get(*first), store.get(*second)) == (b"new", None)
    assert found_in(file) == _ENTRIES
    store.flush()
    assert found_in(file) == {key: value for key, value in _ENTRIES.items() if key != second} | {first: b"new"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a store."""
    store = filled(tmp_path_factory.mktemp("whole") / "pages.sqlite3")
    store.close()
    return store.file.read_bytes()


_DAMAGE = st.one_of(
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=40),
    st.floats(0, 1),
)


@settings(max_examples=300)
@given(damage=_DAMAGE)
@example(damage=[(0.037316593664596276, 128)])  # in the text of the table's definition
def test_damage_anywhere_loses_entries_and_changes_none(whole: bytes, damage: list[tuple[float, int]] | float) -> None:
    content = bytearray(whole)
    if isinstance(damage, float):
        del content[int(damage * len(content)) :]
    else:
        for place, byte in damage:
            content[int(place * len(content))] = byte
    with TemporaryDirectory() as folder:
        file = Path(folder) / "pages.sqlite3"
        file.write_bytes(content)
        assert found_in(file).items() <= _ENTRIES.items()
        store = Store(file)
        for key in list(_ENTRIES)[:5]:
            store.put(*key, _ENTRIES[key])
        store.flush()
        store.keep_only({"content": [name for _, name in list(_ENTRIES)[:5]]})
        store.close()
        assert found_in(file).items() <= _ENTRIES.items()


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_a_file_that_is_no_store_is_begun_anew(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "pages.sqlite3"
        file.write_bytes(content)
        assert found_in(file) == {}
        filled(file).close()
        assert found_in(file) == _ENTRIES


def test_an_entry_under_the_name_of_another_is_not_taken_for_it(file: Path) -> None:
    """As when a page of the file's index is damaged: the content is whole, and not what was asked for."""
    import sqlite3

    one, other = list(_ENTRIES)[:2]
    with sqlite3.connect(file) as connection:
        rows = "SELECT content FROM entry WHERE kind = ? AND name = ?"
        connection.execute(f"UPDATE entry SET content = ({rows}) WHERE kind = ? AND name = ?", (*one, *other))  # noqa: S608
    assert Store(file).get(*other) is None


def test_a_file_that_is_deleted_while_it_is_open_does_no_harm(file: Path) -> None:
    store = Store(file)
    key = next(iter(_ENTRIES))
    assert store.get(*key) == _ENTRIES[key]
    file.unlink()
    assert store.get(*key) in (_ENTRIES[key], None)
    store.put("content", "new", b"new")
    store.flush()
    store.close()
    filled(file).close()
    assert found_in(file) == _ENTRIES


def test_where_nothing_can_be_written_what_was_put_is_known_and_the_next_build_begins_anew(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("somebody's file", encoding="utf-8")
    store = filled(tmp_path / "cache" / "pages.sqlite3")
    assert {key: store.get(*key) for key in _ENTRIES} == _ENTRIES
    store.keep_only({"content": []})
    assert found_in(store.file) == {}
    assert (tmp_path / "cache").read_text(encoding="utf-8") == "somebody's file"


def test_a_folder_in_the_place_of_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "pages.sqlite3" / "inside").mkdir(parents=True)
    store = filled(tmp_path / "pages.sqlite3")
    assert {key: store.get(*key) for key in _ENTRIES} == _ENTRIES
    assert (tmp_path / "pages.sqlite3" / "inside").is_dir()


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """As on a disk that is full; sizes in bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files as Linux does")
def test_a_disk_that_becomes_full_costs_the_next_build_time_and_nothing_else(file: Path) -> None:
    store = Store(file)
    with files_no_larger_than(file.stat().st_size + 8192):
        store.put("content", "large", b"x" * 1_000_000)
        store.put(*next(iter(_ENTRIES)), b"new")
        store.flush()
        assert store.get("content", "large") == b"x" * 1_000_000
        store.close()
    found = found_in(file)
    assert found in ({}, _ENTRIES)


_FLUSHING = """
import sys
from pathlib import Path
from generator.cache.store import Store
store = Store(Path(sys.argv[1]))
for number in range(300):
    store.put("new", str(number), bytes([number % 256]) * 50_000)
print("flushing", flush=True)
store.flush()
print("flushed", flush=True)
"""


def killed_at(file: Path, size: int) -> bool:
    """Whether a build that writes into a file was killed when the file had that size; False when it ended before."""
    with subprocess.Popen([sys.executable, "-c", _FLUSHING, str(file)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        while process.poll() is None and file.stat().st_size < size:
            time.sleep(0)
        process.kill()
        return process.wait() == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="kills a process in the middle of its work")
@pytest.mark.parametrize("size", [200_000, 2_000_000, 12_000_000])
def test_a_build_that_is_killed_while_it_writes_leaves_all_or_nothing(whole: bytes, tmp_path: Path, size: int) -> None:
    files = [tmp_path / f"{attempt}.sqlite3" for attempt in range(10)]
    for file in files:
        file.write_bytes(whole)
        was_killed = killed_at(file, size)
        store = Store(file)
        new = [store.get("new", str(number)) for number in range(300)]
        assert len({content is None for content in new}) == 1
        assert found_in(file) == _ENTRIES
        if was_killed:
            return
    pytest.fail(f"{len(files)} builds ended before they could be killed")


def test_a_forked_process_reads_by_itself(file: Path) -> None:
    store = Store(file)
    key = next(iter(_ENTRIES))
    assert store.get(*key) == _ENTRIES[key]
    pid = os.fork()
    if pid == 0:
        os._exit(0 if store.get(*key) == _ENTRIES[key] else 1)
    assert os.waitpid(pid, 0)[1] == 0


def test_only_what_is_used_is_kept_of_the_kinds_that_are_named(file: Path) -> None:
    store = Store(file, most_bytes=10_000)
    store.put("figures", "latest", b"figures")
    store.flush()
    assert store.is_too_large
    before, used = file.stat().st_size, [name for _, name in list(_ENTRIES)[:10]]
    store.keep_only({"content": used})
    assert set(found_in(file)) == {("content", name) for name in used}
    assert store.get("figures", "latest") == b"figures"
    assert file.stat().st_size < before / 2


def test_a_file_of_which_nearly_all_is_used_is_not_written_anew(file: Path) -> None:
    store, before = Store(file, most_bytes=10_000), file.read_bytes()
    store.keep_only({"content": [name for _, name in list(_ENTRIES)[1:]]})
    store.close()
    assert file.read_bytes() == before


def test_a_store_below_its_limit_is_not_too_large(file: Path) -> None:
    assert not Store(file).is_too_large
    assert not Store(file.with_name("absent")).is_too_large
