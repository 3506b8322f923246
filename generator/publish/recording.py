"""What a site tells of its figures enters the release ledger before readers see it."""

from __future__ import annotations

from pathlib import Path

from generator.effects import Effects
from generator.errors import Rejected
from generator.ledger import digest_of_ledger, ledger_path, read_ledger, write_ledger
from generator.lock import AlreadyHeld, held
from generator.model.ledger import Told
from generator.publish import refusals
from generator.settings import Settings


def record(told: Told, settings: Settings, effects: Effects) -> None:
    """Add the figures of a site to its ledger.

    Raises PublishFailed when others were published since the site was built: it was not held to them. Raises Rejected
    when the ledger cannot be read, LockHeld when another publisher writes it.
    """
    ledger = ledger_path(settings)
    lock = ledger.with_suffix(".lock")
    ledger.parent.mkdir(parents=True, exist_ok=True)
    try:
        with held(lock, effects):
            before, unread = read_ledger(ledger)
            if unread:
                raise Rejected(unread)
            after = before.with_months(told.months)
            if after is before:
                return
            if digest_of_ledger(ledger) != told.against:
                raise refusals.figures_published_since(Path(settings.shown(ledger)))
            write_ledger(ledger, after)
    except AlreadyHeld as other:
        raise refusals.lock_held(Path(settings.shown(lock)), other.holder()) from None
