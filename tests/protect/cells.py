"""Measured cells and metrics as small as tests need them."""

from __future__ import annotations

from datetime import date

from generator.model.figure import COMPANY, Figure, FigureStatus, MeasuredFigures
from generator.model.metric import Activity, Freshness, Label, Population, Privacy
from generator.model.metric_kinds import Share
from generator.model.organisation import Department, Organisation
from generator.model.period import Month

OCTOBER = Month(2026, 10)
SALES, DESIGN = "sales", "design"


def metric(min_group: int = 10, name: str = "chat_active_rate") -> Share:
    return Share(
        name=name,
        label=Label(ja="チャット利用率", en="Chat active rate"),
        owner="it@example.co.jp",
        definition="その月に1回以上送信した人 ÷ 月末の対象者",
        entity="employee",
        numerator=Activity(source="chat", column="upn", matches="mail", time="day"),
        denominator=Population(source="roster", column="employee_id"),
        privacy=Privacy(min_group=min_group),
        freshness=Freshness.model_validate({"warn_after": "45d", "fail_after": "90d"}),
    )


def cell(
    numerator: int | None,
    denominator: int,
    *,
    department: str | None = COMPANY,
    period: Month = OCTOBER,
    status: FigureStatus = FigureStatus.OK,
    members: str = "",
) -> Figure:
    return Figure(
        "chat_active_rate", period, department, numerator, denominator, period.last_day, status, 80, members=members
    )


def month(*departments: tuple[str, int, int], who: str = "") -> list[Figure]:
    """A company of departments (name, count, headcount), in October; `who` names whom each counts."""
    units = [cell(n, people, department=name, members=f"{name}{who}") for name, n, people in departments]
    active, eligible = sum(n for _, n, _ in departments), sum(people for _, _, people in departments)
    return [cell(active, eligible, department=COMPANY, members=who), *units]


def measured(*cells: Figure, min_group: int = 10) -> MeasuredFigures:
    units = (SALES, DESIGN)
    departments = tuple(Department(unit, unit, None, date(2020, 4, 1), None, None, n) for n, unit in enumerate(units))
    return MeasuredFigures({"chat_active_rate": metric(min_group)}, Organisation(departments), cells)
