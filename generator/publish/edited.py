"""Whether somebody has gone on writing since a site was built: publishing it is right, yet perhaps not what is meant."""

from __future__ import annotations

from pathlib import Path

from generator.cache.sight import looked_at
from generator.model.finding import Family, Finding, Place, Severity, Text
from generator.publish.stamp import stamp_of
from generator.settings import Settings

_WHAT = Text("この紙面をつくったあとで保存されています", "it was saved after this site was built")
_REMEDY = Text(
    "載せるには、`kawaraban build` のあとでもう一度公開してください",
    "to publish that too, build with `kawaraban build` and publish again",
)


def edited_since(site_dir: Path, settings: Settings) -> list[Finding]:
    """A warning about the file that was saved last, when that was after the site was built.

    None where a moment was named for the site. Files' times alone are asked: a checkout sets them too, before the build.
    """
    noted = stamp_of(site_dir, settings)
    if noted is None or not noted.by_clock:
        return []
    when, path = max(_saved(settings))
    if when <= noted.built_at.timestamp():
        return []
    place = Place(settings.shown(path))
    return [Finding(Family.PUBLISH, "edited-since-built", place, _WHAT, _REMEDY, Severity.WARNING)]


def _saved(settings: Settings) -> list[tuple[float, Path]]:
    """When each file that goes into a build was saved, in seconds of the epoch."""
    config = settings.root / settings.config_file
    folders = [str(settings.content), str(settings.root / "theme_overrides")]
    return [(config.stat().st_mtime, config)] + [
        (entry.status.st_mtime, Path(entry.path))
        for _, entries in looked_at(folders)
        for entry in entries or ()
        if entry.is_file and not entry.is_hidden
    ]
