"""Whether the clock may open embargoes: one that is behind what happened already is wrong, or another one was.

Which of them cannot be known here, so a page that is on the site by one of them only is neither published nor taken
away until somebody has looked: the build stops, and the site of before stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from msgspec import Struct

from generator import git
from generator.effects import CLOCKS_DIFFER_BY, Effects
from generator.model.finding import Family, Finding, Place, Severity, Text
from generator.model.page import Library, Term
from generator.publish import last_built
from generator.read.withhold import term_of
from generator.settings import Settings

CLOCK_BEHIND = "clock-behind"
"""The code of what is found here."""


class _Undecided(NamedTuple):
    """A page that comes or goes between the two moments."""

    moment: datetime
    source: str
    goes: bool


def doubts_of_the_clock(settings: Settings, effects: Effects, library: Library) -> list[Finding]:
    """An error when a clock that is behind would decide on a page, a warning when it is only behind.

    A moment that somebody named is not doubted. Git is asked only when there is a page that comes or goes later on.
    """
    if not effects.goes_by_the_clock:
        return []
    now = effects.clock().astimezone(UTC)
    terms = list(_terms(settings, library))
    waits = any(term.changes_after(now.astimezone(settings.zone)) for term, _ in terms)
    behind = _Behind(settings, now, last_built(settings), git.last_commit(settings.root) if waits else None)
    if behind.latest - now <= CLOCKS_DIFFER_BY:
        return []
    undecided = sorted(behind.undecided(terms))
    return [behind.refused(undecided) if undecided else behind.noted()]


def _terms(settings: Settings, library: Library) -> Iterator[tuple[Term, str]]:
    """Of every page that the clock alone keeps in, lets out or takes away, with its source."""
    zone, approval_required = settings.zone, settings.options.approval_required
    for page in library.pages:
        if (term := term_of(page.front, zone, approval_required)) is not None and any(term):
            yield term, page.source
    for withheld in library.withheld:
        if withheld.term is not None:
            yield withheld.term, withheld.source


class _Behind(Struct, frozen=True):
    """A clock, and moments that other clocks have shown already."""

    settings: Settings
    now: datetime
    built: datetime | None
    committed: datetime | None

    @property
    def latest(self) -> datetime:
        """The latest moment that is known to have been."""
        return max(moment for moment in (self.now, self.built, self.committed) if moment is not None)

    def undecided(self, terms: Iterable[tuple[Term, str]]) -> Iterator[_Undecided]:
        """The pages that are on the site by one of the clocks only."""
        now, latest = (moment.astimezone(self.settings.zone) for moment in (self.now, self.latest))
        for term, source in terms:
            goes = term.holds(now)
            moment = term.last if goes else term.opens
            if moment is not None and goes != term.holds(latest):
                yield _Undecided(moment, source, goes)

    def refused(self, pages: Sequence[_Undecided]) -> Finding:
        """The build cannot tell whether these are to be shown."""
        first, more = pages[0], len(pages) - 1
        moment = self._shown(first.moment)
        page = (
            Text(f"{moment} まで掲載のこのページ", f"this page, which goes after {moment}")
            if first.goes
            else Text(f"{moment} 公開のこのページ", f"this page, which comes at {moment}")
        )
        rest = Text(f"（ほかに{more}ページ）", f" (and {more} more)") if more else Text("", "")
        clocks = self._clocks
        what = Text(
            f"{clocks.ja}で、{page.ja}を出してよいか決められません{rest.ja}",
            f"{clocks.en}: whether {page.en}, may be shown cannot be told{rest.en}",
        )
        remedy = Text(
            "コンピューターの時計を合わせるか、時計が正しければその日時を `--now` か環境変数 `SOURCE_DATE_EPOCH` で"
            "伝えてください",
            "set the computer's clock; if it is right, say so with that moment in `--now`, or in the environment "
            "variable `SOURCE_DATE_EPOCH`",
        )
        place = Place(self.settings.shown(self.settings.content / first.source))
        return Finding(Family.SETTINGS, CLOCK_BEHIND, place, what, remedy)

    def noted(self) -> Finding:
        """No page depends on it; days and deadlines on pages do."""
        clocks = self._clocks
        what = Text(f"{clocks.ja}です", clocks.en)
        remedy = Text(
            "時計が遅れていれば合わせ、前の時計が進んでいただけなら、そのままにしてください",
            "set the clock if it is slow; if it was fast before, nothing need be done",
        )
        return Finding(Family.SETTINGS, CLOCK_BEHIND, Place("clock"), what, remedy, Severity.WARNING, may_wait=True)

    @property
    def _clocks(self) -> Text:
        """What one says and what another said, as the beginning of a sentence."""
        now, latest = self._shown(self.now), self._shown(self.latest)
        if self.latest == self.built:
            return Text(
                f"時計（{now}）が前回の組み立て（{latest}）より前",
                f"the clock says {now}, yet the last build was at {latest}",
            )
        return Text(
            f"時計（{now}）が最新のコミット（{latest}）より前",
            f"the clock says {now}, yet the newest commit is of {latest}",
        )

    def _shown(self, moment: datetime) -> str:
        return moment.astimezone(self.settings.zone).isoformat(" ", "minutes")
