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


@st.composite
def cells(draw: st.DrawFn, department: str | None) -> ToldCell:
    low, high, eligible = sorted(draw(st.tuples(*[st.integers(0, 9_999)] * 3)))
    words = draw(st.none() | st.integers(0, 100) | st.sampled_from([(0, 20), (60, 80), (90, 100)]))
    percent, band = (None, words) if isinstance(words, tuple) else (words, None)
    members = draw(st.text(alphabet="0123456789abcdef", max_size=16))
    return ToldCell(department, eligible, percent, band, low, high, members)


MONTHS = st.builds(
    ToldMonth,
    metric=st.sampled_from(["chat", "mail"]),
    period=st.sampled_from(["2026-09", "2026-10"]),
    definition=st.just("d"),
    cells=st.lists(st.none() | st.text(max_size=5), max_size=3, unique=True).flatmap(
        lambda departments: st.tuples(*map(cells, departments))
    ),
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


CELL = {"department": "sales", "eligible": 30, "percent": None, "band": None, "low": 0, "high": 30, "members": ""}
MONTH = {"metric": "chat", "period": "2026-10", "definition": "d", "cells": [CELL]}


@pytest.mark.parametrize(
    "months",
    [
        [MONTH | {"cells": [CELL | {"percent": 101}]}],
        [MONTH | {"cells": [CELL | {"percent": -1}]}],
        [MONTH | {"cells": [CELL | {"eligible": -1, "high": -1}]}],
        [MONTH | {"cells": [CELL | {"low": -1}]}],
        [MONTH | {"cells": [CELL | {"low": 20, "high": 10}]}],
        [MONTH | {"cells": [CELL | {"high": 31}]}],
        [MONTH | {"cells": [CELL | {"band": [-10, 20]}]}],
        [MONTH | {"cells": [CELL | {"band": [80, 110]}]}],
        [MONTH | {"cells": [CELL | {"band": [20, 20]}]}],
        [MONTH | {"cells": [CELL | {"band": [20, 40], "percent": 30}]}],
        [MONTH | {"cells": [CELL, CELL | {"eligible": 31}]}],
        [MONTH | {"period": "2026-13"}],
        [MONTH, MONTH],
    ],
)
def test_what_no_release_can_have_told_is_refused_with_its_metric_and_month(
    tmp_path: Path, months: list[dict[str, object]]
) -> None:
    path = tmp_path / "ledger.json"
    path.write_text(json.dumps({"format": FORMAT, "months": months}), encoding="utf-8")
    ledger, (finding,) = read_ledger(path)
    assert (ledger, finding.family, finding.code, finding.is_error) == (
        *(Ledger(), Family.PRIVACY, "ledger-impossible", True),
    )
    assert all("`chat`" in said and str(months[0]["period"]) in said for said in (finding.what.ja, finding.what.en))


def test_a_damaged_name_is_told_in_one_line_and_says_nothing_to_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    month = MONTH | {"metric": "a\u001b[2J\u202eb", "period": "\n" * 1000}
    path.write_text(json.dumps({"format": FORMAT, "months": [month]}), encoding="utf-8")
    _, (finding,) = read_ledger(path)
    assert "`a\\u001b[2J\\u202eb`" in finding.what.en
    assert finding.what.en.isprintable()
    assert len(finding.what.en) < 300


@pytest.mark.parametrize(
    "cell", [CELL, CELL | {"percent": 0}, CELL | {"percent": 100}, CELL | {"band": [0, 10]}, CELL | {"band": [90, 100]}]
)
def test_all_that_a_release_can_tell_is_taken(tmp_path: Path, cell: dict[str, object]) -> None:
    path = tmp_path / "ledger.json"
    later = MONTH | {"cells": [cell | {"eligible": 31}]}
    path.write_text(json.dumps({"format": FORMAT, "months": [MONTH | {"cells": [cell]}, later]}), encoding="utf-8")
    assert read_ledger(path)[1] == []


def test_a_ledger_that_cannot_be_opened_is_not_taken_for_none(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "ledger.json", tmp_path / "link.json"
    folder.mkdir()
    elsewhere.symlink_to(tmp_path / "a disk that is not there" / "ledger.json")
    for path in (folder, elsewhere):
        assert [finding.code for finding in read_ledger(path)[1]] == ["ledger-unreadable"]
        assert digest_of_ledger(path) != ""
