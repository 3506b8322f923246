"""Every kind of metric on small companies whose figures anybody can count on their fingers; `spec` values among them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from generator.measure.calendar import Calendar
from generator.measure.kinds import KINDS
from generator.model.figure import Figure
from generator.model.period import Month
from tests.measure.conftest import START, Company, Use, post, uses

HEAD = """
entities:
  employee: {source: roster, key: employee, department: department, valid_from: first, valid_to: last}
company_holidays: [2026-10-30]
metrics:
  figure:
    label: {ja: 数字, en: Figure}
    owner: 情報システム部
    definition: 数え方です。
    entity: employee
    freshness: {warn_after: 400d, fail_after: 400d}
    kind: """
ACTIVITY = "{source: usage, column: name, matches: mail, time: day, where: messages > 0}"
ELIGIBLE = "{source: roster, column: employee, where: employment <> '派遣'}"
STICKINESS = f"stickiness\n    activity: {ACTIVITY}\n    eligible: {ELIGIBLE}\n"
ACTIVATION = f"activation\n    activity: {ACTIVITY}\n    eligible: {ELIGIBLE}\n"
RETENTION = f"retention\n    activity: {ACTIVITY}\n    eligible: {ELIGIBLE}\n"
MAILS = ACTIVITY.replace("usage", "mails").replace(", where: messages > 0", "")
DUAL_USE = f"dual_use\n    first: {ACTIVITY}\n    second: {MAILS}\n    eligible: {ELIGIBLE}\n"
TICKETS = MAILS.replace("mails", "tickets")
FAQ_EFFECT = f"faq_effect\n    help: {ACTIVITY}\n    tickets: {TICKETS}\n    eligible: {ELIGIBLE}\n"
ANSWERS = "{source: survey, column: name, matches: mail, time: day, value: score}"
ENPS = f"enps\n    answers: {ANSWERS}\n    eligible: {ELIGIBLE}\n"
FAVOURABLE = ENPS.replace("enps", "favourable")


def share(window: str | None = None) -> str:
    more = f"    window: {window}\n" if window else ""
    return f"share\n    numerator: {ACTIVITY}\n    denominator: {ELIGIBLE}\n{more}"


def day(text: str) -> date:
    return date.fromisoformat(text)


def figure(company: Company, kind: str, department: str | None = None, month: str = "2026-10") -> Figure:
    """The one cell, of a measurement without any finding."""
    company.metrics(HEAD + kind)
    figures, findings = company.measure()
    assert findings == []
    (cell,) = [c for c in figures.cells if (str(c.period), c.department) == (month, department)]
    return cell


def parts(cell: Figure) -> tuple[int | None, int, int]:
    return cell.numerator, cell.denominator, cell.against


@pytest.fixture
def people(company: Company) -> Company:
    company.roster = [post(name) for name in "abcdefghij"]
    return company


def test_windows_end_with_the_month_and_grow_into_each_other(people: Company) -> None:
    people.usage = [
        *(uses("2026-10-31", "a") + uses("2026-10-25", "b") + uses("2026-10-24", "c") + uses("2026-10-04", "d")),
        *(uses("2026-10-03", "e") + uses("2026-09-01", "f")),
    ]
    counted = [figure(people, share(window)).numerator for window in ("1d", "7d", "28d", None, "61d")]
    assert counted == [1, 2, 4, 5, 6]  # DAU, WAU, MAU of 28 days, of the calendar month, of two months


def test_a_window_reaches_into_the_month_before(people: Company) -> None:
    people.today = day("2026-03-20")
    people.usage = uses("2026-01-30", "a") + uses("2026-01-29", "b") + uses("2026-02-28", "c")
    assert figure(people, share("30d"), month="2026-02").numerator == 2


def test_a_window_that_begins_before_the_first_month_is_not_told(people: Company) -> None:
    people.usage = uses("2026-09-15", "a") + uses("2026-10-31", "a")
    people.metrics(HEAD + share("61d"))
    assert {str(cell.period) for cell in people.measure()[0].cells} == {"2026-10"}


def test_stickiness_is_the_mean_of_business_days_over_the_people_of_the_month(people: Company) -> None:
    # October 2026 has 22 working days; the 12th is スポーツの日 and the 30th a holiday of the company: 20.
    working = [d for n in range(31) if (d := day("2026-10-01") + timedelta(n)).weekday() < 5]
    people.usage = [use for d in working for use in uses(d.isoformat(), "a")]
    people.usage += uses("2026-10-05", "b", "b") + uses("2026-10-31", "c")  # b: twice a day; c: on a Saturday only
    cell = figure(people, STICKINESS)
    assert parts(cell) == (20 + 1, 3 * 20, 0)
    assert cell.groups == (3, 2)  # of three people two missed a business day
    assert cell.eligible == 10


def test_a_company_that_rests_on_weekends_and_holidays_can_be_there_every_day(people: Company) -> None:
    """A mean over seven days would call it half as keen: 20 of 31."""
    days = [day("2026-10-01") + timedelta(n) for n in range(31)]
    closed = {day("2026-10-12"), day("2026-10-30")}
    people.usage = [use for d in days if d.weekday() < 5 and d not in closed for use in uses(d.isoformat(), "a", "b")]
    assert parts(figure(people, STICKINESS)) == (40, 40, 0)


def test_activation_counts_those_who_began_within_fourteen_days(people: Company) -> None:
    first = day("2026-10-01")
    people.roster = [*people.roster, *(post(name, first=first) for name in ("new1", "new2", "new3", "late"))]
    people.roster = [*people.roster, post("later", first=day("2026-10-18"))]  # has until 11-01: counts in November
    people.usage = uses("2026-10-01", "new1") + uses("2026-10-15", "new2") + uses("2026-10-16", "late")
    people.usage += uses("2026-09-15", "a") + uses("2026-10-31", "a")
    cell = figure(people, ACTIVATION)
    assert parts(cell) == (2, 4, 0)
    assert cell.groups == (2, 2)
    assert cell.eligible == 15


def test_whoever_moved_is_not_new(people: Company) -> None:
    moved = day("2026-10-01")
    people.roster = [post("a", last=moved - timedelta(1)), post("a", "legal", first=moved), post("new", first=moved)]
    people.usage = uses("2026-09-15", "a") + uses("2026-10-02", "a", "new") + uses("2026-10-31", "a")
    assert parts(figure(people, ACTIVATION)) == (1, 1, 0)
    people.roster = [post("a", last=day("2026-10-24")), post("a", "legal", first=day("2026-10-25")), post("new")]
    assert figure(people, share()).joiners == 0


def test_activation_begins_with_the_licence_where_there_is_one(people: Company) -> None:
    people.more = {"licences": ("name TEXT, day DATE", [("a@x", day("2026-10-10")), ("b@x", day("2026-10-10"))])}
    people.usage = uses("2026-09-15", "b") + uses("2026-10-24", "a") + uses("2026-10-31", "b")
    licence = f"    licence: {TICKETS.replace('tickets', 'licences')}\n"
    assert parts(figure(people, ACTIVATION + licence)) == (1, 2, 0)


def test_somebody_who_moved_and_has_a_new_mail_address_is_retained(people: Company) -> None:
    people.roster = [
        *people.roster[1:],
        ("a", "old@x", "legal", "正社員", START, day("2026-10-05")),
        ("a", "new@x", "sales", "正社員", day("2026-10-06"), None),
        post("gone", last=day("2026-10-20")),
    ]
    people.usage = [("old@x", day("2026-09-20"), 1), ("new@x", day("2026-10-20"), 1)]
    people.usage += uses("2026-09-06", "b") + uses("2026-09-06", "gone") + uses("2026-10-31", "c")
    cell = figure(people, RETENTION, "sales")
    assert parts(cell) == (1, 2, 0)  # a stayed, b did not; gone left the company
    assert cell.groups == (1, 1, 8)


def test_retention_compares_two_windows_of_28_days(people: Company) -> None:
    people.usage = uses("2026-09-05", "a") + uses("2026-09-06", "b") + uses("2026-10-03", "b", "c")
    people.usage += uses("2026-10-04", "a", "d") + uses("2026-10-31", "c")
    # 2026-09-06 to 10-03: b and c; 10-04 to 10-31: a, c, d.
    assert parts(figure(people, RETENTION)) == (1, 2, 0)


def test_dual_use_is_what_both_share_of_all_who_use_either(people: Company) -> None:
    people.usage = uses("2026-10-31", "a", "b", "c")
    people.more = {"mails": ("name TEXT, day DATE", [(f"{name}@x", day("2026-10-31")) for name in "bcd"])}
    cell = figure(people, DUAL_USE)
    assert parts(cell) == (2, 4, 0)
    assert cell.groups == (2, 2, 6)


def test_mail_to_people_outside_is_no_second_way_to_write_to_colleagues(people: Company) -> None:
    people.usage = uses("2026-10-31", "a", "b")
    mails = [("a@x", day("2026-10-31"), 0, 3), ("b@x", day("2026-10-31"), 1, 3), ("c@x", day("2026-10-31"), 0, 1)]
    people.more = {"mails": ("name TEXT, day DATE, inside BIGINT, outside BIGINT", mails)}
    inside = DUAL_USE.replace(MAILS, MAILS.replace("}", ", where: inside > 0}"))
    assert parts(figure(people, DUAL_USE)) == (2, 3, 0)
    assert parts(figure(people, inside)) == (1, 2, 0)


def test_strangers_are_told_of_the_activity_that_they_are_in(people: Company) -> None:
    people.usage = uses("2026-10-31", "a", "stranger")
    people.more = {"mails": ("name TEXT, day DATE", [("b@x", day("2026-10-31"))])}
    people.metrics(HEAD + DUAL_USE)
    (said,) = people.findings()
    assert said.startswith("注意 content/data/metrics.yml:13:")  # the line of `first`
    assert "2026年10月に利用のあった2人のうち1人が、月末の名簿にいません" in said


def test_enps_of_the_ten_answers_of_the_definition_is_zero(people: Company) -> None:
    scores = [10, 9, 9, 8, 8, 7, 7, 6, 5, 3]
    people.more = {"survey": ("name TEXT, day DATE, score BIGINT", _answers(people, scores))}
    assert parts(figure(people, ENPS)) == (3, 10, 3)


def test_six_is_a_detractor_and_a_nine_a_promoter(people: Company) -> None:
    people.more = {"survey": ("name TEXT, day DATE, score BIGINT", _answers(people, [0, 6, 7, 8, 9]))}
    cell = figure(people, ENPS)
    assert parts(cell) == (1, 5, 2)
    assert cell.groups == (1, 2, 5)
    assert cell.eligible == 10


def test_favourable_leaves_out_who_gave_no_answer(people: Company) -> None:
    people.more = {"survey": ("name TEXT, day DATE, score BIGINT", _answers(people, [5, 4, 3, 1, None]))}
    cell = figure(people, FAVOURABLE)
    assert parts(cell) == (2, 4, 0)
    assert cell.groups == (2, 2)


def test_a_survey_of_the_middle_of_a_month_is_told_when_the_month_is_over(people: Company) -> None:
    answers = [("a@x", day("2026-10-15"), 5), ("b@x", day("2026-11-15"), 5)]
    people.more = {"survey": ("name TEXT, day DATE, score BIGINT", answers)}
    people.metrics(HEAD + FAVOURABLE)
    assert {str(cell.period) for cell in people.measure()[0].cells} == {"2026-10"}


def test_of_several_answers_the_latest_counts_and_of_one_day_the_lowest(people: Company) -> None:
    answers = [("a@x", day("2026-10-01"), 5), ("a@x", day("2026-10-31"), 4), ("a@x", day("2026-10-31"), 2)]
    people.more = {"survey": ("name TEXT, day DATE, score BIGINT", answers)}
    assert parts(figure(people, FAVOURABLE)) == (0, 1, 0)


@pytest.mark.parametrize(("kind", "score"), [(FAVOURABLE, 6), (FAVOURABLE, 0), (ENPS, 11), (ENPS, -1)])
def test_an_answer_that_is_not_on_the_scale_is_never_counted_on_the_quiet(
    people: Company, kind: str, score: int
) -> None:
    people.more = {"survey": ("name TEXT, day DATE, score BIGINT", _answers(people, [4, score, score]))}
    people.metrics(HEAD + kind)
    (said,) = people.findings()
    assert "2026年10月の回答のうち2件が" in said
    assert "目盛りにありません（該当する月は1か月） → 列 `score` の書き出しを直すか、`where` で除いてください" in said


def test_a_help_session_without_a_ticket_in_three_days_may_have_helped(people: Company) -> None:
    people.usage = uses("2026-10-05", "a", "a", "b", "c") + uses("2026-10-10", "a") + uses("2026-10-31", "j")
    tickets = [("b@x", day("2026-10-08")), ("c@x", day("2026-10-09")), ("a@x", day("2026-10-04"))]
    tickets += [("d@x", day("2026-09-25")), ("d@x", day("2026-10-31"))]
    people.usage += uses("2026-09-20", "j")
    people.more = {"tickets": ("name TEXT, day DATE", tickets)}
    cell = figure(people, FAQ_EFFECT)
    assert parts(cell) == (3, 4, 0)  # a twice and c; b asked on the third day; j's has until November
    assert cell.groups == (2, 1)


def test_a_month_in_which_one_of_two_sources_has_no_row_is_missing(people: Company) -> None:
    people.usage = uses("2026-09-30", "a") + uses("2026-10-31", "a")
    people.more = {"mails": ("name TEXT, day DATE", [("a@x", day("2026-08-31")), ("a@x", day("2026-10-31"))])}
    assert figure(people, DUAL_USE, month="2026-09").numerator is None


def test_a_group_of_nobody_says_nothing_instead_of_dividing_by_it(people: Company) -> None:
    people.usage = uses("2026-09-01", "a") + uses("2026-09-30", "a", messages=0) + uses("2026-10-31", "a")
    cell = figure(people, RETENTION)
    assert parts(cell) == (0, 0, 0)
    assert min(cell.groups) == 0


def test_joiners_of_the_last_fourteen_days_are_told_apart(people: Company) -> None:
    people.usage = uses("2026-10-31", "a")
    people.roster = [*people.roster, post("x", first=day("2026-10-18")), post("y", first=day("2026-10-17"))]
    assert figure(people, share()).joiners == 1


def test_everybody_in_the_roster_is_told_beside_those_who_count(people: Company) -> None:
    people.usage = uses("2026-10-31", "a")
    people.roster = [*people.roster, post("x", employment="派遣"), post("gone", last=day("2026-10-30"))]
    cell = figure(people, share())
    assert (cell.eligible, cell.roster) == (10, 11)


def test_a_metric_of_no_known_kind_is_told(people: Company) -> None:
    people.metrics(HEAD + "stickyness\n")
    assert people.findings() == [
        "content/data/metrics.yml:12:5 `stickyness` という種類の指標はありません → `stickiness` のことではありませんか"
    ]


def _answers(company: Company, scores: Sequence[int | None]) -> list[Use | tuple[str, date, int | None]]:
    names = [str(person[1]) for person in company.roster]
    return [(name, day("2026-10-31"), score) for name, score in zip(names, scores, strict=False)]


@pytest.mark.parametrize("kind", [share(), share("28d"), STICKINESS, ACTIVATION, RETENTION, DUAL_USE, ENPS, FAQ_EFFECT])
def test_the_printed_period_begins_with_the_first_day_that_is_counted(people: Company, kind: str) -> None:
    people.metrics(HEAD + kind)
    metric = people.measure()[0].metrics["figure"]
    october = Month(2026, 10)
    readings = KINDS[metric.kind].readings(metric, Calendar((october,)))
    began = min(day for reading in readings for day in reading.days[october])
    assert metric.first_day(october) == began
