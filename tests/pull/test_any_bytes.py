"""Whatever bytes a file holds: it becomes rows or a sentence, never a traceback."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.pull.conftest import Desk
from tests.pull.test_excel import GOOD

SOURCES = """
sources:
  csv: {kind: csv, label: x, path: export, encoding: utf-8, columns: {a: {name: a, type: integer}}}
  cp932: {kind: csv, label: x, path: export, encoding: cp932, columns: {a: {name: a, type: date, optional: true}}}
  utf16: {kind: csv, label: x, path: export, encoding: utf-16, columns: {a: {name: a, type: month}}}
  excel: {kind: excel, label: x, path: export, sheet: 目標, columns: {a: {name: a, type: number}}}
  teams: {kind: teams_user_activity, label: x, path: export, columns: [is_deleted]}
  slack: {kind: slack_member_analytics, label: x, path: export, columns: [is_active]}
  sqlite: {kind: sqlite, label: x, path: export, query: SELECT a FROM a, columns: {a: {name: a, type: boolean}}}
"""

PIECES = st.sampled_from(
    [
        b"a",
        b"\r\n",
        b",",
        b'"',
        b"{",
        b"}",
        b":",
        b"[",
        b"1",
        b"-",
        b"\x00",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\x82\xa0",
        "あ".encode(),
        b'{"date":"2026-10-01"}',
        b"SQLite format 3\x00",
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"NaN",
        b"1e999",
    ]
)
FILES = st.binary(max_size=200) | st.lists(PIECES, max_size=40).map(b"".join)


@settings(max_examples=60, deadline=None)
@given(content=FILES | FILES.map(gzip.compress))
@example(content=b"a\n" + b"9" * 5000)
@example(content=b"[" * 100_000)
@example(content=b'{"a":' * 20_000)
def test_any_bytes_become_rows_or_a_sentence(place: Desk, content: bytes) -> None:
    place.put("export", content)
    place.findings()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(position=st.integers(0, len(GOOD) - 1), bit=st.integers(0, 7))
def test_any_flipped_bit_of_a_workbook_becomes_rows_or_a_sentence(place: Desk, position: int, bit: int) -> None:
    damaged = bytearray(GOOD)
    damaged[position] ^= 1 << bit
    place.put("export", bytes(damaged))
    place.findings()


@settings(max_examples=60, deadline=None)
@given(
    old=st.sampled_from([b"A1", b"<v>", b"r=", b"0.8", b"sheet", b"rId1", b"inlineStr", b"</c>"]),
    new=st.binary(max_size=8),
)
def test_any_damage_inside_a_workbook_becomes_rows_or_a_sentence(place: Desk, old: bytes, new: bytes) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as before, zipfile.ZipFile(buffer, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old, new))
    place.put("export", buffer.getvalue())
    place.findings()


@settings(max_examples=100, deadline=None)
@given(text=st.text("sourceskindcv:{}[]&*!|>-#'\"\n 年1.あ", max_size=80))
@example(text="sources: {? [a]: b}")
@example(text="sources: {1: {kind: csv}, null: x}")
@example(text="sources:\n  a: {kind: csv, columns: {1: {name: a, type: text}}}")
@example(text="sources: !!python/object:os.system x")
@example(text="sources: {a: {kind: csv, columns: [1]}}")
@example(text="\ud7ff\x07")
def test_any_sources_file_becomes_sources_or_a_sentence(place: Desk, text: str) -> None:
    place.put("sources.yml", text)
    try:
        place.findings()
    finally:
        place.put("sources.yml", SOURCES)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    desk.put("sources.yml", SOURCES)
    return desk
