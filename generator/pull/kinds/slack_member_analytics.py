"""Kind `slack_member_analytics`: the files of Slack's `admin.analytics.getFile?type=member`, one a day.

Days are Slack's own (UTC) and stay as they are. A day without a file is told; a month without any file is 未測定.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import Literal

from generator.model.finding import Severity, Text
from generator.model.period import Month, months_between
from generator.pull.files import InputFile
from generator.pull.problems import Problems
from generator.pull.source import FileSource, Rows, Trait
from generator.pull.vendors.slack_members import SlackMembers


class SlackMemberAnalyticsSource(FileSource, SlackMembers):
    """What each member did in Slack, from files."""

    kind: Literal["slack_member_analytics"]

    def rows(self, file: InputFile, problems: Problems) -> Rows:
        content = file.content(problems)
        if content is not None:
            yield from self.members(content, problems)

    def judge(self, days: AbstractSet[date], traits: AbstractSet[Trait], problems: Problems) -> None:
        for month in months_between(Month.of(min(days)), Month.of(max(days))) if days else []:
            _judge_gaps(month, days, problems)


def _judge_gaps(month: Month, days: AbstractSet[date], problems: Problems) -> None:
    last = min(month.last_day, max(days))
    wanted = [month.first_day + timedelta(days=n) for n in range((last - month.first_day).days + 1)]
    missing = [day for day in wanted if day not in days]
    if not missing or len(missing) == len(wanted):
        return  # a month without any file is 未測定, which the page says
    listed = ", ".join(str(day) for day in missing[:3]) + (" …" if len(missing) > 3 else "")
    what = Text(
        f"{month.label_ja}のうち{len(missing)}日分のファイルがありません（{listed}）。この月の数字は低めに出ます",
        f"days of {month} without a file: {len(missing)} ({listed}); the month's figure is too low",
    )
    remedy = Text("足りない日のファイルを置いてください", "add the files of those days")
    problems.add("missing-days", what, remedy, severity=Severity.WARNING)
