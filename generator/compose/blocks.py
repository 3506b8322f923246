"""An author's figure blocks: judged against the figures there are, and finished as fragments of HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from generator.charts import comparison_chart, department_chart, figure_html
from generator.compose.desk import Desk
from generator.compose.trends import trend_of
from generator.model.block import ChartSpec, FigureBlock, KpiSpec
from generator.model.figure import COMPANY, FigureStatus, ReleasedFigure
from generator.model.finding import Family, Finding, Place, Text, closest, nearest
from generator.model.page import Issue, Page
from generator.model.period import Month

Fault = tuple[str, Place, Text, Text]
"""Code, place, what and remedy of a finding."""


def fragments(desk: Desk, page: Page, key: str = "block") -> tuple[Markup, ...]:
    """The figures of a page in block order; `key` keeps their ids apart where pages share an address.

    A block that `block_findings` objects to becomes an empty fragment.
    """
    return tuple(
        Markup("") if _fault(desk, page, block) else _figure(desk, page, block.spec, f"{key}-{index}")
        for index, block in enumerate(desk.text_of(page).blocks, start=1)
    )


def block_findings(desk: Desk, page: Page) -> Iterator[Finding]:
    """A finding for each block that names a metric, department or month without a figure, or a month not measured."""
    for block in desk.text_of(page).blocks:
        if fault := _fault(desk, page, block):
            yield Finding(Family.CONTENT, *fault)


def shown_month(desk: Desk, page: Page, metric: str, wanted: Month | None, department: str | None) -> Month | None:
    """The month a block shows: the one it names, else the latest; in an issue, the last month closed before its day.

    So the figures of an issue stay as they were printed.
    """
    if wanted is not None:
        return wanted
    limit = Month.of(page.front.date).plus(-1) if isinstance(page.front, Issue) else None
    cells = desk.book.series(metric, department, limit)
    return cells[-1].period if cells else None


def _figure(desk: Desk, page: Page, spec: KpiSpec | ChartSpec, key: str) -> Markup:
    book, about = desk.book, desk.book.about[spec.metric]
    until = shown_month(desk, page, spec.metric, spec.period, spec.department)
    series = book.series(spec.metric, spec.department, until)
    if isinstance(spec, KpiSpec):
        return figure_html.tile(series[-1], series, about, key=key)
    if spec.kind == "trend":
        return figure_html.chart(trend_of(book, series, key=key, title=spec.title))
    period = series[-1].period
    after = _bars(desk, spec, period)
    if spec.kind == "departments":
        return figure_html.chart(department_chart(after, about, key=key, title=spec.title))
    before = _bars(desk, spec, _earlier(spec, period))
    return figure_html.chart(comparison_chart(before, after, about, key=key, title=spec.title))


def _bars(desk: Desk, spec: ChartSpec, period: Month) -> tuple[ReleasedFigure, ...]:
    """One department's bar, or the company's followed by its departments'."""
    own = desk.book.cell(spec.metric, period, spec.department)
    if spec.department is not COMPANY:
        return (own,) if own else ()
    return ((own,) if own else ()) + desk.book.departments(spec.metric, period)


def _earlier(spec: ChartSpec, period: Month) -> Month:
    return spec.since or period.plus(-1)


def _fault(desk: Desk, page: Page, block: FigureBlock) -> Fault | None:
    """What is wrong with a block; None when it can be shown."""
    spec, book = block.spec, desk.book
    place = Place(desk.settings.shown(desk.settings.content / page.source), block.line)
    if spec.metric not in book.metrics:
        return unknown_metric(place, spec.metric, book.metrics)
    if spec.department is not None and not book.series(spec.metric, spec.department):
        return _unknown_department(desk, place, spec.metric, spec.department)
    period = shown_month(desk, page, spec.metric, spec.period, spec.department)
    wanted = [period] if isinstance(spec, KpiSpec) or spec.kind != "comparison" else [period, spec.since or period]
    for month in wanted:
        if month is None or book.cell(spec.metric, month, spec.department) is None:
            return _unknown_month(desk, place, spec, month)
    return _unmeasured(desk, place, spec) if isinstance(spec, KpiSpec) and spec.period else None


def _unmeasured(desk: Desk, place: Place, spec: KpiSpec) -> Fault | None:
    """A number stands alone, and the text around it says what it is: 「未測定」 is none. A chart shows a gap instead.

    Only of a month that the author names; one that waits for somebody to look at it must not stop the news.
    """
    own = desk.book.cell(spec.metric, spec.period, spec.department) if spec.period else None
    if own is None or own.status is not FigureStatus.MISSING or own.is_held:
        return None
    return (
        "not-measured",
        place,
        Text(
            f"指標 `{spec.metric}` の{own.period.label_ja}は測られていません",
            f"`{spec.metric}` was not measured in {own.period}",
        ),
        Text("測られた月を書くか、このブロックを消してください", "name a month that was, or remove the block"),
    )


def unknown_metric(place: Place, name: str, known: Iterable[str]) -> Fault:
    """What to say of a metric that is not declared or has no figure at all."""
    return (
        "unknown-metric",
        place,
        Text(f"指標 `{name}` の数字はありません", f"there are no figures of a metric `{name}`"),
        nearest(name, known),
    )


def _unknown_id(desk: Desk, place: Place, department: str) -> Fault:
    known = sorted(desk.book.organisation.departments, key=lambda d: d.valid_from)
    named = [d.id for d in known if d.name == department.strip()]
    near = named[-1] if named else closest(department, [d.id for d in known])
    return (
        "unknown-department",
        place,
        Text(
            f"部署 `{department}` は departments.csv にありません",
            f"there is no department `{department}` in departments.csv",
        ),
        Text(
            f"`{near}`（{desk.department_name(near)}）のことではありませんか"
            if near is not None
            else "departments.csv の department_id を書いてください",
            f"did you mean `{near}`?" if near is not None else "write a department_id of departments.csv",
        ),
    )


def _unknown_department(desk: Desk, place: Place, metric: str, department: str) -> Fault:
    if desk.book.organisation.get(department) is None:
        return _unknown_id(desk, place, department)
    name, label = desk.department_name(department), desk.book.metrics[metric].label
    return (
        "no-such-figure",
        place,
        Text(
            f"{name}（`{department}`）は「{label.ja}」の対象ではありません",
            f"`{department}` is not counted in `{metric}`",
        ),
        Text(
            "対象の部署を書くか、`department` を消して全社の数字にしてください",
            "name a department that is, or leave `department` out",
        ),
    )


def _unknown_month(desk: Desk, place: Place, spec: KpiSpec | ChartSpec, month: Month | None) -> Fault:
    cells = desk.book.series(spec.metric, spec.department)
    first, last = (cells[0].period, cells[-1].period) if cells else (None, None)
    when_ja, when_en = (
        (f"{month.label_ja}の", f" in {month}") if month else ("この号の月の", " in the month of this issue")
    )
    return (
        "no-such-figure",
        place,
        Text(f"指標 `{spec.metric}` の{when_ja}数字はありません", f"there is no figure of `{spec.metric}`{when_en}"),
        Text(f"`{first}` から `{last}` までの月を書いてください", f"name a month from `{first}` to `{last}`")
        if first != last
        else Text(f"あるのは `{last}` だけです。この月を書いてください", f"there is only `{last}`: name this month"),
    )
