"""One metric's month as a table: who is counted by which cell, and what earlier releases have said of the same people.

Departments are parts of the company; who belongs to none that is published is a part of its own. An earlier release
of the same month counted the same people, unless the roster was corrected since: then whoever came or went is a
part as well, and the difference between both releases speaks of them alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.model.figure import COMPANY, Figure
from generator.model.ledger import ToldCell, ToldMonth
from generator.protect.audit import Cell, Table, breaches
from generator.protect.sayings import sayings
from generator.protect.system import Range, System


class MonthTable(Struct, frozen=True):
    """The measured cells of one metric and month, in the order of the cells of `table`."""

    figures: tuple[Figure, ...]
    table: Table
    kept: ToldMonth | None = None
    """The edition that stays: the correction since would tell about the few people it is about."""


def is_partition(figures: Sequence[Figure]) -> bool:
    """Whether the departments can be parts of the company: nobody is counted in two."""
    whole = next((figure for figure in figures if figure.department is COMPANY), None)
    if whole is None:
        return True
    parts = [figure for figure in figures if figure is not whole]
    people, active = sum(figure.denominator for figure in parts), sum(figure.numerator or 0 for figure in parts)
    fits = 0 <= (whole.numerator or 0) - active <= whole.denominator - people
    return fits and sum(figure.eligible for figure in parts) <= whole.eligible


def month_table(figures: Sequence[Figure], min_group: int, earlier: Sequence[ToldMonth]) -> MonthTable:
    """The table of a metric's month; `earlier` are its editions with the same definition, the oldest first."""
    earlier = [_renamed(edition, figures) for edition in earlier]
    last = earlier[-1] if earlier else None
    if last is not None and has_other_units(figures, last):
        return _kept(figures, min_group, last)  # a reorganisation is shown as a break, never rewritten
    table, moved = _table(figures, min_group, earlier)
    if last is not None and moved and _is_small(figures, last, min_group):
        exposed = {group for breach in breaches(table, [0] * len(figures)) for group in breach.groups}
        if exposed & moved:
            return _kept(figures, min_group, last)
    return MonthTable(tuple(figures), table)


def _renamed(edition: ToldMonth, figures: Sequence[Figure]) -> ToldMonth:
    """The edition with the departments' ids of today, where one was renamed and still has the same people."""
    told = {cell.department for cell in edition.cells}
    new = {figure.members: figure.department for figure in figures if figure.members and figure.department not in told}
    gone = told - {figure.department for figure in figures}
    cells = (
        replace(cell, department=new[cell.members]) if cell.department in gone and cell.members in new else cell
        for cell in edition.cells
    )
    return replace(edition, cells=tuple(cells))


def _kept(figures: Sequence[Figure], min_group: int, last: ToldMonth) -> MonthTable:
    table, _ = _table(figures, min_group, ())
    return MonthTable(tuple(figures), table, kept=last)


def has_other_units(figures: Sequence[Figure], last: ToldMonth) -> bool:
    """Whether other departments have a figure than then: after a reorganisation, or while one of them is held back."""
    return {figure.department for figure in figures} != {cell.department for cell in last.cells}


def _is_small(figures: Sequence[Figure], last: ToldMonth, min_group: int) -> bool:
    """Whether the headcount as a whole was corrected by few people."""
    now = sum(figure.denominator for figure in figures if figure.department is not COMPANY)
    then = sum(cell.eligible for cell in last.cells if cell.department is not COMPANY)
    return abs(now - then) < min_group


class _Groups(Struct):
    """A table under construction."""

    sizes: list[int] = []
    groups: dict[frozenset[int], int] = {}
    known: dict[int, Range] = {}
    also: list[int] = []
    moved: set[int] = set()

    def part(self, people: int) -> frozenset[int]:
        """So many people whom other groups hold together or not at all; nobody in none."""
        if not people:
            return frozenset()
        self.sizes.append(people)
        return frozenset({len(self.sizes) - 1})

    def group(self, parts: frozenset[int]) -> int:
        return self.groups.setdefault(parts, len(self.groups))

    def unnamed(self, parts: frozenset[int]) -> None:
        """People of whom no cell speaks."""
        if parts:
            self.also.append(self.group(parts))

    def moves(self, parts: frozenset[int]) -> None:
        """People who came into a cell, or went, since an earlier release."""
        if parts:
            self.unnamed(parts)
            self.moved.add(self.group(parts))

    def tell(self, parts: frozenset[int], cell: ToldCell) -> None:
        group, said = self.group(parts), Range(cell.low, cell.high)
        self.known[group] = self.known[group].within(said) if group in self.known else said


def _table(figures: Sequence[Figure], min_group: int, earlier: Sequence[ToldMonth]) -> tuple[Table, set[int]]:
    """The table, and its groups of people who came or went since.

    With everything earlier editions said, unless the counts have changed since: then it is not of these counts.
    """
    for linked in (_linked(figures, earlier, with_company=True), _linked(figures, earlier, with_company=False), {}):
        table, moved = _built(figures, min_group, linked)
        told = table.told([0] * len(table.cells))
        if table.system.solve(told, range(min(1, len(told)))) is not None:
            return table, moved
    raise ValueError("the counts of a month contradict each other")


_Linked = dict[str | None, list[ToldCell]]


def _linked(figures: Sequence[Figure], earlier: Sequence[ToldMonth], *, with_company: bool) -> _Linked:
    """What was said of each cell before and can hold of its counts now; of other people, the newest edition only."""
    found: _Linked = {}
    for figure in figures:
        if figure.department is COMPANY and not with_company:
            continue
        cells = [cell for month in earlier for cell in month.cells if cell.department == figure.department]
        same = [cell for cell in cells if _counts_same_people(figure, cell)]
        others = [cell for cell in cells[-1:] if cell not in same]
        found[figure.department] = [cell for cell in (*same, *others) if _can_hold(figure, cell)]
    return found


def _counts_same_people(figure: Figure, cell: ToldCell) -> bool:
    if figure.members and cell.members:
        return figure.members == cell.members
    return figure.denominator == cell.eligible


def _can_hold(figure: Figure, cell: ToldCell) -> bool:
    if figure.numerator is None:
        return False
    came, went = _moved(figure, cell)
    return cell.low - went <= figure.numerator <= cell.high + came


def _moved(figure: Figure, cell: ToldCell) -> tuple[int, int]:
    """How many people came into a cell since, and how many went: the fewest that explain the difference."""
    if _counts_same_people(figure, cell):
        return 0, 0
    more = figure.denominator - cell.eligible
    swapped = 1 if more == 0 and figure.denominator else 0
    return max(0, more) + swapped, max(0, -more) + swapped


def _built(figures: Sequence[Figure], min_group: int, linked: _Linked) -> tuple[Table, set[int]]:
    made = _Groups()
    now: dict[str | None, frozenset[int]] = {}
    then: dict[str | None, frozenset[int]] = {}
    for figure in figures:
        if figure.department is not COMPANY:
            now[figure.department], then[figure.department] = _of_unit(made, figure, linked)
    for figure in figures:
        if figure.department is COMPANY:
            rest = made.part(figure.denominator - sum(f.denominator for f in figures if f is not figure))
            made.unnamed(rest)
            now[COMPANY], then[COMPANY] = rest.union(*now.values()), rest.union(*then.values())
            for cell in linked.get(COMPANY, ()):
                if cell.eligible == sum(made.sizes[part] for part in then[COMPANY]):
                    made.tell(then[COMPANY], cell)
    groups = [made.group(now[figure.department]) for figure in figures]
    system = System(made.sizes, tuple(made.groups))
    known = tuple(made.known.get(i, Range(0, people)) for i, people in enumerate(system.headcounts))
    cells = tuple(
        Cell(figure.department or "", group, sayings(figure, min_group))
        for figure, group in zip(figures, groups, strict=True)
    )
    return Table(system, cells, min_group, known, tuple(made.also)), made.moved


def _of_unit(made: _Groups, figure: Figure, linked: _Linked) -> tuple[frozenset[int], frozenset[int]]:
    """The parts of a department now, and those that its last edition with other people counted."""
    cells = linked.get(figure.department, [])
    came, went = _moved(figure, cells[-1]) if cells else (0, 0)
    stayed = made.part(figure.denominator - came)
    joined, left = made.part(came), made.part(went)
    made.moves(joined)
    made.moves(left)
    now, then = stayed | joined, stayed | left
    for cell in cells:
        made.tell(now if _counts_same_people(figure, cell) else then, cell)
    return now, then
