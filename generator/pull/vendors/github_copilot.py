"""Kind `github_copilot`: GitHub Copilot's usage reports, asked for day by day (UTC) and downloaded from signed links.

A report of teams leaves out those with fewer than five seats, and names a person once a team: never sum people over it.
Format: docs.github.com/enterprise-cloud@latest/rest/copilot/copilot-usage-metrics
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from generator.model.finding import Text
from generator.model.metric import Days
from generator.model.record import unfit
from generator.pull.cells.column import Column, ColumnType
from generator.pull.formats import json_rows
from generator.pull.formats.json_rows import value_at
from generator.pull.http.auth import BearerAuth
from generator.pull.problems import Problems
from generator.pull.remote.failure import LATER, FetchFailed
from generator.pull.remote.secret import Secret
from generator.pull.remote.session import Session
from generator.pull.remote.window import Window, past_days
from generator.pull.source import Rows
from generator.pull.table import TableRules
from generator.pull.vendors.reports import ReportsService

if TYPE_CHECKING:
    from generator.pull.http.client import Client

_FIRST_DAY = date(2025, 10, 10)
_READY_AFTER = timedelta(days=2)
_KEPT_BY_GITHUB = timedelta(days=364)
_NO_LONGER_LATE = timedelta(days=14)
_DOWNLOADS = ("copilot-reports.github.com", "copilot-reports.*.ghe.com", "copilot-reports-*.b01.azurefd.net")

_TEXT, _COUNT, _TRUTH = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.BOOLEAN
_DAY = {
    "day": Column(name="day", type=ColumnType.DATE),
    "organization_id": Column(name="organization_id", type=_TEXT, optional=True),
    "user_id": Column(name="user_id", type=_TEXT),
}
_LOGIN = {"user_login": Column(name="user_login", type=_TEXT)}
_TEAM = {"team_id": Column(name="team_id", type=_TEXT)}
_COUNTS = (
    *("user_initiated_interaction_count", "code_generation_activity_count", "code_acceptance_activity_count"),
    *("loc_suggested_to_add_sum", "loc_added_sum", "loc_deleted_sum"),
)
_OFFERED: dict[str, dict[str, Column]] = {
    "users-1-day": {
        **_LOGIN,
        **{name: Column(name=name, type=_TRUTH, optional=True) for name in ("used_chat", "used_agent", "used_cli")},
        **{name: Column(name=name, type=_COUNT) for name in _COUNTS},
    },
    "user-teams-1-day": {**_LOGIN, **_TEAM, "slug": Column(name="slug", type=_TEXT)},
}

_Records = list[tuple[int, dict[str, object]]]


class GithubCopilotSource(ReportsService):
    """Who used GitHub Copilot, or who was in which team."""

    HOME = "https://api.github.com"

    kind: Literal["github_copilot"]
    report: Literal["users-1-day", "user-teams-1-day"]
    organization: str | None = Field(default=None, pattern=r"^[A-Za-z0-9-]{1,100}$")
    enterprise: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_-]{1,100}$")
    token: Secret
    """A token that may read the metrics: `read:org` or `read:enterprise`."""
    revised_for: Days = timedelta(days=5)

    @model_validator(mode="after")
    def _has_one_owner(self) -> GithubCopilotSource:
        if (self.organization is None) == (self.enterprise is None):
            raise unfit(
                "missing-key",
                Text(
                    "には、`organization` と `enterprise` のどちらか一つを書きます",
                    "takes either `organization` or `enterprise`",
                ),
                Text("一つだけ書いてください", "write exactly one of them"),
            )
        return self

    @classmethod
    def offered(cls) -> Mapping[str, Mapping[str, Column]]:
        return _OFFERED

    @property
    def reads(self) -> Mapping[str, Column]:
        always = {**_DAY, **(_TEAM if self.report == "user-teams-1-day" else {})}
        return always | {header: column for header, column in _OFFERED[self.report].items() if header in self.columns}

    @property
    def rules(self) -> TableRules:
        team = ("team_id",) if self.report == "user-teams-1-day" else ()
        return TableRules(("day", *self.columns), key=("day", "organization_id", "user_id", *team), time="day")

    def windows(self, today: date) -> Sequence[Window]:
        return past_days(max(self.since.first_day, _FIRST_DAY), today - _READY_AFTER)

    def reaches_back_to(self, today: date) -> date:
        return today - _KEPT_BY_GITHUB

    def may_be_empty(self, window: Window, today: date) -> bool:
        # Whether nobody worked or the report is late, GitHub says the same.
        return window.is_settled(today, _NO_LONGER_LATE)

    def fetch(self, window: Window, session: Session, problems: Problems) -> Rows:
        from generator.pull.http.access import Access

        auth = BearerAuth(kind="bearer", token=self.token)
        client = session.http(Access(self.home, auth, self.downloads(*_DOWNLOADS)))
        records = _downloaded(client, self._links(client, window))
        if records is None:  # signed links run out within minutes; new ones are to be had
            records = _downloaded(client, self._links(client, window))
        if records is None:
            raise _expired(client.access.home.host)
        # GitHub adds fields as it likes; only those that are asked for matter.
        yield from json_rows.read(records, self.reads, list({key for _, record in records for key in record}), problems)

    def _links(self, client: Client, window: Window) -> list[str]:
        owner = f"orgs/{self.organization}" if self.organization else f"enterprises/{self.enterprise}"
        payload = client.get(
            f"/{owner}/copilot/metrics/reports/{self.report}",
            {"day": window.first.isoformat()},
            headers={"Accept": "application/vnd.github+json"},
            also=frozenset({404}),
        )
        if payload.status == 404:
            raise _not_there(payload.host)
        links = [] if payload.status == 204 else value_at(payload.document, "download_links")
        if not isinstance(links, list) or not all(isinstance(link, str) for link in links):
            raise _no_links(payload.host)
        return links


def _downloaded(client: Client, links: Iterable[str]) -> _Records | None:
    """The records behind all links, numbered on; None when a link has run out."""
    records: _Records = []
    for link in links:
        payload = client.get(link, also=frozenset({403}))
        if payload.status == 403:
            return None
        records += [(len(records) + number, record) for number, record in payload.records()]
    return records


def _expired(host: str) -> FetchFailed:
    what = Text(
        f"`{host}` が渡したダウンロードのURLが、渡し直してもらっても期限切れです",
        f"the download links of `{host}` have run out, even new ones",
    )
    return FetchFailed("expired-link", what, LATER)


def _not_there(host: str) -> FetchFailed:
    what = Text(f"`{host}` にCopilotのレポートがありません（404）", f"`{host}` has no Copilot reports (404)")
    remedy = Text(
        "名前、トークンの権限、GitHubの設定「Copilot usage metrics」が有効かを確かめてください",
        "check the name, the token's permissions and that the policy “Copilot usage metrics” is enabled",
    )
    return FetchFailed("http-status", what, remedy)


def _no_links(host: str) -> FetchFailed:
    what = Text(f"`{host}` の応答に `download_links` がありません", f"the answer of `{host}` has no `download_links`")
    return FetchFailed(
        "not-rows", what, Text("URLと、あいだの中継を確かめてください", "check the address and gateways")
    )
