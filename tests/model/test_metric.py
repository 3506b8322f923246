"""Shares become integer percents as people round them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from generator.model.metric import Target, attainment, percent_of, target_percent_of


@pytest.mark.parametrize(
    ("share", "percent"), [(0.145, 15), (0.285, 29), (0.825, 83), (0.5, 50), (0.0, 0), (1.0, 100), (0.144, 14)]
)
def test_half_a_percent_is_rounded_up_as_it_is_written(share: float, percent: int) -> None:
    assert percent_of(str(share)) == percent
    assert target_percent_of(Target.model_validate({"value": share, "by": "2026-12"})) == percent


@given(st.decimals(0, 1, places=6))
def test_a_percent_lies_at_most_half_a_point_from_its_share(share: Decimal) -> None:
    assert -Decimal("0.5") < percent_of(str(share)) - share * 100 <= Decimal("0.5")


UP = Target.model_validate({"value": 0.8, "by": "2026-12"})
DOWN = Target.model_validate({"value": 0.3, "by": "2026-12", "direction": "down", "baseline": 0.77})


@pytest.mark.parametrize(
    ("target", "actual", "done"),
    [(UP, 76, 95), (UP, 0, 0), (UP, 80, 100), (DOWN, 77, 0), (DOWN, 30, 100), (DOWN, 53, 51), (DOWN, 87, -21)],
)
def test_attainment_is_the_part_of_the_way_that_is_done(target: Target, actual: int, done: int) -> None:
    assert attainment(actual, target, target.shown) == done


def test_a_target_of_nothing_is_no_way() -> None:
    assert attainment(5, Target.model_validate({"value": 0, "by": "2026-12"}), 0) is None


@given(start=st.integers(1, 100), goal=st.integers(0, 100), actual=st.integers(0, 100))
def test_attainment_grows_towards_the_target(start: int, goal: int, actual: int) -> None:
    assume(goal < start)
    target = Target.model_validate({"value": goal / 100, "by": "2026-12", "direction": "down", "baseline": start / 100})
    nearer, farther = attainment(actual, target, goal), attainment(actual + 1, target, goal)
    assert nearer is not None
    assert farther is not None
    assert farther <= nearer
    assert (nearer >= 100) == (actual <= goal)


def test_a_way_down_needs_its_beginning_and_leads_down() -> None:
    for wrong in ({"direction": "down"}, {"direction": "down", "baseline": 0.2}, {"baseline": 0.9}):
        with pytest.raises(ValidationError):
            Target.model_validate({"value": 0.5, "by": "2026-12"} | wrong)
