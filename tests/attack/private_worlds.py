"""What follows from figures that divide by something private, for somebody who can do integer programming.

Everything published of a metric and month is one system: each department's types sum to its headcount, each percent and
response rate is a pair of inequalities between sums of types (the rounding multiplied out), and the company is the sum
of its departments and of those in none. Where some departments tell their response, one with a value that does not has
few who were silent. Else the attacker does not count on why a cell says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import highspy
import numpy

from tests.attack.private_companies import COMPANY, NOWHERE, Cell, Company

_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Exposed:
    """People of some types, of whom too little remains possible."""

    departments: tuple[str, ...]
    types: frozenset[str]
    low: int
    high: int


class Worlds:
    """All companies that the published cells leave open.

    `knows_over` is an attacker who also knows how many people of each department are in the denominator; `insider` is
    the department and type of somebody who knows themselves.
    """

    def __init__(
        self,
        company: Company,
        cells: Mapping[str, Cell],
        *,
        knows_over: bool = False,
        insider: tuple[str, str] | None = None,
    ) -> None:
        self._kind, self._min_group = company.kind, company.min_group
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # its stubs lack half of its methods
        for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5)):
            self._highs.setOptionValue(option, value)
        self._at = {at: number for number, at in enumerate((d, t) for d in company.counts for t in company.kind.types)}
        for department, types in company.counts.items():
            for type_, count in types.items():
                least = int((department, type_) == insider)
                known = type_ in company.kind.known
                self._highs.addVar(float(count if known else least), float(count if known else sum(types.values())))
            self._sum([department], company.kind.types, sum(types.values()))
            if knows_over:
                self._sum([department], company.kind.over, company.total(company.kind.over, department))
        self._columns = numpy.arange(len(self._at), dtype=numpy.int32)
        told = any(cell.response is not None for name, cell in cells.items() if name != COMPANY)
        for name, cell in cells.items():
            if cell.value is not None:
                if told and cell.response is None and name != COMPANY:
                    self._sum([name], company.kind.silent, 0, self._min_group - 1)
                self._told(list(company.counts) if name == COMPANY else [name], cell, cell.value)

    def _told(self, departments: list[str], cell: Cell, value: int) -> None:
        """A value is printed only where no group is small, and so is a response."""
        kind = self._kind
        for group in kind.groups:
            self._sum(departments, group, self._min_group, cell.eligible)
        sign, size = (1, abs(value)) if value >= 0 else (-1, abs(value))
        parts = {t: 200 * sign * ((t in kind.plus) - (t in kind.minus)) for t in kind.types}
        low = {(d, t): parts[t] - (2 * size - 1) * (t in kind.over) for d in departments for t in kind.types}
        high = {(d, t): parts[t] - (2 * size + 1) * (t in kind.over) for d in departments for t in kind.types}
        self._row(low, 0 if value else 1, math.inf)  # halves are rounded away from zero
        self._row(high, -math.inf, -1)
        if cell.response is not None:
            self._sum(departments, kind.silent, self._min_group, cell.eligible)
            answered = {(d, t): 200 for d in departments for t in kind.over}
            self._row(answered, (2 * cell.response - 1) * cell.eligible, (2 * cell.response + 1) * cell.eligible - 1)

    def _sum(self, departments: Iterable[str], types: Iterable[str], low: int, high: int | None = None) -> None:
        self._row({(d, t): 1 for d in departments for t in types}, low, low if high is None else high)

    def _row(self, factors: Mapping[tuple[str, str], int], low: float, high: float) -> None:
        columns = numpy.array([self._at[at] for at in factors], dtype=numpy.int32)
        values = numpy.array(list(factors.values()), dtype=numpy.float64)
        self._highs.addRow(float(low), float(high), len(columns), columns, values)

    def range_of(self, departments: Iterable[str], types: Iterable[str]) -> tuple[int, int]:
        """The fewest and the most people of these types; in whole people where it could matter."""
        cost = numpy.zeros(len(self._at))
        cost[[self._at[d, t] for d in departments for t in types]] = 1
        self._highs.changeColsCost(len(cost), self._columns, cost)
        low, high = self._extremes(highspy.HighsVarType.kContinuous)
        if high - low < self._min_group + 2:
            low, high = self._extremes(highspy.HighsVarType.kInteger)
        return low, high

    def _extremes(self, of: Any) -> tuple[int, int]:
        self._highs.changeColsIntegrality(len(self._columns), self._columns, numpy.array([of] * len(self._columns)))
        least, most = self._optimum(highspy.ObjSense.kMinimize), self._optimum(highspy.ObjSense.kMaximize)
        return math.ceil(least - _TOLERANCE), math.floor(most + _TOLERANCE)

    def _optimum(self, sense: Any) -> float:
        self._highs.changeObjectiveSense(sense)
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise AssertionError(f"HiGHS ended with {self._highs.getModelStatus()}")
        return float(self._highs.getInfo().objective_function_value)


def exposed(company: Company, cells: Mapping[str, Cell]) -> Iterator[Exposed]:
    """Of whom less than k counts remain (all, of fewer people) to outsiders, with and without the denominators."""
    kind = company.kind
    for knows_over in (False, True):
        worlds = Worlds(company, cells, knows_over=knows_over)
        known = kind.over if knows_over or kind.known else frozenset(kind.types)
        for departments, types in _targets(company, cells):
            if not types < known:
                continue  # who knows the denominators knows these as well
            people = sum(company.total(known, department) for department in departments)
            count = sum(company.total(types, department) for department in departments)
            low, high = _sound(worlds, departments, types, count)
            # Nobody names the hidden ones together, nor those in none: like a shown cell they may be known when large.
            is_unnamed = len(departments) > 1 or departments == (NOWHERE,)
            is_large = is_unnamed and min(count, people - count) >= company.min_group
            is_surely_large = low >= company.min_group and people - high >= company.min_group
            if high - low + 1 < min(company.min_group, people + 1) and not (is_large or is_surely_large):
                yield Exposed(departments, types, low, high)


def exposed_to_insider(company: Company, cells: Mapping[str, Cell], insider: tuple[str, str]) -> Iterator[Exposed]:
    """Of which hidden department somebody learns more than one count beyond what outsiders may."""
    worlds = Worlds(company, cells, insider=insider)
    for departments, types in _targets(company, cells):
        if len(departments) == 1:
            (department,) = departments
            known = company.kind.over if company.kind.known else frozenset(company.kind.types)
            people = company.total(known, department)
            count = company.total(types, department)
            low, high = _sound(worlds, departments, types, count)
            left = min(company.min_group, people + 1)
            needed = max(min(2, left), left - 1)
            if department == insider[0]:
                needed = min(needed, people)  # of the others there
            is_large = department == NOWHERE and min(count, people - count) >= company.min_group
            is_surely_large = low >= company.min_group and people - high >= company.min_group
            if high - low + 1 < needed and not (is_large or is_surely_large):
                yield Exposed(departments, types, low, high)


def _sound(worlds: Worlds, departments: tuple[str, ...], types: frozenset[str], count: int) -> tuple[int, int]:
    low, high = worlds.range_of(departments, types)
    if not low <= count <= high:
        raise AssertionError(f"the attacker reasons wrongly about {departments}: {count} is not in {low}-{high}")
    return low, high


def _targets(company: Company, cells: Mapping[str, Cell]) -> Iterator[tuple[tuple[str, ...], frozenset[str]]]:
    """Departments, and types of people there, of whom nothing is told; also all of them together."""
    silent = company.kind.silent
    hidden = tuple(name for name in company.counts if name == NOWHERE or cells[name].value is None)
    untold = tuple(name for name in company.counts if name == NOWHERE or cells[name].response is None)
    for types in company.kind.groups:
        yield from (((name,), types) for name in hidden)
        if len(hidden) > 1:
            yield hidden, types
    if silent:
        yield from (((name,), silent) for name in untold)
        yield from ((names, silent) for names in {hidden, untold} if len(names) > 1)
