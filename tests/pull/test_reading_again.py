"""Files that the last snapshot was made from are not read again, and nobody can tell from what a pull gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.effects import Effects, Quiet
from generator.model.finding import Text
from generator.model.snapshot import SnapshotStatus
from generator.pull import pull
from generator.pull.pieces import Piece
from generator.pull.snapshots.store import Meta
from tests.pull.conftest import Desk, said

T = TypeVar("T")

SOURCE = """\
sources:
  usage:
    kind: csv
    label: 利用状況
    path: exports/*.csv
    encoding: utf-8
    time: day
    columns:
      メール: {name: mail, type: text}
      日付: {name: day, type: date, optional: true}
      件数: {name: count, type: integer}
"""
RULES = {
    "no key": "",
    "the day in the key": "    key: [mail, day]\n",
    "the latest of a day": "    key: [mail, day]\n    on_duplicate: latest\n    latest_by: count\n",
    "the latest of all": "    key: [mail]\n    on_duplicate: latest\n    latest_by: count\n",
}
SEPTEMBER = "メール,日付,件数\na,2026-09-30,3\n"
OCTOBER = "メール,日付,件数\na,2026-10-31,4\n"
TEAMS = """\
sources:
  usage:
    kind: teams_user_activity
    label: Teams
    path: exports/*.csv
    columns: [is_deleted]
"""


def csv(rows: list[tuple[str, str, int]], more: str) -> str:
    """An export; `more` is the header of a column that nobody declared."""
    lines = [",".join((mail, day, str(count), *(["x"] if more else []))) for mail, day, count in rows]
    return "\n".join([",".join(("メール", "日付", "件数", *([more] if more else []))), *lines, ""])


DAYS = ("2026-09-30", "2026-10-01", "2026-10-02", "")
ROWS = st.lists(st.tuples(st.sampled_from("abA"), st.sampled_from(DAYS), st.integers(-1, 20)), max_size=4)
EXPORTS = st.builds(csv, ROWS, st.sampled_from(("", "", "部門")))
EDITS = st.dictionaries(st.sampled_from(("1.csv", "2.csv", "3.csv")), st.none() | EXPORTS, min_size=1)
"""What becomes of the exports between two pulls: new contents, or none any more."""


def lay_out(desk: Desk, sources: str, exports: dict[str, str]) -> None:
    desk.put("sources.yml", sources)
    for path in (desk.data / "exports").glob("*"):
        path.unlink()
    for name, text in exports.items():
        desk.put(f"exports/{name}", text)


def told(desk: Desk) -> tuple[object, ...] | None:
    """All that a good pull gives, except when and where it was; None for one that failed."""
    snapshots, findings = desk.pull()
    snapshot = snapshots.by_source.get("usage")
    if snapshot is None or snapshot.status is SnapshotStatus.STALE:
        return None
    # How many rows there are is compared with the last pull, of which a first one knows nothing.
    sentences = [said(finding) for finding in findings if finding.code != "row-count"]
    meta = Meta.from_json((snapshot.parquet.parent / "meta.json").read_text("utf-8"))
    return sentences, snapshot.sha256, snapshot.rows, snapshot.watermark, meta.parts


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules=st.sampled_from(sorted(RULES)), edits=st.lists(EDITS, min_size=2, max_size=4))
@example(rules="the latest of all", edits=[{"1.csv": SEPTEMBER}, {"2.csv": OCTOBER}])
def test_a_pull_gives_what_a_first_pull_would(
    tmp_path_factory: pytest.TempPathFactory, rules: str, edits: list[dict[str, str | None]]
) -> None:
    desk, exports = Desk(tmp_path_factory.mktemp("desk")), dict[str, str]()
    (desk.data / "exports").mkdir(parents=True)
    for edit in edits:
        exports = {name: text for name, text in (exports | edit).items() if text is not None}
        first = Desk(tmp_path_factory.mktemp("first"))
        (first.data / "exports").mkdir(parents=True)
        for each in (desk, first):
            lay_out(each, SOURCE + RULES[rules], exports)
        assert told(desk) == told(first)


@dataclass
class Noting(Quiet):
    """Progress that notes through what it goes."""

    noted: list[object] = field(default_factory=list)

    def track(self, items: Iterable[T], title: Text, total: int) -> Iterator[T]:
        for item in super().track(items, title, total):
            self.noted.append(item)
            yield item


def test_a_new_month_is_read_without_the_months_before(desk: Desk) -> None:
    lay_out(desk, SOURCE + RULES["the day in the key"], {"2026-09.csv": SEPTEMBER})
    desk.pull()
    desk.put("exports/2026-10.csv", OCTOBER)
    progress = Noting()
    pull(desk.settings, Effects(clock=lambda: desk.now, progress=progress))
    assert [piece.name for piece in progress.noted if isinstance(piece, Piece)] == ["content/data/exports/2026-10.csv"]
    assert len(desk.rows()) == 2


def test_a_snapshot_that_is_damaged_is_made_of_all_files_again(desk: Desk) -> None:
    lay_out(desk, SOURCE, {"2026-09.csv": SEPTEMBER})
    desk.snapshot().parquet.write_bytes(b"PAR1")
    desk.put("exports/2026-10.csv", OCTOBER)
    (finding,) = desk.findings()
    assert "壊れているため、使いません" in finding
    assert len(desk.rows()) == 2


def test_names_concealed_in_all_files_that_are_left_are_told(desk: Desk) -> None:
    header = "Report Refresh Date,User Id,User Principal Name,Is Deleted,Report Period\n"
    concealed = f"{header}2026-09-30,1,{'a' * 32},False,30\n"
    plain = f"{header}2026-10-31,2,ishikawa@asahino.example,False,30\n"
    lay_out(desk, TEAMS, {"2026-09.csv": concealed, "2026-10.csv": plain})
    assert desk.findings() == []
    (desk.data / "exports" / "2026-10.csv").unlink()
    assert "利用者名がすべて匿名化されている" in desk.findings()[0]
