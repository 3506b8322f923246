"""The steps of publishing and of going back, in order."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.effects import CLOCKS_DIFFER_BY, Effects
from generator.errors import PublishFailed
from generator.publish import refusals
from generator.publish.manifest import Manifest
from generator.publish.recording import record as record_figures
from generator.publish.releases import Record, Release, Target
from generator.publish.stamp import Stamp, verified
from generator.publish.transfer import copy_durably
from generator.settings import Settings

_LARGEST_LOSS = 0.3
"""Share of pages that may go missing from one release to the next without a word from a person."""


def publish(
    settings: Settings,
    site_dir: Path,
    target: Path,
    effects: Effects,
    *,
    allow_shrink: bool = False,
    allow_older: bool = False,
) -> Release:
    """Make the verified site in `site_dir` what readers of `target` get.

    Returns the current release when it has the same bytes already. `allow_shrink` and `allow_older` are a person's word
    that many pages may go, and that the current release may give way though it says that it was built later.
    Raises LockHeld when another publisher is at work, Rejected when the ledger cannot be read, else PublishFailed; the
    site that was there before stands.
    """
    shown = Path(settings.shown(site_dir))
    with _translated(partial(refusals.site_unreadable, settings)):
        _refuse_place(target, site_dir, settings)
        manifest, noted = verified(site_dir, settings)
        _refuse_early(shown, noted, effects, settings.zone)
    with _translated(partial(refusals.target_failed, target)), _held(target, effects) as releases:
        current = releases.current()
        if current is not None and current.digest == manifest.digest:
            record_figures(noted.told, settings, effects)  # it may have been lost since
            return _release(releases, current, is_new=False)
        if current is not None and not allow_older:
            _refuse_older(shown, noted, current, effects, settings.zone)
        if current is not None and not allow_shrink:
            _refuse_loss(shown, manifest, current)
        _require_space(site_dir, manifest, target)
        record = _put_together(site_dir, manifest, noted, releases, effects)
        record_figures(noted.told, settings, effects)
        releases.prune()  # before the switch: if it fails, nothing has changed for readers
        releases.switch(record.id)
        return _release(releases, record, is_new=True)


def rollback(target: Path, effects: Effects) -> Release:
    """Give readers back what they had before the current release; called again, it goes further back.

    Raises LockHeld when another publisher is at work, else PublishFailed; then nothing has changed.
    """
    with _translated(partial(refusals.target_failed, target)):
        if not target.is_dir():
            raise refusals.nothing_to_go_back_to(target)
        with _held(target, effects) as releases:
            record = _before_current(releases)
            if record is None:
                raise refusals.nothing_to_go_back_to(target)
            if not releases.is_intact(record):
                raise refusals.release_damaged(releases.folder(record.id))
            releases.switch(record.id)
            return _release(releases, record, is_new=False)


@contextmanager
def _held(target: Path, effects: Effects) -> Iterator[Target]:
    """The target, ours alone and cleared of what a killed publisher left."""
    if sys.platform == "win32":
        raise refusals.no_symbolic_links(target)
    from generator.publish.lock import publishing_alone  # flock is not on every system

    target.mkdir(parents=True, exist_ok=True)
    with publishing_alone(target, effects):
        releases = Target(target)
        releases.prepare()
        yield releases


@contextmanager
def _translated(meant: Callable[[OSError], PublishFailed]) -> Iterator[None]:
    """Errors of the file system as what they mean here."""
    try:
        yield
    except OSError as error:
        raise meant(error) from error


def _refuse_place(target: Path, site_dir: Path, settings: Settings) -> None:
    """Releases among the authors' files would be read by the next build, those inside the site be published."""
    place = target.resolve()
    if place == settings.root or place.is_relative_to(settings.content):
        raise refusals.target_in_content(target)
    if place.is_relative_to(site_dir.resolve()):
        raise refusals.target_inside_site(target)


def _refuse_early(shown: Path, noted: Stamp, effects: Effects, zone: ZoneInfo) -> None:
    """A site as it will be tomorrow holds what nobody may read today."""
    now = effects.clock()
    if noted.built_at - now > CLOCKS_DIFFER_BY:
        raise refusals.built_for_later(shown, *_shown(zone, noted.built_at, now))


def _refuse_older(shown: Path, noted: Stamp, current: Record, effects: Effects, zone: ZoneInfo) -> None:
    """A newer site is not replaced; whether one from the future is newer, only a person knows."""
    if noted.built_at >= current.built_at:
        return
    now = effects.clock()
    if current.built_at - now <= CLOCKS_DIFFER_BY:
        raise refusals.older_than_current(shown, current.id)
    why = refusals.current_of_a_fast_clock if current.by_clock else refusals.current_of_a_named_moment
    raise why(shown, current.id, *_shown(zone, current.built_at, now))


def _shown(zone: ZoneInfo, built: datetime, now: datetime) -> tuple[str, str]:
    """Two moments as people of the site read them."""
    return built.astimezone(zone).isoformat(" ", "minutes"), now.astimezone(zone).isoformat(" ", "minutes")


def _refuse_loss(shown: Path, manifest: Manifest, current: Record) -> None:
    if manifest.pages < current.pages * (1 - _LARGEST_LOSS):
        raise refusals.shrunk(shown, current.pages, manifest.pages)


def _require_space(site_dir: Path, manifest: Manifest, target: Path) -> None:
    """Twice the site: what is written now, and as much again for whoever else writes there meanwhile."""
    needed = 2 * sum((site_dir / path).stat().st_size for path in manifest.files)
    free = shutil.disk_usage(target).free
    if free < needed:
        raise refusals.too_little_space(target, needed, free)


def _put_together(site_dir: Path, manifest: Manifest, noted: Stamp, releases: Target, effects: Effects) -> Record:
    """A complete release on the disk that nobody is shown yet."""
    now = effects.clock().astimezone(UTC)
    current = releases.current_folder()
    record = Record(
        id=releases.next_id(now, manifest.digest),
        digest=manifest.digest,
        pages=manifest.pages,
        built_at=noted.built_at,
        by_clock=noted.by_clock,
        published_at=now,
        previous=current.name if current else None,
        files=dict(manifest.files),
    )
    draft = releases.draft(record.id)
    try:
        copy_durably(manifest.files, site_dir, draft, effects)
        if Manifest.of(draft).files != manifest.files:
            raise refusals.copy_differs(draft)
        releases.complete(record)
    except BaseException:  # also Ctrl-C: what is half written goes, whatever the reason
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return record


def _before_current(releases: Target) -> Record | None:
    """What readers had before; where that is no longer kept, the newest older release."""
    records = releases.records()
    folder = releases.current_folder()
    if folder is None:
        return None
    current = records.get(folder.name)
    if current is not None:
        if current.previous is None:
            return None  # an older release beside it was finished by a publisher that died before it was shown
        if current.previous in records:
            return records[current.previous]
    older = [record for record in records.values() if record.id < folder.name]
    return older[-1] if older else None


def _release(releases: Target, record: Record, *, is_new: bool) -> Release:
    return Release(record.id, releases.folder(record.id), record.pages, is_new)
