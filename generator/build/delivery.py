"""The files of a build put into the folder that is read, and noted for the next build and for publishing."""

from __future__ import annotations

import hashlib
from pathlib import Path

from generator.build.impression import Impression
from generator.cache import records
from generator.cache.store import Store
from generator.effects import Effects
from generator.publish import leave_stamp
from generator.render.deliver import Delivered, deliver

_DELIVERED = "delivered"


def put_into(site_dir: Path, impression: Impression, effects: Effects) -> None:
    """Make `site_dir` hold the site, touching only what differs from what is there.

    Raises Rejected when `site_dir` is not a site of ours, has no room or may not be written to.
    """
    edition = impression.edition
    name = hashlib.blake2b(str(site_dir.resolve()).encode(), digest_size=16).hexdigest()
    files = impression.site_files()
    delivered = deliver(files, site_dir, _delivered_before(edition.store, name))
    edition.store.put(_DELIVERED, name, records.to_bytes(delivered))
    edition.store.flush()
    leave_stamp(edition.settings, {path: file.sha256 for path, file in files.items()}, effects)


def _delivered_before(store: Store, name: str) -> dict[str, Delivered]:
    """What the last build put into the same folder; nothing when nobody knows."""
    try:
        found = records.from_bytes(store.get(_DELIVERED, name) or b"")
    except records.NotARecord:
        return {}
    return found if isinstance(found, dict) else {}
