"""Slack's member files: gzip or plain, whole or not, days that are missing (faults F6, F22, F24)."""

from __future__ import annotations

import gzip
import json
from datetime import date, timedelta

import pytest

from generator.pull.vendors import slack_members
from tests.pull.conftest import Desk


def member(day: str, name: str = "a@x", *, active: bool = True, **more: object) -> str:
    record: dict[str, object] = {
        "date": day,
        "enterprise_id": "E1",
        "team_id": "T1",
        "user_id": f"U-{name}",
        "email_address": name,
    }
    record |= {"enterprise_employee_number": "", "is_guest": False, "is_active": active, "messages_posted_count": 3}
    return json.dumps(record | more)


def put(desk: Desk, **files: bytes | str) -> list[str]:
    desk.put(
        "sources.yml",
        "sources:\n  usage:\n    kind: slack_member_analytics\n    label: Slack\n    path: slack/*\n"
        "    columns: [email_address, is_active]\n",
    )
    for name, content in files.items():
        desk.put(f"slack/{name}", content)
    return desk.findings()


def days(first: date, count: int) -> dict[str, bytes | str]:
    listed = [str(first + timedelta(days=n)) for n in range(count)]
    return {f"d{day}.json.gz": gzip.compress(f"{member(day)}\n".encode()) for day in listed}


def test_gzip_and_plain_files_become_rows(desk: Desk) -> None:
    assert put(desk, a=gzip.compress(member("2026-10-01").encode()), b=member("2026-10-02", active=False) + "\n") == []
    assert desk.rows() == [(date(2026, 10, 1), "a@x", True), (date(2026, 10, 2), "a@x", False)]


def test_two_objects_on_one_line_are_two_members(desk: Desk) -> None:
    assert put(desk, a=f"{member('2026-10-01')} {member('2026-10-01', 'b@x')}\n\n") == []
    assert desk.snapshot().rows == 2


@pytest.mark.parametrize("content", [b"", gzip.compress(b"", mtime=0), gzip.compress(b"\n", mtime=0)])
def test_f24_an_empty_file_is_not_zero_people(desk: Desk, content: bytes) -> None:
    assert put(desk, a=content) == [
        "content/data/slack/a 空のファイルです。0人という意味にはなりません → もう一度書き出してください"
    ]


def test_f6_a_truncated_gzip_is_refused_whole(desk: Desk) -> None:
    whole = gzip.compress("".join(f"{member('2026-10-01', f'{n}@x')}\n" for n in range(500)).encode())
    assert put(desk, a=whole[: len(whole) // 2]) == [
        (
            "content/data/slack/a gzipとして最後まで読めません。ファイルが途中で切れているか、壊れています"
            " → その日のファイルを取り直してください"
        )
    ]


def test_f6_a_truncated_line_is_refused(desk: Desk) -> None:
    assert put(desk, a=f"{member('2026-10-01')}\n{member('2026-10-01', 'b@x')[:40]}") == [
        "content/data/slack/a:2 2行目がJSONのオブジェクトではありません → その日のファイルを取り直してください"
    ]


@pytest.mark.parametrize("error", sorted(slack_members.REFUSALS))
def test_each_refusal_of_slack_has_a_sentence(desk: Desk, error: str) -> None:
    (finding,) = put(desk, a=json.dumps({"ok": False, "error": error}))
    assert f"（`{error}`）" in finding
    assert "Slackがデータの代わりに" not in finding


def test_f24_a_refusal_is_no_data(desk: Desk) -> None:
    assert put(desk, a='{"ok":false,"error":"file_not_yet_available"}') == [
        (
            "content/data/slack/a Slackがその日のファイルをまだ用意していません（`file_not_yet_available`）"
            " → その日のファイルを取り直してください"
        )
    ]


def test_a_bomb_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack_members, "LARGEST_DAY", 2**20)
    (finding,) = put(desk, a=gzip.compress(b" " * (2**20 + 1)))
    assert "展開すると1 MBを超えます" in finding


def test_f22_days_without_a_file_are_told(desk: Desk) -> None:
    files = days(date(2026, 10, 1), 31)
    del files["d2026-10-04.json.gz"], files["d2026-10-05.json.gz"]
    assert put(desk, **files) == [
        (
            "注意 content/data/sources.yml:2 2026年10月のうち2日分のファイルがありません（2026-10-04, 2026-10-05）。"
            "この月の数字は低めに出ます → 足りない日のファイルを置いてください"
        )
    ]


def test_f22_a_month_without_any_file_is_no_warning_here(desk: Desk) -> None:
    assert put(desk, **days(date(2026, 8, 1), 31), **days(date(2026, 10, 1), 31)) == []


def test_hidden_addresses_fail_with_the_name_of_the_field(desk: Desk) -> None:
    record = json.loads(member("2026-10-01"))
    del record["email_address"]
    (finding,) = put(desk, a=json.dumps(record))
    assert finding.startswith("content/data/slack/a:1 列 `email_address` がありません")


def test_a_field_that_slack_adds_is_a_warning(desk: Desk) -> None:
    (finding,) = put(desk, a=member("2026-10-01", huddle_minutes=3))
    assert finding.startswith("注意 content/data/slack/a:1 知らない列 `huddle_minutes` があります")


def test_the_same_day_in_two_files_is_an_error(desk: Desk) -> None:
    (finding,) = put(desk, a=member("2026-10-01"), b=member("2026-10-01"))
    assert "`date`, `user_id` が同じ行が1組あります" in finding
