"""The demo newsletter, built by the command as `make site` builds it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
DEMO_DAY = "2026-11-20"


def build_demo(folder: Path) -> Path:
    """Build a copy of the demo newsletter below `folder` and return the site."""
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "content", folder / "content")
    _run(folder, "-m", "generator.demo")
    _run(folder, "-m", "generator.cli", "build", "--now", DEMO_DAY, accepted=(0, 3))
    return folder / "site"


def _run(folder: Path, *arguments: str, accepted: tuple[int, ...] = (0,)) -> None:
    done = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in accepted, f"{' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}"
