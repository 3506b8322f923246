"""One thing found wrong (or worth saying): where, what, why, and what to do, in Japanese and English."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

_LIKENESS = 0.6  # difflib's ratio from which on a word is taken for a mistyped one


class Severity(StrEnum):
    """How far a finding reaches: an error stops the build, a warning does not (unless `--strict`)."""

    ERROR = "error"
    WARNING = "warning"


class Family(StrEnum):
    """What kind of input is at fault; decides the exit code (`generator.errors`)."""

    CONTENT = "content"
    SETTINGS = "settings"
    DATA = "data"
    PRIVACY = "privacy"
    SITE = "site"  # the finished pages: broken links, missing alt text, leaks
    PUBLISH = "publish"


class Text(Struct, frozen=True):
    """One sentence in the two languages Kawaraban speaks. Names and values stand in backticks."""

    ja: str
    en: str

    def in_language(self, language: str) -> str:
        return self.ja if language == "ja" else self.en


class Place(Struct, frozen=True, order=True):
    """Where it is: a path relative to the site's root (posix, NFC), a line and a column from 1 (0: unknown)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.path, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


class Finding(Struct, frozen=True):
    """One problem. `code` is permanent, lower-case and hyphenated; it is what people search for."""

    family: Family
    code: str  # e.g. "unknown-key"; shown as "content/unknown-key"
    place: Place
    what: Text  # what is wrong and why, one sentence
    remedy: Text  # what to do about it, one sentence
    severity: Severity = Severity.ERROR
    may_wait: bool = False
    """Of a warning: no edit made it but a date that passed or an approval that has not come, or it stands on a page that
    readers do not get. It must not keep other pages from coming and going: `--strict` lets it pass."""

    @property
    def name(self) -> str:
        return f"{self.family.value}/{self.code}"

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def closest(word: str, known: Iterable[str]) -> str | None:
    """The one of the `known` words that `word` was probably meant to be; None when none is like it."""
    by_form = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), by_form, n=1, cutoff=_LIKENESS)
    return by_form[near[0]] if near else None


def nearest(word: str, known: Iterable[str], otherwise: Text | None = None) -> Text:
    """A remedy that names the right word: the nearest one, else what `otherwise` says, else all there are."""
    names = list(known)
    near = closest(word, names)
    if near is not None:
        return Text(f"`{near}` のことではありませんか", f"did you mean `{near}`?")
    if otherwise is not None:
        return otherwise
    shown = listed(names)
    return Text(
        f"使えるのは {shown} です" if shown else "使えるものはまだありません",
        f"known: {shown}" if shown else "there is none yet",
    )


def listed(names: Iterable[str]) -> str:
    """Names as a sentence shows them: `a`, `b`."""
    return ", ".join(f"`{name}`" for name in names)


def one_line(text: str, limit: int = 40) -> str:
    """A piece of somebody's text, short enough and plain enough to stand inside backticks."""
    flat = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text.replace("\n", " ")).replace("`", "'")
    return flat if len(flat) <= limit else flat[:limit] + "…"


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings as people work through them: by file, line, then code; the same order on every machine."""
    return sorted(set(findings), key=lambda finding: (finding.place, finding.name, finding.what.en))
