"""Shares become integer percents as people round them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.metric import Target, percent_of, target_percent_of


@pytest.mark.parametrize(
    ("share", "percent"), [(0.145, 15), (0.285, 29), (0.825, 83), (0.5, 50), (0.0, 0), (1.0, 100), (0.144, 14)]
)
def test_half_a_percent_is_rounded_up_as_it_is_written(share: float, percent: int) -> None:
    assert percent_of(str(share)) == percent
    assert target_percent_of(Target.model_validate({"value": share, "by": "2026-12"})) == percent


@given(st.decimals(0, 1, places=6))
def test_a_percent_lies_at_most_half_a_point_from_its_share(share: Decimal) -> None:
    assert -Decimal("0.5") < percent_of(str(share)) - share * 100 <= Decimal("0.5")
