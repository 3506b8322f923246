"""When the five questions that everybody asks are due."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.finding import Finding
from tests.read.content import read_files
from tests.read.test_what_may_wait import CAMPAIGN, MORNING, article

FIVE = ("目的", "計画", "期待される効果", "各部署の役割分担", "リスク")


def told(root: Path, stage: str, *categories: str) -> list[Finding]:
    """What is said about missing questions in a campaign that has one of each of the categories."""
    front = "title: なぜですか {}\ncampaign: chat\ncategory: {}\nofficial_view: 見解です。"
    pages = {f"faq/chat/{n}.md": article(front.format(n, name)) for n, name in enumerate(categories)}
    files = {"campaigns/chat.md": CAMPAIGN.replace("hearing", stage), **pages}
    _, findings = read_files(root, files, MORNING, approval_required=["notice"])
    return [finding for finding in findings if finding.code == "faq-incomplete"]


@pytest.mark.parametrize("stage", ["hearing", "approval", "plan"])
def test_before_the_launch_the_first_question_is_enough(stage: str, tmp_path: Path) -> None:
    assert told(tmp_path, stage, "目的") == []


@pytest.mark.parametrize("stage", ["launch", "support", "enforce", "complete"])
@pytest.mark.parametrize("missing", FIVE)
def test_from_the_launch_on_none_of_the_five_may_be_missing(stage: str, missing: str, tmp_path: Path) -> None:
    (finding,) = told(tmp_path, stage, *(category for category in FIVE if category != missing))
    assert finding.is_error
    assert f"「{missing}」" in finding.what.ja


def test_a_campaign_that_answers_all_five_is_told_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, "enforce", *FIVE) == []
