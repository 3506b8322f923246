"""What a cell may say, from the most exact words to silence, and which counts each of them leaves open.

The reader knows the rules of `primary` and draws the conclusions from them. Only of a band that a cell could say by
either step (「2割未満」 under the primary rules, or as a coarser share) is every count taken that the words allow.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.model.figure import Band, Figure, FigureStatus
from generator.protect.primary import HIDDEN, Judgement, judge
from generator.protect.system import Range

_STEPS = (10, 20, 50)
"""Widths of coarser bands, in points; each divides the whole, so that a band says nothing about where in it one is."""


class Saying(Struct, frozen=True):
    """Words about one cell, and what they tell."""

    judgement: Judgement
    counts: Range

    @property
    def is_protected(self) -> bool:
        return self.judgement.percent is None


def sayings(cell: Figure, min_group: int) -> tuple[Saying, ...]:
    """What a measured cell may say: the primary rules first, then wider and wider bands, silence last."""
    return tuple(_sayings(cell, min_group))


def _sayings(cell: Figure, min_group: int) -> Iterator[Saying]:
    eligible = cell.denominator
    judgement = judge(cell, min_group)
    primary = Saying(judgement, counts_of(judgement.percent, judgement.band, eligible, min_group))
    yield primary
    if judgement == HIDDEN:
        return
    for band in _bands(cell):
        counts = counts_of(None, band, eligible, 0)
        if band != judgement.band and counts.span >= max(min_group, primary.counts.span + 1):
            yield Saying(Judgement(FigureStatus.PROTECTED, band=band), counts)
    yield Saying(HIDDEN, Range(0, eligible))


def _bands(cell: Figure) -> Iterator[Band]:
    """Wider and wider bands around the share."""
    active, eligible = cell.numerator or 0, cell.denominator
    for step in _STEPS:
        low = min(100 * active // eligible // step * step, 100 - step)
        yield Band(low, low + step)


def counts_of(percent: int | None, band: Band | None, eligible: int, min_group: int) -> Range:
    """The counts that a percent, a band or silence about `eligible` people leaves open.

    A band that the primary rules give stands for its own `min_group` counts; with a `min_group` of 0 for all it spans.
    """
    if percent is not None:
        shown = Range(-(-(2 * percent - 1) * eligible // 200), -(-(2 * percent + 1) * eligible // 200) - 1)
        return shown.within(Range(min_group, eligible - min_group))
    if band is None:
        return Range(0, eligible)
    if min_group and band.low == 0:
        return Range(0, min_group - 1)
    if min_group and band.high == 100:
        return Range(eligible - min_group + 1, eligible)
    high = eligible if band.high == 100 else -(-band.high * eligible // 100) - 1
    return Range(-(-band.low * eligible // 100), high)
