"""The release ledger on the disk: whole or not at all, and never taken for empty when it cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.ledger import FORMAT, digest_of_ledger, read_ledger, write_ledger
from generator.model.finding import Family
from generator.model.ledger import Ledger, ToldCell, ToldMonth

CELLS = st.builds(
    ToldCell,
    department=st.none() | st.text(max_size=5),
    eligible=st.integers(0, 9_999),
    percent=st.none() | st.integers(0, 100),
    band=st.none() | st.tuples(st.integers(0, 100), st.integers(0, 100)),
    low=st.integers(0, 9_999),
    high=st.integers(0, 9_999),
    members=st.text(alphabet="0123456789abcdef", max_size=16),
)
MONTHS = st.builds(
    ToldMonth,
    metric=st.sampled_from(["chat", "mail"]),
    period=st.sampled_from(["2026-09", "2026-10"]),
    definition=st.just("d"),
    cells=st.lists(CELLS, max_size=3).map(tuple),
)


@given(st.lists(MONTHS, max_size=4))
@settings(max_examples=40)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, months: list[ToldMonth]) -> None:
    path = tmp_path_factory.mktemp("ledger") / "ledger.json"
    ledger = Ledger().with_months(months)
    write_ledger(path, ledger)
    assert read_ledger(path) == (ledger, [])
    assert [file.name for file in path.parent.iterdir()] == ["ledger.json"]


@given(st.lists(MONTHS, max_size=4))
def test_a_release_that_is_in_the_ledger_adds_nothing(months: list[ToldMonth]) -> None:
    ledger = Ledger().with_months(months)
    assert ledger.with_months(months) is ledger
    for month in months:
        assert month in ledger.editions(month.metric, month.period)


def test_no_file_is_an_empty_ledger(tmp_path: Path) -> None:
    assert read_ledger(tmp_path / "ledger.json") == (Ledger(), [])
    assert digest_of_ledger(tmp_path / "ledger.json") == ""


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "ledger-damaged"),
        ("{", "ledger-damaged"),
        ("[]", "ledger-damaged"),
        ("\xff", "ledger-damaged"),
        ("[" * 50_000, "ledger-damaged"),
        ('{"format": 1}', "ledger-damaged"),
        ('{"format": true, "months": []}', "ledger-damaged"),
        ('{"format": 1, "months": [{"metric": "chat"}]}', "ledger-damaged"),
        ('{"format": 1, "months": [], "more": 1}', "ledger-damaged"),
        (json.dumps({"format": FORMAT + 1, "months": []}), "ledger-too-new"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, written: str, code: str) -> None:
    path = tmp_path / "ledger.json"
    path.write_text(written, encoding="latin-1")
    _, findings = read_ledger(path)
    assert [(finding.family, finding.code, finding.is_error) for finding in findings] == [(Family.PRIVACY, code, True)]


def test_a_ledger_that_cannot_be_opened_is_not_taken_for_none(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "ledger.json", tmp_path / "link.json"
    folder.mkdir()
    elsewhere.symlink_to(tmp_path / "a disk that is not there" / "ledger.json")
    for path in (folder, elsewhere):
        assert [finding.code for finding in read_ledger(path)[1]] == ["ledger-unreadable"]
        assert digest_of_ledger(path) != ""
