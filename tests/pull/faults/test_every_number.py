"""No fault of the model is forgotten: each of F1 to F28 is named by a test, or by the reason why pulling has none."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[2]
ELSEWHERE = {
    "F28": "a clock that is wrong: `kawaraban doctor` compares it with pages and commits",
}


def test_every_fault_has_a_test_or_a_reason() -> None:
    text = "\n".join(path.read_text("utf-8") for path in sorted(TESTS.rglob("*.py")) if path != Path(__file__))
    named = {
        f"F{number}"
        for found in re.findall(r"""def test_f(\d+)_|Fault\(\s*"F(\d+)""", text)
        for number in found
        if number
    }
    assert {f"F{number}" for number in range(1, 29)} - named == set(ELSEWHERE)
