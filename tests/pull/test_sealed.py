"""People's rows at rest: with a key, nothing in the private folder can be read without it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from generator.cache.sealed import KEY_BYTES
from generator.measure.warehouse import Warehouse
from generator.model.snapshot import SnapshotStatus
from generator.settings import Options, Settings
from tests.pull.conftest import Desk

Make = Callable[..., Desk]
ROWS = "メール,日付,件数\nsomebody@example.co.jp,2026-10-01,3\nsomeone-else@example.co.jp,2026-10-02,0\n"
KEYS = [base64.b64encode(bytes([number]) * KEY_BYTES).decode() for number in (1, 2)]


@dataclass
class SealedDesk(Desk):
    """A desk whose settings name a key."""

    variable: str | None = "ROWS_KEY"

    @property
    def settings(self) -> Settings:
        return super().settings.model_copy(update={"options": Options(private_key_env=self.variable)})


@pytest.fixture
def sealed(csv_desk: Make) -> SealedDesk:
    return SealedDesk(csv_desk(ROWS).root, environ={"ROWS_KEY": KEYS[0]})


def private(desk: Desk) -> bytes:
    """Everything in the private folder."""
    return b"".join(path.read_bytes() for path in sorted(desk.settings.private.rglob("*")) if path.is_file())


def rows(desk: Desk) -> list[tuple[object, ...]]:
    """The rows as figures are counted from them."""
    with Warehouse(desk.pull()[0].by_source.values()) as warehouse:
        return warehouse.query("SELECT mail, count FROM usage ORDER BY ALL")


def test_nobody_reads_them_without_the_key_and_figures_come_with_it(sealed: SealedDesk) -> None:
    assert rows(sealed) == [("somebody@example.co.jp", 3), ("someone-else@example.co.jp", 0)]
    stored = private(sealed)
    assert b"example.co.jp" not in stored
    assert b"PAR1" not in stored
    assert KEYS[0].encode() not in stored


def test_the_same_rows_give_the_same_bytes(sealed: SealedDesk) -> None:
    first = sealed.snapshot()
    (sealed.settings.private / "snapshots" / "usage" / "latest").unlink()
    assert sealed.snapshot().sha256 == first.sha256


def test_rows_that_lay_open_are_sealed_by_the_next_pull(sealed: SealedDesk) -> None:
    sealed.variable = None
    sealed.snapshot()
    assert b"PAR1" in private(sealed)
    sealed.variable = "ROWS_KEY"
    assert len(rows(sealed)) == 2
    assert b"PAR1" not in private(sealed)


def test_a_large_file_that_lay_open_is_sealed_by_the_next_pull(sealed: SealedDesk) -> None:
    lines = (f"e{number:07d}@example.co.jp,2026-10-{number % 28 + 1:02d},1\n" for number in range(32_000))
    sealed.put("usage.csv", ROWS + "".join(lines))
    sealed.variable = None
    assert len(sealed.snapshot().more) == 1
    sealed.variable = "ROWS_KEY"
    assert len(rows(sealed)) == 32_002
    assert b"PAR1" not in private(sealed)


def test_a_new_part_is_sealed_with_those_before(sealed: SealedDesk) -> None:
    declared = (sealed.data / "sources.yml").read_text("utf-8")
    sealed.put(
        "sources.yml",
        declared.replace("usage.csv", "days/*.csv").replace("time: day", "time: day\n    key: [mail, day]"),
    )
    sealed.put("days/1.csv", ROWS)
    sealed.snapshot()
    sealed.put("days/2.csv", ROWS.replace("2026-10", "2026-11"))
    assert len(rows(sealed)) == 4
    assert b"PAR1" not in private(sealed)


@pytest.mark.parametrize("offline", [False, True])
def test_another_key_opens_nothing_and_deletes_nothing(sealed: SealedDesk, offline: bool) -> None:
    sealed.snapshot()
    stored = private(sealed)
    for variable, key in (("ROWS_KEY", KEYS[1]), (None, KEYS[0])):
        sealed.variable, sealed.environ["ROWS_KEY"] = variable, key
        snapshots, findings = sealed.pull(offline=offline)
        assert (snapshots.by_source, [finding.code for finding in findings]) == ({}, ["other-key"])
    assert private(sealed) == stored
    sealed.variable, sealed.environ["ROWS_KEY"] = "ROWS_KEY", KEYS[0]
    assert sealed.pull(offline=offline)[0].by_source["usage"].status is SnapshotStatus.OK


@pytest.mark.parametrize("key", ["", "c2hvcnQ=", "no base64!", "鍵" * 64, KEYS[0] + "\n"])
def test_a_key_that_is_none_is_told_and_never_repeated(sealed: SealedDesk, key: str) -> None:
    sealed.environ["ROWS_KEY"] = key
    snapshots, findings = sealed.pull()
    assert [finding.code for finding in findings] == ["bad-key"]
    assert snapshots.without_rows == {"usage"}
    assert not key or key not in repr(findings)


def test_a_snapshot_does_not_show_its_key(sealed: SealedDesk) -> None:
    snapshot = sealed.snapshot()
    assert snapshot.key is not None
    assert repr(snapshot.key) not in repr(snapshot)
