"""A file beside those of a source that is left out for its suffix is told: nobody should wait for its month."""

from __future__ import annotations

import sys

import pytest

from tests.pull.conftest import Desk

SOURCES = """
sources:
  usage:
    kind: csv
    label: 利用状況
    path: tool/*.csv
    encoding: utf-8
    columns:
      件数: {name: count, type: integer}
"""
WARNING = (
    "注意 content/data/tool/2026-11.xlsx このファイルは読まれません（`path` に当たるのは `.csv` だけです）"
    " → 読むなら、ほかのファイルと同じ `.csv` の形で保存し直してください。読まないなら、別のフォルダーに移してください"
)


@pytest.fixture
def tool(desk: Desk) -> Desk:
    desk.put("sources.yml", SOURCES)
    desk.put("tool/2026-10.csv", "件数\n1\n")
    return desk


def test_a_month_saved_as_excel_among_csv_files_is_told(tool: Desk) -> None:
    tool.put("tool/2026-11.xlsx", b"PK")
    assert tool.findings() == [WARNING]
    assert tool.findings() == [WARNING]  # nothing was read anew


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere `*.csv` finds `.CSV` too")
@pytest.mark.parametrize("suffix", [".CSV", ".XLSX"])
def test_a_month_whose_suffix_is_in_capitals_is_told(suffix: str, tool: Desk) -> None:
    tool.put(f"tool/2026-11{suffix}", b"PK")
    assert tool.findings() == [WARNING.replace("2026-11.xlsx", f"2026-11{suffix}")]


def test_the_workbook_that_an_export_was_saved_from_may_lie_beside_it(tool: Desk) -> None:
    tool.put("tool/2026-10.xlsx", b"PK")
    tool.put("tool/notes.txt", "何でもない")
    assert tool.findings() == []


def test_what_another_source_reads_is_not_left_out(tool: Desk) -> None:
    tool.put("tool/2026-11.parquet", b"no table")
    tool.put(
        "sources.yml", SOURCES + SOURCES.split("sources:\n")[1].replace("usage", "other").replace(".csv", ".parquet")
    )
    assert not any("このファイルは読まれません" in finding for finding in tool.findings())


def test_nobody_looks_outside_the_folder_of_data(tool: Desk) -> None:
    tool.put("sources.yml", SOURCES.replace("tool/", "tool/../../"))
    tool.put("../secret.xlsx", b"PK")
    assert not any("secret" in finding for finding in tool.findings())
