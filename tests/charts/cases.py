"""A metric, figures of every kind, and strategies for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hypothesis import strategies as st

from generator.charts import About, forecast
from generator.model.figure import Band, FigureStatus, ReleasedFigure
from generator.model.metric_kinds import Share
from generator.model.period import Month

OCTOBER = Month(2026, 10)
UNITS = ("audit", "planning", "east-sales", "marketing", "manufacturing-1")
NAMES = ("監査室", "経営企画部", "東日本営業部", "マーケティング部", "製造一部")

METRIC = Share.model_validate(
    {
        "name": "chat_active_rate",
        "label": {"ja": "チャット利用率", "en": "Chat active rate"},
        "owner": "it@example.co.jp",
        "definition": "その月に1回以上チャットで発言した人 ÷ 月末の対象者",
        "entity": "employee",
        "numerator": {"source": "chat", "column": "upn", "matches": "mail", "time": "day"},
        "denominator": {"source": "roster", "column": "employee_id"},
        "target": {"value": 0.8, "by": "2026-12"},
        "freshness": {"warn_after": "45d", "fail_after": "90d"},
    }
)
ABOUT = About(METRIC, {None: "全社", **dict(zip(UNITS, NAMES, strict=True))}, "Teams ユーザー アクティビティ")


def named(label: str) -> About:
    """The same, where every label and name is `label`."""
    metric = METRIC.model_copy(
        update={"label": METRIC.label.model_copy(update={"ja": label}), "definition": label, "owner": label}
    )
    return About(metric, dict.fromkeys((None, *UNITS), label), label)


def shown(
    percent: int,
    *,
    department: str | None = None,
    period: Month = OCTOBER,
    target: int | None = 80,
    change: int | None = None,
    stale: bool = False,
    eligible: int = 2_000,
) -> ReleasedFigure:
    status, as_of = (FigureStatus.STALE, date(2026, 9, 20)) if stale else (FigureStatus.OK, period.last_day)
    return ReleasedFigure(
        METRIC.name, period, department, percent, None, eligible, target, change, status, as_of, is_stale=stale
    )


def hidden(
    *, department: str | None = None, period: Month = OCTOBER, band: Band | None = None, eligible: int = 4
) -> ReleasedFigure:
    status = FigureStatus.PROTECTED
    return ReleasedFigure(METRIC.name, period, department, None, band, eligible, 80, None, status, period.last_day)


def missing(*, department: str | None = None, period: Month = OCTOBER) -> ReleasedFigure:
    status = FigureStatus.MISSING
    return ReleasedFigure(METRIC.name, period, department, None, None, 430, 80, None, status, period.last_day)


def course(
    percents: Sequence[int | None], *, last: Month = OCTOBER, department: str | None = None
) -> list[ReleasedFigure]:
    """One cell a month up to `last`; None is a month that was not measured."""
    cells: list[ReleasedFigure] = []
    before: int | None = None
    for back, percent in zip(range(len(percents) - 1, -1, -1), percents, strict=True):
        period = last.plus(-back)
        if percent is None:
            cells.append(missing(department=department, period=period))
        else:
            change = None if before is None else percent - before
            cells.append(shown(percent, department=department, period=period, change=change))
        before = percent
    return cells


CHAT = course([21, 26, 31, 38, 42, 46, 50, 55, 61, 65, 71, 76])
AHEAD = forecast(CHAT, OCTOBER.plus(2))

_BANDS = st.sampled_from([Band(0, 10), Band(0, 20), Band(40, 100), Band(90, 100)])
PERCENTS = st.integers(0, 100)


@st.composite
def figures(draw: st.DrawFn, department: str | None = None, period: Month = OCTOBER) -> ReleasedFigure:
    match draw(st.sampled_from(["shown", "band", "hidden", "missing"])):
        case "band":
            return hidden(department=department, period=period, band=draw(_BANDS), eligible=58)
        case "hidden":
            return hidden(department=department, period=period)
        case "missing":
            return missing(department=department, period=period)
    return shown(
        draw(PERCENTS),
        department=department,
        period=period,
        target=draw(st.none() | PERCENTS),
        stale=draw(st.booleans()),
        eligible=draw(st.integers(20, 9_999)),
    )


@st.composite
def series(draw: st.DrawFn) -> list[ReleasedFigure]:
    """Up to two years of one department; some months may have no cell at all."""
    months = draw(st.lists(st.integers(0, 23), min_size=1, max_size=24, unique=True))
    return [draw(figures(period=OCTOBER.plus(-back))) for back in sorted(months, reverse=True)]


@st.composite
def one_month(draw: st.DrawFn, period: Month = OCTOBER) -> list[ReleasedFigure]:
    departments = draw(st.lists(st.sampled_from([None, *UNITS]), min_size=1, unique=True))
    return [draw(figures(department, period)) for department in departments]
