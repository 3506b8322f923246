"""Figures that jump or vanish wait; checks may fail, warn or hold; two sources are compared."""

from __future__ import annotations

from datetime import date

import pytest

from generator.accepted import accept_anomalies
from generator.model.figure import FigureStatus
from generator.settings import Settings
from tests.measure.conftest import Company, post, uses

MANY = [f"p{n}" for n in range(120)]
LINE = "content/data/metrics.yml"


@pytest.fixture
def firm(company: Company) -> Company:
    """120 people in sales and one in the legal department."""
    company.roster = [*(post(name) for name in MANY), post("c", "legal")]
    return company


def statuses(company: Company) -> dict[tuple[str, str | None], FigureStatus]:
    return {(str(cell.period), cell.department): cell.status for cell in company.measure()[0].cells}


def test_f23_a_value_that_falls_to_nothing_is_held_until_it_is_accepted(firm: Company) -> None:
    firm.usage = uses("2026-09-30", *MANY[:20]) + uses("2026-10-31", "c") + uses("2026-10-31", *MANY[:20], messages=0)
    said = firm.findings()
    assert len(said) == 1
    assert "`chat_rate` の 2026-10、`sales` で、値が0になりました" in said[0]
    assert statuses(firm)["2026-10", "sales"] is FigureStatus.HELD
    assert statuses(firm)["2026-10", None] is FigureStatus.OK
    sign = said[0].partition("--accept-anomaly ")[2][:8]
    accept_anomalies(Settings(root=firm.root, content=firm.root / "content", site_name="瓦版"), [sign])
    assert firm.findings() == []
    assert statuses(firm)["2026-10", "sales"] is FigureStatus.OK


def test_f23_a_jump_of_the_company_holds_all_its_departments(firm: Company) -> None:
    firm.usage = uses("2026-09-30", *MANY[:11]) + uses("2026-10-31", *MANY[:109])
    assert statuses(firm)["2026-10", None] is FigureStatus.OK  # nine times and a half
    firm.usage = uses("2026-09-30", *MANY[:11]) + uses("2026-10-31", *MANY[:110])
    assert statuses(firm)["2026-10", "legal"] is FigureStatus.HELD
    assert any("前の月の10倍以上になりました" in said for said in firm.findings())


def test_f23_half_the_rows_of_the_month_before_hold_the_month(firm: Company) -> None:
    firm.usage = uses("2026-09-30", *MANY[:100]) + uses("2026-10-31", *MANY[:50])
    assert {status for (month, _), status in statuses(firm).items() if month == "2026-10"} == {FigureStatus.HELD}
    assert "資料の行が前の月の半分以下になりました" in firm.findings()[0]
    firm.usage = uses("2026-09-30", *MANY[:100]) + uses("2026-10-31", *MANY[:51])
    assert firm.findings() == []


@pytest.mark.parametrize(
    ("before", "now", "is_held"), [(70, 24, True), (30, 15, True), (30, 16, False), (29, 1, False)]
)
def test_half_the_rows_hold_the_month_from_thirty_on(firm: Company, before: int, now: int, *, is_held: bool) -> None:
    firm.usage = uses("2026-09-30", *MANY[:before], messages=0) + uses("2026-10-31", *MANY[:now], messages=0)
    assert (statuses(firm)["2026-10", None] is FigureStatus.HELD) == is_held
    assert (
        any("前の組み立てで載せた数字があればそのまま載せ、なければ「未測定」にしました" in s for s in firm.findings())
        == is_held
    )


def test_departments_are_told_once_the_company_s_month_is_accepted(firm: Company) -> None:
    firm.usage = uses("2026-09-30", *MANY[:110]) + uses("2026-10-31", *MANY[:20], messages=0)
    settings = Settings(root=firm.root, content=firm.root / "content", site_name="瓦版")
    said = firm.findings()
    assert said
    assert all("全社で" in each for each in said)
    accept_anomalies(settings, [each.partition("--accept-anomaly ")[2][:8] for each in said])
    assert ["`sales` で、値が0になりました" in each for each in firm.findings()] == [True]
    assert statuses(firm)["2026-10", "sales"] is FigureStatus.HELD


def test_changes_of_few_people_are_no_anomaly(firm: Company) -> None:
    firm.usage = uses("2026-09-30", *MANY[:9]) + uses("2026-10-31", *MANY[:9], messages=0)
    assert firm.findings() == []


@pytest.mark.parametrize(
    ("severity", "status", "remedy"),
    [
        ("warn", FigureStatus.OK, "数字は載せました。元のデータを確かめてください"),
        (
            "hold",
            FigureStatus.HELD,
            "前の組み立てで載せた数字があればそのまま載せ、なければ「未測定」にしました。元のデータを確かめてください",
        ),
    ],
)
def test_a_check_may_warn_or_hold_one_cell(firm: Company, severity: str, status: FigureStatus, remedy: str) -> None:
    firm.define("    freshness:", f"    checks: [{{condition: value < 0.5, severity: {severity}}}]\n    freshness:")
    firm.usage = uses("2026-10-31", "c")
    assert firm.findings() == [
        f"注意 {LINE}:18:14 `chat_rate` の 2026-10、`legal` が検査 `value < 0.5` に合いません → {remedy}"
    ]
    assert statuses(firm) == {
        ("2026-10", None): FigureStatus.OK,
        ("2026-10", "sales"): FigureStatus.OK,
        ("2026-10", "legal"): status,
    }


def test_f27_two_sources_that_disagree_are_told(firm: Company) -> None:
    other = "{source: report, column: name, matches: mail, time: day, tolerance: 0.02}"
    firm.define("    target:", f"    compare_with: {other}\n    target:")
    firm.usage = uses("2026-10-31", *MANY[:60])
    rows = [(f"{name}@x", date(2026, 10, 31)) for name in MANY[:62]]
    firm.more = {"report": ("name TEXT, day DATE", rows)}
    assert firm.findings() == []  # 2 of 121
    firm.more = {"report": ("name TEXT, day DATE", [*rows, ("c@x", date(2026, 10, 31))])}
    assert firm.findings() == [
        (
            f"注意 {LINE}:17:5 出典 `usage` と `report` で、2026年10月の全社の割合が `tolerance` を超えて違います（違う月は1か月）"
            " → 載せたのは `usage` の数字です。どちらが正しいか確かめてください"
        )
    ]


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2026, 7, 31)], ids=["not over", "before the other one began"])
def test_f27_sources_that_have_no_month_in_common_are_told(firm: Company, day: date) -> None:
    other = "{source: report, column: name, matches: mail, time: day, tolerance: 0.02}"
    firm.define("    target:", f"    compare_with: {other}\n    target:")
    firm.usage = uses("2026-10-31", *MANY[:60])
    firm.more = {"report": ("name TEXT, day DATE", [(f"{MANY[0]}@x", day)])}
    assert firm.findings() == [
        (
            f"注意 {LINE}:17:5 出典 `usage` と `report` の両方に行のある月がないため、比べていません"
            " → `report` の資料の期間と、`time` の列を確かめてください"
        )
    ]


def test_a_company_that_changes_by_more_than_a_tenth_asks_for_a_reason(firm: Company) -> None:
    firm.roster = [*firm.roster, *(post(f"new{n}", first=date(2026, 10, 1)) for n in range(13))]
    firm.usage = uses("2026-09-30", "c") + uses("2026-10-31", "c")
    assert firm.findings() == [
        (
            f"注意 {LINE}:16:5 `chat_rate` の対象者が、2026年10月に121人から134人に変わりました（該当する月は1か月）"
            " → 名簿を確かめ、正しければ `denominator_notes` に `2026-10` の理由を書いてください"
        )
    ]
    firm.define("    freshness:", "    denominator_notes: [{month: 2026-10, note: 新工場}]\n    freshness:")
    assert firm.findings() == []
