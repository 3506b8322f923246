"""What may not leave, gathered anew only where it comes from something new."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from generator.build.kept import kept
from generator.build.rows_meanwhile import rows_that_stay
from generator.cache.records import NotARecord
from generator.cache.store import Store
from generator.effects import Effects
from generator.model.metric import Metric
from generator.model.page import Library
from generator.model.snapshot import Snapshots
from generator.settings import Settings
from generator.verify import (
    Forbidden,
    ForbiddenText,
    Kind,
    Quotes,
    credential_texts,
    gathered,
    one_of_each,
    people_texts,
    withheld_texts,
)

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
    known = _people(settings, snapshots, metrics, store)
    before = _quotes_of(store)
    withheld, quotes = withheld_texts(settings, effects, library, metrics, before)
    if quotes != before:
        store.note(*_QUOTES, (quotes.sought, dict(quotes.found)))
    credentials = tuple(credential_texts(effects.environ, snapshots.secrets))
    return _gathered(withheld, tuple(known), credentials)


def keep_people(settings: Settings, snapshots: Snapshots, store: Store) -> None:
    """Find out who the rows are about before the figures are there, by the metrics as they are declared."""
    from generator.measure.metrics_file import read_metrics  # as all that counts, loaded where there is something new

    definitions, _, _ = read_metrics(settings)
    if definitions is not None and not _are_sealed(snapshots):
        _people(settings, snapshots, definitions.metrics, store)


def _people(
    settings: Settings, snapshots: Snapshots, metrics: Mapping[str, Metric], store: Store
) -> list[tuple[str, str, str]]:
    """Text, kind and origin of what stands in person-level columns.

    Plain values: thousands of objects would take longer to read than all else that a small change needs.
    """
    rows = [(name, snapshot.sha256, snapshot.label) for name, snapshot in sorted(snapshots.by_source.items())]
    counted = [(metric.rows_read, metric.population) for metric in metrics.values()]

    def people() -> list[tuple[str, str, str]]:
        with rows_that_stay(settings, snapshots):
            return [(text.text, text.kind.value, text.origin) for text in one_of_each(people_texts(snapshots, metrics))]

    # Whoever seals the rows does not want the same addresses to lie open in the cache.
    return people() if _are_sealed(snapshots) else kept(store, "people", (rows, counted), list, people)


def _are_sealed(snapshots: Snapshots) -> bool:
    return any(snapshot.key is not None for snapshot in snapshots.by_source.values())


@lru_cache(maxsize=1)
def _gathered(
    withheld: tuple[ForbiddenText, ...], known: tuple[tuple[str, str, str], ...], credentials: tuple[ForbiddenText, ...]
) -> Forbidden:
    """The same one for the next build of this process, if it is the same: then it is ready to be looked for."""
    texts = (ForbiddenText(text, Kind(kind), origin) for text, kind, origin in known)
    return gathered(withheld, texts, credentials)


def _quotes_of(store: Store) -> Quotes:
    try:
        match store.recall(*_QUOTES):
            case (str() as sought, dict() as found):
                return Quotes(sought, found)
    except NotARecord:
        pass  # there are none, or they are damaged: every page is read
    return Quotes()
