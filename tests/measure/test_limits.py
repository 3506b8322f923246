"""Where a doubt begins, which of several months is told, and that no more is told than somebody reads."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError
from datetime import date, timedelta
from fractions import Fraction

import duckdb
import pytest

from generator.accepted import accept_anomalies, accepted_anomalies
from generator.measure.comparing import Compared, Disagreement, compared
from generator.measure.condition import Conditions
from generator.measure.counting import Count, Counted
from generator.measure.warehouse import Warehouse
from generator.model.figure import FigureStatus
from generator.model.period import Month
from generator.settings import Options, Settings
from tests.measure.conftest import Company, Use, post, uses

LINE = "content/data/metrics.yml"
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


def people(count: int) -> list[str]:
    return [f"p{n}" for n in range(count)]


@pytest.mark.parametrize(("strangers", "is_told"), [(1, False), (2, True)])
def test_more_than_one_in_twenty_active_strangers_is_told(company: Company, strangers: int, is_told: bool) -> None:
    company.roster = [post(name) for name in people(20 - strangers)]
    company.usage = uses("2026-10-31", *people(20))
    assert bool(company.findings()) is is_told


def test_of_several_months_with_strangers_the_worst_is_told(company: Company) -> None:
    company.roster = [post(name) for name in people(20)]
    worse = [*people(20), *(f"x{n}" for n in range(5))]
    company.usage = [
        *uses("2026-08-31", *people(20), "x0", "x1"),
        *uses("2026-09-30", *worse),
        *uses("2026-10-31", *people(19), "x0", "x1"),
    ]
    (said,) = company.findings()
    assert "2026年9月に利用のあった25人のうち5人が、月末の名簿にいません（5%を超える月: 3）" in said


def test_of_months_that_are_equally_bad_the_newest_is_told(company: Company) -> None:
    company.roster = [post(name) for name in people(3)]
    company.usage = uses("2026-09-30", *people(4)) + uses("2026-10-31", *people(4))
    (said,) = company.findings()
    assert "2026年10月に利用のあった4人のうち1人" in said


def test_two_posts_and_shared_names_are_told_of_the_newest_month_with_the_number_of_months(company: Company) -> None:
    company.roster = [
        post("a"),
        post("a", "legal"),
        post("b", first=date(2026, 10, 1)),
        post("b", "legal", first=date(2026, 10, 1)),
        ("c", "A@x", "sales", "正社員", date(2020, 4, 1), None),
    ]
    company.usage = uses("2026-09-30", "a") + uses("2026-10-31", "a")
    said = " ".join(company.findings())
    assert "2026年10月末に2つの部署に数えられる人が2人います（該当する月は2か月）" in said
    assert "2026年10月末に、同じ `mail` を複数の人が使っているものが1件あります（該当する月は2か月）" in said


def test_a_department_that_never_was_is_told_with_its_first_and_last_month(company: Company) -> None:
    company.roster = [post("a", "slaes"), post("b")]
    company.usage = uses("2026-09-30", "a") + uses("2026-10-31", "a")
    (said,) = company.findings()
    assert "（2026-09–2026-10）" in said


@pytest.mark.parametrize(("came", "is_told"), [(12, False), (13, True)])
def test_a_company_may_grow_by_a_tenth_in_a_month(company: Company, came: int, is_told: bool) -> None:
    company.roster = [
        *(post(name) for name in people(120)),
        *(post(f"n{n}", first=date(2026, 10, 1)) for n in range(came)),
    ]
    company.usage = uses("2026-09-30", "p0") + uses("2026-10-31", "p0")
    assert bool(company.findings()) is is_told


def test_a_company_that_shrinks_is_told_like_one_that_grows(company: Company) -> None:
    left = [post(f"n{n}", last=date(2026, 9, 30)) for n in range(13)]
    company.roster = [*(post(name) for name in people(107)), *left]
    company.usage = uses("2026-09-30", "p0") + uses("2026-10-31", "p0")
    assert "2026年10月に120人から107人に変わりました（該当する月は1か月）" in company.findings()[0]


@pytest.mark.parametrize(
    ("days", "code"),
    [(45, ["month-waits"]), (46, ["stale-figures"]), (400, ["stale-figures"]), (401, ["too-old"])],
)
def test_rows_are_old_from_the_day_after_the_limit(company: Company, days: int, code: list[str]) -> None:
    company.today = date(2026, 10, 31) + timedelta(days=days)
    figures, findings = company.measure()
    assert [finding.code for finding in findings] == code
    assert all((cell.status is FigureStatus.STALE) == (days > 45) for cell in figures.cells)


@pytest.mark.parametrize(("months", "more"), [(3, ""), (4, "（ほかに2件）")])
def test_of_many_cells_that_fail_a_check_ten_are_told_and_the_rest_counted(
    company: Company, months: int, more: str
) -> None:
    company.define("    freshness:", "    checks: ['value > 1']\n    freshness:")
    company.usage = [use for n in range(months) for use in uses(str(OCTOBER.plus(-n).last_day), "a")]
    said = company.findings()
    assert len(said) == min(10, 3 * months)
    assert [more in line for line in said if "ほかに" in line] == [True] * bool(more)


def test_a_check_that_cannot_be_run_is_told_at_its_line_without_a_value(company: Company) -> None:
    company.define("    freshness:", "    checks: ['value >= 0', 'CAST(department AS INTEGER) > 0']\n    freshness:")
    (said,) = company.findings()
    assert said.startswith(f"{LINE}:18:28 `chat_rate` を数えられません（型の変換ができない値があります）")


def test_of_many_anomalies_ten_are_told_and_the_rest_counted(company: Company) -> None:
    company.roster = [post(name) for name in people(120)]
    usage: list[Use] = []
    for n in range(24):  # every second month falls to nothing
        day = str(OCTOBER.plus(-n).last_day)
        usage += uses(day, *people(20)) if n % 2 else uses(day, *people(20), messages=0)
    company.usage = usage
    said = [finding.what.ja for finding in company.measure()[1]]
    assert ["（ほかに2件）" in line for line in said] == [False] * 9 + [True]


@pytest.mark.parametrize(("rows", "is_told"), [(51, False), (50, True), (20, True)])
def test_a_source_with_half_its_rows_or_fewer_is_told(company: Company, rows: int, is_told: bool) -> None:
    company.roster = [post(name) for name in people(120)]
    company.usage = uses("2026-09-30", *people(100)) + uses("2026-10-31", *people(rows))
    assert any("資料の行が前の月の半分以下" in said for said in company.findings()) is is_told


def test_what_was_accepted_before_stays_accepted(company: Company) -> None:
    options = Options(private_dir="kept/private")
    settings = Settings(root=company.root, content=company.root / "content", site_name="瓦版", options=options)
    assert accepted_anomalies(settings) == frozenset()
    accept_anomalies(settings, ["0123abcd"])
    accept_anomalies(settings, ["89abcdef", "0123abcd"])
    assert accepted_anomalies(settings) == {"0123abcd", "89abcdef"}


def count(month: Month, active: int, eligible: int, department: str | None = None) -> Count:
    return Count(month, department, active, eligible, 0, eligible, (), 0, 0, "")


def counted(*counts: Count, rows: Sequence[Month] = (SEPTEMBER, OCTOBER)) -> Counted:
    return Counted(counts, {"numerator": dict.fromkeys(rows, 1)}, (), (), (), (), (), frozenset())


def test_sources_disagree_when_the_shares_of_the_company_lie_further_apart_than_allowed() -> None:
    own = counted(count(SEPTEMBER, 50, 100), count(OCTOBER, 50, 100), count(OCTOBER, 1, 10, "legal"))
    other = counted(count(OCTOBER, 53, 100), count(SEPTEMBER, 48, 100), count(OCTOBER, 9, 10, "legal"))
    september = Disagreement(SEPTEMBER, Fraction(1, 50), people=2, eligible=100)
    october = Disagreement(OCTOBER, Fraction(3, 100), people=3, eligible=100)
    both = (SEPTEMBER, OCTOBER)
    assert compared(own, other, 0.02) == Compared(both, (october,))
    assert compared(own, other, 0.03) == Compared(both, ())
    assert compared(own, other, 0.01) == Compared(both, (september, october))
    assert compared(own, counted(*other.counts[1:2]), 0.01) == Compared((SEPTEMBER,), (september,))


def test_a_month_of_which_one_source_has_no_rows_is_not_compared() -> None:
    own = counted(count(SEPTEMBER, 50, 100), count(OCTOBER, 50, 100))
    other = counted(count(SEPTEMBER, 0, 100), count(OCTOBER, 50, 100), rows=[OCTOBER])
    assert compared(own, other, 0.01) == compared(other, own, 0.01) == Compared((OCTOBER,), ())


@pytest.mark.parametrize(
    ("own", "other", "eligible", "told"),
    [
        (50, 59, 100, " `tolerance` を超えて違います"),  # of 9 people
        (0, 9, 9, " `tolerance` を超えて違います"),
        (0, 10, 10, "約100ポイント違います"),
        (50, 60, 100, "約10ポイント違います"),
        (50, 75, 1000, "約3ポイント違います"),
        (50, 74, 1000, "約2ポイント違います"),
        (50, 65, 3001, "1ポイント未満だけ違います"),
    ],
)
def test_how_far_sources_disagree_is_told_in_whole_points_and_not_at_all_of_few_people(
    own: int, other: int, eligible: int, told: str, company: Company
) -> None:
    comparison = "{source: report, column: name, matches: mail, time: day, tolerance: 0.001}"
    company.define("    target:", f"    compare_with: {comparison}\n    target:")
    company.roster = [post(name) for name in people(eligible)]
    company.usage = [*uses("2026-10-31", *people(own)), *uses("2026-10-31", "p0", messages=0)]
    rows = [(f"{name}@x", date(2026, 10, 31)) for name in people(other)]
    company.more = {"report": ("name TEXT, day DATE", rows)}
    (said,) = [each for each in company.findings() if "report" in each]
    assert f"2026年10月の全社の割合が{told}（違う月は1か月）" in said


def test_of_months_in_which_sources_disagree_the_worst_is_told(company: Company) -> None:
    comparison = "{source: report, column: name, matches: mail, time: day, tolerance: 0.02}"
    company.define("    target:", f"    compare_with: {comparison}\n    target:")
    company.roster = [post(name) for name in people(100)]
    company.usage = uses("2026-09-30", *people(50)) + uses("2026-10-31", *people(50))
    rows = [(f"{name}@x", date(2026, 9, 30)) for name in people(62)]
    rows += [(f"{name}@x", date(2026, 10, 31)) for name in people(60)]
    company.more = {"report": ("name TEXT, day DATE", rows)}
    (said,) = company.findings()
    assert "2026年9月の全社の割合が約12ポイント違います（違う月は2か月）" in said


@pytest.mark.parametrize(
    ("share", "percent"), [(0.0, 0), (1.0, 100), (1.01, None), (-0.01, None)], ids=["none", "all", "more", "less"]
)
def test_a_target_lies_between_nobody_and_everybody(company: Company, share: float, percent: int | None) -> None:
    company.define("by: 2026-12}", "by: 2026-12, per_department: {source: targets, department: unit, value: share}}")
    company.targets = [("sales", share)]
    figures, findings = company.measure()
    assert [finding.code for finding in findings] == ([] if percent is not None else ["bad-target"])
    expected = 80 if percent is None else percent
    assert {cell.target_percent for cell in figures.cells if cell.department == "sales"} == {expected}


def test_a_target_that_is_no_number_is_told(company: Company) -> None:
    company.define("by: 2026-12}", "by: 2026-12, per_department: {source: goals, department: unit, value: share}}")
    company.more = {"goals": ("unit TEXT, share TEXT", [("sales", "八割")])}
    assert "部署 `sales` の目標 `八割` は0から1までの割合ではありません" in company.findings()[0]


def test_a_window_that_begins_on_the_last_day_of_a_month_without_rows_is_not_told(company: Company) -> None:
    company.define("    target:", "    window: 32d\n    target:")
    company.usage = uses("2026-10-01", "a") + uses("2026-10-31", "a")
    assert company.cells() == {}
    company.usage = [*uses("2026-09-30", "a"), *company.usage]
    assert company.cells()["2026-10", None] == (1, 3)


ENDLESS = "SELECT count(*) FROM range(10000000000000)"


def test_statements_that_are_begun_together_see_the_same_tables_and_keep_the_time_limit() -> None:
    with Warehouse((), most_seconds=0.2) as warehouse:
        warehouse.run("CREATE TABLE counted AS SELECT 1 AS one")
        endless, quick = warehouse.begin(ENDLESS), warehouse.begin("SELECT one FROM counted")
        assert quick() == [(1,)]
        with pytest.raises(warehouse.error) as caught:
            endless()
        assert warehouse.why(caught.value).en == "not done after 0.2 seconds"


def test_what_nobody_waits_for_any_more_is_ended_and_not_waited_for() -> None:
    with Warehouse((), most_seconds=3600) as warehouse:
        waited = [warehouse.begin(ENDLESS) for _ in range(9)]
    for result in waited:
        with pytest.raises((warehouse.error, CancelledError)):
            result()


def test_a_database_that_does_not_open_leaves_no_thread_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.measure.warehouse._SETTINGS", {"no_such_setting": True})
    before = set(threading.enumerate())
    with pytest.raises(duckdb.Error, match="no_such_setting"):
        Warehouse(())
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=10)
        assert not thread.is_alive()


def test_a_condition_that_many_metrics_have_is_judged_once_for_each_table() -> None:
    with Warehouse(()) as warehouse:
        for table in ("one", "other"):
            warehouse.run(f"CREATE TABLE {table} AS SELECT 1 AS n")
            warehouse.describe(table)
        conditions = Conditions(warehouse)
        told = conditions.problem("m > 0", "one")
        assert told is not None
        assert conditions.problem("m > 0", "one") is told
        assert conditions.problem("m > 0", "other") not in (None, told)


def test_the_rows_are_where_nothing_can_be_reached_from() -> None:
    with Warehouse(()) as warehouse:
        for setting in ("autoinstall_known_extensions", "autoload_known_extensions", "enable_external_access"):
            assert warehouse.query("SELECT current_setting(?)", [setting]) == [(False,)]
        assert warehouse.query("SELECT current_setting('temp_directory')") == [("",)]
        with pytest.raises(warehouse.error):
            warehouse.query("SELECT * FROM read_csv('/etc/passwd')")
        with pytest.raises(warehouse.error):
            warehouse.run("SET memory_limit = '9GB'")
