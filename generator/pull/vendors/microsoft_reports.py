"""Microsoft Graph's usage reports about people, whether they come as files or over the API: columns and names.

Headers as the CSV files have them; `Report Refresh Date` follows a byte order mark, `Yes/No` and `True/False` stand
side by side. Formats: learn.microsoft.com/graph/api/resources/report
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator.model.finding import Text
from generator.pull.cells.column import Column, ColumnType
from generator.pull.problems import Problems

_DATE, _TEXT, _TRUTH, _COUNT = ColumnType.DATE, ColumnType.TEXT, ColumnType.BOOLEAN, ColumnType.INTEGER
_CONCEALED = re.compile(r"[0-9A-Fa-f]{32}")

NAME = "User Principal Name"
REFRESHED = "Report Refresh Date"
_ONLY_JUDGED = {REFRESHED, "User Id", "Report Date", "Report Period"}


class Report(Struct, frozen=True):
    """What a report holds; header → column."""

    always: Mapping[str, Column]
    """Read of every row: what makes it unique and what is judged."""
    on_request: Mapping[str, Column]
    unread: tuple[str, ...] = ()
    """Names, and what also stands elsewhere: never stored."""

    @property
    def offered(self) -> Mapping[str, Column]:
        """What sources.yml may ask to store."""
        always = {header: column for header, column in self.always.items() if header not in _ONLY_JUDGED}
        return {**always, **self.on_request}

    def reads(self, columns: Iterable[str]) -> Mapping[str, Column]:
        wanted = set(columns)
        return {**self.always, **{header: c for header, c in self.on_request.items() if c.name in wanted}}

    @property
    def known(self) -> tuple[str, ...]:
        """Every header that the report may have."""
        return (*self.always, *self.on_request, *self.unread)


def _columns(*headers: str, kind: ColumnType, optional: bool = False) -> dict[str, Column]:
    def name(header: str) -> str:
        return re.sub(r"[^a-z0-9]+", "_", header.lower()).strip("_")

    return {header: Column(name=name(header), type=kind, optional=optional) for header in headers}


_PERSON = _columns(NAME, kind=_TEXT)
_REFRESHED = _columns(REFRESHED, kind=_DATE)
_ACTIVE = _columns("Last Activity Date", kind=_DATE, optional=True)
_DELETED = _columns("Is Deleted", kind=_TRUTH) | _columns("Deleted Date", kind=_DATE, optional=True)
_PERIOD = _columns("Report Period", kind=_COUNT)

TEAMS_USERS = Report(
    always={**_REFRESHED, **_columns("User Id", kind=_TEXT), **_PERSON, **_PERIOD},
    on_request={
        **_ACTIVE,
        **_DELETED,
        **_columns(
            *("Team Chat Message Count", "Private Chat Message Count"),
            *("Post Messages", "Reply Messages", "Urgent Messages", "Call Count", "Meeting Count"),
            *("Meetings Organized Count", "Meetings Attended Count"),
            *("Ad Hoc Meetings Organized Count", "Ad Hoc Meetings Attended Count"),
            *("Scheduled One-time Meetings Organized Count", "Scheduled One-time Meetings Attended Count"),
            *("Scheduled Recurring Meetings Organized Count", "Scheduled Recurring Meetings Attended Count"),
            *("Audio Duration In Seconds", "Video Duration In Seconds", "Screen Share Duration In Seconds"),
            kind=_COUNT,
        ),
        **_columns("Has Other Action", "Is Licensed", kind=_TRUTH),
    },
    unread=(
        *("Tenant Display Name", "Shared Channel Tenant Display Names", "Assigned Products"),
        *("Audio Duration", "Video Duration", "Screen Share Duration"),
    ),
)
"""`getTeamsUserActivityUserDetail`: one account created anew stands twice under its address, with two User Ids."""

EMAIL_USERS = Report(
    always={**_REFRESHED, **_PERSON, **_DELETED},
    on_request={
        **_ACTIVE,
        **_columns(
            "Send Count",
            "Receive Count",
            "Read Count",
            "Meeting Created Count",
            "Meeting Interacted Count",
            kind=_COUNT,
        ),
    },
    unread=("Display Name", "Assigned Products", "Report Period"),
)
"""`getEmailActivityUserDetail`."""

_PRODUCTS = ("Exchange", "OneDrive", "SharePoint", "Skype For Business", "Yammer", "Teams")

OFFICE_USERS = Report(
    always={**_REFRESHED, **_PERSON, **_DELETED},
    on_request={
        **_columns(*(f"Has {product} License" for product in _PRODUCTS), kind=_TRUTH),
        **_columns(*(f"{product} Last Activity Date" for product in _PRODUCTS), kind=_DATE, optional=True),
        **_columns(*(f"{product} License Assign Date" for product in _PRODUCTS), kind=_DATE, optional=True),
    },
    unread=("Display Name", "Assigned Products"),
)
"""`getOffice365ActiveUserDetail`."""

_COPILOTS = (
    *("Copilot Chat", "Microsoft Teams Copilot", "Word Copilot", "Excel Copilot", "PowerPoint Copilot"),
    *("Outlook Copilot", "OneNote Copilot", "Loop Copilot"),
)
_COPILOT_DATES = _ACTIVE | _columns(*(f"{app} Last Activity Date" for app in _COPILOTS), kind=_DATE, optional=True)
_COPILOT_ALWAYS = {**_REFRESHED, **_PERSON, **_PERIOD}

COPILOT_USERS_V1 = Report(_COPILOT_ALWAYS, _COPILOT_DATES, ("Display Name",))
"""`getMicrosoft365CopilotUsageUserDetail`, version 1: licensed people only."""

COPILOT_USERS_V2 = Report(
    _COPILOT_ALWAYS,
    {
        **_COPILOT_DATES,
        **_columns(
            *("Prompts submitted for all apps", "Prompts submitted for Copilot Chat (work)"),
            *("Prompts submitted for Copilot Chat (web)", "Active Usage Days for all apps"),
            kind=_COUNT,
        ),
        **_columns(
            *("Copilot Chat (work) Last Activity Date", "Copilot Chat (web) Last Activity Date"),
            *("Microsoft 365 Copilot Last Activity Date", "Edge Last Activity Date"),
            "Copilot Agent Last Activity Date",
            kind=_DATE,
            optional=True,
        ),
    },
    ("Display Name",),
)

TEAMS_TOTALS = Report(
    always={**_columns("Report Date", kind=_DATE)},
    on_request=_columns(
        *("Team Chat Messages", "Private Chat Messages", "Calls", "Meetings", "Other Actions"), kind=_COUNT
    ),
    unread=(REFRESHED, "Report Period"),
)
"""`getTeamsUserActivityUserCounts`: how many people did it, day by day. No names, so nothing can be concealed."""


def is_concealed(name: object) -> bool:
    """Whether a user's name is one of the digests that Microsoft writes by default since 2021."""
    return isinstance(name, str) and _CONCEALED.fullmatch(name) is not None


def tell_concealed(problems: Problems, again: Text) -> None:
    """Say that nobody is named; `again` continues the remedy: how to get the report anew."""
    what = Text(
        "利用者名がすべて匿名化されているため、部署と結び付けられません",
        "all user names are concealed, so nobody's department can be found",
    )
    remedy = Text(
        f"Microsoft 365 管理センターの「設定」→「組織設定」→「レポート」で匿名化を外し、{again.ja}",
        f"turn concealing off in the Microsoft 365 admin centre (Settings, Org settings, Reports) and {again.en}",
    )
    problems.add("concealed-names", what, remedy)
