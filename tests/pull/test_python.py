"""The kind `python`: a function of the site's own, run only where its owner says so, and never further than it may."""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path

import pytest

from generator.settings import Options, Profile
from tests.pull.conftest import Desk

SOURCE = """
sources:
  usage:
    kind: python
    label: 勤怠
    callable: {callable}
    time: day
    budget: {budget}
    columns:
      社員番号: {{name: employee, type: text}}
      日付: {{name: day, type: date}}
      分: {{name: minutes, type: integer}}
{extra}"""
ROW = '{"社員番号": "0012", "日付": date(2026, 10, 1), "分": 30}'


@pytest.fixture
def trusted(desk: Desk) -> Desk:
    desk.options = Options(profile=Profile.TRUSTED)
    return desk


def put(
    desk: Desk, program: str, *, name: str = "sources/mine.py:rows", budget: int = 60, extra: str = ""
) -> list[str]:
    desk.put("../../sources/mine.py", f"from datetime import date, datetime\nfrom decimal import Decimal\n{program}\n")
    desk.put("sources.yml", SOURCE.format(callable=name, budget=budget, extra=extra))
    return desk.findings()


def test_a_function_gives_typed_rows(trusted: Desk) -> None:
    other = '{"分": Decimal("45"), "日付": "2026-10-31", "社員番号": "0013"}'
    assert put(trusted, f"def rows():\n    print('x')\n    yield {ROW}\n    yield {other}") == []
    assert trusted.rows() == [("0012", dt.date(2026, 10, 1), 30), ("0013", dt.date(2026, 10, 31), 45)]


def test_a_month_that_is_over_is_asked_for_once_until_the_program_changes(trusted: Desk) -> None:
    counting = (
        "def rows(first, last):\n    open('{0}', 'a').write('x')\n    return [dict(社員番号='1', 日付=last, 分={1})]"
    )
    asked = trusted.root / "asked"
    assert put(trusted, counting.format(asked, 1), extra="    since: 2026-09\n") == []
    assert put(trusted, counting.format(asked, 1), extra="    since: 2026-09\n") == []
    assert asked.read_text("utf-8") == "xx"
    assert put(trusted, counting.format(asked, 2), extra="    since: 2026-09\n") == []
    assert trusted.rows() == [("1", dt.date(2026, 9, 30), 2), ("1", dt.date(2026, 10, 31), 2)]


def test_nothing_runs_in_a_site_that_is_not_trusted(desk: Desk) -> None:
    (finding,) = put(desk, f"open('{desk.root}/ran', 'w')\ndef rows():\n    return [{ROW}]")
    assert finding == (
        "content/data/sources.yml:3 `sources/mine.py:rows` は、信頼した記事の置き場でだけ動かします"
        " → 中身を確かめ、よければ mkdocs.yml の kawaraban に `profile: trusted` と書いてください"
    )
    assert not (desk.root / "ran").exists()


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("def rows():\n    return 5", "`sources/mine.py:?` で `TypeError` が起きました"),
        (
            f"def rows():\n    return [{ROW} | {{'社員番号': {{'moment': 'x'}}}}]",
            "列 `社員番号` の値は文字ではなく数値や日付です",
        ),
        (
            f"def rows():\n    return [{ROW} | {{'分': {{'number': '5'}}}}]",
            "列 `分` の値は数ではありません",
        ),
        (
            f"def rows():\n    return [{ROW} | {{'社員番号': '\\ud800'}}]",
            "列 `社員番号` の値に壊れた文字があります",
        ),
        (
            "def rows():\n    yield {}\n    raise ValueError('hanako@x secret')",
            "`sources/mine.py:5` で `ValueError` が起きました",
        ),
        (
            "def rows():\n    return inner()\ndef inner():\n    return {}['hanako@x']",
            "`sources/mine.py:6` で `KeyError`",
        ),
        ("import no_such_thing", "`sources/mine.py:3` で `ModuleNotFoundError`"),
        ("def rows(:", "`sources/mine.py:3` で `SyntaxError`"),
        ("def rows():\n    import sys; sys.exit(0)", "`sources/mine.py:4` で `SystemExit`"),
        ("def rows():\n    import os; os._exit(0)", "途中で終わったか、返す行が多すぎます"),
        ("def rows():\n    import os; os.kill(os.getpid(), 11)", "途中で終わったか、返す行が多すぎます"),
        ("def rows():\n    return 'x' * (4 * 2**30)", "`sources/mine.py:4` で `MemoryError`"),
        ("def row(): ...", "`sources/mine.py` に関数 `rows` がありません"),
        ("def rows():\n    return None", "`TypeError`"),
        (f"def rows():\n    return [{ROW}, 5]", "の2行目が、ほかと同じ列の辞書ではありません"),
        (f"def rows():\n    return [{ROW}, {{}}]", "の2行目が、ほかと同じ列の辞書ではありません"),
        ("def rows():\n    return [1]", "の1行目が、ほかと同じ列の辞書ではありません"),
        ("def rows():\n    return []", "データの行が1行もありません"),
        (
            "def rows():\n    return [dict(社員番号=12, 日付='2026-10-01', 分=1)]",
            "列 `社員番号` の値 `12` は文字ではなく数値や日付です",
        ),
        ("def rows():\n    return [dict(社員番号='1', 日付='2026-10-01', 分=1j)]", "列 `分` の値は数ではありません"),
        ("def rows():\n    return [dict(社員番号='1', 日付='2026-10-01')]", "列 `分` がありません"),
    ],
)
def test_what_goes_wrong_is_one_sentence_with_its_line(program: str, told: str, trusted: Desk) -> None:
    if "MemoryError" in told and sys.platform != "linux":
        pytest.skip("memory is bounded on Linux only")
    (finding,) = put(trusted, program)
    assert told in finding
    assert "hanako" not in finding
    assert "Traceback" not in finding


def test_a_function_that_never_ends_is_ended_with_all_it_started(trusted: Desk) -> None:
    number = trusted.root / "number"
    endless = (
        "def rows():\n    import subprocess\n    started = subprocess.Popen(['sleep', '3600'])\n"
        f"    open('{number}', 'w').write(str(started.pid))\n    started.wait()"
    )
    (finding,) = put(trusted, endless, budget=1)
    assert "1秒たっても取り込みが終わりません" in finding
    started, patience = Path("/proc", number.read_text("utf-8"), "cmdline"), 50
    while patience and started.exists() and started.read_bytes():  # what is killed is gone a moment later
        time.sleep(0.02)
        patience -= 1
    assert patience


@pytest.mark.parametrize(
    "name", ["sources/absent.py:rows", "content/mine.py:rows", "sources/link.py:rows", "content/data/mine.py:rows"]
)
def test_a_program_stands_in_the_site_and_outside_the_authors_folder(name: str, trusted: Desk) -> None:
    program = f"def rows():\n    return [{ROW}]"
    put(trusted, program)
    trusted.put("mine.py", program)
    trusted.put("../mine.py", program)
    (trusted.root / "sources" / "link.py").symlink_to(trusted.data / "mine.py")
    assert "がサイトのフォルダーにありません" in put(trusted, program, name=name)[0]


@pytest.mark.parametrize(
    "name", ["../x.py:rows", "/x.py:rows", "x.py", "x:rows", "x.py:rows()", "a//x.py:rows", "x.py:a.b"]
)
def test_what_names_no_function_is_told(name: str, desk: Desk) -> None:
    (finding,) = put(desk, "", name=f'"{name}"')
    assert "は関数の名前ではありません" in finding
