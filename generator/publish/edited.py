"""Whether somebody has gone on writing since a site was built: publishing it is right, yet perhaps not what is meant."""

from __future__ import annotations

from pathlib import Path

from generator.cache.sight import looked_at
from generator.publish.stamp import stamp_of
from generator.settings import Settings


def edited_since(site_dir: Path, settings: Settings) -> str | None:
    """The file that was saved last, when that was after the site was built, as messages show it.

    None where none was, and for a site of a moment that somebody named. Files' times alone are asked: a checkout sets
    them too, and before the build.
    """
    noted = stamp_of(site_dir, settings)
    if noted is None or not noted.by_clock:
        return None
    folders = [str(settings.content), str(settings.root / "theme_overrides")]
    saved = [
        (entry.status.st_mtime, Path(entry.path))
        for _, entries in looked_at(folders)
        for entry in entries or ()
        if entry.is_file and not entry.is_hidden
    ]
    config = settings.root / settings.config_file
    when, path = max([*saved, (config.stat().st_mtime, config)])
    return settings.shown(path) if when > noted.built_at.timestamp() else None
