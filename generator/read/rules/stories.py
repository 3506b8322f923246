"""活用事例: what a reader must be able to take from each story."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.finding import Finding, Text
from generator.model.page import Story
from generator.read.manuscript import Manuscript
from generator.read.reporting import error, warning
from generator.read.rules.edition import Edition

REQUIRED_SECTIONS = ("課題", "取り組み", "成果", "本人の声", "真似する手順")


def failures_have_lessons(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """A failure is told for what others can learn from it."""
    story = manuscript.page.front
    if not isinstance(story, Story):
        return
    if story.kind == "failure" and not (story.lesson or "").strip():
        yield error(
            "missing-key",
            manuscript.at("kind"),
            Text(
                "失敗の事例（`kind: failure`）には `lesson` が必要です",
                "a story of `kind: failure` needs a `lesson`",
            ),
            Text(
                "ほかの部署が持ち帰れる教訓を `lesson` に一文で書いてください",
                "say in `lesson`, in one sentence, what others can take from it",
            ),
        )


def stories_are_worth_something(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """At least one kind of reader gains something (P1)."""
    story = manuscript.page.front
    if not isinstance(story, Story):
        return
    if not any((value or "").strip() for value in story.value_to.model_dump().values()):
        yield error(
            "value-to-empty",
            manuscript.at("value_to"),
            Text(
                "`value_to` が空です。だれにとっての価値かが伝わりません",
                "`value_to` is empty: nobody learns whom this is worth something to",
            ),
            Text(
                "`company` `department` `individual` `customer` のどれか一つ以上を書いてください",
                "write at least one of `company`, `department`, `individual`, `customer`",
            ),
        )


def stories_have_their_sections(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """The five sections that readers look for."""
    if not isinstance(manuscript.page.front, Story):
        return
    present = {heading.text for heading in manuscript.headings}
    missing = [section for section in REQUIRED_SECTIONS if section not in present]
    if missing:
        yield warning(
            "missing-section",
            manuscript.place,
            Text(f"見出し「{'」「'.join(missing)}」がありません", f"these sections are missing: {', '.join(missing)}"),
            Text("`## 見出し` の形で足してください", "add them as `## …` headings"),
        )
