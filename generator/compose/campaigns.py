"""取り組み: purpose first, then the steps, the plan, who does what, the rules, and what readers' voices changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.compose import sections
from generator.compose.desk import Desk
from generator.compose.paging import Listing, plain_list
from generator.compose.parts import card_of, cards_of, day_of, draft_of, foot_of, head_of, slot_mark
from generator.compose.planned import PlannedPage
from generator.compose.press import Draft
from generator.compose.relative import Here
from generator.compose.reports import small_tile, statement_of
from generator.compose.shelves import Piece
from generator.compose.switchoff import Ending, switchoff_box
from generator.compose.views.campaign import (
    AnswerRow,
    CampaignView,
    ChannelRow,
    MilestoneStep,
    RoleRow,
    RulesBox,
    StageStep,
    VoiceRow,
)
from generator.compose.views.parts import Link
from generator.compose.wording import STAGES, full_day, short_day
from generator.model.address import slug_of
from generator.model.page import Campaign, CampaignStage, Milestone

LISTING = Listing(
    url=sections.CAMPAIGNS,
    title="取り組み",
    standfirst="いま会社で進めていることを、目的から順にお伝えします。",
    nothing="進行中の取り組みはありません。",
    section=sections.CAMPAIGNS,
)
_STORIES = 12


def campaign_pages(desk: Desk) -> Iterator[PlannedPage]:
    campaigns = desk.shelves.campaigns.values()
    for piece in campaigns:
        yield PlannedPage(piece.page.url, _campaign, (piece,))
    yield plain_list(LISTING, [piece.page for piece in campaigns])


def _campaign(desk: Desk, piece: Piece[Campaign]) -> Draft:
    page, front, slug = piece.page, piece.front, slug_of(piece.page.url)
    here = Here(page.url)
    figure = desk.book.latest(front.metric) if front.metric else None
    has_blocks = bool(desk.text_of(page).blocks)
    stories = [story.page for story in desk.shelves.stories if story.front.campaign == slug]
    told = {story.source for story in stories}
    view = CampaignView(
        head=head_of(desk, page, here),
        purpose=front.purpose,
        stages=tuple(_stage(stage, front.stage) for stage in CampaignStage),
        tile=small_tile(desk, figure, "campaign-tile") if figure and not has_blocks else None,
        said=statement_of(desk, figure) if figure and has_blocks else None,
        metric=Link("月ごと・部署ごとの数字を見る", here.to(f"{sections.METRICS}{figure.metric}/")) if figure else None,
        switchoff=switchoff_box(desk, Ending(piece, front.switchoff), here) if front.switchoff else None,
        solves=tuple(AnswerRow(row.q, row.a) for row in front.solves),
        plan=tuple(_step(milestone, desk.today) for milestone in front.milestones),
        roles=tuple(RoleRow(row.who, row.role) for row in front.roles),
        sponsor=front.sponsor,
        facilitator=front.facilitator,
        decision=_decision(front),
        rules=_rules(front),
        channels=tuple(ChannelRow(row.name, row.content, row.effect) for row in front.channels),
        voices=voice_rows(front),
        body=slot_mark(),
        stories=tuple(card_of(desk, story, here) for story in stories[:_STORIES]),
        faq=Link(f"「{page.title}」のよくある質問", here.to(f"{sections.FAQ}{slug}/"))
        if slug in desk.shelves.faq_of
        else None,
        # Its stories have a list of their own above.
        related=cards_of(desk, (source for source in front.related if source not in told), here),
        foot=foot_of(desk, page, here),
    )
    return draft_of(desk, page, view, said=front.purpose, since=front.starts_on)


def voice_rows(front: Campaign) -> tuple[VoiceRow, ...]:
    """The page says 「…の声」 itself, whether or not the author has."""
    return tuple(VoiceRow(row.quote, row.who.removesuffix("の声"), row.answer) for row in front.voices)


def _stage(stage: CampaignStage, current: CampaignStage) -> StageStep:
    order = list(CampaignStage)
    name, position = STAGES[stage], order.index(stage) - order.index(current)
    if position < 0 or stage is current is CampaignStage.COMPLETE:
        return StageStep(name, "done", "済み")
    return StageStep(name, "now", "いまここ") if position == 0 else StageStep(name, "ahead", "これから")


def _step(milestone: Milestone, today: date) -> MilestoneStep:
    due = day_of(milestone.due)
    if milestone.done_on is not None:
        return MilestoneStep(milestone.name, due, "done", f"{short_day(milestone.done_on)}に完了")
    if milestone.due < today:
        return MilestoneStep(milestone.name, due, "late", "予定より遅れています")
    return MilestoneStep(milestone.name, due, "ahead", "予定")


def _decision(front: Campaign) -> str | None:
    if front.decision is None:
        return None
    said = f"{full_day(front.decision.approved_on)}に{front.decision.approved_by}が承認"
    return f"{said}（{front.decision.reference}）" if front.decision.reference else said


def _rules(front: Campaign) -> RulesBox | None:
    rules = front.rules
    return RulesBox(day_of(rules.effective_from), rules.do, rules.dont) if rules else None
