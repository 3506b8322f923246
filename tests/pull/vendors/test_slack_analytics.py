"""Slack: one gzip file a day, errors with status 200, days that come late."""

from __future__ import annotations

import gzip
from datetime import date, timedelta

import pytest

from tests.pull.canary import assert_no_trace
from tests.pull.conftest import Desk
from tests.pull.server.loopback import Answer, Asked, Loopback
from tests.pull.server.reply import Reply, gzipped, json_reply
from tests.pull.test_slack import member

TOKEN = "xoxp-made-up-0123456789"  # noqa: S105 -- made up
PATH = "/api/admin.analytics.getFile"


def declare(desk: Desk, server: Loopback, since: str = "2026-11") -> None:
    desk.environ["SLACK_TOKEN"] = TOKEN
    desk.put(
        "sources.yml",
        f"sources:\n  usage:\n    kind: slack_analytics\n    label: Slack\n    since: {since}\n"
        f"    base_url: {server.address}/api\n    token: {{env: SLACK_TOKEN}}\n    columns: [email_address, is_active]\n",
    )


def file(asked: Asked) -> Reply:
    day = asked.params["date"]
    return Reply(gzip.compress(f"{member(day)}\n{member(day, 'b@x', active=False)}\n".encode()))


def but(day: str, reply: Reply) -> Answer:
    """Files as they should be, and something else on one day."""
    return lambda asked: reply if asked.params["date"] == day else file(asked)


def refusal(error: str) -> Reply:
    return json_reply({"ok": False, "error": error})


def days(server: Loopback) -> list[str]:
    """The days that were asked for since the last call."""
    asked = [asked.params["date"] for asked in server.asked]
    server.asked.clear()
    return asked


def test_a_day_is_the_same_table_as_its_file(desk: Desk, server: Loopback) -> None:
    declare(desk, server)
    server.when(PATH, file)
    assert desk.rows()[:2] == [(date(2026, 11, 1), "a@x", True), (date(2026, 11, 1), "b@x", False)]
    assert server.asked[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert server.asked[0].params == {"type": "member", "date": "2026-11-01"}
    assert days(server) == [f"2026-11-{day:02}" for day in range(1, 20)]


@pytest.mark.parametrize("error", ["file_not_yet_available", "file_not_found"])
def test_a_day_that_is_not_there_yet_is_asked_for_later_and_fails_no_other(
    desk: Desk, server: Loopback, error: str
) -> None:
    declare(desk, server)
    server.when(PATH, but("2026-11-19", refusal(error)))
    assert desk.snapshot().rows == 36
    desk.now += timedelta(days=1)
    days(server)
    server.when(PATH, file)
    assert desk.snapshot().rows == 40
    assert days(server) == ["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"]


def test_f22_a_day_that_never_comes_is_told(desk: Desk, server: Loopback) -> None:
    declare(desk, server)
    server.when(PATH, but("2026-11-05", refusal("data_not_available")))
    snapshots, findings = desk.pull()
    assert [finding.code for finding in findings] == ["empty-window"]
    assert snapshots.by_source["usage"].rows == 36
    days(server)
    desk.pull()
    assert "2026-11-05" in days(server)


@pytest.mark.parametrize(
    ("reply", "code", "word"),
    [
        (refusal("org_level_email_display_disabled"), "slack-refused", "メールアドレスが非表示"),
        (refusal("member_analytics_disabled"), "slack-refused", "メンバー分析が無効"),
        (refusal("missing_scope"), "slack-refused", "断りました（`missing_scope`）"),
        (refusal(f"<{TOKEN[:6]}>"), "slack-refused", "断りました（`?`）"),
        (Reply(b"", 401), "not-let-in", "認証を断りました"),
        (Reply(b"", 429, {"Retry-After": "300"}), "throttled", "300秒待つように"),
        (Reply(gzip.compress(member("2026-11-02").encode())[:-9]), "broken-gzip", "gzipとして最後まで読めません"),
        (Reply(member("2026-11-02").encode()[:-9]), "broken-line", "JSONのオブジェクトではありません"),
        (Reply(gzip.compress(b"")), "empty-file", "0人という意味にはなりません"),
        (Reply(member("2026-11-03").encode()), "outside-window", "2026-11-03 の行があります"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_fault_is_told_and_leaves_the_days_before_it(
    desk: Desk, server: Loopback, reply: Reply, code: str, word: str
) -> None:
    declare(desk, server)
    server.when(PATH, but("2026-11-02", reply))
    snapshots, findings = desk.pull()
    assert snapshots.by_source == {}
    assert [(finding.code, word in finding.what.ja) for finding in findings] == [(code, True)]
    assert_no_trace(TOKEN, desk.root, [repr(findings)])
    days(server)
    server.when(PATH, file)
    assert desk.snapshot().rows == 38
    assert days(server)[0] == "2026-11-02"


def test_a_refused_token_names_its_variable_and_its_scope(desk: Desk, server: Loopback) -> None:
    declare(desk, server)
    server.on(PATH, refusal("invalid_auth"))
    (finding,) = desk.pull()[1]
    assert "`SLACK_TOKEN`" in finding.remedy.ja
    assert "`admin.analytics:read`" in finding.remedy.ja


def test_a_file_that_is_compressed_on_its_way_too_is_read(desk: Desk, server: Loopback) -> None:
    declare(desk, server)
    server.when(PATH, lambda asked: gzipped(file(asked)))
    assert desk.snapshot().rows == 38
