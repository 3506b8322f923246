"""Large files are converted by DuckDB; nobody can tell from what a pull gives."""

from __future__ import annotations

import hashlib
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.model.snapshot import Snapshot, SnapshotStatus
from generator.pull.bulk import LEAST, Unusual, convert
from generator.pull.files import InputFile
from generator.pull.kinds.csv_file import CsvSource
from generator.pull.kinds.parquet_file import ParquetSource
from generator.pull.problems import Problems
from generator.pull.source import FileSource
from generator.pull.table import Table
from tests.pull.conftest import Desk, said

TOKYO = ZoneInfo("Asia/Tokyo")
COLUMNS: dict[str, dict[str, object]] = {
    "text": {"name": "mail", "type": "text"},
    "note": {"name": "note", "type": "text", "optional": True},
    "kind": {"name": "kind", "type": "text", "values": ["a", "b'c"], "optional": True},
    "whole": {"name": "whole", "type": "integer", "optional": True},
    "share": {"name": "share", "type": "number", "optional": True},
    "day": {"name": "day", "type": "date"},
    "month": {"name": "month", "type": "month", "optional": True},
    "truth": {"name": "truth", "type": "boolean", "optional": True},
}
USUAL = {
    "text": ["a@x", "A@x", "社員 1", "b", "ß", "ss", "Ａ"],
    "note": ["", "x y", "'", "\\"],
    "kind": ["", "a", "b'c"],
    "whole": ["", "0", "012", "999999999999"],
    "share": ["", "0.1", "3", "00.5"],
    "day": ["2026-10-01", "2026-10-02", "2024-02-29"],
    "month": ["", "2026-02", "2024-02"],
    "truth": ["", "True", "no", "YES"],
}
ODD = [
    *(" ", " 5", "5 ", "\u30005", "5\u00a0", "-1", "+1", "1e3", "5.0", "5.", ".5", "1000000000001", "９", "nan"),
    *("2026-1-1", "2026-02-30", "0000-01-01", "1989-12-31", "2026/10/01", "2026-10-01T00:00:00Z", "2026-13", "0000-01"),
    *('"', '"a"', 'a"b', '"a\nb"', ' "a"', "\0", "\x1c", "\t", "a\rb", "\x0b", "Tru", "1", "a,b", "\ufeff", "C"),
]


@st.composite
def files(draw: st.DrawFn) -> str:
    """A file that is usual but for a cell or two, or for how its lines end."""
    rows = draw(st.lists(st.tuples(*(st.sampled_from(cells) for cells in USUAL.values())).map(list), max_size=4))
    for _ in range(draw(st.integers(0, 2)) if rows else 0):
        draw(st.sampled_from(rows))[draw(st.integers(0, len(USUAL) - 1))] = draw(st.sampled_from(ODD))
    header = draw(st.permutations(range(len(USUAL) + 1)))
    names = [*USUAL, draw(st.sampled_from(["unwanted", "more", "", " text"]))]
    lines = [[names[n] for n in header], *([[*row, "z"][n] for n in header] for row in rows)]
    if draw(st.booleans()):
        lines.insert(draw(st.integers(1, len(lines))), draw(st.sampled_from([[""] * len(names), [""], ["x"]])))
    line_break = draw(st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"]))
    end = draw(st.sampled_from([line_break, line_break, "", "\n"]))
    return draw(st.sampled_from(["", "\ufeff"])) + line_break.join(",".join(line) for line in lines) + end


def converted(source: FileSource, path: Path, target: Path) -> tuple[list[object], list[str]] | None:
    """Rows and findings of the fast way; None when it leaves the file to the row reader."""
    file = InputFile(path, "f", hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size)
    try:
        found = convert(source.cells(file), source.reads, source.rules, target)
    except Unusual:
        return None
    rows: list[object] = list(duckdb.execute("FROM read_parquet(?)", [str(target)]).fetchall())
    assert len(rows) == found.rows
    days = [day for (day,) in duckdb.execute("SELECT DISTINCT day FROM read_parquet(?)", [str(target)]).fetchall()]
    assert sorted(found.days, key=str) == sorted(days, key=str)
    return rows, [said(finding) for finding in found.findings]


def read(source: FileSource, path: Path) -> tuple[list[object], list[str]] | None:
    """Rows and findings of the row reader; None when it finds an error."""
    problems, table = Problems("f"), Table(source.reads, TOKYO)
    file = InputFile(path, "f", hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size)
    table.add(list(source.rows(file, problems)), problems)
    table.settle(source.rules, problems)
    if problems.has_errors:
        return None
    return list(zip(*table.values, strict=True)), [said(finding) for finding in problems.findings()]


def csv_source(key: list[str]) -> CsvSource:
    declared = {
        "kind": "csv",
        "label": "x",
        "path": "x",
        "encoding": "utf-8",
        "columns": COLUMNS,
        "ignored": ["unwanted"],
    }
    return CsvSource.model_validate({**declared, "time": "day", "key": key})


@settings(max_examples=100)
@given(text=files(), key=st.sampled_from([[], ["mail", "day"], ["mail"]]))
@example(
    text="text,note,kind,whole,share,day,month,truth\nß,,,,,2026-10-01,,\nss,,,,,2026-10-01,,\n", key=["mail", "day"]
)
@example(
    text="text,note,kind,whole,share,day,month,truth\na@x,,,,,2026-10-01,0000-01,\n", key=[]
)  # Python has no year 0
def test_what_is_converted_is_what_the_row_reader_reads(
    tmp_path_factory: pytest.TempPathFactory, text: str, key: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("bulk")
    (folder / "f.csv").write_bytes(text.encode())
    source = csv_source(key)
    fast = converted(source, folder / "f.csv", folder / "f.parquet")
    assert fast is None or fast == read(source, folder / "f.csv")


def test_a_usual_file_is_converted(tmp_path: Path) -> None:
    lines = [",".join(USUAL), *(",".join(cells[n % len(cells)] for cells in USUAL.values()) for n in range(4))]
    (tmp_path / "f.csv").write_text("\r\n".join([*lines, ""]), "utf-8", newline="")
    assert converted(csv_source(["mail", "day"]), tmp_path / "f.csv", tmp_path / "f.parquet") is not None


@pytest.mark.parametrize(
    "odd",
    [
        *("mail: 5", "mail: ' a'", "mail: ''", "mail: NULL", "whole: -1", "whole: 2.5", "whole: '3'", "share: -0.5"),
        *(
            "share: 'nan'::DOUBLE",
            "day: TIMESTAMP '2026-10-01 12:00:00'",
            "day: '2026-10-01'",
            "day: DATE '1989-12-31'",
        ),
        *("truth: 1", "kind: 'c'"),
    ],
)
@pytest.mark.parametrize("key", [[], ["mail", "day"]])
def test_parquet_is_converted_as_the_row_reader_reads_it(tmp_path: Path, odd: str, key: list[str]) -> None:
    usual = {"mail": "'a'", "note": "NULL::TEXT", "kind": "'a'", "whole": "5", "share": "0.5::DOUBLE"}
    usual |= {"day": "DATE '2026-10-01'", "month": "DATE '2026-10-15'", "truth": "true"}
    columns = {str(column["name"]): column for column in COLUMNS.values()}
    declared = {"kind": "parquet", "label": "x", "path": "x", "time": "day", "key": key, "columns": columns}
    source = ParquetSource.model_validate(declared)
    name, value = odd.split(": ", 1)
    path = tmp_path / "f.parquet"
    for cells, is_usual in ((usual, True), ({**usual, name: value}, False)):
        listed = ", ".join(f"{cell} AS {column}" for column, cell in cells.items())
        duckdb.execute(f"COPY (SELECT {listed}) TO '{path}'")
        fast, slow = converted(source, path, tmp_path / "t.parquet"), read(source, path)
        assert fast == slow if is_usual else fast in (None, slow)


def large(month: str, *, more: str = "") -> str:
    """An export of more than a megabyte."""
    rows = "".join(f"e{n:07d}@example.co.jp,2026-{month}-{n % 28 + 1:02d},{n % 9}\n" for n in range(32_000))
    return "メール,日付,件数\n" + rows + more


SOURCE = """\
sources:
  usage:
    kind: csv
    label: 利用状況
    path: exports/*.csv
    encoding: utf-8
    time: day
    key: [mail, day]
    columns:
      メール: {name: mail, type: text}
      日付: {name: day, type: date}
      件数: {name: count, type: integer}
"""


def rows_of(snapshot: Snapshot) -> int:
    return len(duckdb.execute("FROM read_parquet(?)", [snapshot.files(str(snapshot.parquet))]).fetchall())


def test_a_large_file_stands_beside_small_ones_and_is_not_written_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.put("sources.yml", SOURCE)
    assert desk.put("exports/09.csv", large("09")).stat().st_size > LEAST
    desk.put("exports/08.csv", "メール,日付,件数\na,2026-08-01,1\n")
    first = desk.pull()[0].by_source["usage"]
    assert (first.rows, rows_of(first), len(first.more)) == (32_001, 32_001, 1)
    desk.put("exports/10.csv", large("10"))
    second, findings = desk.pull()
    snapshot = second.by_source["usage"]
    assert findings == []
    assert (snapshot.rows, rows_of(snapshot), len(snapshot.more)) == (64_001, 64_001, 2)
    assert first.more[0].stat().st_ino in {path.stat().st_ino for path in snapshot.more}
    assert str(snapshot.watermark) == "2026-10-28"
    fresh = Desk(tmp_path / "fresh")
    for path in desk.data.rglob("*.*"):
        fresh.put(str(path.relative_to(desk.data)), path.read_bytes())
    assert fresh.pull()[0].by_source["usage"].sha256 == snapshot.sha256


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("a@x,2026-10-01,x\n", "not-number"),
        ("a@x,2026-10-01\n", "row-length"),
        ("e0000000@EXAMPLE.co.jp,2026-10-01,3\n", "duplicate-rows"),
        ("e0000000@EXAMPLE.co.jp,2026-09-01,3\n", "duplicate-rows"),
    ],
)
def test_what_is_wrong_in_a_large_file_is_said_at_its_row(tmp_path: Path, more: str, code: str) -> None:
    desk = Desk(tmp_path)
    desk.put("sources.yml", SOURCE)
    desk.put("exports/09.csv", large("09"))
    desk.put("exports/10.csv", large("10", more=more))
    snapshots, findings = desk.pull()
    assert snapshots.by_source == {}
    assert [finding.code for finding in findings] == [code]
    assert "32002" in findings[0].what.ja


def test_a_changed_large_file_of_a_snapshot_is_noticed(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.put("sources.yml", SOURCE)
    desk.put("exports/10.csv", large("10"))
    (kept,) = desk.pull()[0].by_source["usage"].more
    kept.write_bytes(kept.read_bytes()[:-1] + b"\0")
    snapshots, findings = desk.pull()
    assert [finding.code for finding in findings] == ["damaged-snapshot"]
    assert snapshots.by_source["usage"].status is SnapshotStatus.OK
