"""Exports as vendors write them, and as they change from one month to the next: the same figures, or a clear word."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pull.reading import read

FEW = settings().max_examples // 5


@dataclass(frozen=True)
class Export:
    """A vendor's file with two rows."""

    declared: str
    header: list[str]
    first: dict[str, str]
    second: dict[str, str]
    rows: list[tuple[object, ...]]
    wanted: list[str]
    """The columns without which there is no figure."""
    iso: list[str] = field(default_factory=list)
    """Days that Microsoft writes with or without a midnight behind them."""
    encodings: tuple[str, ...] = ("utf-8", "utf-8-sig")

    def table(self) -> list[list[str]]:
        return [self.header, *([row.get(name, "") for name in self.header] for row in (self.first, self.second))]


_TEAMS = next(
    csv.reader(
        [
            """Report Refresh Date,Tenant Display Name,Shared Channel Tenant Display Names,User Id,User Principal Name,\
Last Activity Date,Is Deleted,Deleted Date,Assigned Products,Team Chat Message Count,Private Chat Message Count,Call Count,\
Meeting Count,Post Messages,Reply Messages,Urgent Messages,Meetings Organized Count,Meetings Attended Count,\
Ad Hoc Meetings Organized Count,Ad Hoc Meetings Attended Count,Scheduled One-time Meetings Organized Count,\
Scheduled One-time Meetings Attended Count,Scheduled Recurring Meetings Organized Count,\
Scheduled Recurring Meetings Attended Count,Audio Duration,Video Duration,Screen Share Duration,\
Audio Duration In Seconds,Video Duration In Seconds,Screen Share Duration In Seconds,Has Other Action,Is Licensed,\
Report Period"""
        ]
    )
)
_MAIL = next(
    csv.reader(
        [
            """Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Last Activity Date,Send Count,\
Receive Count,Read Count,Meeting Created Count,Meeting Interacted Count,Assigned Products,Report Period"""
        ]
    )
)
_SLACK = next(
    csv.reader(
        [
            """Name,What I Do,User ID,Username,Account type,Account created (UTC),Claimed Date (UTC),Deactivated date (UTC),\
Days active,Days active (Desktop),Days active (Android),Days active (iOS),Messages posted,Messages posted in channels,\
Reactions added,Last active (UTC),Last active (Desktop) (UTC),Last active (Android) (UTC),Last active (iOS) (UTC)"""
        ]
    )
)
_ROSTER = next(csv.reader(["社員番号,氏名,メールアドレス,所属コード,所属名,雇用区分,適用開始日,適用終了日,出勤率"]))

_PERSON = {"Report Refresh Date": "2026-10-31", "Report Period": "30", "Is Deleted": "False"}
EXPORTS = {
    "Teams": Export(
        "kind: teams_user_activity\ncolumns: [user_principal_name, last_activity_date, is_deleted, post_messages, has_other_action]",
        _TEAMS,
        dict.fromkeys(_TEAMS[9:30], "0")
        | _PERSON
        | {"User Id": "1", "User Principal Name": "a@x", "Last Activity Date": "2026-10-30", "Post Messages": "12"}
        | {"Has Other Action": "Yes", "Is Licensed": "Yes"},
        dict.fromkeys(_TEAMS[9:30], "0")
        | _PERSON
        | {"User Id": "2", "User Principal Name": "b@x", "Has Other Action": "No", "Is Licensed": "Yes"},
        [
            (date(2026, 10, 31), "1", "a@x", 30, date(2026, 10, 30), False, 12, True),
            (date(2026, 10, 31), "2", "b@x", 30, None, False, 0, False),
        ],
        ["Report Refresh Date", "User Id", "User Principal Name", "Report Period", "Is Deleted", "Post Messages"],
        ["Report Refresh Date", "Last Activity Date"],
    ),
    "e-mail": Export(
        """
kind: csv
encoding: utf-8
time: day
columns:
  Report Refresh Date: {name: day, type: date}
  User Principal Name: {name: mail, type: text}
  Is Deleted: {name: gone, type: boolean}
  Last Activity Date: {name: last, type: date, optional: true}
  Send Count: {name: sent, type: integer}
ignored: [Display Name, Deleted Date, Receive Count, Read Count, Meeting Created Count, Meeting Interacted Count, Assigned Products, Report Period]
""",
        _MAIL,
        _PERSON | {"User Principal Name": "a@x", "Last Activity Date": "2026-10-30", "Send Count": "31"},
        _PERSON | {"User Principal Name": "b@x", "Send Count": "0"},
        [(date(2026, 10, 31), "a@x", False, date(2026, 10, 30), 31), (date(2026, 10, 31), "b@x", False, None, 0)],
        ["User Principal Name", "Is Deleted", "Send Count"],
        ["Report Refresh Date", "Last Activity Date"],
    ),
    "Slack dashboard": Export(
        f"""
kind: csv
encoding: utf-8
columns:
  User ID: {{name: id, type: text}}
  Days active: {{name: days, type: integer}}
  Messages posted: {{name: messages, type: integer, format: "1,234"}}
  Last active (UTC): {{name: last, type: date, format: "MMM D, YYYY", optional: true}}
ignored: {json.dumps([name for name in _SLACK if name not in {"User ID", "Days active", "Messages posted", "Last active (UTC)"}])}
""",
        _SLACK,
        {
            "Name": "山田, 花子",
            "What I Do": "品質\n保証",
            "User ID": "U01",
            "Days active": "20",
            "Messages posted": "1,234",
        }
        | {"Last active (UTC)": "Nov 20, 2026"},
        {"Name": "x", "User ID": "U02", "Days active": "0", "Messages posted": "0"},
        [("U01", 20, 1234, date(2026, 11, 20)), ("U02", 0, 0, None)],
        ["User ID", "Days active", "Messages posted"],
    ),
    "roster": Export(
        """
kind: csv
encoding: cp932
columns:
  社員番号: {name: employee, type: text}
  所属コード: {name: department, type: text}
  雇用区分: {name: employment, type: text, values: [正社員, 派遣]}
  適用開始日: {name: valid_from, type: date, format: 和暦, full_width: true}
  適用終了日: {name: valid_to, type: date, format: 和暦, full_width: true, empty: ["－"]}
  出勤率: {name: share, type: number, format: 85%, full_width: true}
ignored: [氏名, メールアドレス, 所属名]
""",
        _ROSTER,
        {
            "社員番号": "000123",
            "氏名": "髙橋",
            "所属コード": "010",
            "雇用区分": "正社員",
            "適用開始日": "令和８年４月１日",
        }
        | {"適用終了日": "－", "出勤率": "８５％"},
        {
            "社員番号": "000124",
            "所属コード": "020",
            "雇用区分": "派遣",
            "適用開始日": "H31.4.30",
            "適用終了日": "R8.11.20",
        }
        | {"出勤率": "97.5%"},
        [
            ("000123", "010", "正社員", date(2026, 4, 1), None, 0.85),
            ("000124", "020", "派遣", date(2019, 4, 30), date(2026, 11, 20), 0.975),
        ],
        ["社員番号", "所属コード", "雇用区分", "適用開始日", "適用終了日", "出勤率"],
        encodings=("cp932",),
    ),
}


def as_bytes(table: list[list[str]], encoding: str, **dialect: object) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, **dialect).writerows(table)  # type: ignore[arg-type]  # its words, by name
    return text.getvalue().encode(encoding)


@pytest.mark.parametrize("vendor", EXPORTS)
@settings(max_examples=FEW)
@given(data=st.data())
def test_what_vendors_change_without_notice_changes_no_figure(vendor: str, data: st.DataObject, place: Path) -> None:
    export = EXPORTS[vendor]
    table = export.table()
    for row in table[1:]:
        for name in export.iso:
            at = export.header.index(name)
            row[at] += data.draw(st.sampled_from(["", "T00:00:00Z"])) if row[at] else ""
        for at, cell in enumerate(row):
            words = {"Yes": ["Yes", "True"], "No": ["No", "False", "FALSE"], "False": ["False", "No"]}.get(cell, [cell])
            row[at] = data.draw(st.sampled_from(words))
    order = data.draw(st.permutations(range(len(export.header))))
    more = data.draw(st.sampled_from([None, "A column of next month"]))
    shuffled = [
        [*(row[at] for at in order), *([cell] if more else [])]
        for row, cell in zip(table, [more or "", "7", "8"], strict=True)
    ]
    quoting = data.draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
    content = as_bytes(shuffled, data.draw(st.sampled_from(export.encodings)), quoting=quoting)
    found = read(export.declared, place / "export.csv", content)
    assert (found.rows, found.errors, len(found.warnings)) == (export.rows, [], 1 if more else 0)


@pytest.mark.parametrize(
    ("vendor", "name"), [(vendor, name) for vendor, export in EXPORTS.items() for name in export.wanted]
)
def test_f20_a_column_that_is_renamed_or_dropped_is_named(vendor: str, name: str, place: Path) -> None:
    export = EXPORTS[vendor]
    table = export.table()
    at = export.header.index(name)
    renamed = [
        [*table[0][:at], f"{name}（新）" if vendor == "roster" else f"{name} (new)", *table[0][at + 1 :]],
        *table[1:],
    ]
    for changed in (renamed, [row[:at] + row[at + 1 :] for row in table]):
        found = read(export.declared, place / "export.csv", as_bytes(changed, export.encodings[0]))
        assert found.rows == []
        assert any(f"列 `{name}` がありません" in error for error in found.errors)


@settings(max_examples=FEW)
@given(
    order=st.permutations(["date", "user_id", "email_address", "is_active", "messages_posted_count", "x"]),
    gap=st.sampled_from(["\n", " ", ""]),
)
def test_slack_members_are_read_in_any_order_of_keys_and_with_lost_line_breaks(
    order: list[str], gap: str, place: Path
) -> None:
    member = {
        "date": "2026-10-01",
        "user_id": "U1",
        "email_address": "a@x",
        "is_active": True,
        "messages_posted_count": 3,
        "x": 1,
    }
    one = json.dumps({name: member[name] for name in order})
    other = json.dumps(member | {"user_id": "U2", "is_active": False})
    declared = "kind: slack_member_analytics\ncolumns: [email_address, is_active, messages_posted_count]"
    found = read(declared, place / "day.json", f"{one}{gap}{other}\n".encode())
    assert (found.rows, found.errors) == (
        [(date(2026, 10, 1), "U1", "a@x", True, 3), (date(2026, 10, 1), "U2", "a@x", False, 3)],
        [],
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("place")
