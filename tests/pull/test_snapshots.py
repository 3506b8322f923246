"""Snapshots: immutable, whole or not at all; the last good one stands in for a source that fails (fault F26)."""

from __future__ import annotations

import hashlib
import json
import os
import random
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.model.finding import Family, Finding, Place, Severity, Text
from generator.model.snapshot import Snapshot, SnapshotStatus
from generator.pull import note_judgement
from generator.pull.snapshots.store import Meta, Store
from generator.whole_file import GIVEN_UP
from tests.pull.conftest import TODAY, Desk, said

Make = Callable[..., Desk]

GOOD = "メール,日付,件数\na,2026-10-01,3\nb,2026-10-02,0\n"
BROKEN = GOOD + "c,2026-10-03,-1\n"


def test_the_rows_lie_beside_what_is_known_of_them(csv_desk: Make) -> None:
    snapshot = csv_desk(GOOD).snapshot()
    meta = json.loads((snapshot.parquet.parent / "meta.json").read_text("utf-8"))
    assert meta["rows"] == snapshot.rows == 2
    assert meta["watermark"] == "2026-10-02"
    assert meta["sha256"] == snapshot.sha256
    assert meta["status"] == "ok"
    assert meta["schema"] == [["mail", "text"], ["day", "date"], ["count", "integer"]]
    assert snapshot.label == "利用状況"
    assert snapshot.pulled_at == TODAY


def test_only_the_owner_may_read_them(csv_desk: Make) -> None:
    snapshot = csv_desk(GOOD).snapshot()
    folder = snapshot.parquet.parent.parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()} == {0o600}


@pytest.mark.parametrize("is_there", [False, True], ids=["first pull", "folder of a build before"])
def test_they_never_enter_a_repository(is_there: bool, csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    if is_there:
        desk.settings.private.mkdir()
    desk.pull()
    assert (desk.settings.private / ".gitignore").read_text("utf-8") == "*\n"


def test_undeclared_columns_are_stored_nowhere(csv_desk: Make) -> None:
    desk = csv_desk("メール,日付,件数,氏名\na,2026-10-01,3,朝比奈\n", extra="    ignored: [氏名]\n")
    snapshot = desk.snapshot()
    assert "朝比奈".encode() not in b"".join(p.read_bytes() for p in snapshot.parquet.parent.iterdir())


def test_unchanged_files_are_not_read_again(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    first = desk.snapshot()
    desk.now += timedelta(days=1)
    (desk.data / "usage.csv").touch()
    assert desk.snapshot() == first


def test_unchanged_files_are_complained_of_again(csv_desk: Make) -> None:
    desk = csv_desk("メール,日付,件数,部門\na,2026-10-01,3,x\n")
    assert desk.findings() == desk.findings() != []


def test_a_changed_file_of_the_same_size_and_time_is_read(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    first = desk.snapshot()
    path = desk.data / "usage.csv"
    before = path.stat()
    path.write_text(GOOD.replace("3", "4"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert desk.snapshot().sha256 != first.sha256


def test_another_label_is_printed_without_reading_again(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    first = desk.snapshot()
    sources = (desk.data / "sources.yml").read_text("utf-8")
    desk.put("sources.yml", sources.replace("利用状況", "利用の記録"))
    desk.now += timedelta(days=1)
    assert (desk.snapshot().label, desk.snapshot().pulled_at) == ("利用の記録", first.pulled_at)


def test_another_declaration_is_another_reading(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    first = desk.snapshot()
    sources = (desk.data / "sources.yml").read_text("utf-8")
    desk.put("sources.yml", sources.replace("type: integer", "type: number"))
    assert desk.snapshot().sha256 != first.sha256


def test_a_failing_source_keeps_its_last_good_rows(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    good = desk.snapshot()
    desk.put("usage.csv", BROKEN)
    desk.now += timedelta(days=3)
    snapshots, findings = desk.pull()
    stale = snapshots.by_source["usage"]
    assert (stale.status, stale.sha256, stale.pulled_at) == (SnapshotStatus.STALE, good.sha256, good.pulled_at)
    assert stale.failure is not None
    assert stale.failure.code == "negative"
    assert [said(finding) for finding in findings] == [
        "注意 content/data/usage.csv:4 4行目、列 `件数` の値 `-1` は負の数です → `12` のように書いてください",
        (
            "注意 content/data/sources.yml:2 出典 `usage` を取り込めなかったため、2026-11-20 に取り込んだデータを"
            "時点の札を付けて使います → ほかの注意に書かれた問題を直してください"
        ),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("path: usage.csv", "path: new.csv"),
        ("メール: {name: mail", "メールアドレス: {name: mail"),
        ("kind: csv", "kind: parquet"),
    ],
)
def test_rows_of_another_declaration_never_stand_in(before: str, after: str, csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    desk.pull()
    sources = (desk.data / "sources.yml").read_text("utf-8")
    desk.put("new.csv", GOOD.replace("件数", "点"), "cp932")
    reading = "    encoding: utf-8\n    time: day\n" if "parquet" in after else ""
    desk.put("sources.yml", sources.replace(before, after).replace(reading, "    time: day\n" if reading else ""))
    told = (
        "content/data/sources.yml:2 出典 `usage` は、前に取り込んだときから読むもの（`path` や `columns` など）が変わったので、"
        "前のデータは使えません → ほかにエラーがあれば直して `kawaraban pull` で取り込むか、sources.yml を元に戻してください"
    )
    for is_offline in (False, True):
        snapshots, findings = desk.pull(offline=is_offline)
        assert snapshots.by_source == {}
        assert told in [said(finding) for finding in findings]
    desk.put("sources.yml", sources)
    assert desk.snapshot().status is SnapshotStatus.OK


@pytest.mark.parametrize("is_of_earlier_version", [False, True])
def test_rows_that_were_only_read_otherwise_stand_in(is_of_earlier_version: bool, csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    stored = desk.snapshot().parquet.parent
    if is_of_earlier_version:
        meta = json.loads((stored / "meta.json").read_text("utf-8"))
        del meta["origin"]
        (stored / "meta.json").write_text(json.dumps(meta), "utf-8")
        sha256 = hashlib.sha256((stored / "meta.json").read_bytes()).hexdigest()
        (stored.parent / "latest").write_text(f"{stored.name} {sha256}\n", "utf-8")
    sources = (desk.data / "sources.yml").read_text("utf-8")
    desk.put(
        "sources.yml",
        sources.replace("encoding: utf-8", "encoding: utf-16").replace("type: date", "type: date, format: YYYY/M/D"),
    )
    assert desk.pull()[0].by_source["usage"].status is SnapshotStatus.STALE


def test_a_source_that_vanished_keeps_its_last_good_rows(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    desk.pull()
    (desk.data / "usage.csv").unlink()
    assert desk.pull()[0].by_source["usage"].status is SnapshotStatus.STALE


def test_a_failing_source_without_any_good_rows_is_an_error(csv_desk: Make) -> None:
    snapshots, findings = csv_desk(BROKEN).pull()
    assert snapshots.by_source == {}
    assert snapshots.without_rows == {"usage"}
    assert [finding.is_error for finding in findings] == [True]


def judged(desk: Desk, code: str = "") -> Snapshot:
    """Pull, and judge what the figures said: nothing, or a finding of this code."""
    snapshots, pulled = desk.pull()
    text = Text("", "")
    severity = Severity.WARNING if code == "mostly-unmatched" else Severity.ERROR
    measured = [Finding(Family.DATA, code, Place("metrics.yml"), text, text, severity)] if code else []
    note_judgement(desk.settings, snapshots, pulled, measured)
    return snapshots.by_source["usage"]


ROW = "c,2026-10-03,{}\n"


def test_rows_that_figures_were_refused_for_never_stand_in(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    good = judged(desk)
    for number in range(4):  # more than the snapshots that are kept anyway
        desk.now += timedelta(hours=1)
        desk.put("usage.csv", GOOD + ROW.format(number))
        judged(desk, "unknown-department")
    desk.put("usage.csv", BROKEN)
    stale = judged(desk)
    assert (stale.status, stale.sha256, stale.pulled_at) == (SnapshotStatus.STALE, good.sha256, good.pulled_at)
    assert judged(desk).sha256 == good.sha256, "old rows tell nothing of the new ones"


def test_refused_rows_without_any_before_leave_an_error(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    judged(desk, "nobody-matched")
    desk.put("usage.csv", BROKEN)
    snapshots, findings = desk.pull()
    assert (snapshots.by_source, [finding.is_error for finding in findings]) == ({}, [True])


def test_refused_rows_stand_in_once_what_was_wrong_elsewhere_is_mended(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    judged(desk)
    desk.now += timedelta(hours=1)
    desk.put("usage.csv", GOOD + ROW.format(1))
    judged(desk, "unknown-department")
    newest = judged(desk)
    desk.put("usage.csv", BROKEN)
    assert judged(desk).sha256 == newest.sha256


def test_accepted_rows_stand_in_also_after_something_else_went_wrong(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    good = judged(desk)
    judged(desk, "unknown-department")  # departments.csv was changed
    desk.put("usage.csv", BROKEN)
    assert judged(desk).sha256 == good.sha256


def test_doubtful_rows_stand_in_only_where_none_were_accepted(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    doubtful = judged(desk, "mostly-unmatched")
    desk.put("usage.csv", BROKEN)
    assert judged(desk).sha256 == doubtful.sha256

    desk.now += timedelta(hours=1)
    desk.put("usage.csv", GOOD + ROW.format(1))
    good = judged(desk)
    desk.now += timedelta(hours=1)
    desk.put("usage.csv", GOOD + ROW.format(2))
    judged(desk, "mostly-unmatched")
    desk.put("usage.csv", BROKEN)
    assert judged(desk).sha256 == good.sha256


@pytest.mark.parametrize("code", ["unknown-key", ""])
def test_rows_that_nobody_judged_stand_in(code: str, csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    judged(desk)
    desk.now += timedelta(hours=1)
    desk.put("usage.csv", GOOD + ROW.format(1))
    unjudged = judged(desk, code) if code else desk.snapshot()
    desk.put("usage.csv", BROKEN)
    assert judged(desk).sha256 == unjudged.sha256


def test_a_mended_source_is_fresh_again(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    desk.pull()
    desk.put("usage.csv", BROKEN)
    desk.pull()
    desk.put("usage.csv", BROKEN.replace(",-1", ",1"))
    assert desk.snapshot().status is SnapshotStatus.OK


def test_offline_touches_no_source(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    online = desk.snapshot()
    desk.put("usage.csv", BROKEN)
    snapshots, findings = desk.pull(offline=True)
    assert (snapshots.by_source["usage"], findings) == (online, [])


def test_offline_without_a_snapshot_is_an_error(csv_desk: Make) -> None:
    _, findings = csv_desk(GOOD).pull(offline=True)
    assert [said(finding) for finding in findings] == [
        (
            "content/data/sources.yml:2 出典 `usage` に使える取り込み済みデータがありません"
            " → `--offline` を付けずに一度取り込んでください"
        )
    ]


@pytest.mark.parametrize("part", ["part.parquet", "meta.json"])
def test_f26_a_flipped_bit_is_noticed_and_the_source_read_again(csv_desk: Make, part: str) -> None:
    desk = csv_desk(GOOD)
    snapshot = desk.snapshot()
    path = snapshot.parquet.parent / part
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    snapshots, findings = desk.pull()
    assert [said(finding) for finding in findings] == [
        (
            "注意 content/data/sources.yml:2 出典 `usage` の取り込み済みデータが壊れているため、使いません"
            " → 繰り返すようなら、ディスクを確かめてください"
        )
    ]
    assert snapshots.by_source["usage"].sha256 == snapshot.sha256
    assert desk.findings() == []


def test_f26_damaged_rows_without_a_source_are_an_error(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    desk.snapshot().parquet.write_bytes(b"")
    assert [finding.code for finding in desk.pull(offline=True)[1]] == ["no-snapshot"]
    (desk.data / "usage.csv").unlink()
    snapshots, findings = desk.pull()
    assert snapshots.by_source == {}
    assert [finding.code for finding in findings if finding.is_error] == ["no-file"]


def test_f23_a_number_of_rows_that_halves_is_a_warning(csv_desk: Make) -> None:
    desk = csv_desk(GOOD + "".join(f"x{n},2026-10-03,1\n" for n in range(10)))
    desk.pull()
    desk.put("usage.csv", GOOD)
    assert desk.findings() == [
        "注意 content/data/sources.yml:2 行数が12から2に変わりました → 書き出しの範囲が変わっていないか確かめてください"
    ]


def test_old_snapshots_do_not_pile_up(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    for number in range(5):
        desk.now += timedelta(hours=1)
        desk.put("usage.csv", f"{GOOD}c,2026-10-03,{number}\n")
        newest = desk.snapshot()
    names = sorted(path.name for path in newest.parquet.parent.parent.iterdir())
    assert len(names) == 3
    assert newest.parquet.parent.name == names[1]
    assert names[2] == "latest"


@pytest.mark.parametrize("name", [".growing-x/part.parquet", ".workshop-x/rows", ".latest-x"])
def test_rows_of_a_pull_that_was_killed_go_with_a_later_one(name: str, csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    folder = desk.snapshot().parquet.parent.parent
    begun = folder / name
    begun.parent.mkdir(exist_ok=True)
    begun.write_text("rows", "utf-8")
    desk.put("usage.csv", f"{GOOD}c,2026-10-03,1\n")
    desk.snapshot()
    assert begun.exists(), "another process may be at it"
    top = folder / Path(name).parts[0]
    long_ago = top.stat().st_mtime - 2 * GIVEN_UP
    os.utime(top, (long_ago, long_ago))
    desk.now += timedelta(hours=1)
    desk.put("usage.csv", f"{GOOD}c,2026-10-03,2\n")
    desk.snapshot()
    assert not top.exists()


def test_f49_a_full_disk_leaves_the_last_snapshot_standing(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    good = desk.snapshot()
    store = Store(desk.settings.private, "usage")

    def fill_the_disk(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    def never(sha256: str) -> Meta:
        raise AssertionError(sha256)

    with pytest.raises(OSError, match="No space left"):
        store.add(fill_the_disk, never)
    assert desk.pull(offline=True)[0].by_source["usage"].sha256 == good.sha256
    assert not [path for path in store.folder.iterdir() if path.name.startswith(".")]


def test_f49_rows_that_cannot_be_stored_are_told(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    desk.settings.private.mkdir()
    (desk.settings.private / "snapshots").write_text("a file where a folder must be", "utf-8")
    (finding,) = desk.findings()
    assert "取り込んだデータを `.kawaraban/snapshots/usage` に保存できません" in finding
    assert finding.endswith("空き容量と書き込みの権限を確かめてください")


RECORDS = st.lists(
    st.tuples(st.text("abcあ𠮷", min_size=1, max_size=3), st.integers(1, 28), st.integers(0, 99)),
    min_size=1,
    max_size=30,
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=RECORDS, seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_no_byte(
    tmp_path_factory: pytest.TempPathFactory, records: list[tuple[str, int, int]], seed: random.Random
) -> None:
    shuffled = list(records)
    seed.shuffle(shuffled)
    digests = set()
    for header, rows in (("メール,日付,件数", records), ("件数,日付,メール", shuffled)):
        lines = [(name, f"2026-10-{day:02}", str(count)) for name, day, count in rows]
        lines = lines if header.startswith("メ") else [(c, b, a) for a, b, c in lines]
        desk = Desk(tmp_path_factory.mktemp("desk"), now=datetime(2026, 11, 20, tzinfo=UTC))
        desk.put("usage.csv", "\n".join([header, *map(",".join, lines), ""]))
        desk.put(
            "sources.yml",
            "sources:\n  usage:\n    kind: csv\n    label: x\n    path: usage.csv\n    encoding: utf-8\n    columns:\n"
            "      メール: {name: mail, type: text}\n      日付: {name: day, type: date}\n"
            "      件数: {name: count, type: integer}\n",
        )
        digests.add(desk.snapshot().sha256)
    assert len(digests) == 1
