"""Every kind of metric counted once more, by plain loops over people and days; shares no code with `generator/measure`."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

Post = tuple[str, str, str, bool, date, date | None]
"""Person, name, department, eligible, first and last day."""
Done = tuple[str, date]
"""Name as the tool spells it, day."""
Answer = tuple[str, date, int | None]

MONTH = (2026, 10)
END = date(2026, 10, 31)
HOLIDAYS = {date(2026, 10, 12), date(2026, 10, 30)}  # スポーツの日, and a holiday of the company


@dataclass(frozen=True)
class World:
    """Everything that can be counted."""

    roster: Sequence[Post]
    usage: Sequence[Done]
    mails: Sequence[Done]
    survey: Sequence[Answer]

    def members(self) -> dict[str, tuple[str, str]]:
        """Person → department and name of the eligible people on the last day."""
        return {
            person: (unit, name)
            for person, name, unit, eligible, first, last in self.roster
            if eligible and first <= END and (last is None or last >= END)
        }


Counts = tuple[int, int, int, tuple[int, ...]]
"""Numerator, denominator, against, groups."""


def days_before(count: int, last: date = END) -> set[date]:
    return {last - timedelta(days=back) for back in range(count)}


def within(done: Sequence[Done], days: set[date]) -> set[str]:
    return {name.strip().lower() for name, day in done if day in days}


OCTOBER = days_before(monthrange(*MONTH)[1])


def share(world: World, names: Sequence[str], days: set[date] = OCTOBER) -> Counts:
    active = within(world.usage, days)
    return sum(name in active for name in names), len(names), 0, ()


def stickiness(world: World, names: Sequence[str]) -> Counts:
    active = within(world.usage, OCTOBER)
    users = [name for name in names if name in active]
    open_days = [day for day in sorted(OCTOBER) if day.weekday() < 5 and day not in HOLIDAYS]
    there = [sum(name in within(world.usage, {day}) for day in open_days) for name in users]
    missed = sum(days < len(open_days) for days in there)
    return sum(there), len(users) * len(open_days), 0, (len(users), missed)


def activation(world: World, names: Sequence[str]) -> Counts:
    began = []
    for person, (_, name) in world.members().items():
        first = min(post[4] for post in world.roster if post[0] == person)
        if name in names and first + timedelta(days=14) in OCTOBER:
            began.append(name in within(world.usage, days_before(15, first + timedelta(days=14))))
    return sum(began), len(began), 0, (sum(began), len(began) - sum(began))


def retention(world: World, names: Sequence[str]) -> Counts:
    earlier = [(name.lower(), day) for name, day in world.usage if day in days_before(28, END - timedelta(days=28))]
    before = {
        name
        for _, name, _, _, first, last in world.roster
        for done, day in earlier
        if done == name and first <= day and (last is None or day <= last)
    }
    after = within(world.usage, days_before(28))
    was = [name for name in names if name in before]
    stayed = sum(name in after for name in was)
    return stayed, len(was), 0, (stayed, len(was) - stayed, len(names) - len(was))


def dual_use(world: World, names: Sequence[str]) -> Counts:
    one, other = within(world.usage, OCTOBER), within(world.mails, OCTOBER)
    both = sum(name in one & other for name in names)
    either = sum(name in one | other for name in names)
    return both, either, 0, (both, either - both, len(names) - either)


def scores(world: World, names: Sequence[str]) -> list[int]:
    found = []
    for name in names:
        given = [(d, -s) for n, d, s in world.survey if n.strip().lower() == name and d in OCTOBER and s is not None]
        if given:
            found.append(-max(given)[1])  # the latest; of one day the lowest
    return found


def favourable(world: World, names: Sequence[str]) -> Counts:
    given = scores(world, names)
    good = sum(score >= 4 for score in given)
    return good, len(given), 0, (good, len(given) - good)


def enps(world: World, names: Sequence[str]) -> Counts:
    given = scores(world, names)
    promoters, detractors = sum(score >= 9 for score in given), sum(score <= 6 for score in given)
    return promoters, len(given), detractors, (promoters, detractors, len(given))


def faq_effect(world: World, names: Sequence[str]) -> Counts:
    shifted = {day - timedelta(days=3) for day in OCTOBER}
    sessions = {(name.strip().lower(), day) for name, day in world.usage if day in shifted}
    tickets = {(name.strip().lower(), day) for name, day in world.mails}
    helped = {
        (name, day): not any((name, day + timedelta(days=n)) in tickets for n in range(4))
        for name, day in sessions
        if name in names
    }
    good = {name for (name, _), was in helped.items() if was}
    bad = {name for (name, _), was in helped.items() if not was}
    return sum(helped.values()), len(helped), 0, (len(good), len(bad))


KINDS: dict[str, Callable[[World, Sequence[str]], Counts]] = {
    "share": share,
    "stickiness": stickiness,
    "activation": activation,
    "retention": retention,
    "dual_use": dual_use,
    "favourable": favourable,
    "enps": enps,
    "faq_effect": faq_effect,
}


def recounted(kind: str, world: World) -> dict[str | None, tuple[Counts, int]]:
    """Department (None: the company) → counts and headcount, of October 2026."""
    members = world.members()
    cells = {}
    for unit in {None, *(unit for unit, _ in members.values())} if members else set():
        names = [name for place, name in members.values() if unit in (None, place)]
        cells[unit] = (KINDS[kind](world, names), len(names))
    return cells
