"""Records come back as they were, and no bytes make them anything but records."""

from __future__ import annotations

import os
import pickle
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build.memory import FileRecord
from generator.cache.records import NotARecord, from_bytes, to_bytes
from generator.model.finding import Family, Finding, Place, Text
from generator.model.page import Article

_TEXTS = st.text(st.characters(exclude_categories=()), max_size=8)
_FINDINGS = st.builds(
    Finding, st.sampled_from(Family), _TEXTS, st.builds(Place, _TEXTS, st.integers(0)), st.builds(Text, _TEXTS, _TEXTS),
    st.builds(Text, _TEXTS, _TEXTS),
)  # fmt: skip
_MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=9)), ZoneInfo("Asia/Tokyo")]))
_HASHABLE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), _TEXTS, st.binary(max_size=8), st.dates(),
    st.timedeltas(), _MOMENTS, _FINDINGS,
)  # fmt: skip
_VALUES = st.recursive(
    _HASHABLE | st.sets(_HASHABLE, max_size=3) | st.frozensets(_HASHABLE, max_size=3),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(_HASHABLE, inner, max_size=3),
    ),
    max_leaves=8,
)
_SOME = to_bytes((FileRecord("a" * 64, 3, ("x.css",)), date(2026, 11, 20), {"ページ": [1, 2.5, None]}))


@given(_VALUES)
def test_what_was_written_is_read(value: object) -> None:
    assert from_bytes(to_bytes(value)) == value


class _Calls:
    """Pickles as a call."""

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self.function, self.arguments = function, arguments

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self.function, self.arguments


def _named(module: str, name: str) -> bytes:
    """A pickle that is nothing but the object of that name."""
    return b"\x80\x04" + b"".join(
        b"\x8c" + bytes([len(part.encode())]) + part.encode() for part in (module, name)
    ) + b"\x93."  # fmt: skip


@pytest.mark.parametrize(
    "call",
    [
        _Calls(os.system, "touch mischief"),
        _Calls(eval, "open('mischief', 'w')"),
        _Calls(getattr, os, "system"),
        _Calls(open, "mischief", "w"),
        _Calls(Path, "mischief"),
    ],
    ids=lambda call: call.function.__name__,
)
def test_bytes_that_would_call_something_are_no_record(
    call: _Calls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotARecord):
        from_bytes(pickle.dumps(call) if call.arguments[0] is not os else _named("builtins", "getattr"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("builtins", "getattr"),
        ("builtins", "object"),
        ("generator.cli", "main"),
        ("generator.publish.stamp", "leave_stamp"),
        ("generator.cache.store", "Store"),
        ("generator.model.finding", "nearest"),  # a function, not a class
        ("generator.model.finding", "Text.in_language"),
        ("generator.model.finding", "difflib"),
        ("generator.read.notebook", "Store"),  # a class of another module
        ("generator.modelling", "Finding"),
        ("generator.model.nowhere", "Finding"),
    ],
)
def test_no_other_name_is_looked_up(module: str, name: str) -> None:
    with pytest.raises(NotARecord):
        from_bytes(_named(module, name))


@pytest.fixture(scope="module")
def little_memory() -> Iterator[None]:
    """Damaged bytes may ask for as much memory as four bytes can say: 30 GB."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + 2**30, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


_ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")


@given(st.integers(0, len(_SOME) - 1))
def test_truncated_bytes_are_no_record(length: int) -> None:
    with pytest.raises(NotARecord):
        from_bytes(_SOME[:length])


@_ON_LINUX
@pytest.mark.usefixtures("little_memory")
@given(st.lists(st.tuples(st.integers(0, len(_SOME) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_garbled_bytes_are_a_value_or_no_record(changes: list[tuple[int, int]]) -> None:
    content = bytearray(_SOME)
    for position, byte in changes:
        content[position] = byte
    with suppress(NotARecord):
        from_bytes(bytes(content))


@_ON_LINUX
@pytest.mark.usefixtures("little_memory")
@given(st.binary(max_size=60))
def test_any_bytes_are_a_value_or_no_record(content: bytes) -> None:
    with suppress(NotARecord):
        from_bytes(content)


def test_a_zone_comes_back_by_its_name() -> None:
    moment = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
    found = from_bytes(to_bytes(moment))
    assert isinstance(found, datetime)
    assert str(found.tzinfo) == "Asia/Tokyo"


@pytest.mark.parametrize(
    "written",
    [
        {"type": "article", "title": "題", "date": date(2026, 11, 1)},
        {"type": "article", "title": "題", "date": date(2026, 11, 1), "draft": False, "tags": ("夜勤",), "lang": "en"},
    ],
)
def test_what_people_declared_comes_back_with_what_they_left_out(written: dict[str, object]) -> None:
    page = Article.model_validate({"id": "a-1", "owner": "somebody", **written})
    back = from_bytes(to_bytes((page, page.model_copy(update={"title": "別の題"}))))
    assert back == (page, page.model_copy(update={"title": "別の題"}))
    assert isinstance(back, tuple)
    assert back[0].model_fields_set == page.model_fields_set
    assert list(vars(back[0])) == list(vars(page))
    assert b"expires_on" not in to_bytes(page)  # which is nobody's and none: thousands of pages would repeat it
