"""Whether the clock may open embargoes: one that is behind what happened already is wrong, or another one was.

Which of them cannot be known here, so a page on which it depends is neither published nor taken away until somebody has
looked: the build stops, and the site of before stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from generator import git
from generator.effects import CLOCKS_DIFFER_BY, Effects
from generator.model.finding import Family, Finding, Place, Severity, Text
from generator.model.page import Library
from generator.publish import last_built
from generator.read.withhold import due_of
from generator.settings import Settings

_NEWS = timedelta(days=1)
"""So long after it is due a page may be new to readers, where no build is known that had it already."""

_Due = tuple[datetime, str]
"""When a page comes out, and its source."""


def doubts_of_the_clock(settings: Settings, effects: Effects, library: Library) -> list[Finding]:
    """An error when a clock that is behind would decide on a page, a warning when it is only behind.

    A moment that somebody named is not doubted. Git is asked only when there is a page to decide on.
    """
    if not effects.goes_by_the_clock:
        return []
    now, built = effects.clock(), last_built(settings)
    opened = now - _NEWS if built is None else min(built, now)
    undecided = sorted(page for page in _dues(settings, library) if page[0] > opened)
    committed = git.last_commit(settings.root) if undecided else None
    behind = _Behind(settings, now, built, committed)
    if behind.latest - now <= CLOCKS_DIFFER_BY:
        return []
    doubted = [page for page in undecided if page[0] <= behind.latest]
    return [behind.undecided(doubted) if doubted else behind.noted()]


def _dues(settings: Settings, library: Library) -> Iterator[_Due]:
    for page in library.pages:
        due = due_of(page.front, settings.zone)
        if due is not None:
            yield due, page.source
    for withheld in library.withheld:
        if withheld.until is not None:
            yield withheld.until, withheld.source


@dataclass(frozen=True, slots=True)
class _Behind:
    """A clock and what it is behind of."""

    settings: Settings
    now: datetime
    built: datetime | None
    committed: datetime | None

    @property
    def latest(self) -> datetime:
        """The latest moment that is known to have been."""
        return max(moment for moment in (self.now, self.built, self.committed) if moment is not None)

    @property
    def _what(self) -> Text:
        now, latest = self._shown(self.now), self._shown(self.latest)
        if self.latest == self.built:
            return Text(
                f"時計は {now} ですが、前回は {latest} に組み立てています",
                f"the clock says {now}, yet the last build was at {latest}",
            )
        return Text(
            f"時計は {now} ですが、最新のコミットは {latest} のものです",
            f"the clock says {now}, yet the newest commit is of {latest}",
        )

    def undecided(self, pages: Sequence[_Due]) -> Finding:
        """The build cannot tell whether these may come out."""
        (due, source), more = pages[0], len(pages) - 1
        rest = Text(f"（ほかに{more}ページ）", f" (and {more} more)") if more else Text("", "")
        what = Text(
            f"{self._what.ja}。{self._shown(due)} 公開のこのページを出してよいか決められません{rest.ja}",
            f"{self._what.en}: whether this page, due at {self._shown(due)}, may come out cannot be told{rest.en}",
        )
        remedy = Text(
            "コンピューターの時計を合わせてください。時計が正しいなら、その日時を `--now` で伝えてください",
            "set the computer's clock; if it is right, say so with `--now` and that moment",
        )
        place = Place(self.settings.shown(self.settings.content / source))
        return Finding(Family.SETTINGS, "clock-behind", place, what, remedy)

    def noted(self) -> Finding:
        """No page depends on it; days and deadlines on pages do."""
        remedy = Text(
            "時計が遅れていれば合わせてください。前の時計が進んでいただけなら、そのままでかまいません",
            "set the clock if it is slow; if it was fast before, nothing need be done",
        )
        place = Place(self.settings.config_file)
        return Finding(Family.SETTINGS, "clock-behind", place, self._what, remedy, Severity.WARNING)

    def _shown(self, moment: datetime) -> str:
        return moment.astimezone(self.settings.zone).isoformat(" ", "minutes")
