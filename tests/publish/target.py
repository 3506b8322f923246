"""A site to publish and a target to publish to, on a real disk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from generator.effects import Effects
from generator.model.ledger import Told
from generator.publish import Release, leave_stamp, publish, rollback
from generator.publish.manifest import Manifest
from generator.settings import Settings
from generator.workers import Workers

START = datetime(2026, 11, 20, 0, 5, tzinfo=UTC)


class Desk:
    """Builds sites and publishes them; every build is a minute after the one before."""

    def __init__(self, root: Path, target: Path | None = None) -> None:
        self.settings = Settings(root=root, content=root / "content", site_name="瓦版")
        self.site = root / "site"
        self.target = target or root / "www"
        self.now = START
        self.told = Told()
        """What the figures of the sites say that are built from now on."""

    @property
    def effects(self) -> Effects:
        return Effects(clock=lambda: self.now)

    def build(self, pages: Mapping[str, str], at: datetime | None = None) -> None:
        """Write a site with these pages and stamp it as verified, at a named moment if there is one."""
        for file in sorted(self.site.rglob("*"), reverse=True):
            file.rmdir() if file.is_dir() else file.unlink()
        for path, text in pages.items():
            file = self.site / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        self.now += timedelta(minutes=1)
        effects = self.effects if at is None else Effects.at(at, Workers())
        leave_stamp(self.settings, self.site, Manifest.of(self.site).files, self.told, effects)

    def publish(self, at: datetime | None = None, *, allow_shrink: bool = False, allow_older: bool = False) -> Release:
        effects = self.effects if at is None else Effects.at(at, Workers())
        return publish(
            *(self.settings, self.site, self.target, effects), allow_shrink=allow_shrink, allow_older=allow_older
        )

    def rollback(self) -> Release:
        return rollback(self.target, self.effects)

    def served(self) -> dict[str, str]:
        """What readers get now."""
        current = self.target / "current"
        files = (file for file in current.rglob("*") if file.is_file()) if current.exists() else ()
        return {file.relative_to(current).as_posix(): file.read_text(encoding="utf-8") for file in files}

    def left_over(self) -> list[str]:
        """Names of half-done work."""
        return [path.name for path in self.target.rglob(".tmp-*")]

    def releases(self) -> list[str]:
        return sorted(path.name for path in (self.target / "releases").iterdir() if path.is_dir())


def edition(word: str, pages: int = 4) -> dict[str, str]:
    """A site whose every page says `word`: any mixture of two editions shows."""
    return {"index.html": word, **{f"p{number}/index.html": word for number in range(pages - 1)}}
