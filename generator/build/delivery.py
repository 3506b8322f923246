"""The files of a build put into the folder that is read, and noted for the next build and for publishing."""

from __future__ import annotations

from pathlib import Path

from generator.build.impression import Impression
from generator.build.standing import Released, ahead, last_released, note_release, table_of
from generator.cache.store import Store
from generator.effects import Effects
from generator.model.finding import Finding
from generator.publish import leave_stamp
from generator.render.deliver import deliver, is_as_delivered
from generator.settings import Settings


def put_into(
    site_dir: Path, impression: Impression, inputs: str, warnings: tuple[Finding, ...], effects: Effects
) -> None:
    """Make `site_dir` hold the site, touching only what differs from what is there.

    `inputs` is the digest of what went in, `warnings` what there was to say about it. Raises Rejected when `site_dir`
    is not a site of ours, has no room or may not be written to.
    """
    edition, store = impression.edition, impression.edition.store
    files, table = impression.site_files(), table_of(store, site_dir)
    table.save(deliver(files, site_dir, table.load()))
    facts = (name for record in impression.pages.records.values() for name in record.uses)
    moments = ahead(set(facts), effects.clock())
    released = Released(inputs, moments, warnings, edition.is_partial, len(impression.pages.records))
    note_release(store, site_dir, released)
    store.flush()
    leave_stamp(edition.settings, {path: file.sha256 for path, file in files.items()}, effects)


def left_as_it_is(settings: Settings, site_dir: Path, inputs: str, store: Store, effects: Effects) -> Released | None:
    """The last release to this folder, when what went in and the folder are still the same; None to build."""
    last = last_released(store, site_dir)
    if last is None or not last.still_holds(inputs, effects.clock()):
        return None
    delivered = table_of(store, site_dir).load()
    if not is_as_delivered(site_dir, delivered):
        return None
    leave_stamp(settings, {path: file.sha256 for path, file in delivered.items()}, effects)
    return last
