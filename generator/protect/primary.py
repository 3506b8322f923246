"""Primary rules: what one cell may say, judged from its numerator n and headcount N with k = `min_group`.

1. **Not measured** says so; there is nothing to hide.
2. **Small group.** N < 2k − 1 hides the cell whatever n is. N < k is the threshold of Viva Insights, Culture Amp
   (both 5) and ONS (10). From k to 2k − 2 people, one of the two sides always has fewer than k, so a percent
   could never be shown; and a band would tell *which* side is small and leave fewer than k possible counts
   (at N = 2k − 2, "both are small" even means n = k − 1). Hidden alike, the cell tells nothing at all.
3. **Few of many.** n < k becomes an upper band, zero included: of a known department, "nobody" is a statement
   about each of its members (UK LLC: "< 10 including zero").
4. **Nearly all.** N − n < k becomes a lower band, everybody included: the remainder is as small a group
   as the numerator would be (Culture Amp's rule for the remainder).
5. **Otherwise** the share is shown, rounded half up to an integer percent.

The bands depend on N and k only, never on n, so that each stands for exactly k possible counts; their inner ends
are moved outwards to the next multiple of ten. With N ≥ 2k − 1 no band reaches further than 60 points (k ≥ 5),
so none covers everything.

A cell with `groups` (`model.figure.Figure`) has rules of its own: `_by_groups`.

The reader knows these rules: candidates are counted as what the rules leave open, not only what the words say.
"""

from __future__ import annotations

from msgspec import Struct

from generator.model.figure import Band, Figure, FigureStatus


class Judgement(Struct, frozen=True):
    """What one cell may say: a percent, a band, or neither; never a count."""

    status: FigureStatus
    percent: int | None = None
    band: Band | None = None


HIDDEN = Judgement(FigureStatus.PROTECTED)


def judge(cell: Figure, min_group: int) -> Judgement:
    """Apply the primary rules to one cell; expects 0 ≤ numerator ≤ denominator, or no numerator."""
    active, eligible = cell.numerator, cell.denominator
    if cell.status is FigureStatus.HELD:
        return Judgement(FigureStatus.HELD)
    if active is None or cell.status is FigureStatus.MISSING:
        return Judgement(FigureStatus.MISSING)
    if cell.groups:
        return _by_groups(cell, active, min_group)
    if eligible < 2 * min_group - 1:
        return HIDDEN
    if active < min_group:
        return Judgement(FigureStatus.PROTECTED, band=few(eligible, min_group))
    if eligible - active < min_group:
        return Judgement(FigureStatus.PROTECTED, band=nearly_all(eligible, min_group))
    return Judgement(cell.status, percent=half_up(active, eligible))


def _by_groups(cell: Figure, counted: int, min_group: int) -> Judgement:
    """Of a cell whose denominator is private: shown when no group behind it is small, else hidden.

    No band: its ends would follow from the denominator, which nobody may know.
    """
    if min(cell.groups) < min_group:
        return HIDDEN
    return Judgement(cell.status, percent=half_up(counted - cell.against, cell.denominator))


def half_up(part: int, whole: int) -> int:
    """The share in percent, halves away from 0, in integers (a float would round 0.145 down on one machine)."""
    percent = (200 * abs(part) + whole) // (2 * whole)
    return percent if part >= 0 else -percent


def few(eligible: int, min_group: int) -> Band:
    """The band that holds every share of fewer than `min_group` people: [0, …)."""
    return Band(0, -(-10 * min_group // eligible) * 10)


def nearly_all(eligible: int, min_group: int) -> Band:
    """The band that holds every share that leaves fewer than `min_group` people: […, 100]."""
    return Band(10 * (eligible - min_group) // eligible * 10, 100)
