"""What may not leave, gathered anew only where it comes from something new."""

from __future__ import annotations

from collections.abc import Mapping

from generator.build.kept import kept
from generator.cache.records import NotARecord
from generator.cache.store import Store
from generator.effects import Effects
from generator.model.metric import Metric
from generator.model.page import Library
from generator.model.snapshot import Snapshots
from generator.settings import Settings
from generator.verify import Forbidden, Quotes, credential_texts, gathered, people_texts, withheld_texts

_QUOTES = ("quotes", "latest")


def forbidden_texts(
    settings: Settings,
    effects: Effects,
    library: Library,
    snapshots: Snapshots,
    metrics: Mapping[str, Metric],
    store: Store,
) -> Forbidden:
    """Gather what may not leave: from withheld files, person-level columns and the environment."""
    rows = [(name, snapshot.sha256, snapshot.label) for name, snapshot in sorted(snapshots.by_source.items())]
    counted = [(metric.numerator, metric.denominator) for metric in metrics.values()]
    people = kept(store, "people", (rows, counted), tuple, lambda: tuple(people_texts(snapshots, metrics)))
    withheld, quotes = withheld_texts(settings, library, metrics, _quotes_of(store))
    store.note(*_QUOTES, quotes)
    return gathered(withheld, people, credential_texts(effects.environ))


def _quotes_of(store: Store) -> Quotes:
    try:
        found = store.recall(*_QUOTES)
    except NotARecord:
        return Quotes()
    return found if isinstance(found, Quotes) else Quotes()
