"""The note that a build leaves about each folder it verified: only that folder, unchanged, can be published.

A preview built elsewhere says nothing about the site, and a site nothing about the preview: each has its own note.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from msgspec import DecodeError, Struct, json

from generator.effects import Effects
from generator.model.ledger import Told
from generator.publish import refusals
from generator.publish.manifest import Manifest
from generator.publish.moment import Moment, require_tellable
from generator.settings import Settings


class Stamp(Struct, frozen=True, forbid_unknown_fields=True):
    """What was verified, and when it was built."""

    digest: str
    """`Manifest.digest` of the folder."""
    built_at: Moment
    by_clock: bool = False
    """Whether `built_at` is what the machine's clock said, and not a moment that somebody named."""
    told: Told = Told()
    """What the site tells of figures."""

    def __post_init__(self) -> None:
        require_tellable(self.built_at)


def leave_stamp(settings: Settings, site_dir: Path, files: Mapping[str, str], told: Told, effects: Effects) -> None:
    """Note that the site in `site_dir` was verified without errors; `files` are the sha256 of its files by path.

    `told` is what it says of figures, for the ledger of whoever publishes it. Notes about folders that are gone go too.
    """
    stamp = Stamp(
        digest=Manifest({path: files[path] for path in sorted(files)}).digest,
        built_at=effects.clock(),
        by_clock=effects.goes_by_the_clock,
        told=told,
    )
    stamps = {folder: noted for folder, noted in _stamps(settings).items() if (settings.root / folder).is_dir()}
    path = _path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(json.encode(stamps | {_name(site_dir, settings): stamp}) + b"\n")


def last_built(settings: Settings) -> datetime | None:
    """What the machine's clock said when a site was built here last; None when nobody can tell."""
    try:
        stamps = _stamps(settings)
    except OSError:
        return None
    return max((noted.built_at for noted in stamps.values() if noted.by_clock), default=None)


def stamp_of(site_dir: Path, settings: Settings) -> Stamp | None:
    """What was noted of a folder; None where nothing was."""
    return _stamps(settings).get(_name(site_dir, settings))


def _stamps(settings: Settings) -> dict[str, Stamp]:
    """What is noted of each folder, by its name seen from the root; nothing where the note is lost or damaged."""
    try:
        return json.decode(_path(settings).read_bytes(), type=dict[str, Stamp])
    except (FileNotFoundError, DecodeError, RecursionError):
        return {}


def _name(site_dir: Path, settings: Settings) -> str:
    """A folder seen from the root, in characters that JSON can carry; what is no text does not lead back to its folder."""
    return settings.from_root(site_dir).encode("utf-8", "backslashreplace").decode()


def _path(settings: Settings) -> Path:
    """Where the notes lie: in the private folder, never in a site."""
    return settings.private / "built.json"


def verified(site_dir: Path, settings: Settings) -> tuple[Manifest, Stamp]:
    """The folder's manifest and the note about it.

    Raises PublishFailed when the folder has no front page, was never verified, or has changed since.
    """
    shown = Path(settings.shown(site_dir))
    if not (site_dir / "index.html").is_file():
        raise refusals.no_site(shown)
    noted = stamp_of(site_dir, settings)
    if noted is None or not noted.told.is_possible:  # a ledger that took it over would stop every later build
        raise refusals.not_verified(shown)
    manifest = Manifest.of(site_dir)
    if manifest.digest != noted.digest:
        raise refusals.changed_since_verified(shown)
    return manifest, noted
