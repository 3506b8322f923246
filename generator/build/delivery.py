"""The files of a build put into the folder that is read, and noted for the next build and for publishing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.build.impression import Impression
from generator.build.last_released import note_released
from generator.build.standing import Released, last_released, note_release, table_of
from generator.cache.store import Store
from generator.cache.table import Table
from generator.compose.uses import MOMENT
from generator.effects import Effects
from generator.errors import EngineFailed, NotNoted
from generator.model.finding import Finding
from generator.model.ledger import Told
from generator.model.page import Library
from generator.publish import leave_stamp
from generator.render.deliver import Delivered, Delivery, Differences, differences, is_as_delivered
from generator.render.refusals import not_writable
from generator.settings import Settings
from generator.workers import Workers


class Origins(Struct, frozen=True):
    """What goes into a build, told in two ways."""

    inputs: str
    """Digest of the contents of everything (`Gathered.digest`)."""
    look: str
    """Digest of how all files look (`generator.build.glance`); empty when looks cannot tell."""
    folders: tuple[Path, ...]
    """The folders in which they lie."""
    told: Told
    """What is told of the figures, for the ledger of whoever publishes the site."""


_WORTH_A_PROCESS = 2_000
"""Files of a site from which on another process looks whether they are still what was put there."""


class Shipment(Struct, frozen=True):
    """The files of a build on their way into the folder that is read."""

    site_dir: Path
    table: Table[Delivered]
    delivery: Delivery

    def bring(self, impression: Impression) -> None:
        """Put beside the site what is new of it so far. Raises Rejected when `site_dir` is not a site of ours, has no
        room or may not be written to, EngineFailed when pages are on it that readers must not get.
        """
        if any(page.stays_in is not None for page in impression.edition.newspaper.library.pages):
            raise EngineFailed("a site that shows drafts was about to be delivered")
        self.delivery.bring(impression.site_files())


@contextmanager
def shipment(site_dir: Path, store: Store, effects: Effects) -> Iterator[Shipment]:
    """Deliver to `site_dir` in the body, while another process looks at what is there."""
    table = table_of(store, site_dir)
    before = table.load()
    workers = effects.workers if len(before) > _WORTH_A_PROCESS else Workers()
    with (
        workers.beside(_looked, (site_dir, before)) as look,
        Delivery(site_dir, before, look) as delivery,
    ):
        yield Shipment(site_dir, table, delivery)


def _looked(there: tuple[Path, Mapping[str, Delivered]]) -> Differences:
    return differences(*there)


def put_into(
    shipment: Shipment, impression: Impression, origins: Origins, warnings: tuple[Finding, ...], effects: Effects
) -> None:
    """Make the folder hold the site, touching only what differs from what is there.

    `warnings` is what there was to say about it. Raises like `Shipment.bring`, and NotNoted when only the notes about a
    site that is there could not be written.
    """
    edition, site_dir = impression.edition, shipment.site_dir
    settings, store = edition.settings, edition.store
    shipment.bring(impression)
    delivered = shipment.delivery.finish()
    shipment.table.save(delivered)
    facts = {name for record in impression.pages.records.values() for name in record.uses}
    released = Released(
        inputs=origins.inputs,
        at=effects.clock(),
        moments=_ahead([*_moments_of(facts), *_moments_of_embargoes(edition.newspaper.library)], effects.clock()),
        day=effects.clock().astimezone(settings.zone).date(),
        zone=settings.options.timezone,
        site_dir=settings.from_root(site_dir),
        look=origins.look,
        folders=tuple(map(settings.from_root, origins.folders)),
        warnings=warnings,
        is_partial=edition.is_partial,
        pages=len(impression.pages.records),
    )
    with _noting(settings):
        note_release(store, released)
        store.flush()
        files = {path: file.sha256 for path, file in delivered.items()}
        leave_stamp(settings, site_dir, files, origins.told, effects)
        note_released(edition.released, settings)


@contextmanager
def _noting(settings: Settings) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotNoted([not_writable(error, settings.shown)]) from error


def left_as_it_is(
    settings: Settings, site_dir: Path, origins: Origins, store: Store, effects: Effects
) -> Released | None:
    """The last release, when what went in and the folder that is read are still the same; None to build."""
    last = last_released(store)
    if last is None or last.site_dir != settings.from_root(site_dir):
        return None  # another folder may hold an older build, however well it is as it was delivered
    if last.inputs != origins.inputs or not last.is_unchanged_at(effects.clock()):
        return None
    delivered = table_of(store, site_dir).load()
    if not is_as_delivered(site_dir, delivered):
        return None
    folders = tuple(map(settings.from_root, origins.folders))
    now = replace(last, look=origins.look, folders=folders)
    if now != last:
        last = now
        note_release(store, last)
        store.flush()
    leave_stamp(settings, site_dir, {path: file.sha256 for path, file in delivered.items()}, origins.told, effects)
    return last


def _moments_of(facts: Iterable[str]) -> Iterator[str]:
    """The moments among the facts of a build: a page asked whether they have come."""
    return (name.removeprefix(MOMENT) for name in facts if name.startswith(MOMENT))


def _moments_of_embargoes(library: Library) -> Iterator[str]:
    """When the pages come out that stay in for now."""
    return (page.until.isoformat() for page in library.withheld if page.until is not None)


def _ahead(moments: Iterable[str], now: datetime) -> tuple[str, ...]:
    """Those that have not come yet."""
    return tuple(sorted({moment for moment in moments if now < datetime.fromisoformat(moment)}))
