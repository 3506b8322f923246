"""The note that a build leaves about the folder it verified: only that folder, unchanged, can be published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from generator.effects import Effects
from generator.model.ledger import Told
from generator.publish import refusals
from generator.publish.manifest import Manifest
from generator.settings import Settings


class Stamp(BaseModel):
    """What was verified, and when it was built."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    digest: str
    """`Manifest.digest` of the folder."""
    built_at: AwareDatetime
    by_clock: bool = False
    """Whether `built_at` is what the machine's clock said, and not a moment that somebody named."""
    told: Told = Told()
    """What the site tells of figures."""


def stamp_path(settings: Settings) -> Path:
    """Where the note lies: in the private folder, never in the site."""
    return settings.private / "built.json"


def leave_stamp(settings: Settings, files: Mapping[str, str], told: Told, effects: Effects) -> None:
    """Note that a site was verified without errors; `files` are the sha256 of its files by path.

    `told` is what it says of figures, for the ledger of whoever publishes it.

    The note speaks of one folder: the one built last.
    """
    path = stamp_path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    stamp = Stamp(
        digest=Manifest(dict(sorted(files.items()))).digest,
        built_at=effects.clock(),
        by_clock=effects.goes_by_the_clock,
        told=told,
    )
    path.write_text(stamp.model_dump_json() + "\n", encoding="utf-8")


def last_built(settings: Settings) -> datetime | None:
    """What the machine's clock said when a site was built here last; None when nobody can tell."""
    try:
        noted = Stamp.model_validate_json(stamp_path(settings).read_bytes())
    except (OSError, ValidationError):
        return None
    return noted.built_at if noted.by_clock else None


def verified(site_dir: Path, settings: Settings) -> tuple[Manifest, Stamp]:
    """The folder's manifest and the note about it.

    Raises PublishFailed when the folder has no front page, was never verified, or has changed since.
    """
    shown = Path(settings.shown(site_dir))
    if not (site_dir / "index.html").is_file():
        raise refusals.no_site(shown)
    try:
        noted = Stamp.model_validate_json(stamp_path(settings).read_bytes())
    except (FileNotFoundError, ValidationError):
        raise refusals.not_verified(shown) from None
    manifest = Manifest.of(site_dir)
    if manifest.digest != noted.digest:
        raise refusals.changed_since_verified(shown)
    return manifest, noted
