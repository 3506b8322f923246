"""What readers can work out: how many people of a group there may be, given everything that is said of all groups.

A `System` knows groups of people and how they overlap; `told` gives, for each group, the counts that the words about
it leave open. Groups consist of *parts*: sets of people that no two groups cut differently (a department that one
group counts and another does not). The count of a group is the sum of those of its parts, and each part has
between nobody and everybody. Those are all the equations there are.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from generator.protect.programme import Programme

_ANY = sys.maxsize
"""More counts than any group has."""
_MOST_PASSES = 4
"""Passes over all equations; what they have not narrowed by then is left to the programme."""


class Range(NamedTuple):
    """Possible counts of people, both ends included; none when `low` is above `high`."""

    low: int
    high: int

    @property
    def span(self) -> int:
        """How many counts these are."""
        return max(0, self.high - self.low + 1)

    def within(self, other: Range) -> Range:
        return Range(max(self.low, other.low), min(self.high, other.high))


class System:
    """Groups of people, each given by the parts it consists of; `sizes` are the headcounts of the parts."""

    def __init__(self, sizes: Sequence[int], groups: Sequence[frozenset[int]]) -> None:
        self.sizes = tuple(sizes)
        self.groups = tuple(groups)
        self.headcounts = tuple(sum(sizes[part] for part in group) for group in groups)

    @cached_property
    def is_nested(self) -> bool:
        """Whether any two groups are apart or one holds the other: then `estimate` is exact."""
        groups = set(self.groups)
        return all(a <= b or b <= a or a.isdisjoint(b) for a in groups for b in groups)

    def estimate(self, told: Sequence[Range]) -> list[Range]:
        """Bounds of each group's count: never too narrow, and exact when the groups are nested.

        A contradiction shows as a range without counts.
        """
        if self.is_nested:
            return self._tree.ranges(told)
        return self._propagated(told)

    def solve(self, told: Sequence[Range], wanted: Collection[int]) -> dict[int, Range] | None:
        """The range of each `wanted` group (by index); None for a contradiction."""
        return self.short(told, dict.fromkeys(wanted, _ANY))

    def short(self, told: Sequence[Range], needed: Mapping[int, int]) -> dict[int, Range] | None:
        """The range of each group (by index) of which fewer counts are possible than `needed`.

        None for a contradiction. What simple bounds leave open is settled by linear programming. It is exact where the
        groups' incidence is totally unimodular, as in trees and in tables with two sets of totals; elsewhere counts
        between integers are cut off, and a range may come out wider than it is.
        """
        rough = self.estimate(told)
        if not all(found.span for found in rough):
            return None
        if self.is_nested:
            return {group: rough[group] for group, least in needed.items() if rough[group].span < least}
        programme, found = self._programme, {}
        programme.bounded(told)
        for group, least in sorted(needed.items()):
            if programme.witnessed(group) < least:
                exact = programme.range_of(group)
                if exact is None:
                    return None
                if Range(*exact).span < least:
                    found[group] = Range(*exact)
        return found

    @cached_property
    def _programme(self) -> Programme:
        from generator.protect.programme import Programme  # HiGHS takes a while to load, and trees do without it

        return Programme(self)

    @cached_property
    def _tree(self) -> _Tree:
        return _Tree(self)

    def _propagated(self, told: Sequence[Range]) -> list[Range]:
        low, high = [0] * len(self.sizes), list(self.sizes)
        for _ in range(_MOST_PASSES):
            before = (list(low), list(high))
            for parts, said in zip(self._parts, told, strict=True):
                least, most = sum([low[part] for part in parts]), sum([high[part] for part in parts])
                if said.low <= least and most <= said.high:
                    continue
                for part in parts:
                    at_least, at_most = said.low - most + high[part], said.high - least + low[part]
                    low[part], high[part] = max(low[part], at_least), min(high[part], at_most)
            if (low, high) == before:
                break
        return [
            Range(sum([low[part] for part in parts]), sum([high[part] for part in parts])).within(said)
            for parts, said in zip(self._parts, told, strict=True)
        ]

    @cached_property
    def _parts(self) -> list[list[int]]:
        return [sorted(group) for group in self.groups]


class _Tree:
    """Nested groups: what the members of a group leave open goes up, what its whole leaves open comes down."""

    def __init__(self, system: System) -> None:
        nodes = {*system.groups, *(frozenset({part}) for part in range(len(system.sizes)))}
        # The largest first; the order among equals decides nothing but must be the same in every process.
        self._nodes = sorted((node for node in nodes if node), key=lambda node: (-len(node), min(node)))
        at = {node: index for index, node in enumerate(self._nodes)}
        self._groups = [at.get(group) for group in system.groups]
        self._sizes = [sum(system.sizes[part] for part in node) for node in self._nodes]
        self._members: list[list[int]] = [[] for _ in self._nodes]
        holder: dict[int, int] = {}  # the smallest group so far that holds a part
        for index, node in enumerate(self._nodes):
            whole = holder.get(min(node))
            if whole is not None:
                self._members[whole].append(index)
            holder |= dict.fromkeys(node, index)

    def ranges(self, told: Sequence[Range]) -> list[Range]:
        found = [Range(0, size) for size in self._sizes]
        for index, said in zip(self._groups, told, strict=True):
            if index is not None:
                found[index] = found[index].within(said)
        for index in range(len(found) - 1, -1, -1):
            members = self._members[index]
            if members:
                low, high = sum(found[m].low for m in members), sum(found[m].high for m in members)
                found[index] = found[index].within(Range(low, high))
        for index, members in enumerate(self._members):
            whole = found[index]
            low, high = sum(found[m].low for m in members), sum(found[m].high for m in members)
            for m in members:
                now = found[m]
                found[m] = now.within(Range(whole.low - (high - now.high), whole.high - (low - now.low)))
        return [Range(0, 0).within(said) if i is None else found[i] for i, said in zip(self._groups, told, strict=True)]
