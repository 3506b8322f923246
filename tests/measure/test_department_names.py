"""Ids and names of departments end up in addresses and on pages: what could do harm there is refused."""

from pathlib import Path

import pytest

from generator.declared.departments import read_departments

HEADER = "department_id,name,parent_id,valid_from,valid_to,successor_id,order\n"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("../../../content,外,,2016-04-01,,,9", "data/bad-department-id"),
        ("a/b,外,,2016-04-01,,,9", "data/bad-department-id"),
        (f"{'a' * 61},外,,2016-04-01,,,9", "data/bad-department-id"),
        ("a,外\u202e,,2016-04-01,,,9", "data/unseen-character"),
        ("a,\U0010f0010\U0010f002,,2016-04-01,,,9", "data/unseen-character"),
        (f"a,外,,2016-04-01,,,{'9' * 5000}", "data/not-number"),
        ("a,外,,2016-04-01,,,１", "data/not-number"),
    ],
)
def test_a_department_that_could_do_harm_is_refused_on_its_line(row: str, code: str, tmp_path: Path) -> None:
    file = tmp_path / "departments.csv"
    file.write_text(HEADER + row + "\n", encoding="utf-8")
    organisation, findings = read_departments(file, "content/data/departments.csv")
    assert [(finding.name, finding.place.line) for finding in findings] == [(code, 2)]
    assert organisation.departments == ()
