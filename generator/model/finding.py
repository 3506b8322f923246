"""One thing found wrong (or worth saying): where, what, why, and what to do, in Japanese and English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in the two languages Kawaraban speaks. Names and values stand in backticks."""

    ja: str
    en: str

    def in_language(self, language: str) -> str:
        return self.ja if language == "ja" else self.en


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where it is: a path relative to the site's root (posix, NFC), a line and a column from 1 (0: unknown)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.path, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. `code` is permanent, lower-case and hyphenated; it is what people search for."""

    family: Family
    code: str  # e.g. "unknown-key"; shown as "content/unknown-key"
    place: Place
    what: Text  # what is wrong and why, one sentence
    remedy: Text  # what to do about it, one sentence
    severity: Severity = Severity.ERROR

    @property
    def name(self) -> str:
        return f"{self.family.value}/{self.code}"

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings as people work through them: by file, line, then code; the same order on every machine."""
    return sorted(set(findings), key=lambda finding: (finding.place, finding.name, finding.what.en))
