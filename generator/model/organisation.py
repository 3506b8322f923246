"""Departments as they were on a day: they are founded, merged and renamed."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Department(Struct, frozen=True):
    """One row of `content/data/departments.csv`; both ends of its validity are included days."""

    id: str
    name: str
    parent_id: str | None
    valid_from: date
    valid_to: date | None  # None: still there
    successor_id: str | None
    order: int  # the company's own order; figures are never ranked by value

    def exists_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Organisation(Struct, frozen=True):
    """All departments there ever were, in the company's order."""

    departments: tuple[Department, ...]

    def get(self, department_id: str) -> Department | None:
        return next((d for d in self.departments if d.id == department_id), None)

    def units_on(self, day: date) -> tuple[Department, ...]:
        """Departments that exist on `day` and have no department below them on that day."""
        there = [d for d in self.departments if d.exists_on(day)]
        parents = {d.parent_id for d in there}
        return tuple(sorted((d for d in there if d.id not in parents), key=lambda d: (d.order, d.id)))

    def successors_of(self, department_id: str) -> tuple[str, ...]:
        """The departments that came after this one, the next one first; a chain that closes ends where it does."""
        following = {d.id: d.successor_id for d in self.departments}
        chain = [department_id]
        while (successor := following.get(chain[-1])) is not None and successor not in chain:
            chain.append(successor)
        return tuple(chain[1:])

    def predecessors_of(self, department_id: str) -> tuple[Department, ...]:
        """Departments that were merged into (or renamed to) this one."""
        return tuple(d for d in self.departments if d.successor_id == department_id)
