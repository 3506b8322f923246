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
        ("sales,営業部,,2016/4/1,2016/12/31,,1\nlegal,法務室,,2016-4-01,,,2", []),
        ("sales,営業部,,2016/2/30,,,1\nlegal,法務室,,4/1/2016,,,2\nit,情シス,,16/4/1,,,3", ["bad-date"] * 3),
        ("sales,営業,企画部,,2016-04-01,,,1", ["row-length"]),
    ],
    ids=[
        *("open until 9999", "successor after 9999", "differ in case", "days as Excel writes them"),
        *("no day or not its year first", "comma in a name"),
    ],
)
def test_a_row_is_a_department_or_told(tmp_path: Path, rows: str, codes: list[str]) -> None:
    file = tmp_path / "departments.csv"
    file.write_text(f"{','.join(COLUMNS)}\n{rows}\n", "utf-8")
    assert [finding.code for finding in read_departments(file, "departments.csv")[1]] == codes


ALL = "`department_id`, `name`, `parent_id`, `valid_from`, `valid_to`, `successor_id`, `order`"


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (
            "部署ID,部署名,親,開始,終了,後継,順",
            f"見出しの行に {ALL} がなく、使わない列 `部署ID`, `部署名`, `親`, `開始`, `終了`, `後継`, `順` があります",
        ),
        (f"{','.join(COLUMNS)},備考", "見出しの行に、使わない列 `備考` があります"),
        (
            "",
            f"見出しの行に {ALL} がありません",
        ),
    ],
    ids=["translated", "one too many", "nothing"],
)
def test_wrong_headings_are_one_mistake(tmp_path: Path, header: str, said: str) -> None:
    file = tmp_path / "departments.csv"
    file.write_text(f"{header}\nsales,営業部,,2016-04-01,,,1\n", "utf-8")
    (finding,) = read_departments(file, "departments.csv")[1]
    assert (finding.what.ja, finding.remedy.ja) == (said, f"見出しを `{','.join(COLUMNS)}` にしてください")
