"""Microsoft Graph's Teams report, in the shapes in which it really arrives."""

from __future__ import annotations

from datetime import date

import pytest

from tests.pull.conftest import Desk

HEADER = (
    "Report Refresh Date,Tenant Display Name,Shared Channel Tenant Display Names,User Id,User Principal Name,"
    "Last Activity Date,Is Deleted,Deleted Date,Assigned Products,Team Chat Message Count,Private Chat Message Count,"
    "Call Count,Meeting Count,Post Messages,Reply Messages,Urgent Messages,Meetings Organized Count,"
    "Meetings Attended Count,Ad Hoc Meetings Organized Count,Ad Hoc Meetings Attended Count,"
    "Scheduled One-time Meetings Organized Count,Scheduled One-time Meetings Attended Count,"
    "Scheduled Recurring Meetings Organized Count,Scheduled Recurring Meetings Attended Count,Audio Duration,"
    "Video Duration,Screen Share Duration,Audio Duration In Seconds,Video Duration In Seconds,"
    "Screen Share Duration In Seconds,Has Other Action,Is Licensed,Report Period"
)
COLUMNS = "user_principal_name, is_deleted, team_chat_message_count, has_other_action"


def row(day: str, name: str, count: int = 1, *, deleted: str = "False", user_id: str = "", period: int = 30) -> str:
    cells = dict.fromkeys(HEADER.split(","), "0")
    cells |= {"Report Refresh Date": day, "Tenant Display Name": "株式会社", "Shared Channel Tenant Display Names": ""}
    cells |= {"User Id": user_id or name, "User Principal Name": name, "Last Activity Date": "", "Is Deleted": deleted}
    cells |= {"Deleted Date": "", "Assigned Products": "E3", "Team Chat Message Count": str(count)}
    cells |= {"Audio Duration": "PT0S", "Has Other Action": "Yes", "Is Licensed": "No", "Report Period": str(period)}
    return ",".join(cells.values())


def put(desk: Desk, **files: str) -> list[str]:
    """Put one report a keyword, with a byte order mark and CRLF as Microsoft writes them."""
    desk.put(
        "sources.yml",
        "sources:\n  usage:\n    kind: teams_user_activity\n    label: Teams\n    path: teams/*.csv\n"
        f"    columns: [{COLUMNS}]\n",
    )
    for name, text in files.items():
        desk.put(f"teams/{name}.csv", text.replace("\n", "\r\n"), "utf-8-sig")
    return desk.findings()


def test_one_file_a_month_becomes_the_chosen_columns(desk: Desk) -> None:
    assert put(desk, a=f"{HEADER}\n{row('2026-09-30', 'A@x')}\n", b=f"{HEADER}\n{row('2026-10-31', 'A@x', 5)}\n") == []
    assert desk.rows() == [
        (date(2026, 9, 30), "A@x", False, 1, True),
        (date(2026, 10, 31), "A@x", False, 5, True),
    ]
    assert desk.snapshot().watermark == date(2026, 10, 31)


def test_a_date_with_midnight_behind_it_is_the_same_day(desk: Desk) -> None:
    assert put(desk, a=f"{HEADER}\n{row('2026-10-31T00:00:00Z', 'A@x', deleted='Yes')}\n") == []
    assert desk.rows() == [(date(2026, 10, 31), "A@x", True, 1, True)]


def test_an_account_created_anew_stands_twice_under_one_address(desk: Desk) -> None:
    rows = f"{row('2026-10-31', 'A@x', user_id='1')}\n{row('2026-10-31', 'A@x', user_id='2', deleted='True')}"
    assert put(desk, a=f"{HEADER}\n{rows}\n") == []
    assert desk.snapshot().rows == 2


def test_the_same_month_in_two_files_is_an_error(desk: Desk) -> None:
    report = f"{HEADER}\n{row('2026-10-31', 'A@x')}\n"
    (finding,) = put(desk, a=report, b=report)
    assert "が同じ行が1組あります（例: `content/data/teams/a.csv` の2行目とcontent/data/teams/b.csv:2行目）" in finding


def test_an_unknown_extra_column_is_a_warning(desk: Desk) -> None:
    (finding,) = put(desk, a=f"{HEADER},Copilot Count\n{row('2026-10-31', 'A@x')},1\n")
    assert finding.startswith("注意 content/data/teams/a.csv:1 知らない列 `Copilot Count` があります")


def test_a_renamed_column_fails_with_its_name_and_the_nearest(desk: Desk) -> None:
    renamed = HEADER.replace("Team Chat Message Count", "Team Chat Messages Count")
    found = put(desk, a=f"{renamed}\n{row('2026-10-31', 'A@x')}\n")
    assert found[0].startswith(
        "content/data/teams/a.csv:1 列 `Team Chat Message Count` がありません（似た名前: `Team Chat Messages Count`）"
    )


def test_a_column_nobody_asked_for_may_vanish(desk: Desk) -> None:
    report = f"{HEADER}\n{row('2026-10-31', 'A@x')}\n".replace("Urgent Messages", "Tenant Display Name")
    assert put(desk, a=report) == []


def test_concealed_names_are_told_with_the_place_to_change_it(desk: Desk) -> None:
    concealed = "0F3A" * 8
    assert put(desk, a=f"{HEADER}\n{row('2026-10-31', concealed)}\n") == [
        (
            "content/data/sources.yml:2 利用者名がすべて匿名化されているため、部署と結び付けられません"
            " → Microsoft 365 管理センターの「設定」→「組織設定」→「レポート」で匿名化を外し、書き出し直してください"
        )
    ]


def test_a_report_of_another_length_is_refused(desk: Desk) -> None:
    (finding,) = put(desk, a=f"{HEADER}\n{row('2026-10-31', 'A@x', period=90)}\n")
    assert "集計期間（`Report Period`）が90日のレポートです" in finding


def test_a_report_of_the_middle_of_a_month_is_not_used(desk: Desk) -> None:
    reports = {"a": f"{HEADER}\n{row('2026-09-30', 'A@x')}\n", "b": f"{HEADER}\n{row('2026-10-15', 'A@x')}\n"}
    assert put(desk, **reports) == [
        (
            "注意 content/data/sources.yml:2 更新日（`Report Refresh Date`）が 2026-10-15 のレポートは、"
            "月末のものではないため使いません → 更新日が月末になっているレポートを置いてください"
        )
    ]
    assert desk.pull()[0].by_source["usage"].watermark == date(2026, 9, 30)


def test_f5_an_html_page_in_place_of_the_report_is_refused(desk: Desk) -> None:
    assert put(desk, a="<!DOCTYPE html>\n<html><body>Sign in</body></html>\n") == [
        "content/data/teams/a.csv データではなくHTMLのページです（ログイン画面など） → サインインしてから書き出し直してください"
    ]


@pytest.mark.parametrize("columns", ["tenant_display_name", "user_id", "assigned_products"])
def test_names_that_nobody_counts_cannot_be_asked_for(desk: Desk, columns: str) -> None:
    desk.put(
        "sources.yml",
        f"sources:\n  usage: {{kind: teams_user_activity, label: x, path: x.csv, columns: [{columns}]}}\n",
    )
    assert [finding.code for finding in desk.pull()[1]] == ["unknown-column"]
