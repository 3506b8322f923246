"""よくある質問: a campaign that answers questions answers the five that everybody asks, from its launch on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from generator.model.finding import Finding, Place, Severity, Text
from generator.model.page import REQUIRED_FAQ_CATEGORIES, Campaign, CampaignStage, Faq, FaqCategory
from generator.read.manuscript import Manuscript
from generator.read.reporting import error
from generator.read.rules.edition import Edition

_BEFORE_LAUNCH = frozenset({CampaignStage.HEARING, CampaignStage.APPROVAL, CampaignStage.PLAN})
"""Nobody can know all answers yet, and whoever writes the first is not to be sent away for the other four."""


def required_questions_are_answered(edition: Edition) -> Iterator[Finding]:
    """Counted over what readers can see; a campaign without any released question has nothing to complete.

    Of one that does not exist, its questions are told (`campaigns_exist`). What was answered until a question had had its
    time is a warning: that day must not keep other pages in.
    """
    expired = {(faq.campaign, faq.category) for faq in edition.expired(Faq)}
    by_campaign: dict[str, list[tuple[Manuscript, FaqCategory]]] = defaultdict(list)
    for manuscript, faq in edition.of(Faq):
        if edition.is_released(manuscript) and faq.campaign in edition.campaigns:
            by_campaign[faq.campaign].append((manuscript, faq.category))
    for campaign, questions in sorted(by_campaign.items()):
        answered = {category for _, category in questions}
        missing = [category for category in REQUIRED_FAQ_CATEGORIES if category not in answered]
        if missing and _is_launched(edition.campaigns[campaign]):
            finding = _missing(campaign, missing, Place(PurePosixPath(questions[0][0].shown).parent.as_posix()))
            is_past = expired.issuperset((campaign, category) for category in missing)
            yield replace(finding, severity=Severity.WARNING, may_wait=True) if is_past else finding


def _is_launched(campaign: Manuscript) -> bool:
    front = campaign.page.front
    return isinstance(front, Campaign) and front.stage not in _BEFORE_LAUNCH


def _missing(campaign: str, categories: Sequence[FaqCategory], place: Place) -> Finding:
    return error(
        "faq-incomplete",
        place,
        Text(
            f"取り組み `{campaign}` の質問に、「{'」「'.join(categories)}」の分類がありません",
            f"the questions of campaign `{campaign}` lack the categories {', '.join(categories)}",
        ),
        Text(
            "足りない分類の質問を書いて公開してください（下書きと未承認のものは数えません）",
            "write and publish a question for each (drafts and unapproved ones do not count)",
        ),
    )
