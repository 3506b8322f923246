"""Texts that may not occur in any byte of the site: people's addresses and numbers, credentials, pages that stay in.

Names of people are not among them: champions and interviewees are named because they agreed.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from generator.effects import Effects
from generator.model.metric import Metric
from generator.model.page import Library
from generator.model.snapshot import Snapshot, Snapshots
from generator.settings import Settings

_SHORTEST = 6
"""Characters; anything shorter stands in ordinary text by chance."""
_SHORTEST_SENTENCE = 12
_SHORTEST_LATIN_SENTENCE = 25
_SHORTEST_CREDENTIAL = 12
_CREDENTIAL_NAME = re.compile(r"TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|CREDENTIAL|PRIVATE_KEY", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[。．.、，,！？!?「」『』（）()\[\]<>*_`#|:：\"'\t\n]|(?<=\s)-(?=\s)")
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_TITLE = re.compile(r"^(?:title|summary|description):(.*)$", re.MULTILINE)
_JOINED_LINES = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_MAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"


class Kind(StrEnum):
    """What a forbidden text is; a finding says this and never the text."""

    WITHHELD = "withheld"
    MAIL = "mail"
    IDENTIFIER = "identifier"
    CREDENTIAL = "credential"


@dataclass(frozen=True, slots=True)
class ForbiddenText:
    """`origin` may be told: the file that stays in, the source that names the person, the variable's name."""

    text: str = field(repr=False)
    kind: Kind
    origin: str


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Everything to look for, in a stable order."""

    texts: tuple[ForbiddenText, ...] = ()


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
    """Titles and sentences of withheld files that no published text has too (a draft may quote a rule)."""
    public = "\n".join(
        (
            *(page.title + "\n" + page.body + "\n" + page.front.model_dump_json() for page in library.pages),
            *(metric.model_dump_json() for metric in metrics.values()),
            settings.options.model_dump_json(),
        )
    )
    public = _JOINED_LINES.sub("", public)
    for page in library.withheld:
        written = (settings.content / page.source).read_text(encoding="utf-8-sig")
        for sentence in distinctive_sentences(unicodedata.normalize("NFC", written.replace("\r\n", "\n"))):
            if sentence not in public:
                yield ForbiddenText(sentence, Kind.WITHHELD, settings.shown(settings.content / page.source))


def distinctive_sentences(written: str) -> list[str]:
    """Title and summary whole, and every stretch of the body between punctuation that is long enough to be its own."""
    front = _FRONT_MATTER.match(written)
    body = _JOINED_LINES.sub("", written[front.end() :] if front else written)
    titles = (found.strip(" '\"") for found in _TITLE.findall(front[1])) if front else ()
    sentences = (part.strip() for part in _SENTENCE_ENDS.split(body))
    return [
        *(title for title in titles if len(title) >= _SHORTEST),
        *(sentence for sentence in sentences if _is_long_enough(sentence)),
    ]


def _is_long_enough(sentence: str) -> bool:
    return len(sentence) >= (_SHORTEST_SENTENCE if _JAPANESE.search(sentence) else _SHORTEST_LATIN_SENTENCE)


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

    with duckdb.connect() as database:
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
