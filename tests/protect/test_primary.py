"""Each primary rule, and what somebody who knows all of them can still work out from one cell."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.charts import sentences
from generator.model.figure import Band, FigureStatus
from generator.protect.primary import HIDDEN, Judgement, half_up, judge
from generator.protect.sayings import sayings
from tests.protect.cells import cell

THRESHOLDS = st.integers(5, 40)


@st.composite
def counts(draw: st.DrawFn, largest: int = 5_000) -> tuple[int, int]:
    eligible = draw(st.integers(0, largest))
    return draw(st.integers(0, eligible)), eligible


def share_is_in(band: Band, active: int, eligible: int) -> bool:
    share = Fraction(100 * active, eligible)
    return band.low <= share and (share < band.high or band.high == 100)


def says(judgement: Judgement, active: int, eligible: int) -> bool:
    """Whether the words alone (without knowing the rules) are true of these counts."""
    if judgement.percent is not None:
        return abs(Fraction(100 * active, eligible) - judgement.percent) <= Fraction(1, 2)
    return judgement.band is None or share_is_in(judgement.band, active, eligible)


@pytest.mark.parametrize("min_group", [5, 10])
def test_small_world_every_protected_cell_leaves_at_least_min_group_counts_or_says_nothing(min_group: int) -> None:
    for eligible in range(61):
        worlds: dict[Judgement, list[int]] = {}
        for active in range(eligible + 1):
            worlds.setdefault(judge(cell(active, eligible), min_group), []).append(active)
        for judgement, candidates in worlds.items():
            if judgement.percent is None:
                nothing_is_told = len(candidates) == eligible + 1
                assert len(candidates) >= min_group or nothing_is_told, (eligible, judgement, candidates)
            else:  # the documented limit: the count may be certain, but it is never one of few
                assert all(min_group <= n <= eligible - min_group for n in candidates)


@pytest.mark.parametrize("min_group", [5, 10])
def test_small_world_what_is_said_is_true_and_never_covers_everything(min_group: int) -> None:
    for eligible in range(61):
        for active in range(eligible + 1):
            judgement = judge(cell(active, eligible), min_group)
            assert says(judgement, active, eligible)
            if judgement.band is not None:
                assert judgement.band.high - judgement.band.low <= 60
                assert (judgement.band.low == 0) != (judgement.band.high == 100)
                assert judgement.band.low % 10 == judgement.band.high % 10 == 0


@given(counts(), THRESHOLDS)
def test_no_statement_pins_a_count_of_few_people(world: tuple[int, int], min_group: int) -> None:
    active, eligible = world
    judgement = judge(cell(active, eligible), min_group)
    if judgement.percent is not None:
        assert min_group <= active <= eligible - min_group
        return
    near = [*range(min(eligible, 2 * min_group) + 1), *range(max(0, eligible - 2 * min_group), eligible + 1)]
    candidates = {n for n in near if judge(cell(n, eligible), min_group) == judgement}
    assert len(candidates) >= min(min_group, eligible + 1)


@given(counts(), THRESHOLDS)
def test_doing_it_and_not_doing_it_are_protected_alike(world: tuple[int, int], min_group: int) -> None:
    active, eligible = world
    said, mirrored = judge(cell(active, eligible), min_group), judge(cell(eligible - active, eligible), min_group)
    assert (said.percent is None) == (mirrored.percent is None)
    if said.band is not None:
        assert mirrored.band == Band(100 - said.band.high, 100 - said.band.low)


@given(counts(), THRESHOLDS)
def test_one_more_active_person_never_lowers_what_is_said(world: tuple[int, int], min_group: int) -> None:
    active, eligible = world
    if active == eligible:
        return

    def rank(judgement: Judgement) -> tuple[int, int]:
        if judgement.percent is not None:
            return (1, judgement.percent)
        return (0, 0) if judgement.band is None or judgement.band.low == 0 else (2, 0)

    assert rank(judge(cell(active, eligible), min_group)) <= rank(judge(cell(active + 1, eligible), min_group))


@given(counts(), THRESHOLDS)
def test_a_higher_threshold_never_shows_more(world: tuple[int, int], min_group: int) -> None:
    active, eligible = world
    strict, lax = judge(cell(active, eligible), min_group + 1), judge(cell(active, eligible), min_group)
    if strict.percent is not None:
        assert strict == lax
    if strict.band is not None and lax.band is not None:
        assert strict.band.low <= lax.band.low
        assert lax.band.high <= strict.band.high


@given(counts().filter(lambda world: world[1] > 0))
def test_percent_is_the_share_rounded_half_up(world: tuple[int, int]) -> None:
    active, eligible = world
    assert half_up(active, eligible) == (Fraction(100 * active, eligible) + Fraction(1, 2)) // 1


@pytest.mark.parametrize(
    ("active", "eligible", "percent"),
    [
        *((1, 200, 1), (29, 200, 15), (57, 200, 29), (1, 3, 33), (2, 3, 67), (1, 1, 100), (0, 7, 0), (199, 200, 100)),
        (95 + 1, 100 + 5, 91),  # 95 of 100 and 1 of 5 together, whose mean is 57.5
    ],
)
def test_percent_of_known_counts(active: int, eligible: int, percent: int) -> None:
    assert half_up(active, eligible) == percent


def test_a_department_of_four_is_hidden_whatever_it_does() -> None:
    assert {judge(cell(n, 4), 10) for n in range(5)} == {HIDDEN}


def test_a_department_without_eligible_people_is_hidden() -> None:
    assert judge(cell(0, 0), 10) == HIDDEN


def test_groups_in_which_one_side_is_always_few_get_no_band() -> None:
    assert judge(cell(9, 18), 10) == HIDDEN  # a band would leave one count: both sides small means nine
    assert judge(cell(3, 15), 10) == HIDDEN


@pytest.mark.parametrize(
    ("active", "eligible", "band", "words"),
    [
        (0, 58, Band(0, 20), "2割未満"),
        (9, 58, Band(0, 20), "2割未満"),
        (9, 100, Band(0, 10), "1割未満"),
        (49, 58, Band(80, 100), "8割以上"),
        (58, 58, Band(80, 100), "8割以上"),
        (36, 36, Band(70, 100), "7割以上"),
        (0, 19, Band(0, 60), "6割未満"),
        (10, 19, Band(40, 100), "4割以上"),
    ],
)
def test_few_and_nearly_all_become_bands(active: int, eligible: int, band: Band, words: str) -> None:
    assert judge(cell(active, eligible), 10) == Judgement(FigureStatus.PROTECTED, band=band)
    assert sentences.band(band) == words


def test_ten_of_twenty_is_the_first_share_that_shows() -> None:
    assert judge(cell(10, 20), 10) == Judgement(FigureStatus.OK, percent=50)


def test_not_measured_says_so_even_in_a_small_group() -> None:
    assert judge(cell(None, 4, status=FigureStatus.MISSING), 10) == Judgement(FigureStatus.MISSING)


def test_old_data_stays_marked_when_shown_and_is_simply_protected_when_not() -> None:
    assert judge(cell(40, 80, status=FigureStatus.STALE), 10) == Judgement(FigureStatus.STALE, percent=50)
    assert judge(cell(1, 80, status=FigureStatus.STALE), 10).status is FigureStatus.PROTECTED


@pytest.mark.parametrize(
    ("active", "eligible", "min_group", "words"),
    [
        (30, 50, 10, [("60%", 30, 30), ("60-80", 30, 39), ("50-100", 25, 50), ("-", 0, 50)]),
        (3, 100, 10, [("0-10", 0, 9), ("0-20", 0, 19), ("0-50", 0, 49), ("-", 0, 100)]),
        (97, 100, 10, [("90-100", 91, 100), ("80-100", 80, 100), ("50-100", 50, 100), ("-", 0, 100)]),
        (58, 58, 10, [("80-100", 49, 58), ("50-100", 29, 58), ("-", 0, 58)]),
        (46, 47, 5, [("80-100", 43, 47), ("50-100", 24, 47), ("-", 0, 47)]),
        (
            250,
            500,
            5,
            [("50%", 248, 252), ("50-60", 250, 299), ("40-60", 200, 299), ("50-100", 250, 500), ("-", 0, 500)],
        ),
        (3, 4, 10, [("-", 0, 4)]),
    ],
)
def test_a_cell_may_say_less_and_less_and_each_time_leaves_more_counts_open(
    active: int, eligible: int, min_group: int, words: list[tuple[str, int, int]]
) -> None:
    told = []
    for saying in sayings(cell(active, eligible), min_group):
        band, percent = saying.judgement.band, saying.judgement.percent
        text = f"{percent}%" if percent is not None else "-" if band is None else f"{band.low}-{band.high}"
        told.append((text, saying.counts.low, saying.counts.high))
    assert told == words
