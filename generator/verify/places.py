"""From a problem on an output page back to the line that somebody wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from msgspec import Struct

from generator.model.finding import Finding, Place, Severity, Text, in_order
from generator.model.page import PageText
from generator.settings import Settings
from generator.verify.wording import WORDING, Problem

_OUTPUT = "site"  # what messages call the built folder, wherever it lies at the moment
_MANY = 3
"""Above this many generated pages with the same problem one finding speaks for all: the cause is one template."""


def findings(problems: Iterable[Problem], sources: Sources) -> list[Finding]:
    """Every problem told once, at the author's line where one is to blame, in the order people work."""
    generated: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    told: list[Finding] = []
    for problem in problems:
        if place := sources.place(problem):
            told.append(_finding(problem, place))
        else:
            generated[problem.code, problem.subject].append(problem)
    for same in generated.values():
        told.extend(_of_generated(same))
    return in_order(told)


def _of_generated(same: list[Problem]) -> list[Finding]:
    shown = same if len(same) <= _MANY else same[:1]
    return [_finding(problem, Place(f"{_OUTPUT}/{problem.page}"), len(same) - len(shown)) for problem in shown]


def _finding(problem: Problem, place: Place, others: int = 0) -> Finding:
    wording = WORDING[problem.code]
    what = wording.about(problem.subject)
    if others:
        what = Text(f"{what.ja}（ほか {others} ページ）", f"{what.en} (and on {others} other pages)")
    severity = Severity.WARNING if problem.is_mild else wording.severity
    return Finding(wording.family, problem.code, place, what, wording.advice(problem.meant), severity)


class Origin(Struct, frozen=True):
    """Where an output page comes from."""

    source: str | None  # the author's file; None when the page is generated
    texts: tuple[str, ...]  # sources of the authors' texts that stand on it


class Sources(Struct, frozen=True):
    """Knows which author's texts went into which output page."""

    settings: Settings
    origins: Mapping[str, Origin] = {}
    """By output file."""
    texts: Mapping[str, PageText] = {}
    """By source."""

    def place(self, problem: Problem) -> Place | None:
        """The author's file (and line, when the text can be found in it); None when no author is to blame."""
        origin = self.origins.get(problem.page)
        if origin is None:
            return None
        if problem.written_as:
            return self._line(origin, problem.written_as)
        return self._shown(origin.source, 0) if origin.source else None

    def _line(self, origin: Origin, candidates: tuple[str, ...]) -> Place | None:
        for candidate in candidates:
            for source in origin.texts:
                text = self.texts[source]
                for number, line in enumerate(text.body.split("\n"), text.body_line):
                    if candidate in line or candidate in unquote(line):
                        return self._shown(source, number)
        return None

    def _shown(self, source: str, line: int) -> Place:
        return Place(self.settings.shown(self.settings.content / source), line)
