"""The parts of a monthly adoption report, from released figures and the sentences of `generator.charts`."""

from __future__ import annotations

from markupsafe import Markup

from generator.charts import department_chart, figure_html, sentences
from generator.compose import sections
from generator.compose.desk import Desk
from generator.compose.parts import contact_label, day_of, department_label
from generator.compose.relative import Here
from generator.compose.stories import champion_of
from generator.compose.targets_reached import SUPPORT_GAP, SUPPORT_MONTHS, TargetReached, reached_in, to_support
from generator.compose.trends import forecast_of, trend_of
from generator.compose.views.figures import Definition, MonthReport, Reached, Supported, SupportList, TargetReachedLine
from generator.compose.views.parts import Label, Link
from generator.model.figure import COMPANY, ReleasedFigure

SUPPORT_DEFINITION = (
    f"目標との差が{SUPPORT_GAP}ポイントを超える月が、数字のある月で{SUPPORT_MONTHS}回続いた部署です。"
    "順番は組織図の順で、成績の順ではありません。"
)

_NOBODY = "当てはまる部署はありません。"
_NOBODY_KNOWN = "部署の数字を示していないため、当てはまる部署があるかどうかは分かりません。"


def month_report(desk: Desk, figure: ReleasedFigure, here: Here, *, is_live: bool) -> MonthReport:
    """Everything about the month of the company's `figure`, with nothing of later months in it.

    The page's standfirst is the sentence about the figure; tile and trend do not repeat it.

    A live report also says what holds today only: who can be asked, and when the next month comes.
    """
    book, about = desk.book, desk.book.about[figure.metric]
    series = book.series(figure.metric, COMPANY, figure.period)
    ahead = forecast_of(book, series)
    units = book.departments(figure.metric, figure.period)
    key = f"{figure.metric}-{figure.period}"
    departments = figure_html.chart(department_chart(units, about, key=f"{key}-departments")) if units else None
    return MonthReport(
        stale=figure_html.stale_badge((figure, *units)),
        tile=figure_html.tile(figure, series, about, key=f"{key}-tile", told=True),
        trend=figure_html.chart(trend_of(book, series, key=f"{key}-trend", ahead=ahead, told=True)),
        departments=departments,
        reached=tuple(
            Reached(Link(about.name_of(m.reached.department), here.to(m.address)), _goal_and_share(m.reached))
            for m in reached_in(book, figure.metric, figure.period)
        ),
        support=support_list(desk, figure, here, is_live=is_live),
        definition=definition_of(desk, figure, here, is_live=is_live),
    )


def support_list(desk: Desk, figure: ReleasedFigure, here: Here, *, is_live: bool) -> SupportList:
    """これから支援する部署 in the month of `figure`."""
    campaign = next((c for c in desk.shelves.campaigns.values() if c.front.metric == figure.metric), None)
    contact = campaign.front.contact if campaign else None
    cells = desk.book.departments(figure.metric, figure.period)
    return SupportList(
        definition=SUPPORT_DEFINITION,
        departments=tuple(
            Supported(
                name=department_label(desk, here, str(cell.department)),
                words=_goal_and_share(cell)
                + (f"（前月から{sentences.change(cell)}）" if cell.change is not None else ""),
                champion=champion_of(desk, here, str(cell.department)) if is_live else None,
            )
            for cell in to_support(desk.book, figure.metric, figure.period)
        ),
        nobody=_NOBODY if not cells or any(cell.is_shown for cell in cells) else _NOBODY_KNOWN,
        contact=contact_label(contact or desk.settings.options.contact),
    )


def definition_of(desk: Desk, figure: ReleasedFigure, here: Here, *, is_live: bool) -> Definition:
    """How to read a metric, as of the month of `figure`."""
    metric = desk.book.metrics[figure.metric]
    following = figure.period.plus(1).label_ja
    return Definition(
        metric=metric.name,
        definition=metric.definition,
        as_of=day_of(figure.as_of),
        source=desk.book.sources[metric.name],
        owner=metric.owner,
        min_group=f"対象者が{metric.privacy.min_group}人に満たない部署などの数字は、個人が分からないように伏せるか、範囲で示します。",
        data_use=metric.data_use,
        json=Link("JSON", here.to(f"figures/{metric.name}.json")),
        csv=Link("CSV（Excelで開けます）", here.to(f"figures/{metric.name}.csv")),
        next_update=f"{following}分は、月が終わって集計が済みしだい載せます。" if is_live else None,
    )


def reached_headline(desk: Desk, goal: TargetReached) -> str:
    """「東日本営業部のチャット利用率が、目標の80%に届きました」."""
    about = desk.book.about[goal.reached.metric]
    name = about.name_of(goal.reached.department)
    return f"{name}の{about.label}が、目標の{sentences.goal(goal.reached)}に届きました"


def reached_line(desk: Desk, goal: TargetReached, here: Here) -> TargetReachedLine:
    headline = reached_headline(desk, goal)
    return TargetReachedLine(goal.reached.period.label_ja, Link(headline, here.to(goal.address)))


def metric_kicker(desk: Desk, metric: str, here: Here) -> tuple[Label, Label]:
    """数字で見る · the metric."""
    label = desk.book.about[metric].label
    return Label("数字で見る", here.to(sections.METRICS)), Label(label, here.to(f"{sections.METRICS}{metric}/"))


def statement_of(desk: Desk, figure: ReleasedFigure) -> str:
    """Everything to be said of a figure, the date of old data included."""
    return sentences.statement(figure, desk.book.before(figure), desk.book.about[figure.metric])


def expected_of(desk: Desk, figure: ReleasedFigure) -> str:
    """Where the months up to the company's `figure` lead by the target's month, in words; may be empty."""
    ahead = forecast_of(desk.book, desk.book.series(figure.metric, COMPANY, figure.period))
    return sentences.expected(ahead, desk.book.about[figure.metric])


def small_trend(desk: Desk, figure: ReleasedFigure, key: str) -> Markup:
    """The months of one department or the company up to `figure`; it stands beside the tile, which tells the last."""
    series = desk.book.series(figure.metric, figure.department, figure.period)
    return figure_html.chart(trend_of(desk.book, series, key=key, told=True))


def small_tile(desk: Desk, figure: ReleasedFigure, key: str) -> Markup:
    """One figure large, with its way there."""
    series = desk.book.series(figure.metric, figure.department, figure.period)
    return figure_html.tile(figure, series, desk.book.about[figure.metric], key=key)


def _goal_and_share(figure: ReleasedFigure) -> str:
    return f"目標{sentences.goal(figure)}に対して{sentences.share(figure)}"
