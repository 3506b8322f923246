"""Two sources that should say the same: the shares of the company by the one and by the other."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from generator.measure.counting import Counted
from generator.model.figure import COMPANY
from generator.model.period import Month


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A month in which they lie too far apart."""

    period: Month
    apart: Fraction


def in_common(own: Counted, other: Counted) -> frozenset[Month]:
    """The months of which both sources have rows: one without any says nothing, and not 0."""
    return frozenset(_shares(own).keys() & _shares(other).keys())


def disagreements(own: Counted, other: Counted, tolerance: float) -> list[Disagreement]:
    """The months in common in which the shares differ by more than `tolerance`, oldest first."""
    shares, others = _shares(own), _shares(other)
    pairs = [(month, abs(shares[month] - others[month])) for month in sorted(in_common(own, other))]
    return [Disagreement(month, apart) for month, apart in pairs if apart > Fraction(str(tolerance))]


def _shares(counted: Counted) -> dict[Month, Fraction]:
    measured = counted.measured
    return {
        count.period: Fraction(count.numerator, count.denominator)
        for count in counted.counts
        if count.department is COMPANY and count.period in measured
    }
