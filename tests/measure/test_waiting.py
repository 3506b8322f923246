"""A month that is over and has no figures yet says what it waits for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.measure.months import Coverage, closed_months
from generator.measure.waiting import waits
from generator.model.metric_kinds import Share
from generator.model.period import Month
from tests.examples import few
from tests.measure.conftest import Company, post, uses

LINE = "注意 content/data/metrics.yml"
METRIC = {
    "name": "rate",
    "label": {"ja": "率", "en": "Rate"},
    "owner": "情報システム部",
    "definition": "割合です。",
    "entity": "employee",
    "numerator": {"source": "usage", "column": "name", "matches": "mail", "time": "day"},
    "denominator": {"source": "roster", "column": "employee"},
    "freshness": {"warn_after": "45d", "fail_after": "400d"},
}


@pytest.fixture
def firm(company: Company) -> Company:
    company.roster = [post(name) for name in "abc"]
    company.usage = uses("2026-09-30", "a") + uses("2026-10-20", "a")
    return company


def waiting(firm: Company) -> list[str]:
    return [said for said in firm.findings() if "はまだ出ません" in said]


def test_the_source_its_last_day_and_the_month_are_told(firm: Company) -> None:
    assert firm.findings() == [
        (
            f"{LINE}:11:7 出典 `usage` の行は 2026-10-20 までで、2026年10月の数字（`chat_rate`）はまだ出ません"
            " → 残りの行か翌月の行が届くと載ります。月末に行がないこともある資料なら、翌月の初めまで含めて書き出すか、"
            "年月の列（`type: month`）を `time` に使ってください"
        )
    ]


def test_a_month_that_has_come_waits_for_nothing(firm: Company) -> None:
    firm.usage = [*firm.usage, *uses("2026-10-30", "a")]  # a Friday; nobody works on the 31st
    assert firm.findings() == []


@pytest.mark.parametrize("day", ["2026-11-02", "2026-10-31"], ids=["a row of the next month", "a column of months"])
def test_what_is_advised_lets_a_month_without_rows_at_its_end_appear(firm: Company, day: str) -> None:
    firm.usage = [*firm.usage, *uses(day, "a")]
    assert waiting(firm) == []
    assert "2026-10" in {str(cell.period) for cell in firm.measure()[0].cells}


def test_metrics_that_wait_for_the_same_are_told_together(firm: Company) -> None:
    text = (firm.data / "metrics.yml").read_text("utf-8")
    firm.metrics(text + text.partition("metrics:\n")[2].replace("chat_rate", "other_rate"))
    (said,) = waiting(firm)
    assert "（`chat_rate`, `other_rate`）" in said


@pytest.mark.parametrize(("day", "is_told"), [(1, False), (2, False), (3, True)])
def test_the_first_days_of_a_month_are_no_news(firm: Company, day: int, is_told: bool) -> None:
    firm.today = date(2026, 11, day)
    assert bool(waiting(firm)) is is_told


def test_several_months_are_told_as_a_span(firm: Company) -> None:
    firm.define("warn_after: 45d", "warn_after: 90d")
    firm.today = date(2026, 12, 20)
    (said,) = waiting(firm)
    assert "2026年10月から2026年11月までの数字" in said


def test_a_source_that_is_told_as_old_is_not_told_twice(firm: Company) -> None:
    firm.today = date(2026, 12, 5)
    (said,) = firm.findings()
    assert "46日たっています" in said


def test_a_survey_of_a_month_waits_for_its_first_answer(firm: Company) -> None:
    firm.define("    label:", "    kind: favourable\n    label:")
    firm.define("    numerator:", "    answers:")
    firm.define("      where: messages > 0", "      value: messages")
    firm.define("denominator:", "eligible:")
    firm.usage = uses("2026-09-30", "a")
    firm.today = date(2026, 11, 10)
    assert "2026年10月の数字" in waiting(firm)[0]
    firm.usage = [*firm.usage, *uses("2026-10-02", "a")]
    assert waiting(firm) == []


days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(today=days, newest=days)
@few(50)
def test_of_what_is_over_each_month_is_told_or_waits(today: date, newest: date) -> None:
    metric = Share.model_validate(METRIC | {"freshness": {"warn_after": "2000d", "fail_after": "2000d"}})
    sources = {"usage": Coverage(date(2024, 1, 1), newest)}
    calendar = closed_months(metric, sources, today, frozenset())
    found = list(waits(metric, sources, calendar, today))
    over = Month.of(today).plus(-1)
    if (over.last_day - today).days > -3:
        over = over.plus(-1)
    last = max(calendar.months)
    assert [(wait.first, wait.last) for wait in found] == ([(last.plus(1), over)] if last < over else [])
