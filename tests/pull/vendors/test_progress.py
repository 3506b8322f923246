"""Jira, Asana and Trello: counts of a project on the day of a pull, whichever of them is asked."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from tests.pull.canary import assert_no_trace
from tests.pull.conftest import Desk
from tests.pull.server.loopback import Answer, Asked, Loopback
from tests.pull.server.reply import LOGIN_PAGE, Reply, json_reply

TOKEN = "tracker-token-0123456789"  # noqa: S105 -- made up


def jira(done: object, total: object) -> Answer:
    def count(asked: Asked) -> Reply:
        return json_reply({"count": done if b"statusCategory = Done" in asked.body else total})

    return count


def asana(done: object, total: object) -> Answer:
    return lambda _: json_reply({"data": {"num_tasks": total, "num_completed_tasks": done}})


def trello(done: object, total: object) -> Answer:
    """As many cards."""
    cards = [card(n, done=n < int(str(done))) for n in range(int(str(total)))]
    return lambda _: json_reply(cards)


def card(number: int, *, done: bool = False, closed: bool = False, at: str = "doing") -> dict[str, object]:
    return {"id": f"{number:024x}", "idList": at, "dueComplete": done, "closed": closed}


@dataclass(frozen=True)
class Tracker:
    """How one of them is declared, and how it answers for a project."""

    kind: str
    declared: str
    path: str
    answers: Callable[[object, object], Answer]
    authorization: str

    def declare(self, desk: Desk, server: Loopback, extra: str = "") -> None:
        desk.environ |= {"TRACKER_TOKEN": TOKEN, "TRACKER_KEY": "tracker-key-0123456789"}
        desk.put(
            "sources.yml",
            f"sources:\n  usage:\n    kind: {self.kind}\n    label: 進み\n    since: 2026-11\n"
            f"    base_url: {server.address}\n    token: {{env: TRACKER_TOKEN}}\n{self.declared}{extra}",
        )


TRACKERS = [
    Tracker(
        "jira",
        "    site: https://acme.atlassian.net\n    user: news@example.co.jp\n    projects: {移行: NEWS}\n",
        "/rest/api/3/search/approximate-count",
        jira,
        f"Basic {base64.b64encode(f'news@example.co.jp:{TOKEN}'.encode()).decode()}",
    ),
    Tracker("asana", '    projects: {移行: "1201"}\n', "/projects/1201/task_counts", asana, f"Bearer {TOKEN}"),
    Tracker(
        "trello",
        "    key: {env: TRACKER_KEY}\n    projects: {移行: abcd1234}\n",
        "/boards/abcd1234/cards",
        trello,
        f'OAuth oauth_consumer_key="tracker-key-0123456789", oauth_token="{TOKEN}"',
    ),
]
each = pytest.mark.parametrize("tracker", TRACKERS, ids=lambda tracker: tracker.kind)


@each
def test_each_day_of_a_pull_is_kept(desk: Desk, server: Loopback, tracker: Tracker) -> None:
    tracker.declare(desk, server)
    server.when(tracker.path, tracker.answers(3, 8))
    first = date(2026, 11, 20)
    assert desk.rows() == [("移行", first, 3, 8)]
    assert server.asked[0].headers["authorization"] == tracker.authorization
    server.when(tracker.path, tracker.answers(4, 8))
    desk.now += timedelta(hours=1)
    assert desk.rows() == [("移行", first, 4, 8)]  # the day is not over: its last pull counts
    desk.now += timedelta(days=3)
    server.when(tracker.path, tracker.answers(0, 0))
    assert desk.rows() == [("移行", first, 4, 8), ("移行", first + timedelta(days=3), 0, 0)]


@each
@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(b"", 401), "not-let-in"),
        (Reply(b"", 404), "no-project"),
        (Reply(b"", 429, {"Retry-After": "9999"}), "throttled"),
        (json_reply({"data": {}, "count": 3}).but(cut=5), "broken-answer"),
        (LOGIN_PAGE, "html-page"),
        (json_reply({}), "not-counts"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_fault_leaves_the_days_before_it(
    desk: Desk, server: Loopback, tracker: Tracker, reply: Reply, code: str
) -> None:
    tracker.declare(desk, server)
    server.when(tracker.path, tracker.answers(3, 8))
    desk.pull()
    desk.now += timedelta(days=1)
    server.on(tracker.path, reply)
    snapshots, findings = desk.pull()
    assert snapshots.by_source["usage"].rows == 1
    assert [finding.code for finding in findings] == [code, "stale-source"]
    assert_no_trace(TOKEN, desk.root, [repr(findings)])
    server.when(tracker.path, tracker.answers(4, 8))
    assert desk.snapshot().rows == 2


@pytest.mark.parametrize("tracker", TRACKERS[:2], ids=lambda tracker: tracker.kind)
@pytest.mark.parametrize("counts", [(9, 8), (-1, 8), ("3", "8"), (None, 8), (True, 8), (1.5, 8)], ids=repr)
def test_what_is_no_count_is_refused(
    desk: Desk, server: Loopback, tracker: Tracker, counts: tuple[object, object]
) -> None:
    tracker.declare(desk, server)
    server.when(tracker.path, tracker.answers(*counts))
    assert [finding.code for finding in desk.pull()[1]] == ["not-counts"]


@each
def test_an_id_that_could_ask_for_something_else_is_refused(desk: Desk, server: Loopback, tracker: Tracker) -> None:
    tracker.declare(desk, server)
    declared = (desk.data / "sources.yml").read_text("utf-8")
    wrong = declared.replace("移行: NEWS", "移行: 'NEWS\" OR x'").replace('移行: "1201"', '移行: "../users/me"')
    desk.put("sources.yml", wrong.replace("移行: abcd1234", "移行: abcd/cards"))
    assert [finding.code for finding in desk.pull()[1]] == ["bad-name"]
    assert server.asked == []


def test_jira_is_asked_in_its_own_language(desk: Desk, server: Loopback) -> None:
    TRACKERS[0].declare(desk, server)
    server.when(TRACKERS[0].path, jira(3, 8))
    desk.pull()
    assert [json.loads(asked.body)["jql"] for asked in server.asked] == [
        'project = "NEWS" AND statusCategory = Done',
        'project = "NEWS"',
    ]


def test_trello_tells_finished_cards_from_dropped_ones_over_all_pages(desk: Desk, server: Loopback) -> None:
    cards = [
        *(card(n) for n in range(1, 1004)),
        card(2001, closed=True),
        card(2002, closed=True, done=True),
        card(2003, closed=True, at="done"),
        card(2004, at="done"),
    ]

    def newest_first(asked: Asked) -> Reply:
        before = [one for one in cards if str(one["id"]) < asked.params.get("before", "g")]
        return json_reply(before[-int(asked.params["limit"]) :])

    TRACKERS[2].declare(desk, server, "    done_lists: [done]\n")
    server.when(TRACKERS[2].path, newest_first)
    assert desk.rows() == [("移行", date(2026, 11, 20), 3, 1006)]
    assert [asked.params.get("before") for asked in server.asked] == [None, f"{8:024x}"]
