"""How this step words a finding: always about content, always with a place, both languages at once."""

from __future__ import annotations

from generator.model.finding import Family, Finding, Place, Severity, Text, listed, one_line

__all__ = ["MAX_REPORTED", "error", "listed", "one_line", "warning"]

MAX_REPORTED = 20  # findings of one kind on one page; whoever mends these learns the rest in the next run


def error(code: str, place: Place, what: Text, remedy: Text) -> Finding:
    """Something that stops the build."""
    return Finding(Family.CONTENT, code, place, what, remedy)


def warning(code: str, place: Place, what: Text, remedy: Text, *, may_wait: bool = False) -> Finding:
    """Something worth saying that does not stop the build, not even under `--strict` when it `may_wait`."""
    return Finding(Family.CONTENT, code, place, what, remedy, Severity.WARNING, may_wait)
