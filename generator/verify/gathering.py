"""Gathers what may not leave: people's addresses and numbers, credentials, the sentences of pages that stay in.

Names of people are not among them: champions and interviewees are named because they agreed.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping

from generator.effects import Effects
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
_CREDENTIAL_NAME = re.compile(r"TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|CREDENTIAL|PRIVATE_KEY", re.IGNORECASE)
_OFFLINE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}  # DuckDB downloads nothing
_MAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"


def forbidden_texts(
    settings: Settings, effects: Effects, library: Library, snapshots: Snapshots, metrics: Mapping[str, Metric]
) -> Forbidden:
    """Gather what may not leave: from withheld files, person-level columns and the environment.

    A column is person-level when a metric counts by it or when it holds mail addresses.
    """
    texts = [
        *_withheld(settings, library, metrics),
        *_people(snapshots, metrics),
        *_credentials(effects.environ),
    ]
    # Every export writes the same people's addresses, some in capitals: one of each is enough.
    unique = {text.text.lower(): text for text in reversed(texts)}
    return Forbidden(tuple(reversed(unique.values())))


def _withheld(settings: Settings, library: Library, metrics: Mapping[str, Metric]) -> Iterator[ForbiddenText]:
    """Sentences of withheld pages that no published text has too (a draft may quote a rule)."""
    texts = [
        ForbiddenText(sentence, Kind.WITHHELD, origin)
        for page, origin in ((page, settings.shown(settings.content / page.source)) for page in library.withheld)
        for sentence in page.sentences
    ]
    # Found the way the site is searched, so that one pass over all pages answers for all drafts.
    sweep = Sweep(texts)
    for written in _public(settings, library, metrics):
        sweep.look("", joined_lines(written).encode("utf-8", "surrogatepass"))
    return (text for text in texts if text not in sweep.met)


def _public(settings: Settings, library: Library, metrics: Mapping[str, Metric]) -> Iterator[str]:
    for page in library.pages:
        yield "\n".join((page.title, library.texts[page.source].body, page.front.model_dump_json()))
    yield from (metric.model_dump_json() for metric in metrics.values())
    yield settings.options.model_dump_json()


def _people(snapshots: Snapshots, metrics: Mapping[str, Metric]) -> Iterator[ForbiddenText]:
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


def _credentials(environ: Mapping[str, str]) -> Iterator[ForbiddenText]:
    """Values of variables whose name says secret, as they are and as base64 writes them."""
    for name in sorted(environ):
        value = environ[name]
        if not _CREDENTIAL_NAME.search(name) or len(value) < _SHORTEST_CREDENTIAL or value.startswith(("/", "http")):
            continue  # a path or an address is where a secret is, not the secret
        yield ForbiddenText(value, Kind.CREDENTIAL, name)
        # The last group of base64 depends on what follows the value: left out.
        encoded = base64.b64encode(value.encode()).decode()
        yield ForbiddenText(encoded[: len(value.encode()) // 3 * 4], Kind.CREDENTIAL, name)
