"""Gathers what may not leave: people's addresses and numbers, credentials, the sentences of pages that stay in.

Names of people are not among them: champions and interviewees are named because they agreed.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from generator.effects import credentials_of
from generator.model.metric import Metric
from generator.model.page import Library
from generator.model.sentence import joined_lines
from generator.model.snapshot import Snapshot, Snapshots
from generator.settings import Settings
from generator.verify.forbidden import Forbidden, ForbiddenText, Kind
from generator.verify.sweep import Sweep

_SHORTEST = 6
"""Characters; anything shorter stands in ordinary text by chance."""
_SHORTEST_CREDENTIAL = 12
_OFFLINE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}  # DuckDB downloads nothing
_MAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"


@dataclass(frozen=True, slots=True)
class Quotes:
    """Which sentences of withheld pages the published pages have too, by their numbers, page by page."""

    sought: str = ""  # digest of the sentences
    found: Mapping[str, tuple[str, tuple[int, ...]]] = field(default_factory=dict)
    """By source: digest of the page, and the numbers."""


def gathered(*groups: Iterable[ForbiddenText]) -> Forbidden:
    """What may not leave, from all places where such texts come from."""
    texts = [text for group in groups for text in group]
    # Every export writes the same people's addresses, some in capitals: one of each is enough.
    unique = {text.text.lower(): text for text in reversed(texts)}
    return Forbidden(tuple(reversed(unique.values())))


def withheld_texts(
    settings: Settings, library: Library, metrics: Mapping[str, Metric], before: Quotes
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
    quotes = _quotes(texts, library, before)
    numbers = {text: number for number, text in enumerate(texts)}
    sweep = Sweep(texts)
    met = {number for _, found in quotes.found.values() for number in found}
    for written in (*(metric.model_dump_json() for metric in metrics.values()), settings.options.model_dump_json()):
        met.update(numbers[text] for text in _texts_in(sweep, written))
    return tuple(text for number, text in enumerate(texts) if number not in met), quotes


def _quotes(texts: Sequence[ForbiddenText], library: Library, before: Quotes) -> Quotes:
    # Found the way the site is searched, so that one pass over a page answers for all drafts.
    sweep, numbers = Sweep(texts), {text: number for number, text in enumerate(texts)}
    sought = blake2b("\0".join(text.text for text in texts).encode("utf-8", "surrogatepass")).hexdigest()
    known = before.found if before.sought == sought else {}
    found: dict[str, tuple[str, tuple[int, ...]]] = {}
    for page in library.pages:
        told = known.get(page.source)
        digests = library.digests[page.source]
        digest = digests.front + digests.text
        if told is None or told[0] != digest:
            written = "\n".join((page.title, library.texts[page.source].body, page.front.model_dump_json()))
            told = (digest, tuple(sorted({numbers[text] for text in _texts_in(sweep, written)})))
        found[page.source] = told
    return Quotes(sought, found)


def _texts_in(sweep: Sweep, written: str) -> Iterator[ForbiddenText]:
    return sweep.texts_in("", joined_lines(written).encode("utf-8", "surrogatepass"))


def people_texts(snapshots: Snapshots, metrics: Mapping[str, Metric]) -> Iterator[ForbiddenText]:
    """Values of person-level columns: those that a metric counts by and those that hold mail addresses."""
    counted = {
        pair
        for metric in metrics.values()
        for pair in (
            (metric.numerator.source, metric.numerator.column),
            (metric.denominator.source, metric.denominator.column),
            (metric.denominator.source, metric.numerator.matches),
        )
    }
    for name, snapshot in sorted(snapshots.by_source.items()):
        columns = {column for source, column in counted if source == name}
        for value in _values(snapshot, columns):
            kind = Kind.MAIL if "@" in value else Kind.IDENTIFIER
            yield ForbiddenText(value, kind, snapshot.label)


def _values(snapshot: Snapshot, identifiers: set[str]) -> list[str]:
    """Distinct values of the identifier columns and of every text column that holds mail addresses."""
    import duckdb  # 60 ms to import, and only a build needs it

    with duckdb.connect(config={**_OFFLINE}) as database:
        rows = database.read_parquet(str(snapshot.parquet))
        found: set[str] = set()
        for column, kind in zip(rows.columns, rows.types, strict=True):
            if column not in identifiers and str(kind) != "VARCHAR":
                continue
            text = f"CAST({_quoted(column)} AS VARCHAR)"
            condition = f"length({text}) >= {_SHORTEST}"
            if column not in identifiers:
                condition += f" AND regexp_matches({text}, '{_MAIL}')"
            found.update(value for (value,) in rows.filter(condition).project(text).distinct().fetchall())
    return sorted(found)


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def credential_texts(environ: Mapping[str, str]) -> Iterator[ForbiddenText]:
    """Values of variables whose name says secret, as they are and as base64 writes them."""
    for name, value in sorted(credentials_of(environ).items()):
        if len(value) < _SHORTEST_CREDENTIAL or value.startswith(("/", "http")):
            continue  # a path or an address is where a secret is, not the secret
        yield ForbiddenText(value, Kind.CREDENTIAL, name)
        # The last group of base64 depends on what follows the value: left out.
        encoded = base64.b64encode(value.encode()).decode()
        yield ForbiddenText(encoded[: len(value.encode()) // 3 * 4], Kind.CREDENTIAL, name)
