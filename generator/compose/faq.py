"""よくある質問: one page a campaign, each question with its own permanent anchor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from generator.compose import sections
from generator.compose.desk import Desk
from generator.compose.paging import intro_of
from generator.compose.parts import body_slot, cards_of, contact_label, day_of, foot_of, plain_head, slot_mark
from generator.compose.planned import PlannedPage
from generator.compose.press import Draft
from generator.compose.relative import Here
from generator.compose.shelves import Piece
from generator.compose.views.faq import (
    FaqCampaignLine,
    FaqCampaignView,
    FaqLine,
    FaqView,
    Question,
    QuestionGroup,
)
from generator.compose.views.parts import Label, Link
from generator.model.page import REQUIRED_FAQ_CATEGORIES, Faq, FaqCategory
from generator.model.site import Slot

_TOP_OF_A_CAMPAIGN = 3


def faq_pages(desk: Desk) -> Iterator[PlannedPage]:
    yield PlannedPage(sections.FAQ, _index)
    for campaign in campaigns_with_questions(desk):
        questions = desk.shelves.faq_of[campaign]
        yield PlannedPage(f"{sections.FAQ}{campaign}/", _campaign, (campaign, questions))


def campaigns_with_questions(desk: Desk) -> list[str]:
    """In the order in which the campaigns began; those without a page of their own come last."""
    known = [slug for slug in desk.shelves.campaigns if slug in desk.shelves.faq_of]
    return known + sorted(set(desk.shelves.faq_of) - set(known))


def top_questions(desk: Desk, count: int) -> list[Piece[Faq]]:
    """The questions asked most often in the whole company."""
    questions = [question for group in desk.shelves.faq_of.values() for question in group]
    return sorted(questions, key=lambda q: (-(q.front.asked_count or 0), q.page.source))[:count]


def faq_line(desk: Desk, question: Piece[Faq], here: Here) -> FaqLine:
    return FaqLine(Link(question.page.title, here.to(question.page.url)), question.front.official_view)


def _name_of(desk: Desk, campaign: str) -> str:
    piece = desk.shelves.campaigns.get(campaign)
    return piece.page.title if piece else campaign


def _index(desk: Desk) -> Draft:
    here = Here(sections.FAQ)
    slots = intro_of(desk, sections.FAQ)
    title = "よくある質問"
    standfirst = "会社としての見解を、承認した日付と一緒に載せています。"
    view = FaqView(
        head=plain_head(title, standfirst),
        intro=slot_mark() if slots else None,
        campaigns=tuple(_campaign_line(desk, campaign, here) for campaign in campaigns_with_questions(desk)),
    )
    return Draft(sections.FAQ, title, standfirst, view, slots, section=sections.FAQ)


def _campaign_line(desk: Desk, campaign: str, here: Here) -> FaqCampaignLine:
    questions = desk.shelves.faq_of[campaign]
    answered = {question.front.category for question in questions}
    return FaqCampaignLine(
        link=Link(_name_of(desk, campaign), here.to(f"{sections.FAQ}{campaign}/")),
        count=f"{len(questions)}問",
        coverage=tuple(
            Label(category.value, here.to(f"{sections.FAQ}{campaign}/#{_category_anchor(category)}"))
            if category in answered
            else Label(f"{category.value}（準備中）", None)
            for category in REQUIRED_FAQ_CATEGORIES
        ),
        top=tuple(faq_line(desk, question, here) for question in questions[:_TOP_OF_A_CAMPAIGN]),
    )


def _campaign(desk: Desk, campaign: str, questions: Sequence[Piece[Faq]]) -> Draft:
    url = f"{sections.FAQ}{campaign}/"
    here, name = Here(url), _name_of(desk, campaign)
    piece = desk.shelves.campaigns.get(campaign)
    slots: list[Slot] = []
    groups: defaultdict[FaqCategory, list[Question]] = defaultdict(list)
    for question in questions:
        groups[question.front.category].append(_question(desk, question, here, slots))
    shown = [c for c in FaqCategory if c in groups or c in REQUIRED_FAQ_CATEGORIES]
    title = f"「{name}」のよくある質問"
    standfirst = f"{len(questions)}の質問に、会社としての見解をお答えします。"
    kicker = [Label("よくある質問", here.to(sections.FAQ)), Label(name, here.to(piece.page.url) if piece else None)]
    view = FaqCampaignView(
        head=plain_head(title, standfirst, kicker),
        purpose=piece.front.purpose if piece else None,
        groups=tuple(QuestionGroup(_category_anchor(c), c.value, tuple(groups.get(c, ()))) for c in shown),
        contact=contact_label((piece.front.contact if piece else None) or desk.settings.options.contact),
    )
    changed = [day for q in questions if (day := q.front.updated or q.front.date)]
    return Draft(
        url,
        title,
        standfirst,
        view,
        tuple(slots),
        section=sections.FAQ,
        updated_on=max(changed, default=None),
        words=tuple(word for q in questions for word in (q.page.title, *q.front.synonyms)),
    )


def _question(desk: Desk, piece: Piece[Faq], here: Here, slots: list[Slot]) -> Question:
    page, front = piece.page, piece.front
    anchor = page.url.partition("#")[2]
    slots.append(body_slot(desk, page, id_prefix=f"{anchor}-", key=anchor))
    foot = foot_of(desk, page, here)
    return Question(
        anchor=anchor,
        title=page.title,
        official_view=front.official_view,
        asked=f"これまでに{front.asked_count}件のお尋ねがありました" if front.asked_count else None,
        body=slot_mark(len(slots) - 1),
        words="・".join(front.synonyms) or None,
        approval=foot.approval,
        updated=day_of(front.updated) if front.updated else None,
        related=cards_of(desk, front.related, here),
        contact=contact_label(front.contact),
        permalink=foot.permalink,
    )


def _category_anchor(category: FaqCategory) -> str:
    return f"c-{list(FaqCategory).index(category) + 1}"
