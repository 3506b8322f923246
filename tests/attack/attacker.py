"""What follows from all claims together: for each cell the fewest and the most people that may stand behind it.

The attacker knows the rules of the guide (a percent is printed only where at least k people did and at least k did not),
who belongs to whom, and every earlier release. With one sum over the departments of a month, the bounds below are exact.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tests.attack.published import COMPANY, Cell, Range, Site, claims_by_month


@dataclass(frozen=True)
class Bounds:
    """People who did it, at least and at most."""

    low: int
    high: int

    @property
    def width(self) -> int:
        return self.high - self.low

    def holds(self, count: int) -> bool:
        return self.low <= count <= self.high


@dataclass(frozen=True)
class Learned:
    """What the attacker knows in the end."""

    bounds: Mapping[Cell, Bounds]
    eligible: Mapping[Cell, int]
    protected: frozenset[Cell]
    """Cells whose percent is printed nowhere."""
    contradictions: int
    """Cells whose releases cannot all be true, because the data were revised; the newest is believed then."""

    def narrower_than(self, width: int) -> dict[Cell, Bounds]:
        """Protected cells of which more is known; of fewer than `width` people, anything is more."""
        return {
            cell: self.bounds[cell]
            for cell in sorted(self.protected)
            if self.bounds[cell].width < min(width, self.eligible[cell])
        }


def attack(releases: Sequence[Site], min_group: int) -> Learned:
    """Put together everything that all releases, oldest first, say."""
    newest = releases[-1]
    own: dict[Cell, Bounds] = {}
    protected: set[Cell] = set()
    contradictions = 0
    for cell, eligible in newest.eligible.items():
        claims = [
            claim for site in releases if site.eligible.get(cell) == eligible for claim in site.claims.get(cell, ())
        ]
        bounds = _within(claims, eligible, min_group)
        if bounds is None:
            contradictions += 1
            bounds = _within(newest.claims[cell], eligible, min_group)
        if bounds is None:
            raise AssertionError(f"one release contradicts itself about {cell}")
        own[cell] = bounds
        if not any(_is_percent(claim) for claim in newest.claims[cell]):
            protected.add(cell)
    bounds_of = dict(own)
    for metric, month, departments in claims_by_month(newest):
        bounds_of |= _summed(metric, month, departments, own, newest.eligible)
    return Learned(bounds_of, newest.eligible, frozenset(protected), contradictions)


def _within(claims: Iterable[Range], eligible: int, min_group: int) -> Bounds | None:
    """The counts that all claims allow; None when there is none."""
    low, high = 0, eligible
    for claim in claims:
        low = max(low, math.ceil(claim.low * eligible))
        most = claim.high * eligible
        high = min(high, math.floor(most) if claim.high >= 1 or most.denominator != 1 else int(most) - 1)
        if _is_percent(claim):
            low, high = max(low, min_group), min(high, eligible - min_group)
    return Bounds(low, high) if low <= high else None


def _is_percent(claim: Range) -> bool:
    return claim.high - claim.low <= Fraction(1, 100)


def _summed(
    metric: str, month: str, departments: list[str], own: Mapping[Cell, Bounds], eligible: Mapping[Cell, int]
) -> dict[Cell, Bounds]:
    """Bounds tightened by: the company is the sum of its departments, and of those without one."""
    company = (metric, month, COMPANY)
    cells = [(metric, month, department) for department in departments]
    if company not in own or not cells:
        return {}
    without = eligible[company] - sum(eligible[cell] for cell in cells)
    least, most = sum(own[c].low for c in cells), sum(own[c].high for c in cells) + max(without, 0)
    total = Bounds(max(own[company].low, least), min(own[company].high, most))
    found = {company: total}
    for cell in cells:
        others_least, others_most = least - own[cell].low, most - own[cell].high
        found[cell] = Bounds(
            max(own[cell].low, total.low - others_most), min(own[cell].high, total.high - others_least)
        )
    return found


def exposed_by_difference(releases: Sequence[Site], min_group: int) -> set[Cell]:
    """Cells that two releases count with a few people more or less, where the difference can be what those few did.

    Only where both tell the exact count: a rounded share of many people hides a few of them. Where the counts differ by
    more than these people can make, rows of others came late as well, and nobody can tell whose.
    """
    found: set[Cell] = set()
    for number, later in enumerate(releases):
        for earlier in releases[:number]:
            for cell in later.eligible.keys() & earlier.eligible.keys():
                if _tells_of_few(earlier, later, cell, min_group):
                    found.add(cell)
    return found


def _tells_of_few(earlier: Site, later: Site, cell: Cell, min_group: int) -> bool:
    people = later.eligible[cell] - earlier.eligible[cell]
    then, now = (_within(site.claims[cell], site.eligible[cell], min_group) for site in (earlier, later))
    if not 0 < abs(people) < min_group or then is None or now is None or then.width or now.width:
        return False
    active = now.low - then.low
    return min(0, people) <= active <= max(0, people)
