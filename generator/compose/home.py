"""The front page: the one thing to know, the current number, the month's figure, and what is new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from generator.compose import sections
from generator.compose.campaigns import voice_rows
from generator.compose.departments import department_groups
from generator.compose.desk import Desk
from generator.compose.faq import faq_line, top_questions
from generator.compose.issues import current_issue, thanks_lines
from generator.compose.mvv import company_mvv
from generator.compose.notices import current_notices
from generator.compose.parts import card_of, cover_of, day_of
from generator.compose.planned import PlannedPage
from generator.compose.press import Draft
from generator.compose.relative import Here
from generator.compose.reports import small_tile, small_trend
from generator.compose.switchoff import Ending, countdown, endings, is_over, moment_of, switchoff_box
from generator.compose.views.campaign import VoiceRow
from generator.compose.views.home import Alert, Coming, CurrentIssue, HeadlineFigure, HomeView, Mission
from generator.compose.views.parts import Link
from generator.compose.wording import issue_name, reading_words
from generator.model.address import slug_of
from generator.model.page import Notice, Page

_HERE = Here("")
_ALERT_DAYS = 60  # a switch-off comes to the front page so many days before
_FRESH, _QUESTIONS, _VOICES, _COMING = 3, 5, 4, 6


def home_page() -> PlannedPage:
    return PlannedPage("", _home)


def _home(desk: Desk) -> Draft:
    issue, mvv = current_issue(desk), company_mvv(desk)
    lead = _lead(desk)
    stories = [piece.page for piece in desk.shelves.stories]
    fresh = [page for page in stories if page is not lead][:_FRESH]
    tells_stories = bool(stories)
    if not tells_stories:
        fresh = [piece.page for piece in reversed(desk.shelves.articles) if piece.page is not lead][:_FRESH]
    view = HomeView(
        title=desk.settings.site_name,
        alert=_alert(desk),
        issue=_issue(desk),
        lead=card_of(desk, lead, _HERE) if lead else None,
        lead_cover=cover_of(desk, lead, _HERE) if lead else None,
        figure=_figure(desk),
        departments=department_groups(desk, _HERE),
        all_departments=Link("部署と推進担当をすべて見る", _HERE.to(sections.DEPARTMENTS)),
        fresh_heading="新しい活用事例" if tells_stories else "新しい読み物",
        fresh=tuple(card_of(desk, page, _HERE) for page in fresh),
        fresh_all=Link("活用事例をすべて見る", _HERE.to(sections.STORIES))
        if tells_stories
        else Link("読み物をすべて見る", _HERE.to(sections.ARTICLES)),
        questions=tuple(faq_line(desk, question, _HERE) for question in top_questions(desk, _QUESTIONS)),
        all_questions=Link("よくある質問をすべて見る", _HERE.to(sections.FAQ)),
        voices=_voices(desk),
        coming=_coming(desk),
        thanks=thanks_lines(issue.front) if issue else (),
        mission=Mission(mvv.front.mission, Link(mvv.page.title, _HERE.to(mvv.page.url))) if mvv else None,
        more=tuple(_more(desk)),
    )
    description = desk.settings.options.tagline or f"{desk.settings.site_name}の最新号"
    return Draft("", desk.settings.site_name, description, view, updated_on=desk.today)


def _lead(desk: Desk) -> Page | None:
    """The current number's lead story, else the newest story, else the newest article."""
    issue = current_issue(desk)
    lead = desk.find(issue.front.lead) if issue else None
    newest = [*(piece.page for piece in desk.shelves.stories[:1]), *(p.page for p in desk.shelves.articles[-1:])]
    return lead or next(iter(newest), None)


def _issue(desk: Desk) -> CurrentIssue | None:
    piece = current_issue(desk)
    if piece is None:
        return None
    coming = piece.front.next_issue
    return CurrentIssue(
        number=issue_name(piece.front.number),
        day=day_of(piece.front.date),
        link=Link(piece.page.title, _HERE.to(piece.page.url)),
        summary=piece.front.summary,
        reading=reading_words(desk.text_of(piece.page).body),
        next_issue=day_of(coming) if coming and coming > desk.today else None,
    )


def _alert(desk: Desk) -> Alert | None:
    """At most one: an urgent notice about something else, else a switch-off that comes near, else a notice."""
    notices = [piece for piece in current_notices(desk) if piece.front.importance > 1]
    ending = next((e for e in endings(desk) if not is_over(desk, e.switchoff) and _is_near(desk, e)), None)
    if ending is None:
        return _notice_alert(notices[0].page, notices[0].front) if notices else None
    campaign = slug_of(ending.campaign.page.url)
    urgent = next((n for n in notices if n.front.importance == 3 and n.front.campaign != campaign), None)
    if urgent is not None:
        return _notice_alert(urgent.page, urgent.front)
    of_campaign = next((n.front for n in notices if n.front.campaign == campaign), None)
    return _ending_alert(desk, ending, of_campaign)


def _is_near(desk: Desk, ending: Ending) -> bool:
    return (moment_of(desk, ending.switchoff).date() - desk.today).days <= _ALERT_DAYS


def _ending_alert(desk: Desk, ending: Ending, notice: Notice | None) -> Alert:
    return Alert(
        pattern="switch-off",
        label="切り替えのお知らせ",
        link=Link(f"{ending.switchoff.service}の終了", _HERE.to(ending.url)),
        countdown=countdown(desk, ending.switchoff),
        when=switchoff_box(desk, ending, _HERE).off_at,
        action_required=notice.action_required if notice else None,
        deadline=day_of(notice.deadline) if notice and notice.deadline else None,
    )


def _notice_alert(page: Page, front: Notice) -> Alert:
    return Alert(
        pattern="notice",
        label="重要なお知らせ" if front.importance == 3 else "お知らせ",
        link=Link(page.title, _HERE.to(page.url)),
        countdown=None,
        when=None,
        action_required=front.action_required,
        deadline=day_of(front.deadline) if front.deadline else None,
    )


def _figure(desk: Desk) -> HeadlineFigure | None:
    metric = desk.headline_metric
    figure = desk.book.latest(metric) if metric else None
    if figure is None:
        return None
    about = desk.book.about[figure.metric]
    return HeadlineFigure(
        tile=small_tile(desk, figure, "home-tile"),
        trend=small_trend(desk, figure, "home-trend"),
        link=Link(f"{about.label}を部署ごとに見る", _HERE.to(f"{sections.METRICS}{figure.metric}/")),
    )


def _voices(desk: Desk) -> tuple[VoiceRow, ...]:
    """Some of every campaign, so that a long list of one does not hide the others."""
    rows = [voice_rows(campaign.front) for campaign in desk.shelves.campaigns.values()]
    mixed = [row[turn] for turn in range(max(map(len, rows), default=0)) for row in rows if turn < len(row)]
    return tuple(mixed[:_VOICES])


class _Date(Struct, frozen=True, order=True):
    day: date
    kind: str
    text: str
    url: str


def _coming(desk: Desk) -> tuple[Coming, ...]:
    """What lies ahead, the next first."""
    ahead = sorted(found for found in _dates(desk) if found.day >= desk.today)
    return tuple(Coming(day_of(d.day), Link(d.text, _HERE.to(d.url)), d.kind) for d in ahead[:_COMING])


def _dates(desk: Desk) -> Iterator[_Date]:
    for campaign in desk.shelves.campaigns.values():
        for step in campaign.front.milestones:
            if step.done_on is None:
                yield _Date(step.due, "計画", step.name, campaign.page.url)
    for ending in endings(desk):
        day = moment_of(desk, ending.switchoff).date()
        # The plan usually has it as its own step; then once is enough.
        if all(step.due != day for step in ending.campaign.front.milestones):
            yield _Date(day, "切り替え", f"{ending.switchoff.service}の終了", ending.url)
    for notice in current_notices(desk):
        if notice.front.deadline:
            yield _Date(notice.front.deadline, "期限", notice.page.title, notice.page.url)
    issue = current_issue(desk)
    if issue and issue.front.next_issue:
        yield _Date(issue.front.next_issue, "次号", f"{issue_name(issue.front.number + 1)}を発行", sections.ISSUES)


def _more(desk: Desk) -> Iterator[Link]:
    if desk.shelves.notices:
        yield Link("お知らせ", _HERE.to(sections.NOTICES))
    if desk.shelves.articles:
        yield Link("読み物", _HERE.to(sections.ARTICLES))
    if desk.shelves.guide:
        yield Link("手引き", _HERE.to(sections.GUIDE))
    if desk.shelves.tags:
        yield Link("タグ", _HERE.to(sections.TAGS))
    yield Link("更新を購読する（フィード）", _HERE.to("feeds/all.xml"))
