"""departments.csv: what would be two things at one place, or half a row, is told at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.declared.departments import COLUMNS, read_departments


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ("sales,営業部,,2016-04-01,9999-12-31,,1", []),
        ("sales,営業部,,2016-04-01,9999-12-31,legal,1\nlegal,法務室,,2016-04-01,,,2", ["bad-successor"]),
        ("sales,営業部,,2016-04-01,,,1\nSales,第二営業部,,2016-04-01,,,2", ["bad-department-id"]),
        ("sales,営業,企画部,,2016-04-01,,,1", ["row-length"]),
    ],
    ids=["open until 9999", "successor after 9999", "differ in case", "comma in a name"],
)
def test_a_row_is_a_department_or_told(tmp_path: Path, rows: str, codes: list[str]) -> None:
    file = tmp_path / "departments.csv"
    file.write_text(f"{','.join(COLUMNS)}\n{rows}\n", "utf-8")
    assert [finding.code for finding in read_departments(file, "departments.csv")[1]] == codes
