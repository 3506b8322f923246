"""Every broken site is answered with exactly the sentences its folder expects."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator.model.finding import in_order
from tests.sites.broken_case import CASES, findings_of, prepared, report

CASE_FOLDERS = sorted(folder for folder in CASES.iterdir() if folder.is_dir())


@pytest.mark.parametrize("case", CASE_FOLDERS, ids=lambda case: case.name)
def test_the_site_is_answered_with_the_expected_sentences(case: Path, tmp_path: Path) -> None:
    if (case / "make.py").exists() and sys.platform == "win32":
        pytest.skip("needs files that Windows cannot hold")
    findings = in_order(findings_of(prepared(case, tmp_path)))
    expected = {language: case / f"expected.{language}.txt" for language in ("ja", "en")}
    absent = [(language, file) for language, file in expected.items() if not file.exists()]
    for language, file in absent:
        file.write_text(report(findings, language), encoding="utf-8")
    assert not absent, f"the expected sentences of {case.name} were written from this run: read them, then run again"
    for language, file in expected.items():
        assert report(findings, language) == file.read_text(encoding="utf-8")


def test_there_are_enough_cases_and_each_says_something() -> None:
    assert len(CASE_FOLDERS) >= 30
    assert all((case / "expected.ja.txt").read_text(encoding="utf-8") for case in CASE_FOLDERS)
