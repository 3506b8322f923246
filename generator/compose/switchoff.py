"""切替予定: the countdown to the day on which the old way ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from generator.compose import sections
from generator.compose.desk import Desk
from generator.compose.notices import current_notices
from generator.compose.parts import card_of, day_of, plain_head
from generator.compose.planned import PlannedPage
from generator.compose.press import Draft
from generator.compose.relative import Here
from generator.compose.reports import expected_of, small_tile, support_list
from generator.compose.shelves import Piece
from generator.compose.views.campaign import SwitchoffBox, SwitchoffView
from generator.compose.views.parts import Day, Label, Link
from generator.compose.wording import clock_time, full_day
from generator.model.address import slug_of
from generator.model.page import Campaign, Switchoff


class Ending(Struct, frozen=True):
    """A campaign whose old way ends on a day."""

    campaign: Piece[Campaign]
    switchoff: Switchoff

    @property
    def url(self) -> str:
        return f"{sections.CAMPAIGNS}{slug_of(self.campaign.page.url)}/switch-off/"


def endings(desk: Desk) -> list[Ending]:
    """All that are declared, the next one first."""
    found = [Ending(c, c.front.switchoff) for c in desk.shelves.campaigns.values() if c.front.switchoff]
    return sorted(found, key=lambda ending: ending.switchoff.off_at)


def switchoff_pages(desk: Desk) -> Iterator[PlannedPage]:
    for ending in endings(desk):
        yield PlannedPage(ending.url, _countdown, (ending,))


def moment_of(desk: Desk, switchoff: Switchoff) -> datetime:
    """When it ends, in the site's zone."""
    moment = switchoff.off_at
    return moment.replace(tzinfo=desk.settings.zone) if moment.tzinfo is None else moment.astimezone(desk.settings.zone)


def countdown(desk: Desk, switchoff: Switchoff) -> str:
    """How long it is, counted in calendar days from the day of the build."""
    moment = moment_of(desk, switchoff)
    if desk.has_come(moment):
        return "終了しました"
    days = (moment.date() - desk.today).days
    return f"あと{days}日" if days else f"今日{clock_time(moment)}に終わります"


def is_over(desk: Desk, switchoff: Switchoff) -> bool:
    return desk.has_come(moment_of(desk, switchoff))


def switchoff_box(desk: Desk, ending: Ending, here: Here) -> SwitchoffBox:
    switchoff = ending.switchoff
    moment = moment_of(desk, switchoff)
    return SwitchoffBox(
        countdown=countdown(desk, switchoff),
        is_over=is_over(desk, switchoff),
        service=switchoff.service,
        off_at=Day(moment.isoformat(), f"{full_day(moment.date())}{clock_time(moment)}"),
        scope=switchoff.scope,
        exceptions=switchoff.exceptions,
        alternative=switchoff.alternative,
        contact=Label(switchoff.contact, None),
        page=Link("切り替えの予定をくわしく見る", here.to(ending.url)),
    )


def _countdown(desk: Desk, ending: Ending) -> Draft:
    page, front = ending.campaign.page, ending.campaign.front
    here, slug = Here(ending.url), slug_of(page.url)
    figure = desk.book.latest(front.metric) if front.metric else None
    over = is_over(desk, ending.switchoff)
    title = f"{ending.switchoff.service}の終了"
    remaining = countdown(desk, ending.switchoff)
    box = switchoff_box(desk, ending, here)
    standfirst = f"{box.off_at.label}に{'終わりました' if over else '終わります'}。"
    view = SwitchoffView(
        head=plain_head(
            title, standfirst, (Label("取り組み", here.to(sections.CAMPAIGNS)), Label(page.title, here.to(page.url)))
        ),
        box=box,
        purpose=front.purpose,
        as_of=day_of(desk.today),
        tile=small_tile(desk, figure, "switch-off-tile") if figure else None,
        expected=expected_of(desk, figure) if figure and not over else "",
        support=support_list(desk, figure, here, is_live=True) if figure and not over else None,
        notices=tuple(
            card_of(desk, notice.page, here) for notice in current_notices(desk) if notice.front.campaign == slug
        ),
        faq=Link("よくある質問", here.to(f"{sections.FAQ}{slug}/")) if slug in desk.shelves.faq_of else None,
        campaign=Link(page.title, here.to(page.url)),
    )
    return Draft(
        url=ending.url,
        title=title,
        description=f"{standfirst}（{remaining}）",
        view=view,
        section=sections.CAMPAIGNS,
        updated_on=desk.today,
        stays_in=page.stays_in,
    )
