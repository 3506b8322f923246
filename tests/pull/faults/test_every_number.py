"""No fault of the model is forgotten: each of F1 to F28 is named by a test, or by the reason why pulling has none."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[2]
ELSEWHERE = {
    "F10": "a database that drops a connection: the kind `sql`",
    "F19": "a moment near midnight: the types of columns",
    "F27": "two sources that disagree: no site can declare a precedence yet",
    "F28": "a clock that is wrong: publishing compares it",
}


def test_every_fault_has_a_test_or_a_reason() -> None:
    text = "\n".join(path.read_text("utf-8") for path in sorted(TESTS.rglob("*.py")) if path != Path(__file__))
    named = {
        f"F{number}"
        for found in re.findall(r"""def test_f(\d+)_|Fault\(\s*"F(\d+)""", text)
        for number in found
        if number
    }
    assert {f"F{number}" for number in range(1, 29)} - named <= set(ELSEWHERE)
