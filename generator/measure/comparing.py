"""Two sources that should say the same: the shares of the company by the one and by the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from generator.measure.counting import Count
from generator.model.figure import COMPANY
from generator.model.period import Month


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A month in which they lie too far apart."""

    period: Month
    apart: Fraction


def disagreements(own: Iterable[Count], other: Iterable[Count], tolerance: float) -> list[Disagreement]:
    """The months that both tell and in which the shares differ by more than `tolerance`, oldest first."""
    shares, others = _shares(own), _shares(other)
    pairs = [(month, abs(shares[month] - others[month])) for month in sorted(shares.keys() & others.keys())]
    return [Disagreement(month, apart) for month, apart in pairs if apart > Fraction(str(tolerance))]


def _shares(counts: Iterable[Count]) -> dict[Month, Fraction]:
    return {
        count.period: Fraction(count.numerator, count.denominator) for count in counts if count.department is COMPANY
    }
