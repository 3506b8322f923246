"""Kind `microsoft_graph`: Microsoft 365's usage reports, asked for day by day (UTC) because Microsoft forgets them.

A report of people names who was active on one day of the last 30; Copilot's only knows when each was active last, so
it is taken down anew on each day that it is pulled. Totals have no names and reach back 180 days.
Format: learn.microsoft.com/graph/api/resources/report
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from generator.model.finding import Text
from generator.model.metric import Days
from generator.pull.cells.column import Column, ColumnType
from generator.pull.formats import delimited
from generator.pull.formats.json_rows import value_at
from generator.pull.formats.text import decode
from generator.pull.http.auth import ClientCredentialsAuth
from generator.pull.problems import Problems
from generator.pull.remote.failure import FetchFailed
from generator.pull.remote.secret import Secret
from generator.pull.remote.session import Session
from generator.pull.remote.window import Window, past_days, past_months
from generator.pull.source import Row, Rows
from generator.pull.table import TableRules
from generator.pull.vendors import microsoft_reports
from generator.pull.vendors.microsoft_reports import NAME, REFRESHED, Report, is_concealed, tell_concealed
from generator.pull.vendors.reports import ReportsService
from generator.pull.vendors.service import ServiceUrl

if TYPE_CHECKING:
    from generator.pull.http.payload import Payload

_REPORTS: dict[str, tuple[Report, str]] = {
    "teams_users": (microsoft_reports.TEAMS_USERS, "/reports/getTeamsUserActivityUserDetail(date={day})"),
    "email_users": (microsoft_reports.EMAIL_USERS, "/reports/getEmailActivityUserDetail(date={day})"),
    "office_users": (microsoft_reports.OFFICE_USERS, "/reports/getOffice365ActiveUserDetail(date={day})"),
    "copilot_users_v1": (
        microsoft_reports.COPILOT_USERS_V1,
        "/copilot/reports/getMicrosoft365CopilotUsageUserDetail(period='D30',version='v1')?$format=text/csv",
    ),
    "copilot_users_v2": (
        microsoft_reports.COPILOT_USERS_V2,
        "/copilot/reports/getMicrosoft365CopilotUsageUserDetail(period='D28',version='v2')?$format=text/csv",
    ),
    "teams_totals": (microsoft_reports.TEAMS_TOTALS, "/reports/getTeamsUserActivityUserCounts(period='D180')"),
}
_PHOTOS = ("copilot_users_v1", "copilot_users_v2")

_READY_AFTER = timedelta(days=2)  # "within 48 hours"
_PEOPLE_REACH = timedelta(days=28)  # 30, less what lies between their midnight and ours
_TOTALS_REACH = timedelta(days=178)
_NO_LONGER_LATE = timedelta(days=14)
_OLDEST_PHOTO = timedelta(days=10)

_DAY = Column(name="date", type=ColumnType.DATE)


class MicrosoftGraphSource(ReportsService):
    """Who used Microsoft 365, or how many did."""

    HOME = "https://graph.microsoft.com/v1.0"

    kind: Literal["microsoft_graph"]
    report: Literal[
        "teams_users", "email_users", "office_users", "copilot_users_v1", "copilot_users_v2", "teams_totals"
    ]
    tenant: str = Field(pattern=r"^[A-Za-z0-9.-]{1,100}$")
    """The directory's id or domain."""
    client_id: str
    """The id of the application that may read reports (`Reports.Read.All`)."""
    client_secret: Secret
    login_url: ServiceUrl = "https://login.microsoftonline.com"
    """Where tokens come from."""
    revised_for: Days = timedelta(days=5)

    @classmethod
    def offered(cls) -> Mapping[str, Mapping[str, Column]]:
        refreshed = {REFRESHED: microsoft_reports.COPILOT_USERS_V1.always[REFRESHED]}
        return {
            name: {**(refreshed if name in _PHOTOS else {}), **report.offered} for name, (report, _) in _REPORTS.items()
        }

    @property
    def reads(self) -> Mapping[str, Column]:
        columns = self._report.reads(self.columns)
        return columns if self.report == "teams_totals" else {"date": _DAY, **columns}

    @property
    def rules(self) -> TableRules:
        if self.report == "teams_totals":
            return TableRules(("report_date", *self.columns), key=("report_date",), time="report_date")
        by_account = ("user_principal_name", "is_deleted", "deleted_date")
        by_person = {"teams_users": ("user_id",), "email_users": by_account, "office_users": by_account}
        key = by_person.get(self.report, ("user_principal_name",))
        return TableRules(("date", *self.columns), key=("date", *key), time="date")

    def may_be_empty(self, window: Window, today: date) -> bool:
        # Whether nobody worked or the report is late, it looks the same.
        return window.is_settled(today, _NO_LONGER_LATE) and self.report in {
            "teams_users",
            "email_users",
            "office_users",
        }

    def windows(self, today: date) -> Sequence[Window]:
        if self.report == "teams_totals":
            return past_months(self.since, today)
        end = today + timedelta(days=1) if self.report in _PHOTOS else today - _READY_AFTER
        return past_days(self.since.first_day, end)

    def reaches_back_to(self, today: date) -> date:
        if self.report in _PHOTOS:
            return today
        return today - (_TOTALS_REACH if self.report == "teams_totals" else _PEOPLE_REACH)

    def tell_missed(self, windows: Sequence[Window], problems: Problems) -> None:
        if self.report not in _PHOTOS:  # a day without a photograph is not a day without use
            super().tell_missed(windows, problems)

    def fetch(self, window: Window, session: Session, problems: Problems) -> Rows:
        rows = self._rows(window, session, problems)
        if self.report == "teams_totals":
            yield from _whole_month(rows, window)
            return
        self._judge(rows, window, problems)
        yield from ((line, [window.first, *cells]) for line, cells in rows)

    @property
    def _report(self) -> Report:
        return _REPORTS[self.report][0]

    def _rows(self, window: Window, session: Session, problems: Problems) -> list[Row]:
        from generator.pull.http.access import Access

        auth = ClientCredentialsAuth(
            kind="client_credentials",
            token_url=f"{self.login_url}/{self.tenant}/oauth2/v2.0/token",
            client_id=self.client_id,
            client_secret=self.client_secret,
            scope="https://graph.microsoft.com/.default",
        )
        access = Access(self.home, auth, self.downloads("reports*.office.com"))
        path = _REPORTS[self.report][1].format(day=window.first)
        payload = session.http(access).get(path, also=frozenset({400}))
        if payload.status == 400:
            _judge_refusal(payload)
            return []
        text = decode(payload.content, "utf-8", problems)
        wanted = self._report.reads(self.columns)
        if text is None:
            return []
        # An answer is whole or not there at all, so that no line break has to tell.
        dialect = delimited.Dialect(ends_in_line_break=False)
        return list(delimited.read(text, dialect, wanted, self._report.known, problems))

    def _judge(self, rows: Sequence[Row], window: Window, problems: Problems) -> None:
        """Refuse concealed names and reports that are older than the day they should speak of."""
        columns = list(self._report.reads(self.columns))
        name, refreshed = columns.index(NAME), columns.index(REFRESHED)
        if rows and all(is_concealed(cells[name]) for _, cells in rows):
            tell_concealed(problems, Text("もう一度実行してください", "run again"))
        oldest = window.first - (_OLDEST_PHOTO if self.report in _PHOTOS else timedelta(0))
        # ISO days sort as text; what is no day is told where the cells are read.
        old = next((cells[refreshed] for _, cells in rows if str(cells[refreshed])[:10] < oldest.isoformat()), None)
        if old is not None:
            _tell_old(str(old)[:10], window.first, problems)


def _judge_refusal(payload: Payload) -> None:
    """Take the refusal of a day for a report that is late; raise FetchFailed for any other."""
    if "date" in str(value_at(payload.document, "error.message")).lower():
        return
    what = Text(f"`{payload.host}` が求めに応じません（400）", f"`{payload.host}` answers with status 400")
    remedy = Text(
        "`tenant` と、アプリに与えた許可を確かめてください", "check `tenant` and what the application is permitted"
    )
    raise FetchFailed("http-status", what, remedy)


def _whole_month(rows: Sequence[Row], window: Window) -> list[Row]:
    """The rows of the month's days, once all are there: half a month would be taken for the whole."""
    inside = [row for row in rows if window.first.isoformat() <= str(row[1][0])[:10] <= window.last.isoformat()]
    return inside if len(inside) >= (window.last - window.first).days + 1 else []


def _tell_old(refreshed: str, day: date, problems: Problems) -> None:
    what = Text(
        f"{day} を求めたのに、更新日（`{REFRESHED}`）が `{refreshed}` の古いレポートが届きました",
        f"asked for {day}, and the report was refreshed on `{refreshed}`",
    )
    remedy = Text(
        "Microsoft 365 管理センターでレポートの更新が止まっていないか確かめ、あとでもう一度実行してください",
        "check in the Microsoft 365 admin centre whether reports are delayed, and run again later",
    )
    problems.add("old-report", what, remedy)
