"""GitHub Copilot: signed links to NDJSON, days without any, links that have run out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from tests.pull.canary import assert_no_trace
from tests.pull.conftest import Desk
from tests.pull.server.loopback import Asked, Loopback, loopback
from tests.pull.server.reply import Reply, json_reply

TOKEN = "ghp_made_up_0123456789"  # noqa: S105 -- made up
PATH = "/orgs/acme/copilot/metrics/reports/users-1-day"


@pytest.fixture
def store() -> Iterator[Loopback]:
    """The host that signed download links lead to."""
    with loopback() as listening:
        yield listening


def declare(
    desk: Desk,
    server: Loopback,
    columns: str = "user_login, used_chat, code_generation_activity_count",
    report: str = "users-1-day",
    owner: str = "organization: acme",
) -> None:
    desk.environ["COPILOT_TOKEN"] = TOKEN
    desk.put(
        "sources.yml",
        f"sources:\n  usage:\n    kind: github_copilot\n    label: Copilot\n    since: 2026-11\n    report: {report}\n"
        f"    base_url: {server.address}\n    {owner}\n    token: {{env: COPILOT_TOKEN}}\n    columns: [{columns}]\n",
    )


def person(day: str, number: int, **more: object) -> str:
    record = {"user_id": number, "user_login": f"dev{number}", "day": day, "organization_id": "22", "used_chat": True}
    counts = ("user_initiated_interaction_count", "code_generation_activity_count", "code_acceptance_activity_count")
    record |= dict.fromkeys(counts, 4) | {"loc_added_sum": 9, "totals_by_ide": [{"ide": "vscode"}], "etl_id": "x"}
    return json.dumps(record | more)


def serve(server: Loopback, store: Loopback, file: Callable[[str], Reply] | None = None) -> None:
    """Two links a day; `file` says what is behind the second of them."""

    def report(asked: Asked) -> Reply:
        links = [f"{store.address}/{asked.params['day']}-{n}.json?sig=secret" for n in (1, 2)]
        return json_reply({"download_links": links, "report_day": asked.params["day"]})

    def download(asked: Asked) -> Reply:
        day, second = asked.path[1:11], asked.path.endswith("-2.json")
        if second:
            return file(day) if file else Reply(f"{person(day, 3, used_chat=False)}\n".encode())
        return Reply(f"{person(day, 1)}\n\n{person(day, 2)}\n".encode())

    server.otherwise, store.otherwise = report, download


def days(server: Loopback) -> list[str]:
    """The days that were asked for since the last call."""
    asked = [asked.params["day"] for asked in server.asked]
    server.asked.clear()
    return asked


def but(server: Loopback, day: str, reply: Reply) -> None:
    onwards = server.otherwise
    server.otherwise = lambda asked: reply if asked.params["day"] == day else onwards(asked)


def test_all_links_of_a_day_are_read_and_their_host_sees_no_token(
    desk: Desk, server: Loopback, store: Loopback
) -> None:
    declare(desk, server)
    serve(server, store)
    first = date(2026, 11, 1)
    assert desk.rows()[:3] == [(first, "dev1", True, 4), (first, "dev2", True, 4), (first, "dev3", False, 4)]
    assert server.asked[0].path == PATH
    assert server.asked[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert server.asked[0].headers["accept"] == "application/vnd.github+json"
    assert days(server) == [f"2026-11-{day:02}" for day in range(1, 18)]
    assert TOKEN not in repr(store.asked)


@pytest.mark.parametrize("reply", [json_reply({"download_links": [], "report_day": "2026-11-07"}), Reply(b"", 204)])
def test_a_day_without_any_is_told_until_it_is_too_old_to_be_late(
    desk: Desk, server: Loopback, store: Loopback, reply: Reply
) -> None:
    declare(desk, server)
    serve(server, store)
    but(server, "2026-11-07", reply)
    assert [finding.code for finding in desk.pull()[1]] == ["empty-window"]
    desk.now += timedelta(days=3)
    days(server)
    assert desk.snapshot().rows == 3 * 19
    assert days(server)[0] == "2026-11-07"
    desk.now += timedelta(days=1)
    desk.pull()
    assert "2026-11-07" not in days(server)


def test_a_link_that_has_run_out_is_asked_for_again_once(desk: Desk, server: Loopback, store: Loopback) -> None:
    declare(desk, server)
    expired = [Reply(b"", 403)]
    serve(server, store, lambda day: expired.pop() if expired else Reply(person(day, 3).encode()))
    assert desk.snapshot().rows == 3 * 17
    assert days(server)[:3] == ["2026-11-01", "2026-11-01", "2026-11-02"]


def test_one_person_in_two_teams_stands_twice(desk: Desk, server: Loopback, store: Loopback) -> None:
    declare(desk, server, "user_login, slug", "user-teams-1-day", "enterprise: acme_inc")
    team = {"organization_id": "22"}
    serve(server, store, lambda day: Reply(person(day, 1, team_id=8, slug="web", **team).encode()))
    onwards = store.otherwise
    store.otherwise = lambda asked: (
        onwards(asked)
        if asked.path.endswith("-2.json")
        else Reply(person(asked.path[1:11], 1, team_id=7, slug="app", **team).encode())
    )
    assert [row[1:] for row in desk.rows()[:2]] == [("dev1", "app"), ("dev1", "web")]
    assert server.asked[0].path == "/enterprises/acme_inc/copilot/metrics/reports/user-teams-1-day"


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (lambda _: Reply(b"", 403), "expired-link"),
        (lambda day: Reply(person(day, 3).encode()).but(cut=50), "broken-answer"),
        (lambda day: Reply(person(day, 3).encode()[:-5]), "not-json"),
        (lambda _: Reply(b"<html>", 200, {"Content-Type": "text/html"}), "html-page"),
        (lambda day: Reply(person(day, 1).encode()), "duplicate-rows"),
        (lambda day: Reply(person(day, 3, code_generation_activity_count=-1).encode()), "negative"),
        (lambda _: Reply(person("2026-10-31", 3).encode()), "outside-window"),
    ],
)
def test_a_file_that_is_no_file_is_refused_whole(
    desk: Desk, server: Loopback, store: Loopback, file: Callable[[str], Reply], code: str
) -> None:
    declare(desk, server)
    serve(server, store, file)
    snapshots, findings = desk.pull()
    assert snapshots.by_source == {}
    assert [finding.code for finding in findings] == [code]
    assert_no_trace(TOKEN, desk.root, [repr(findings)])
    assert "sig=secret" not in repr(findings)


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(b"", 401), "not-let-in"),
        (Reply(b"", 404), "http-status"),
        (Reply(b"", 429, {"Retry-After": "90"}), "throttled"),
        (json_reply({"links": []}), "not-rows"),
        (json_reply({"download_links": ["https://example.com/report.json"]}), "foreign-redirect"),
    ],
)
def test_a_fault_of_the_service_leaves_the_days_before_it(
    desk: Desk, server: Loopback, store: Loopback, reply: Reply, code: str
) -> None:
    declare(desk, server)
    serve(server, store)
    but(server, "2026-11-05", reply)
    snapshots, findings = desk.pull()
    assert snapshots.by_source == {}
    assert [finding.code for finding in findings] == [code]
    days(server)
    serve(server, store)
    assert desk.snapshot().rows == 3 * 17
    assert days(server)[0] == "2026-11-05"


@pytest.mark.parametrize("owner", ["organization: acme\n    enterprise: acme_inc", "budget: 60"])
def test_exactly_one_owner_is_declared(desk: Desk, server: Loopback, owner: str) -> None:
    declare(desk, server, owner=owner)
    assert [finding.code for finding in desk.pull()[1]] == ["missing-key"]
