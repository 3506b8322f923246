"""Gathers what may not leave: people's addresses and numbers, credentials, the sentences of pages that stay in.

Names of people are not among them: champions and interviewees are named because they agreed.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.cache.database import ONE_THREAD, database, empty_database
from generator.cache.sealed import opened
from generator.effects import Effects, credentials_of
from generator.model.as_text import as_text
from generator.model.metric import Metric
from generator.model.page import Library, Page
from generator.model.sentence import joined_lines
from generator.model.snapshot import Snapshot, Snapshots
from generator.settings import Settings
from generator.verify.forbidden import ForbiddenText, Kind
from generator.verify.sought import Forbidden
from generator.verify.sweep import Sweep

if TYPE_CHECKING:
    import duckdb

_FEW = 500  # pages that are searched here; for more it pays to start processes
_SHORTEST = 6
"""Characters; anything shorter stands in ordinary text by chance."""
_SHORTEST_CREDENTIAL = 12
_MAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"


class Quotes(Struct, frozen=True):
    """Which sentences of withheld pages the published pages have too, by their numbers, page by page."""

    sought: str = ""  # digest of the sentences
    found: Mapping[str, tuple[str, tuple[int, ...]]] = {}
    """By source: digest of the page, and the numbers."""


def gathered(*groups: Iterable[ForbiddenText]) -> Forbidden:
    """What may not leave, from all places where such texts come from."""
    return Forbidden(tuple(one_of_each(text for group in groups for text in group)))


def one_of_each(texts: Iterable[ForbiddenText]) -> list[ForbiddenText]:
    """Every export writes the same people's addresses, some in capitals: the first of each is enough."""
    unique: dict[bytes, ForbiddenText] = {}
    for text in texts:
        # Bytes, for those are looked for: `Ａ` in full width is not found where `ａ` stands.
        unique.setdefault(text.text.encode("utf-8", "surrogatepass").lower(), text)
    return list(unique.values())


def withheld_texts(
    settings: Settings, effects: Effects, library: Library, metrics: Mapping[str, Metric], before: Quotes
) -> tuple[tuple[ForbiddenText, ...], Quotes]:
    """Sentences of withheld pages that no published text has too (a draft may quote a rule).

    Pages that are what they were when `before` was found are not read again.
    """
    texts = [
        ForbiddenText(sentence, Kind.WITHHELD, origin)
        for page, origin in ((page, settings.shown(settings.content / page.source)) for page in library.withheld)
        for sentence in page.sentences
    ]
    if not texts:
        return (), Quotes()
    quotes = _quotes(texts, effects, library, before)
    numbers = {text: number for number, text in enumerate(texts)}
    sweep = Sweep(texts)
    met = {number for _, found in quotes.found.values() for number in found}
    met.update(numbers[text] for text in _texts_in(sweep, as_text((metrics, settings.options))))
    return tuple(text for number, text in enumerate(texts) if number not in met), quotes


def _quotes(texts: Sequence[ForbiddenText], effects: Effects, library: Library, before: Quotes) -> Quotes:
    sought = blake2b("\0".join(text.text for text in texts).encode("utf-8", "surrogatepass")).hexdigest()
    known = before.found if before.sought == sought else {}
    digests = {page.source: library.digests[page.source] for page in library.pages}
    keys = {source: files.front + files.text for source, files in digests.items()}
    new = [page for page in library.pages if page.source not in known or known[page.source][0] != keys[page.source]]
    # Found the way the site is searched, so that one pass over a page answers for all drafts.
    quoting = _Quoting(Sweep(texts), {text: number for number, text in enumerate(texts)}, library)
    found = {page.source: known[page.source] for page in library.pages if page.source in known}
    for page, numbers in zip(new, effects.workers.map(_sentences_on, quoting, new, few=_FEW), strict=True):
        found[page.source] = (keys[page.source], numbers)
    return Quotes(sought, found)


class _Quoting(Struct, frozen=True):
    """What a page is searched with."""

    sweep: Sweep
    numbers: Mapping[ForbiddenText, int]
    library: Library


def _sentences_on(quoting: _Quoting, page: Page) -> tuple[int, ...]:
    """The numbers of the sentences that a published page has too."""
    written = "\n".join((page.title, quoting.library.texts[page.source].body, page.front.model_dump_json()))
    return tuple(sorted({quoting.numbers[text] for text in _texts_in(quoting.sweep, written)}))


def _texts_in(sweep: Sweep, written: str) -> Iterator[ForbiddenText]:
    return sweep.texts_in("", joined_lines(written).encode("utf-8", "surrogatepass"))


def people_texts(snapshots: Snapshots, metrics: Mapping[str, Metric]) -> Iterator[ForbiddenText]:
    """Values of person-level columns: those that a metric counts by and those that hold mail addresses."""
    counted = {
        pair
        for metric in metrics.values()
        for activity in metric.rows_read.values()
        for pair in (
            (activity.source, activity.column),
            (metric.population.source, metric.population.column),
            (metric.population.source, activity.matches),
        )
    }
    for name, snapshot in sorted(snapshots.by_source.items()):
        columns = {column for source, column in counted if source == name}
        with _connection(snapshot) as connection, opened(connection, snapshot.parquet, snapshot.key) as address:
            values = _values(connection, snapshot.files(address), columns)
        for value in values:
            yield ForbiddenText(value, Kind.MAIL if "@" in value else Kind.IDENTIFIER, snapshot.label)


def _connection(snapshot: Snapshot) -> duckdb.DuckDBPyConnection:
    return database().cursor() if snapshot.key is None else empty_database(ONE_THREAD)


def _values(connection: duckdb.DuckDBPyConnection, files: list[str], identifiers: set[str]) -> list[str]:
    """Distinct values of the identifier columns and of every text column that holds mail addresses."""
    read = f"read_parquet([{', '.join(map(_literal, files))}])"
    described = connection.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()  # noqa: S608 -- paths of ours, quoted
    asked = []
    for column, kind, *_ in described:
        if column in identifiers or kind == "VARCHAR":
            is_looked_for = "" if column in identifiers else f" AND regexp_matches(value, '{_MAIL}')"
            asked.append(
                f"SELECT value FROM (SELECT DISTINCT CAST({_quoted(column)} AS VARCHAR) AS value FROM {read}) "  # noqa: S608 -- names of our own columns, quoted
                f"WHERE length(value) >= {_SHORTEST}{is_looked_for}"
            )
    found = connection.execute(" UNION ".join(asked)).fetchall() if asked else []
    return sorted(value for (value,) in found)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def credential_texts(environ: Mapping[str, str], declared: Collection[str]) -> Iterator[ForbiddenText]:
    """Values of variables that hold secrets, by name or by what is `declared`, as they are and as base64 writes them."""
    for name, value in sorted(credentials_of(environ, declared).items()):
        if len(value) < _SHORTEST_CREDENTIAL or value.startswith(("/", "http")):
            continue  # a path or an address is where a secret is, not the secret
        yield ForbiddenText(value, Kind.CREDENTIAL, name)
        # The last group of base64 depends on what follows the value: left out.
        encoded = base64.b64encode(value.encode()).decode()
        yield ForbiddenText(encoded[: len(value.encode()) // 3 * 4], Kind.CREDENTIAL, name)
