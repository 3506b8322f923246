"""Secondary suppression: what else must be told less exactly, so that what is hidden stays hidden.

Round by round, the audit says where too much can be worked out, and for each such place the cheapest cell that helps
says less: those cost least that count few people and lose little (a wider band less than silence). At the end
every cell that turned out to be coarser than needed gets its words back.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from generator.protect.audit import Breach, Table, breaches, together
from generator.protect.system import Range

MOST_ROUNDS = 20
_FEWEST_SHOWN = 3
"""Members of a total with less than this many shown among them say nothing any more: the total stands for them."""


class Outcome(Struct, frozen=True):
    """How exact each cell of a table may be."""

    levels: tuple[int, ...]  # indexes into each cell's `sayings`
    breaches: tuple[Breach, ...] = ()
    """What is still exposed; nothing may be published then."""


def suppressed(table: Table) -> Outcome:
    """The levels with which nothing can be worked out that must not be, losing as little as possible.

    The order of the cells decides nothing: cells that cost the same are taken in the order of their keys.
    """
    levels = [0] * len(table.cells)
    for _ in range(MOST_ROUNDS):
        found = breaches(table, levels)
        if not found:
            return Outcome(tuple(_collapsed(table, _restored(table, levels))))
        for breach in found:
            _close(table, levels, breach)
    alone = _totals_alone(table)
    return Outcome(tuple(alone), tuple(breaches(table, alone)))


def _close(table: Table, levels: list[int], breach: Breach) -> None:
    """Make cells coarser until the breach is closed, or nothing more helps it."""
    while (lacking := _missing(table, levels, breach)) > 0:
        step = _step(table, levels, breach, lacking)
        if step is None:
            return
        index, level = step
        levels[index] = level


def _step(table: Table, levels: list[int], breach: Breach, lacking: int) -> tuple[int, int] | None:
    """The cell and its new level: the cheapest that closes the breach, else what gains most for its cost."""
    gaining: list[tuple[float, int, int]] = []
    for cost, index, level in _steps(table, levels):
        gained = lacking - _missing(table, [*levels[:index], level, *levels[index + 1 :]], breach)
        if gained == lacking:
            return index, level  # steps come with the cheapest first
        if gained > 0:
            gaining.append((cost / gained, index, level))
    if gaining:
        _, index, level = min(gaining, key=lambda step: step[0])
        return index, level
    # One alone does not help where totals are exact: it takes a row and a column.
    return next(((i, level) for _, i, level in _steps(table, levels) if _is_near(table, i, breach)), None)


def _is_near(table: Table, index: int, breach: Breach) -> bool:
    """Whether a cell counts some of the people of a breach, or stands in one equation with them."""
    groups, cells = table.system.groups, table.cells
    people = frozenset[int]().union(*(groups[group] for group in breach.groups))
    wholes = {total for total, members in table.totals if index in (total, *members)} | {index}
    return any(not people.isdisjoint(groups[cells[whole].group]) for whole in wholes)


def _missing(table: Table, levels: Sequence[int], breach: Breach) -> int:
    """Counts that a breach lacks."""
    told = table.told(levels)
    if len(breach.groups) > 1:
        left = (b for b in together(table, levels, told) if b.groups == breach.groups)
        return sum(b.needed - b.counts.span for b in left)
    found = table.system.short(told, dict.fromkeys(breach.groups, breach.needed)) or {}
    return sum(breach.needed - counts.span for counts in found.values())


def _steps(table: Table, levels: Sequence[int]) -> list[tuple[int, int, int]]:
    """What each cell could say instead, the cheapest first: cost, cell, level."""
    order = sorted(range(len(table.cells)), key=lambda index: repr(table.cells[index].key))
    steps = (
        (_cost(table, index, level), rank, index, level)
        for rank, index in enumerate(order)
        for level in range(levels[index] + 1, len(table.cells[index].sayings))
    )
    return [(cost, index, level) for cost, _, index, level in sorted(steps)]


def _cost(table: Table, index: int, level: int) -> int:
    """What readers lose: the people behind a cell, and the points between which it leaves them."""
    cell = table.cells[index]
    band = cell.sayings[level].judgement.band
    points = 100 if band is None else band.high - band.low
    return table.system.headcounts[cell.group] * (50 + points)


def _restored(table: Table, levels: Sequence[int]) -> list[int]:
    """The same with every cell as exact as the others allow, the dearest first."""
    best = list(levels)
    coarser = [index for index, level in enumerate(levels) if level]
    coarser.sort(key=lambda index: (-_cost(table, index, levels[index]), repr(table.cells[index].key)))
    for index in coarser:
        for level in range(best[index]):
            trial = [*best[:index], level, *best[index + 1 :]]
            if not breaches(table, trial):
                best = trial
                break
    return best


def _collapsed(table: Table, levels: list[int]) -> list[int]:
    """Only the totals, where fewer than three members would be left beside those that were hidden for others' sake."""
    if not any(levels) or not table.totals:
        return levels
    members = {index for _, below in table.totals for index in below} - {total for total, _ in table.totals}
    shown = [i for i in members if table.cells[i].sayings[levels[i]].counts != _everything(table, i)]
    if len(shown) >= min(_FEWEST_SHOWN, len(members)):
        return levels
    alone = _totals_alone(table)
    return levels if breaches(table, alone) else alone


def _everything(table: Table, index: int) -> Range:
    return Range(0, table.system.headcounts[table.cells[index].group])


def _totals_alone(table: Table) -> list[int]:
    totals = {index for index, _ in table.totals} - {index for _, members in table.totals for index in members}
    return [0 if index in totals else len(cell.sayings) - 1 for index, cell in enumerate(table.cells)]
