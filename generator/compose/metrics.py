"""数字で見る: the overview, each metric, each of its months, and the targets reached."""

from __future__ import annotations

from collections.abc import Iterator

from generator.charts import figure_html, sentences
from generator.compose import sections
from generator.compose.desk import Desk
from generator.compose.parts import plain_head
from generator.compose.planned import PlannedPage
from generator.compose.press import Draft
from generator.compose.relative import Here
from generator.compose.reports import (
    definition_of,
    metric_kicker,
    month_report,
    reached_headline,
    reached_line,
    small_tile,
    statement_of,
)
from generator.compose.stories import champion_of
from generator.compose.targets_reached import TargetReached, targets_reached
from generator.compose.terms import term_lines
from generator.compose.trends import trend_of
from generator.compose.views.figures import (
    MetricMonthView,
    MetricsView,
    MetricTile,
    MetricView,
    MonthLine,
    TargetReachedView,
)
from generator.compose.views.parts import FigurePart, Label, Link, Neighbours
from generator.model.figure import ReleasedFigure
from generator.model.period import FiscalCalendar, Month

_REACHED_IN_OVERVIEW = 3
_STORIES_OF_ONE_REACHED = 3


def metric_pages(desk: Desk) -> Iterator[PlannedPage]:
    yield PlannedPage(sections.METRICS, _overview)
    for metric in desk.book.metrics:
        company = desk.book.series(metric)
        if not company:
            continue
        yield PlannedPage(f"{sections.METRICS}{metric}/", _metric, (company[-1],))
        for figure in company:
            yield PlannedPage(_month_url(metric, figure.period), _month, (figure,))
        for goal in targets_reached(desk.book, metric):
            yield PlannedPage(goal.address, _target_reached, (goal,))


def _overview(desk: Desk) -> Draft:
    here = Here(sections.METRICS)
    title = "数字で見る"
    standfirst = "取り組みがどこまで進んだかを、毎月同じ数え方でお伝えします。"
    latest = [figure for metric in desk.book.metrics if (figure := desk.book.latest(metric))]
    view = MetricsView(
        head=plain_head(title, standfirst),
        metrics=tuple(_tile(desk, figure, here) for figure in latest),
        data_use=desk.book.metrics[latest[0].metric].data_use if latest else "",
    )
    return Draft(sections.METRICS, title, standfirst, view, section=sections.METRICS)


def _tile(desk: Desk, figure: ReleasedFigure, here: Here) -> MetricTile:
    newest = targets_reached(desk.book, figure.metric)[:_REACHED_IN_OVERVIEW]
    return MetricTile(
        link=Link(desk.book.about[figure.metric].label, here.to(f"{sections.METRICS}{figure.metric}/")),
        tile=small_tile(desk, figure, f"{figure.metric}-tile"),
        targets_reached=tuple(reached_line(desk, goal, here) for goal in newest),
    )


def _metric(desk: Desk, figure: ReleasedFigure) -> Draft:
    metric, about = figure.metric, desk.book.about[figure.metric]
    url = f"{sections.METRICS}{metric}/"
    here = Here(url)
    headline = sentences.headline(figure, about)
    months = [
        MonthLine(Link(cell.period.label_ja, here.to(_month_url(metric, cell.period))), sentences.share(cell))
        for cell in reversed(desk.book.series(metric))
    ]
    view = MetricView(
        head=plain_head(about.label, statement_of(desk, figure), (Label("数字で見る", here.to(sections.METRICS)),)),
        report=month_report(desk, figure, here, is_live=True),
        months=tuple(months),
        terms=term_lines(desk.book.series(metric), FiscalCalendar(desk.settings.options.fiscal_year_start)),
        targets_reached=tuple(reached_line(desk, m, here) for m in targets_reached(desk.book, metric)),
        campaigns=tuple(
            Link(campaign.page.title, here.to(campaign.page.url))
            for campaign in desk.shelves.campaigns.values()
            if campaign.front.metric == metric
        ),
    )
    return Draft(url, about.label, headline, view, section=sections.METRICS, updated_on=figure.as_of)


def _month(desk: Desk, figure: ReleasedFigure) -> Draft:
    about, url = desk.book.about[figure.metric], _month_url(figure.metric, figure.period)
    here = Here(url)
    headline = sentences.headline(figure, about)
    title = f"{figure.period.label_ja}の{about.label}"
    view = MetricMonthView(
        head=plain_head(title, statement_of(desk, figure), metric_kicker(desk, figure.metric, here)),
        report=month_report(desk, figure, here, is_live=False),
        neighbours=Neighbours(_month_link(desk, figure, -1, here), _month_link(desk, figure, 1, here)),
        latest=Link(f"{about.label}の最新の月へ", here.to(f"{sections.METRICS}{figure.metric}/")),
    )
    return Draft(url, title, headline, view, section=sections.METRICS, published_on=figure.as_of)


def _month_url(metric: str, month: Month) -> str:
    return f"{sections.METRICS}{metric}/{month}/"


def _month_link(desk: Desk, figure: ReleasedFigure, step: int, here: Here) -> Link | None:
    other = figure.period.plus(step)
    is_there = desk.book.has_month(figure.metric, other)
    return Link(other.label_ja, here.to(_month_url(figure.metric, other))) if is_there else None


def _target_reached(desk: Desk, goal: TargetReached) -> Draft:
    start, reached = goal.start, goal.reached
    here = Here(goal.address)
    title = reached_headline(desk, goal)
    standfirst = (
        f"{start.period.label_ja}の{sentences.share(start)}から、"
        f"{reached.period.label_ja}に{sentences.share(reached)}になりました。"
    )
    series = desk.book.series(reached.metric, reached.department, reached.period)
    trend = trend_of(desk.book, series, key=f"{reached.metric}-reached")
    stories = desk.shelves.stories_of.get(reached.department or "", ())[:_STORIES_OF_ONE_REACHED]
    view = TargetReachedView(
        head=plain_head(title, standfirst, metric_kicker(desk, reached.metric, here)),
        month=reached.period.label_ja,
        start=sentences.share(start),
        start_month=start.period.label_ja,
        reached=sentences.share(reached),
        target=sentences.goal(reached),
        thanks=_thanks(desk, reached),
        champion=champion_of(desk, here, reached.department) if reached.department else None,
        trend=FigurePart("ここまでの歩み", figure_html.chart(trend)),
        stories=tuple(Link(story.page.title, here.to(story.page.url)) for story in stories),
        definition=definition_of(desk, reached, here, is_live=False),
    )
    return Draft(goal.address, title, standfirst, view, section=sections.METRICS, published_on=reached.as_of)


def _thanks(desk: Desk, reached: ReleasedFigure) -> str:
    if reached.department is None:
        return "試し、教え合い、意見を寄せてくださった皆さん、ありがとうございます。"
    champion = desk.shelves.champions.get(reached.department)
    name = desk.department_name(reached.department)
    if champion is None:
        return f"{name}の皆さん、ありがとうございます。"
    return f"{name}の皆さん、推進担当の{champion.front.person}さん、ありがとうございます。"
