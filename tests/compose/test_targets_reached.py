"""When a target was first reached, and who gets support next: from released figures alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compose.figure_book import FigureBook
from generator.compose.targets_reached import first_reached, reached_in, to_support
from generator.model.figure import FigureStatus, ReleasedFigure
from generator.model.period import Month
from tests.compose.newsroom import SNAPSHOTS, composed, document, page, released

Percents = list[int | None]


def series(percents: Percents, target: int | None = 80) -> tuple[ReleasedFigure, ...]:
    return tuple(
        ReleasedFigure(
            "chat_rate",
            Month(2026, 1).plus(index),
            "sales-east",
            percent,
            None,
            100,
            target,
            None,
            FigureStatus.OK if percent is not None else FigureStatus.MISSING,
            date(2026, 1, 31),
        )
        for index, percent in enumerate(percents)
    )


@pytest.mark.parametrize(
    ("percents", "month", "start"),
    [
        ([70, 80], 2, 70),  # exactly the target is reached
        ([70, 79, 80, 75, 82], 3, 70),  # the first time counts, even when it falls back
        ([80, 85], None, None),  # above from the start: nobody saw it reached
        ([None, 85], None, None),  # what was before is unknown
        ([None, 60, None, 90], 4, 60),
        ([70, 79], None, None),
        ([], None, None),
    ],
)
def test_a_target_is_reached_once_and_only_after_a_month_below_it(
    percents: Percents, month: int | None, start: int | None
) -> None:
    found = first_reached(series(percents))
    assert (found.reached.period.month if found else None) == month
    assert (found.start.percent if found else None) == start


def test_without_a_target_nothing_is_reached() -> None:
    assert first_reached(series([10, 90], target=None)) is None


@given(st.lists(st.one_of(st.none(), st.integers(0, 100)), max_size=14))
def test_the_month_equals_an_independent_search(percents: Percents) -> None:
    shown = [(index, percent) for index, percent in enumerate(percents) if percent is not None]
    at = next((index for index, percent in shown if percent >= 80), None)
    expected = at if at is not None and shown[0][0] < at else None
    found = first_reached(series(percents))
    assert (found.reached.period.month - 1 if found and expected is not None and expected < 12 else None) == (
        expected if expected is not None and expected < 12 else None
    )
    assert (found is None) == (expected is None)


def test_only_departments_that_reach_it_in_a_month_stand_in_its_report() -> None:
    book = FigureBook.of(released(), SNAPSHOTS)
    reached = {
        str(period): [m.reached.department for m in reached_in(book, "chat_rate", period)]
        for period in book.periods("chat_rate")
    }
    assert {period: names for period, names in reached.items() if names} == {"2026-08": ["sales-east"]}


@pytest.mark.parametrize(
    ("percents", "is_supported"),
    [
        ([60, 60], True),
        ([69, 69], True),
        ([70, 70], False),  # ten points are not more than ten
        ([69, 70], False),
        ([70, 69], False),  # one month is not two
        ([60], False),
        ([60, None, 60], True),  # two months in which something was measured
        ([60, 60, None], False),  # nothing is known of this month
    ],
)
def test_support_is_offered_after_two_shown_months_ten_points_below(percents: Percents, is_supported: bool) -> None:
    padded: Percents = [*[None] * (6 - len(percents)), *percents]
    book = FigureBook.of(released({None: [50] * 6, "sales-east": padded}), SNAPSHOTS)
    supported = [cell.department for cell in to_support(book, "chat_rate", Month(2026, 10))]
    assert supported == (["sales-east"] if is_supported else [])


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ({None: [50] * 6, "sales-east": [90] * 6}, "当てはまる部署はありません。"),
        ({None: [50] * 6}, "部署の数字を示していないため、当てはまる部署があるかどうかは分かりません。"),
    ],
)
def test_nobody_is_said_to_need_support_only_where_some_department_is_shown(
    shares: dict[str | None, Percents], said: str
) -> None:
    site, _ = composed([], figures=released(shares))
    assert f"<p>{said}</p>" in document(site, "metrics/chat_rate/2026-10/").body


def test_a_target_reached_tells_the_way_and_thanks_the_champion() -> None:
    champion = page("champions/sales-east.md", person="野口 拓海")
    site, _ = composed([champion, page("stories/train.md", title="駅に着く前に")])
    body = document(site, "metrics/chat_rate/milestones/sales-east/").body
    for said in (
        "東日本営業部のチャット利用率が、目標の80%に届きました",
        "2026年5月の62%から、2026年8月に80%になりました。",
        "推進担当の野口 拓海さん、ありがとうございます。",
        "駅に着く前に",
    ):
        assert said in body
    assert "84%" not in body  # a later month
