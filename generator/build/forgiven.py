"""What is wrong with a draft: it stops nobody who looks while others write."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from generator.model.finding import Family, Finding, Severity
from generator.model.page import Library
from generator.settings import Settings

_NEVER = frozenset({"leak-withheld", "reserved-url"})
"""What may not stand on any page, and what leaves it open which of two pages is at an address."""


def forgiven(findings: Iterable[Finding], settings: Settings, library: Library) -> list[Finding]:
    """The same findings, those about pages that readers do not get as warnings; there are none in a build."""
    findings = list(findings)
    if not any(map(_is_mild, findings)):
        return findings  # nearly always, without going through all pages
    drafts = {settings.shown(settings.content / page.source) for page in library.pages if page.stays_in is not None}
    return [
        replace(finding, severity=Severity.WARNING, may_wait=True)
        if _is_mild(finding) and finding.place.path in drafts
        else finding
        for finding in findings
    ]


def _is_mild(finding: Finding) -> bool:
    return finding.family in (Family.CONTENT, Family.SITE) and finding.code not in _NEVER
