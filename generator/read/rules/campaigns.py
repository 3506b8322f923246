"""取り組み: nothing is launched before it was decided, and nothing is enforced without saying what ends."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.finding import Finding, Text
from generator.model.page import Campaign, CampaignStage
from generator.read.manuscript import Manuscript
from generator.read.reporting import error
from generator.read.rules.edition import Edition

_STAGES = list(CampaignStage)


def launches_are_decided(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """From the launch on a decision stands on the page, and it was made before the campaign began (P24)."""
    campaign = manuscript.page.front
    if not isinstance(campaign, Campaign):
        return
    if _STAGES.index(campaign.stage) < _STAGES.index(CampaignStage.LAUNCH):
        return
    if campaign.decision is None:
        yield error(
            "missing-key",
            manuscript.at("stage"),
            Text(
                f"`stage: {campaign.stage}` の取り組みには、承認の記録 `decision` が必要です",
                f"a campaign in `stage: {campaign.stage}` needs its `decision`",
            ),
            Text(
                "`decision` に `approved_by` と `approved_on` を書いてください",
                "write `approved_by` and `approved_on` in `decision`",
            ),
        )
    elif campaign.starts_on < campaign.decision.approved_on:
        yield error(
            "launched-before-approval",
            manuscript.at("starts_on"),
            Text(
                f"開始日 `starts_on` の {campaign.starts_on} が、承認日の {campaign.decision.approved_on} より前です",
                f"`starts_on`, {campaign.starts_on}, is before the approval on {campaign.decision.approved_on}",
            ),
            Text("開始日か承認日を直してください", "correct one of the two dates"),
        )


def enforcement_says_what_ends(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """Whoever has to change their habit learns what ends, when, and what to use instead."""
    campaign = manuscript.page.front
    if not isinstance(campaign, Campaign):
        return
    if campaign.stage is CampaignStage.ENFORCE and campaign.switchoff is None:
        yield error(
            "missing-key",
            manuscript.at("stage"),
            Text(
                "`stage: enforce` の取り組みには、切り替えの予定 `switchoff` が必要です",
                "a campaign in `stage: enforce` needs `switchoff`",
            ),
            Text(
                "`switchoff` に、何が（`service`）いつ（`off_at`）終わり、代わりに何を使うか（`alternative`）を書いてください",
                "say in `switchoff` what ends (`service`), when (`off_at`), and what to use instead (`alternative`)",
            ),
        )
