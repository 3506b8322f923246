"""The command as tests give it: in a process of its own, as users do, or quickly in this one."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from generator.cli.commands import app

SMALL_DAY = "2026-11-20"
"""The day on which the small site was made and is built."""


@dataclass(frozen=True)
class Done:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


def run(*arguments: str | Path, cwd: Path, program: str = "generator.cli", **environment: str) -> Done:
    """In a process of its own; `environment` is added to ours."""
    done = subprocess.run(
        [sys.executable, "-m", program, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "CI": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def run_here(*arguments: str | Path) -> Done:
    """In this process, which saves the second that Python and its libraries take to start."""
    result = CliRunner().invoke(app, [*map(str, arguments)])
    return Done(result.exit_code, result.stdout, result.stderr)


def build_here(site: Path, *arguments: str | Path, now: str = SMALL_DAY) -> Done:
    """Build the site in a folder."""
    return run_here("build", "-f", site / "mkdocs.yml", "--now", now, "--jobs", "1", *arguments)


def tree_of(folder: Path) -> dict[str, str]:
    """Every file below a folder with the hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Names of files that are not the same in both trees."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
