"""Ctrl-C ends a command with one sentence and the exit code that shells have for it, wherever the command is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import SMALL_DAY, Done, build_here, tree_of
from tests.serve.served import PATIENCE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send to a process of its own")

AS_AT_A_TERMINAL = """
import os, signal, sys, threading
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background is deaf for Ctrl-C
"""

WHEN_IT_IMPORTS = """
awaited = sys.argv.pop(1)

class Press:
    def find_spec(self, name, path=None, target=None):
        if name == awaited:
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Press())
"""

INSIDE_A_QUERY = """
few_rows = int(sys.argv.pop(1))

from types import ModuleType
import click

@click.command()
def check():
    from generator.cli.exits import exit_on_error
    from generator.measure import warehouse as measuring

    measuring.FEW_ROWS = few_rows
    with exit_on_error(), measuring.Warehouse([], most_seconds=3600) as warehouse:
        threading.Thread(target=press_in, args=(warehouse._connection,), daemon=True).start()
        warehouse.query("SELECT count(*) FROM range(100_000_000_000) AS numbers(n) WHERE n * n % 7 = 3")

def press_in(connection):
    while connection.query_progress() <= 0:
        pass
    os.kill(os.getpid(), signal.SIGINT)

sys.modules["generator.cli.check"] = ModuleType("generator.cli.check")
sys.modules["generator.cli.check"].check = check
"""

IN_A_NEW_PROCESS = """
os.register_at_fork(after_in_child=lambda: signal.raise_signal(signal.SIGINT))
"""

WHEN_A_PROCESS_HAS_BEGUN = """
import multiprocessing
from generator.workers import Workers

os.register_at_fork(after_in_parent=lambda: signal.raise_signal(signal.SIGINT))
try:
    list(Workers(2, "fork").map(pow, 2, range(9), few=1))
except KeyboardInterrupt:
    print("left:", multiprocessing.active_children())
"""

RUN = """
from generator.cli import main
main()
"""

STOPPED = "Ctrl-C で止めました。書いたものは失われていません。"


def _pressed(when: str, *arguments: str, cwd: Path, run: str = RUN) -> Done:
    done = subprocess.run(
        [sys.executable, "-c", AS_AT_A_TERMINAL + when + run, *arguments],
        cwd=cwd,
        env={**os.environ, "CI": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    "module",
    [
        "click",  # the first tenth of a second
        "generator.cli.build",  # the command is about to be looked up
        "generator.build.run",  # it has begun
        "generator.build.delivery",  # everything is made up and nothing put in
    ],
)
def test_ctrl_c_is_answered_with_one_sentence_and_changes_nothing(module: str, small_site: Path) -> None:
    (small_site / "content/articles/new.md").write_text("# 題\n\n本文です。\n", "utf-8")
    before = tree_of(small_site / "site")
    done = _pressed(WHEN_IT_IMPORTS, module, "--lang", "ja", "build", "--now", SMALL_DAY, cwd=small_site)
    assert (done.code, done.out, done.err.strip()) == (130, "", STOPPED)
    assert tree_of(small_site / "site") == before
    assert build_here(small_site).code == 0


@pytest.mark.parametrize("few_rows", [0, -1], ids=["of few rows", "of many rows, in several threads"])
def test_ctrl_c_ends_a_query_at_once_and_is_no_bug(few_rows: int, tmp_path: Path) -> None:
    done = _pressed(INSIDE_A_QUERY, str(few_rows), "--lang", "ja", "check", cwd=tmp_path)
    assert (done.code, done.out, done.err.strip()) == (130, "", STOPPED)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes are not copies of this one")
def test_a_process_that_has_just_begun_is_deaf_for_ctrl_c(small_site: Path) -> None:
    """A terminal sends it to all of them; the command alone answers, and here it was not told."""
    shutil.rmtree(small_site / ".kawaraban/cache")
    done = _pressed(IN_A_NEW_PROCESS, "build", "--now", SMALL_DAY, "--jobs", "2", cwd=small_site)
    assert (done.code, done.err) == (0, "")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes are not copies of this one")
def test_ctrl_c_while_a_process_begins_leaves_none_behind(tmp_path: Path) -> None:
    done = _pressed(WHEN_A_PROCESS_HAS_BEGUN, cwd=tmp_path, run="")
    assert (done.code, done.out.strip(), done.err) == (0, "left: []", "")
