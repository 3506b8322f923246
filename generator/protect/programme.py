"""The smallest and the largest count of a group under all equations at once: linear programmes, solved by HiGHS."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import highspy
import numpy

if TYPE_CHECKING:
    from generator.protect.system import Range, System

_TOLERANCE = 1e-6
"""How far an optimum may lie beside the integer that it stands for."""


class Programme:
    """The equations of one system; asked again and again with other bounds, each solution starts from the last."""

    def __init__(self, system: System) -> None:
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # its stubs lack half of its methods
        for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off")):
            self._highs.setOptionValue(option, value)
        sizes = numpy.array(system.sizes, dtype=numpy.float64)
        self._highs.addVars(len(sizes), numpy.zeros(len(sizes)), sizes)
        self._parts = [numpy.array(sorted(group), dtype=numpy.int32) for group in system.groups]
        for parts, headcount in zip(self._parts, system.headcounts, strict=True):
            self._highs.addRow(0.0, float(headcount), len(parts), parts, numpy.ones(len(parts)))
        self._rows = numpy.arange(len(self._parts), dtype=numpy.int32)
        self._witnesses = numpy.zeros((0, len(self._parts)))

    def bounded(self, told: Sequence[Range]) -> None:
        """Take over what is told of each group."""
        bounds = numpy.array(told, dtype=numpy.float64)
        low, high = numpy.ascontiguousarray(bounds[:, 0]), numpy.ascontiguousarray(bounds[:, 1])
        self._highs.changeRowsBounds(len(self._rows), self._rows, low, high)
        self._possible = self._witnesses[
            ((self._witnesses >= low - _TOLERANCE) & (self._witnesses <= high + _TOLERANCE)).all(axis=1)
        ]

    def witnessed(self, group: int) -> int:
        """Counts of a group that solutions found so far show to be possible: no more than there are."""
        if not len(self._possible):
            return 0
        column = self._possible[:, group]
        low, high = float(column.min()), float(column.max())
        return max(0, math.floor(high + _TOLERANCE) - math.ceil(low - _TOLERANCE) + 1)

    def range_of(self, group: int) -> tuple[int, int] | None:
        """The extreme counts of a group; None when nothing fulfils all equations."""
        low = self._optimum(group, highspy.ObjSense.kMinimize)
        high = self._optimum(group, highspy.ObjSense.kMaximize)
        if low is None or high is None:
            return None
        return math.ceil(low - _TOLERANCE), math.floor(high + _TOLERANCE)

    def _optimum(self, group: int, sense: highspy.ObjSense) -> float | None:
        parts = self._parts[group]
        self._highs.changeColsCost(len(parts), parts, numpy.ones(len(parts)))
        self._highs.changeObjectiveSense(sense)
        self._highs.run()
        status = self._highs.getModelStatus()
        self._highs.changeColsCost(len(parts), parts, numpy.zeros(len(parts)))
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS ended with {status}")
        solution = numpy.array(self._highs.getSolution().row_value)[None, :]
        self._witnesses = numpy.concatenate([self._witnesses[-_MOST_WITNESSES:], solution])
        self._possible = numpy.concatenate([self._possible, solution])
        return float(solution[0, group])


_MOST_WITNESSES = 500
"""Solutions that are kept; most questions are answered by one of the last."""
