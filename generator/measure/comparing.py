"""Two sources that should say the same: the shares of the company by the one and by the other."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from generator.measure.counting import Count, Counted
from generator.model.figure import COMPANY
from generator.model.period import Month


class Disagreement(Struct, frozen=True):
    """A month in which they lie too far apart."""

    period: Month
    apart: Fraction
    people: int
    """By how many people the two differ."""
    eligible: int
    """People of the company, by the source that knows fewer."""

    def is_of_few(self, min_group: int) -> bool:
        """Whether its size would tell of so few people that nobody may be told it."""
        return min(self.people, self.eligible) < min_group


class Compared(Struct, frozen=True):
    """What comes of holding one source against another."""

    months: tuple[Month, ...]
    """Those of which both have rows, oldest first: a source without any says nothing, and not 0."""
    disagreements: tuple[Disagreement, ...]


def compared(own: Counted, other: Counted, tolerance: float) -> Compared:
    """The company's shares held against each other; those that differ by more than `tolerance` are disagreements."""
    company, others = _company(own), _company(other)
    months = tuple(sorted(company.keys() & others.keys()))
    found = (_difference(company[month], others[month]) for month in months)
    return Compared(months, tuple(each for each in found if each.apart > Fraction(str(tolerance))))


def _company(counted: Counted) -> dict[Month, Count]:
    measured = counted.measured
    return {count.period: count for count in counted.counts if count.department is COMPANY and count.period in measured}


def _difference(own: Count, other: Count) -> Disagreement:
    return Disagreement(
        own.period,
        abs(Fraction(own.numerator, own.denominator) - Fraction(other.numerator, other.denominator)),
        abs(own.numerator - other.numerator),
        min(own.denominator, other.denominator),
    )
