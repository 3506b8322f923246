"""What readers could work out of a table, and where that is more than they may.

A protected cell is safe when at least k counts remain possible (all of them, where fewer than k people are counted).
Whoever works there and knows about one person, themselves, may not come further than that knowledge alone takes
them: k − 1 counts remain for them, and in no other department is anything certain.

The hidden members of a shown total are, all together, a group that nobody names but everybody can subtract. Small, it
is safe under the same condition; large, also when both sides of it have at least k people, like a share that is shown.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from generator.protect.sayings import Saying
from generator.protect.system import Range, System


class Cell(Struct, frozen=True):
    """A cell of a table, with all it may say."""

    key: Hashable
    group: int  # whom it counts: an index into the system's groups
    sayings: tuple[Saying, ...]  # from the most exact words to silence


class Table(Struct, frozen=True, dict=True):
    """Cells that are published together, and what was published of the same people before."""

    system: System
    cells: tuple[Cell, ...]
    min_group: int
    known: tuple[Range, ...]
    """What each group's earlier figures leave open, by index; everything where there are none."""
    also: tuple[int, ...] = ()
    """Groups that nobody names and that differences between releases could expose."""

    def told(self, levels: Sequence[int]) -> list[Range]:
        """What is told of each group when each cell says what its level gives."""
        told = list(self.known)
        for cell, level in zip(self.cells, levels, strict=True):
            told[cell.group] = told[cell.group].within(cell.sayings[level].counts)
        return told

    def needed(self, group: int) -> int:
        """Counts that must remain possible. What earlier releases have told cannot be taken back."""
        return min(self.min_group, self.system.headcounts[group] + 1, self._remaining[group])

    @cached_property
    def _remaining(self) -> dict[int, int]:
        groups = {cell.group for cell in self.cells} | set(self.also)
        found = self.system.solve(self.known, groups)
        if found is None:
            raise ValueError("what was published before contradicts itself")
        return {group: counts.span for group, counts in found.items()}

    @cached_property
    def before(self) -> list[Range]:
        """Bounds of each group's count from earlier releases alone."""
        return self.system.estimate(self.known)

    @cached_property
    def totals(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Cells (by index) that are the sum of others, each with those of its members that nothing lies between."""
        groups = [self.system.groups[cell.group] for cell in self.cells]
        found = []
        for index, whole in enumerate(groups):
            below = [i for i, group in enumerate(groups) if group < whole]
            direct = tuple(i for i in below if not any(groups[i] < groups[j] for j in below))
            if direct and sum(len(groups[i]) for i in direct) == len(whole):
                found.append((index, direct))
        return tuple(found)


class Breach(Struct, frozen=True):
    """A group of which too few counts remain possible."""

    groups: frozenset[int]  # one, or the members of a total that are hidden together
    counts: Range
    needed: int


def breaches(table: Table, levels: Sequence[int]) -> list[Breach]:
    """Everything that could be worked out and must not be, in the order of the groups."""
    told = table.told(levels)
    needed = {group: table.needed(group) for group in _protected(table, levels) | set(table.also)}
    found = table.system.short(told, needed)
    if found is None:
        raise ValueError("the figures of a table contradict each other")
    named = [
        Breach(frozenset({group}), counts, needed[group])
        for group, counts in sorted(found.items())
        if not (group in table.also and _is_large(counts, table.system.headcounts[group], table.min_group))
    ]
    return named or [*together(table, levels, told), *_by_insiders(table, told, needed)]


def _protected(table: Table, levels: Sequence[int]) -> set[int]:
    said = zip(table.cells, levels, strict=True)
    return {cell.group for cell, level in said if cell.sayings[level].is_protected}


def _is_large(counts: Range, headcount: int, min_group: int) -> bool:
    """Whether both those who did it and those who did not are at least `min_group`, whatever the count is."""
    return counts.low >= min_group and headcount - counts.high >= min_group


def together(table: Table, levels: Sequence[int], told: Sequence[Range]) -> Iterator[Breach]:
    """What is left of a total after subtracting what is shown."""
    found = table.system.estimate(told)
    for total, members in table.totals:
        hidden = [i for i in members if table.cells[i].sayings[levels[i]].is_protected]
        if len(hidden) < 2:
            continue
        groups = frozenset(table.cells[i].group for i in hidden)
        counts = _rest(found, table.cells[total].group, [table.cells[i].group for i in members], groups)
        headcount = sum(table.system.headcounts[group] for group in groups)
        before = _rest(table.before, table.cells[total].group, [table.cells[i].group for i in members], groups)
        needed = min(table.min_group, headcount + 1, before.span)
        if counts.span < needed and not _is_large(counts, headcount, table.min_group):
            yield Breach(groups, counts, needed)


def _rest(found: Sequence[Range], total: int, members: Sequence[int], hidden: frozenset[int]) -> Range:
    shown = [found[group] for group in members if group not in hidden]
    own = Range(sum(found[g].low for g in hidden), sum(found[g].high for g in hidden))
    whole = found[total]
    return own.within(Range(whole.low - sum(r.high for r in shown), whole.high - sum(r.low for r in shown)))


def _by_insiders(table: Table, told: Sequence[Range], needed: Mapping[int, int]) -> Iterator[Breach]:
    """What somebody works out who knows one person's own value.

    It moves one bound of one part by one, and so the bounds of any other group by one at most, one of them in nested
    groups. So only where hardly more remains than must is there anything to look at.
    """
    moves = 1 if table.system.is_nested else 2
    people = table.system.headcounts
    least = {
        group: max(min(2, count), count - 1)
        for group, count in needed.items()
        if people[group] and count == min(table.min_group, people[group] + 1)  # else more was published before
    }
    near = table.system.short(told, {group: count + moves for group, count in least.items()}) or {}
    near = {
        g: counts
        for g, counts in near.items()
        if not (g in table.also and _is_large(counts, people[g], table.min_group))
    }
    for home, value in _insiders(table, told) if near else ():
        knows = list(told)
        knows[home] = knows[home].within(Range(value, people[home] - 1 + value))
        # Of their own group they can learn about the others only.
        own = {group for group in near if table.system.groups[home] <= table.system.groups[group]}
        left = {group: min(least[group], people[group]) if group in own else least[group] for group in near}
        learned = table.system.short(knows, left)
        for group, counts in sorted((learned or {}).items()):  # none: nobody can have this value
            before = near.pop(group)
            yield Breach(frozenset({group}), before, before.span + left[group] - counts.span)


def _insiders(table: Table, told: Sequence[Range]) -> Iterator[tuple[int, int]]:
    """Each smallest group with people whose own value narrows what is known of it, with that value."""
    smallest = [g for g, group in enumerate(table.system.groups) if len(group) == 1]
    for group in smallest:
        if table.system.headcounts[group] > 0 and told[group].span > 1:
            yield from ((group, 0), (group, 1))
