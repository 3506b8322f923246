"""Zoom: months of hosts, pages behind a token, an account's credentials."""

from __future__ import annotations

import base64
from datetime import date, timedelta

import pytest

from tests.pull.canary import assert_no_trace
from tests.pull.conftest import Desk
from tests.pull.server.loopback import Asked, Loopback
from tests.pull.server.reply import Reply, json_reply

SECRET = "zoom-secret-0123456789"  # noqa: S105 -- made up


def declare(desk: Desk, server: Loopback, since: str = "2026-08") -> None:
    desk.environ["ZOOM_SECRET"] = SECRET
    desk.put(
        "sources.yml",
        f"sources:\n  usage:\n    kind: zoom\n    label: Zoom\n    since: {since}\n    account_id: acc1\n"
        f"    client_id: cid1\n    client_secret: {{env: ZOOM_SECRET}}\n    columns: [email, meetings]\n"
        f"    base_url: {server.address}/v2\n    login_url: {server.address}\n",
    )
    server.on("/oauth/token", json_reply({"access_token": "zoom-token-0123"}))


def host(name: str, meetings: object = 2) -> dict[str, object]:
    return {
        "id": f"id-{name}",
        "email": f"{name}@x",
        "user_name": name,
        "type": 2,
        "dept": "D",
        "meetings": meetings,
        "participants": 9,
        "meeting_minutes": 60,
        "last_login_time": "2026-11-01T00:00:00Z",
    }


def answer(asked: Asked, *users: dict[str, object], following: str = "", **more: object) -> Reply:
    span = {name: asked.params[name] for name in ("from", "to")}
    page = {"page_size": 300, "total_records": 3, "users": list(users), "next_page_token": following}
    return json_reply(span | page | more)


def two_pages(asked: Asked) -> Reply:
    if "next_page_token" in asked.params:
        return answer(asked, host("c", 0))
    return answer(asked, host("a"), host("b", 5), following="tok2")


def months(server: Loopback) -> list[str]:
    """The months that were asked for since the last call."""
    asked = [asked.params["from"][:7] for asked in server.asked if len(asked.params) == 4]
    server.asked.clear()
    return asked


def test_the_hosts_of_each_month(desk: Desk, server: Loopback) -> None:
    declare(desk, server)
    server.when("/v2/report/users", two_pages)
    last = date(2026, 8, 31)
    assert desk.rows()[:3] == [(last, "a@x", 2), (last, "b@x", 5), (last, "c@x", 0)]
    assert server.asked[0].body == b"grant_type=account_credentials&account_id=acc1"
    who = base64.b64encode(f"cid1:{SECRET}".encode()).decode()
    assert server.asked[0].headers["authorization"] == f"Basic {who}"
    assert server.asked[1].params == {"type": "active", "from": "2026-08-01", "to": "2026-08-31", "page_size": "300"}
    assert server.asked[1].headers["authorization"] == "Bearer zoom-token-0123"
    assert months(server) == ["2026-08", "2026-09", "2026-10"]
    desk.now += timedelta(days=120)
    assert desk.snapshot().rows == 3 * 7  # August and September are out of reach by now, and still there
    assert months(server) == ["2026-11", "2026-12", "2027-01", "2027-02"]


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (lambda asked: answer(asked, host("a"), total_records=2), "row-total"),
        (lambda asked: answer(asked, host("a"), **{"from": "2026-09-10"}), "outside-window"),
        (lambda asked: answer(asked, users=None), "not-rows"),
        (lambda asked: answer(asked, host("a"), host("b", "１"), host("c")), "full-width"),
        (lambda asked: answer(asked, host("a"), following="tok1"), "endless-pages"),
        (lambda asked: answer(asked, host("a")).but(cut=30), "broken-answer"),
        (lambda _: Reply(b"", 401), "not-let-in"),
        (lambda _: Reply(b"", 429, {"Retry-After": "2026-11-21T00:00:00Z"}), "throttled"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_fault_leaves_the_months_before_it(desk: Desk, server: Loopback, reply: object, code: str) -> None:
    declare(desk, server)
    september = "2026-09-01"
    server.when(
        "/v2/report/users",
        lambda asked: reply(asked) if asked.params["from"] == september else two_pages(asked),  # type: ignore[operator]
    )
    snapshots, findings = desk.pull()
    assert snapshots.by_source == {}
    assert [finding.code for finding in findings] == [code]
    assert_no_trace(SECRET, desk.root, [repr(findings)])
    months(server)
    server.when("/v2/report/users", two_pages)
    assert desk.snapshot().rows == 9
    assert months(server)[0] == "2026-09"


def test_a_month_without_hosts_is_told(desk: Desk, server: Loopback) -> None:
    declare(desk, server)
    server.when(
        "/v2/report/users",
        lambda asked: answer(asked, total_records=0) if asked.params["from"] == "2026-09-01" else two_pages(asked),
    )
    assert [finding.code for finding in desk.pull()[1]] == ["empty-window"]
