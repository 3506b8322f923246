"""The scale on which figures are drawn, always whole: a bar of 12 % is as long in every chart."""

from __future__ import annotations

from generator.model.metric import Unit

ENDS = {Unit.PERCENT: (0, 100), Unit.POINTS: (-100, 100)}


def along(length: float, value: int, unit: Unit) -> float:
    """How far from its start a value lies on a scale of this length."""
    low, high = ENDS[unit]
    return length * (value - low) / (high - low)


def from_zero(length: float, value: int, unit: Unit) -> tuple[float, float]:
    """Start and length of a bar that leads from 0 to a value, to the left when it is negative."""
    zero, end = along(length, 0, unit), along(length, value, unit)
    return min(zero, end), abs(end - zero)
