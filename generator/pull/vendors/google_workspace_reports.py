"""Kind `google_workspace_reports`: what each user did in Google Workspace, asked for day by day (UTC-8).

Google is two to five days late, app by app. A day that it calls incomplete is not measured, never 0.
Format: developers.google.com/workspace/admin/reports/reference/rest/v1/userUsageReport
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from generator.model.finding import Text
from generator.model.metric import Days
from generator.pull.cells.column import Column, ColumnType
from generator.pull.formats.json_rows import value_at
from generator.pull.problems import Problems
from generator.pull.remote.failure import FetchFailed
from generator.pull.remote.session import Session
from generator.pull.remote.window import Window, past_days
from generator.pull.source import Rows, VendorSource
from generator.pull.table import TableRules
from generator.pull.vendors.google_auth import GoogleAuth
from generator.pull.vendors.service import VendorService

if TYPE_CHECKING:
    from generator.pull.http.access import Access
    from generator.pull.http.payload import Payload

_KEPT_BY_GOOGLE = timedelta(days=449)
_NEVER = "1970-01-01"
_NOT_YET = re.compile("not (yet )?available", re.IGNORECASE)

_PARAMETERS = {
    ColumnType.BOOLEAN: ("accounts:is_suspended", "gmail:is_gmail_enabled"),
    ColumnType.DATE: (
        *("accounts:last_login_time", "gmail:last_interaction_time", "gmail:last_access_time"),
        *("gmail:last_webmail_time", "gmail:last_imap_time", "gmail:last_pop_time"),
    ),
    ColumnType.INTEGER: (
        *("gmail:num_emails_exchanged", "gmail:num_emails_sent", "gmail:num_emails_received"),
        *("gmail:num_spam_emails_received", "chat:num_28day_messages_and_reactions_sent"),
        *("chat:num_28day_conversations_read", "chat:num_28day_spaces_created", "chat:num_28day_attachments_uploaded"),
    ),
}
_ALWAYS = {
    "date": Column(name="date", type=ColumnType.DATE),
    "entity.profileId": Column(name="profile_id", type=ColumnType.TEXT),
}
_OFFERED = {
    "entity.userEmail": Column(name="user_email", type=ColumnType.TEXT),
    # A user without the app has no value: that is not 0 and not false.
    **{
        parameter: Column(name=parameter.replace(":", "_"), type=kind, optional=True)
        for kind, parameters in _PARAMETERS.items()
        for parameter in parameters
    },
}


class GoogleWorkspaceReportsSource(VendorService, VendorSource):
    """Who used Google Workspace."""

    HOME = "https://admin.googleapis.com"

    kind: Literal["google_workspace_reports"]
    auth: GoogleAuth
    revised_for: Days = timedelta(days=5)

    @classmethod
    def offered(cls) -> Mapping[str, Column]:
        return _OFFERED

    @property
    def reads(self) -> Mapping[str, Column]:
        return _ALWAYS | {header: column for header, column in _OFFERED.items() if column.name in self.columns}

    @property
    def rules(self) -> TableRules:
        return TableRules(("date", *self.columns), key=("date", "profile_id"), time="date")

    def windows(self, today: date) -> Sequence[Window]:
        return past_days(self.since.first_day, today)

    def reaches_back_to(self, today: date) -> date:
        return today - _KEPT_BY_GOOGLE

    def fetch(self, window: Window, session: Session, problems: Problems) -> Rows:
        from generator.pull.http.access import Access

        reports: list[_Report] = []
        for page in self._pages(session, Access(self.home, self.auth), window):
            if page.status == 400 or value_at(page.document, "warnings"):
                return
            reports += _reports(page)
        if all(any(name in values for _, values in reports) for name in self._parameters):
            names = list(self.reads)
            yield from ((n, [_cell(name, *report) for name in names]) for n, report in enumerate(reports, start=1))

    @property
    def _parameters(self) -> list[str]:
        return [header for header in self.reads if ":" in header]

    def _pages(self, session: Session, access: Access, window: Window) -> Iterator[Payload]:
        """Every page of a day; one of status 400 when the day is not there yet."""
        from generator.pull.http.paging import Page, by_cursor, pages

        params = {"parameters": ",".join(self._parameters), "maxResults": "1000"}
        first = Page(f"/admin/reports/v1/usage/users/all/dates/{window.first}", params)
        for page in pages(session.http(access), first, by_cursor("nextPageToken", "pageToken"), also=frozenset({400})):
            if page.status == 400 and not _NOT_YET.search(str(value_at(page.document, "error.message"))):
                raise _refused(page)
            yield page


_Report = tuple[Mapping[str, object], Mapping[str, object]]
"""What Google says of one user and day, and the values of the parameters."""


def _reports(page: Payload) -> list[_Report]:
    """The users of a page; raises FetchFailed when it is in another form."""
    found = value_at(page.document, "usageReports") or []
    if not isinstance(found, list):
        raise _not_reports(page)
    return [(report, _values(report, page)) for report in found]


def _values(report: object, page: Payload) -> Mapping[str, object]:
    parameters = value_at(report, "parameters") or []
    if not isinstance(parameters, list) or not isinstance(report, dict):
        raise _not_reports(page)
    values = {}
    for parameter in parameters:
        if not isinstance(parameter, dict) or not isinstance(parameter.get("name"), str):
            raise _not_reports(page)
        values[parameter["name"]] = next((value for key, value in parameter.items() if key.endswith("Value")), None)
    return values


def _cell(name: str, report: Mapping[str, object], values: Mapping[str, object]) -> object:
    if ":" not in name:
        return value_at(report, name)
    value = values.get(name)
    if _OFFERED[name].type is ColumnType.DATE and isinstance(value, str):
        day = value.partition("T")[0]  # a moment in UTC; which day it was is all that is stored
        return None if day == _NEVER else day
    return value


def _refused(page: Payload) -> FetchFailed:
    what = Text(f"`{page.host}` が求めに応じません（400）", f"`{page.host}` answers with status 400")
    remedy = Text(
        "`subject` が管理者のメールアドレスで、レポートを読む権限を持つかを確かめてください",
        "check that `subject` is an administrator who may read reports",
    )
    return FetchFailed("http-status", what, remedy)


def _not_reports(page: Payload) -> FetchFailed:
    what = Text(
        f"`{page.host}` の応答が、利用状況レポートの形ではありません", f"the answer of `{page.host}` is no usage report"
    )
    remedy = Text("URLと、あいだの中継を確かめてください", "check the address and any gateway in between")
    return FetchFailed("not-rows", what, remedy)
