"""Kind `teams_user_activity`: Microsoft Graph's `getTeamsUserActivityUserDetail`, one CSV file a month.

A report looks back 30 days from its refresh date, so the report of a month is the one whose refresh date is the
month's last day; others are left out, for they count parts of two months.
Format: learn.microsoft.com/graph/api/reportroot-getteamsuseractivityuserdetail
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Literal

from generator.model.finding import Severity, Text
from generator.model.period import Month
from generator.pull.cells.column import Column
from generator.pull.files import InputFile
from generator.pull.formats import delimited
from generator.pull.formats.text import decode
from generator.pull.problems import Problems
from generator.pull.source import FileSource, Rows, Trait, VendorSource
from generator.pull.table import Table, TableRules
from generator.pull.vendors.microsoft_reports import TEAMS_USERS, is_concealed, tell_concealed

_PERIOD = 30  # days
_CONCEALED_NAMES, _NAMES = ("names", "concealed"), ("names", "as they are")
_REPORT_PERIOD = "report period"


class TeamsUserActivitySource(FileSource, VendorSource):
    """Who used Microsoft Teams in the 30 days up to a month's end."""

    kind: Literal["teams_user_activity"]

    @classmethod
    def offered(cls) -> Mapping[str, Column]:
        return TEAMS_USERS.offered

    @property
    def reads(self) -> Mapping[str, Column]:
        return TEAMS_USERS.reads(self.columns)

    @property
    def rules(self) -> TableRules:
        # An account that was created anew stands twice under one address: its old and its new User Id.
        kept = ("report_refresh_date", *self.columns)
        return TableRules(kept, key=("report_refresh_date", "user_id"), time="report_refresh_date")

    def rows(self, file: InputFile, problems: Problems) -> Rows:
        content = file.content(problems)
        text = decode(content, "utf-8", problems) if content is not None else None
        if text is not None:
            # A report cut in its last column, the period of 30 days, shows by that: no line break has to tell.
            dialect = delimited.Dialect(ends_in_line_break=False)
            yield from delimited.read(text, dialect, self.reads, TEAMS_USERS.known, problems)

    def uses(self, day: date) -> bool:
        return day == Month.of(day).last_day

    def traits(self, table: Table) -> Iterator[Trait]:
        for name in table.column("user_principal_name"):
            yield _CONCEALED_NAMES if is_concealed(name) else _NAMES
        for period in table.column("report_period"):
            yield _REPORT_PERIOD, str(period)

    def judge(self, days: AbstractSet[date], traits: AbstractSet[Trait], problems: Problems) -> None:
        if _CONCEALED_NAMES in traits and _NAMES not in traits:
            tell_concealed(problems, Text("書き出し直してください", "export again"))
        for period in sorted({period for kind, period in traits if kind == _REPORT_PERIOD} - {str(_PERIOD), "None"}):
            _tell_period(period, problems)
        for day in sorted(day for day in days if not self.uses(day)):
            _tell_between_months(day, problems)


def _tell_period(period: str, problems: Problems) -> None:
    what = Text(
        f"集計期間（`Report Period`）が{period}日のレポートです。月の数字には30日のものを使います",
        f"`Report Period` is {period} days; the figures of a month need 30",
    )
    problems.add("report-period", what, Text("期間を30日にして書き出し直してください", "export the report for 30 days"))


def _tell_between_months(day: date, problems: Problems) -> None:
    what = Text(
        f"更新日（`Report Refresh Date`）が {day} のレポートは、月末のものではないため使いません",
        f"the report refreshed on {day} is not of a month's last day and is not used",
    )
    remedy = Text(
        "更新日が月末になっているレポートを置いてください", "add the report whose refresh date is a month's last day"
    )
    problems.add("not-month-end", what, remedy, severity=Severity.WARNING)
