"""Kind `zoom`: who hosted meetings in Zoom, a month at a time (UTC).

Zoom calls a host active; whoever only took part counts as inactive and is not in the report.
Format: developers.zoom.us/docs/api/meetings, "Get active or inactive host reports"
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import ClassVar, Literal

from generator.model.finding import Text
from generator.model.metric import Days
from generator.model.period import Month
from generator.pull.cells.column import Column, ColumnType
from generator.pull.formats import json_rows
from generator.pull.formats.json_rows import value_at
from generator.pull.http.auth import Auth, Door, access_token, basic
from generator.pull.problems import Problems
from generator.pull.remote.secret import Secret
from generator.pull.remote.session import Session
from generator.pull.remote.window import Window, past_months
from generator.pull.source import Rows, VendorSource
from generator.pull.table import TableRules
from generator.pull.vendors.service import ServiceUrl, VendorService

_MONTHS_KEPT = 6
_MONTH = Column(name="month", type=ColumnType.DATE)
_ALWAYS = {"id": Column(name="user_id", type=ColumnType.TEXT)}
_OFFERED = {
    "email": Column(name="email", type=ColumnType.TEXT),
    "meetings": Column(name="meetings", type=ColumnType.INTEGER),
    "participants": Column(name="participants", type=ColumnType.INTEGER),
    "meeting_minutes": Column(name="meeting_minutes", type=ColumnType.INTEGER),
}


class AccountCredentialsAuth(Auth):
    """Zoom's server-to-server OAuth: client credentials for an account."""

    can_renew: ClassVar[bool] = True

    token_url: str
    account_id: str
    client_id: str
    client_secret: Secret

    @property
    def variables(self) -> tuple[str, ...]:
        return (self.client_secret.env,)

    def headers(self, door: Door) -> Mapping[str, str]:
        who = basic(self.client_id, door.secret(self.client_secret))
        form = {"grant_type": "account_credentials", "account_id": self.account_id}
        payload = door.exchange(self.token_url, form, {"Authorization": f"Basic {who}"})
        return {"Authorization": f"Bearer {access_token(payload)}"}


class ZoomSource(VendorService, VendorSource):
    """Who hosted how many meetings in each month."""

    HOME = "https://api.zoom.us/v2"

    kind: Literal["zoom"]
    account_id: str
    client_id: str
    client_secret: Secret
    """Of a server-to-server OAuth app with the scope `report:read:admin`."""
    login_url: ServiceUrl = "https://zoom.us"
    """Where tokens come from."""
    revised_for: Days = timedelta(days=3)

    @classmethod
    def offered(cls) -> Mapping[str, Column]:
        return _OFFERED

    @property
    def reads(self) -> Mapping[str, Column]:
        chosen = {header: column for header, column in _OFFERED.items() if column.name in self.columns}
        return {"month": _MONTH, **_ALWAYS, **chosen}

    @property
    def rules(self) -> TableRules:
        return TableRules(("month", *self.columns), key=("month", "user_id"), time="month")

    def windows(self, today: date) -> Sequence[Window]:
        return past_months(self.since, today)

    def reaches_back_to(self, today: date) -> date:
        return Month.of(today).plus(1 - _MONTHS_KEPT).first_day

    def fetch(self, window: Window, session: Session, problems: Problems) -> Rows:
        from generator.pull.http.access import Access
        from generator.pull.http.paging import Page, by_cursor, pages

        auth = AccountCredentialsAuth(
            token_url=f"{self.login_url}/oauth/token",
            account_id=self.account_id,
            client_id=self.client_id,
            client_secret=self.client_secret,
        )
        span = {"from": window.first.isoformat(), "to": window.last.isoformat()}
        first = Page("/report/users", {"type": "active", **span, "page_size": "300"})
        users: list[Mapping[str, object]] = []
        for page in pages(
            session.http(Access(self.home, auth)), first, by_cursor("next_page_token", "next_page_token")
        ):
            _judge_span(page.document, span, problems)
            users += _users(page.document, problems)
            total = value_at(page.document, "total_records")
            if problems.has_errors:
                return
        _judge_total(total, len(users), problems)
        wanted = {header: column for header, column in self.reads.items() if header != "month"}
        numbered = list(enumerate(users, start=1))
        ignored = list({key for user in users for key in user})  # names and departments: never stored
        for number, cells in json_rows.read(numbered, wanted, ignored, problems):
            yield number, [window.last, *cells]


def _users(document: object, problems: Problems) -> list[Mapping[str, object]]:
    users = value_at(document, "users")
    if isinstance(users, list) and all(isinstance(user, dict) for user in users):
        return users
    what = Text("Zoomの応答に `users` の並びがありません", "Zoom's answer has no list of `users`")
    problems.add("not-rows", what, _GATEWAY)
    return []


def _judge_span(document: object, asked: Mapping[str, str], problems: Problems) -> None:
    """Refuse an answer about other days: Zoom shortens what is longer or older than it allows."""
    got = {name: value_at(document, name) for name in asked}
    if got != asked:
        what = Text(
            f"{asked['from']} から {asked['to']} までを求めたのに、Zoomは別の期間を答えました",
            f"asked for {asked['from']} to {asked['to']}, and Zoom answers for another time",
        )
        problems.add("outside-window", what, _GATEWAY)


def _judge_total(promised: object, users: int, problems: Problems) -> None:
    if promised == users:
        return
    shown = promised if isinstance(promised, int) else "?"
    what = Text(
        f"全部で{shown}行のはずが、{users}行届きました", f"there should be {shown} rows in all, and {users} came"
    )
    problems.add("row-total", what, _GATEWAY)


_GATEWAY = Text(
    "もう一度実行し、続くようなら、あいだの中継を確かめてください",
    "run again; if it goes on, check any gateway in between",
)
