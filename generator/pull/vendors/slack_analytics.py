"""Kind `slack_analytics`: Slack's member files, fetched day by day (UTC) with `admin.analytics.getFile`.

The same table as `slack_member_analytics` reads from files. Slack prepares a day's file later and keeps 13 months.
Format: docs.slack.dev/reference/methods/admin.analytics.getFile
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from generator.model.finding import Text
from generator.model.metric import Days
from generator.pull.http.auth import BearerAuth
from generator.pull.problems import Problems
from generator.pull.remote.failure import FetchFailed
from generator.pull.remote.secret import Secret
from generator.pull.remote.session import Session
from generator.pull.remote.window import Window, past_days
from generator.pull.source import Rows
from generator.pull.vendors.service import VendorService
from generator.pull.vendors.slack_members import REFUSALS, SlackMembers

_NOTHING_YET = frozenset({"file_not_yet_available", "file_not_found", "data_not_available"})
_LONGEST_REFUSAL = 10_000  # bytes


class SlackAnalyticsSource(VendorService, SlackMembers):
    """What each member did in Slack, from Slack itself."""

    HOME = "https://slack.com/api"

    kind: Literal["slack_analytics"]
    token: Secret
    """A user token of the organisation with the scope `admin.analytics:read`."""
    revised_for: Days = timedelta(days=3)

    def windows(self, today: date) -> Sequence[Window]:
        return past_days(self.since.first_day, today)

    def reaches_back_to(self, today: date) -> date:
        return today - timedelta(days=395)

    def fetch(self, window: Window, session: Session, problems: Problems) -> Rows:
        from generator.pull.http.access import Access

        client = session.http(Access(self.home, BearerAuth(kind="bearer", token=self.token)))
        day = window.first.isoformat()
        content = client.get("/admin.analytics.getFile", {"type": "member", "date": day}).content
        error = _refusal(content)
        if error is None:
            yield from self.members(content, problems)
        elif error not in _NOTHING_YET:
            raise self._refused(error)

    def _refused(self, error: str) -> FetchFailed:
        why = REFUSALS.get(error, Text("Slackが取り込みを断りました", "Slack refuses"))
        shown = error if error.isascii() and error.isidentifier() else "?"
        remedy = Text(
            f"環境変数 `{self.token.env}` が、組織の管理者のユーザートークンで、`admin.analytics:read` の権限を持つかを確かめてください",
            f"check that `{self.token.env}` holds an organisation admin's user token with the scope `admin.analytics:read`",
        )
        return FetchFailed("slack-refused", Text(f"{why.ja}（`{shown}`）", f"{why.en} (`{shown}`)"), remedy)


def _refusal(content: bytes) -> str | None:
    """The error in an answer that is no file but `{"ok": false, …}`, which Slack sends with status 200."""
    if len(content) > _LONGEST_REFUSAL or not content.lstrip().startswith(b"{"):
        return None
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return None  # lines of a plain file, or broken: told where they are read
    return str(answer.get("error", "")) if isinstance(answer, dict) and answer.get("ok") is False else None
