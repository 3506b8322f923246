"""Small sites for the tests of `read`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from generator.cache.store import Store
from generator.effects import Effects
from generator.model.finding import Finding
from generator.model.page import Library
from generator.read import Notebook, read
from generator.settings import Options, Settings
from tests.read.picture_files import png

NOW = "2026-11-20T09:00:00+09:00"
PNG = png()


def lay_out(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write `files` (paths below content/) and return the root."""
    (root / "content").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        file = root / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return root


def settings_of(root: Path, **options: object) -> Settings:
    return Settings(root=root, content=root / "content", site_name="test", options=Options.model_validate(options))


def effects_at(now: str = NOW) -> Effects:
    return Effects(clock=lambda: datetime.fromisoformat(now), environ={})


def read_files(
    root: Path, files: Mapping[str, str | bytes], now: str = NOW, **options: object
) -> tuple[Library, list[Finding]]:
    """Lay out a site and read it."""
    settings = settings_of(lay_out(root, files), **options)
    return read(settings, effects_at(now), Notebook(Store(root / ".cache.sqlite3"), settings.zone))


def names(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def errors(findings: list[Finding]) -> list[str]:
    return [str(finding.place) + " " + finding.code for finding in findings if finding.is_error]
