"""Google Workspace: days of UTC-8 that come late, values as strings, users without values, a signed way in."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.pull.canary import assert_no_trace
from tests.pull.conftest import TODAY, Desk
from tests.pull.server.loopback import Asked, Loopback
from tests.pull.server.reply import Reply, json_reply

COLUMNS = "user_email, gmail_num_emails_sent, gmail_last_interaction_time, accounts_is_suspended"
TOKEN = "ya29.made-up-0123456789"  # noqa: S105 -- made up
BEARER = "{kind: bearer, token: {env: GOOGLE_TOKEN}}"
SIGNED = "{kind: service_account, key: {env: GOOGLE_KEY}, subject: admin@example.co.jp}"


def declare(desk: Desk, server: Loopback, auth: str = BEARER) -> None:
    desk.environ["GOOGLE_TOKEN"] = TOKEN
    desk.put(
        "sources.yml",
        "sources:\n  usage:\n    kind: google_workspace_reports\n    label: Google\n    since: 2026-11\n"
        f"    base_url: {server.address}\n    auth: {auth}\n    columns: [{COLUMNS}]\n",
    )


def user(day: str, name: str, *, sent: str | None = "3", seen: str = "2026-11-02T08:00:00.000Z") -> dict[str, object]:
    values: list[dict[str, object]] = [{"name": "accounts:is_suspended", "boolValue": name == "gone"}]
    if sent is not None:
        values += [
            {"name": "gmail:num_emails_sent", "intValue": sent},
            {"name": "gmail:last_interaction_time", "datetimeValue": seen},
        ]
    entity = {"type": "USER", "customerId": "C1", "userEmail": f"{name}@x", "profileId": f"1{name}"}
    return {"kind": "admin#reports#usageReport", "date": day, "entity": entity, "parameters": values}


def day_of(asked: Asked) -> str:
    return asked.path.rpartition("/")[2]


def two_pages(asked: Asked) -> Reply:
    day = day_of(asked)
    if "pageToken" not in asked.params:
        return json_reply({"usageReports": [user(day, "a"), user(day, "gone", sent="0")], "nextPageToken": "p2"})
    return json_reply({"usageReports": [user(day, "b", sent=None), user(day, "c", seen="1970-01-01T00:00:00.000Z")]})


def but(day: str, reply: Reply) -> Callable[[Asked], Reply]:
    return lambda asked: reply if day_of(asked) == day else two_pages(asked)


def days(server: Loopback) -> list[str]:
    """The days that were asked for since the last call."""
    asked = [day_of(asked) for asked in server.asked if "pageToken" not in asked.params]
    server.asked.clear()
    return asked


def test_every_page_is_read_and_what_is_missing_is_not_zero(desk: Desk, server: Loopback) -> None:
    declare(desk, server)
    server.otherwise = two_pages
    first, seen = date(2026, 11, 1), date(2026, 11, 2)
    assert desk.rows()[:4] == [
        (first, "a@x", False, seen, 3),
        (first, "b@x", False, None, None),
        (first, "c@x", False, None, 3),
        (first, "gone@x", True, seen, 0),
    ]
    assert server.asked[0].path == "/admin/reports/v1/usage/users/all/dates/2026-11-01"
    assert server.asked[0].params == {
        "parameters": "accounts:is_suspended,gmail:last_interaction_time,gmail:num_emails_sent",
        "maxResults": "1000",
    }
    assert server.asked[0].headers["authorization"] == f"Bearer {TOKEN}"


LATE = [
    json_reply({"kind": "admin#reports#usageReports", "warnings": [{"code": "404", "message": "no data yet"}]}),
    json_reply({"warnings": [{"code": "206"}], "usageReports": [user("2026-11-19", "a")]}),
    json_reply({"usageReports": [user("2026-11-19", "a", sent=None)]}),
    json_reply({"error": {"code": 400, "message": "Data for dates later than 2026-11-18 is not yet available."}}, 400),
]


@pytest.mark.parametrize("reply", LATE, ids=["absent", "partial", "one app missing", "too early"])
def test_a_day_that_is_not_whole_waits_and_is_never_zero(desk: Desk, server: Loopback, reply: Reply) -> None:
    declare(desk, server)
    server.otherwise = but("2026-11-19", reply)
    assert desk.snapshot().rows == 4 * 18
    desk.now += timedelta(days=1)
    days(server)
    server.otherwise = two_pages
    assert desk.snapshot().rows == 4 * 20
    assert days(server) == [f"2026-11-{day}" for day in range(15, 21)]


def test_f22_a_day_that_stays_away_is_told(desk: Desk, server: Loopback) -> None:
    declare(desk, server)
    server.otherwise = but("2026-11-10", LATE[0])
    snapshots, findings = desk.pull()
    assert [finding.code for finding in findings] == ["empty-window"]
    assert snapshots.by_source["usage"].rows == 4 * 18


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(b"", 401), "not-let-in"),
        (Reply(b"", 403), "not-let-in"),
        (json_reply({"error": {"code": 400, "message": "Bad Request"}}, 400), "http-status"),
        (Reply(b"", 429, {"Retry-After": "Fri, 20 Nov 2026 05:00:00 GMT", "Date": "Fri, 20 Nov 2026 03:00:00 GMT"}), "throttled"),
        (two_pages(Asked("GET", "/2026-11-05", {}, {}, b"")).but(cut=100), "broken-answer"),
        (json_reply({"usageReports": "none"}), "not-rows"),
        (json_reply({"usageReports": [{"parameters": ["x"]}]}), "not-rows"),
        (json_reply({"usageReports": [user("2026-11-04", "a")]}), "outside-window"),
        (json_reply({"usageReports": [user("2026-11-05", "a", sent="-1")]}), "negative"),
        (json_reply({"usageReports": [user("2026-11-05", "a")], "nextPageToken": "p2"}), "endless-pages"),
        (json_reply({"usageReports": [user("2026-11-05", TOKEN)]}), "secret-echoed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_fault_leaves_the_days_before_it(desk: Desk, server: Loopback, reply: Reply, code: str) -> None:
    declare(desk, server)
    server.otherwise = but("2026-11-05", reply)
    snapshots, findings = desk.pull()
    assert snapshots.by_source == {}
    assert [finding.code for finding in findings] == [code]
    assert_no_trace(TOKEN, desk.root, [repr(findings)])
    days(server)
    server.otherwise = two_pages
    assert desk.snapshot().rows == 4 * 19
    assert days(server)[0] == "2026-11-05"


@cache
def private_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


def key_file(server: Loopback) -> str:
    pem = private_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    key = {"type": "service_account", "client_email": "k@p.iam", "token_uri": f"{server.address}/token"}
    return json.dumps(key | {"private_key": pem})


def test_a_service_account_signs_who_it_is_and_renews_its_token(desk: Desk, server: Loopback) -> None:
    declare(desk, server, SIGNED)
    desk.environ["GOOGLE_KEY"] = key_file(server)
    server.on("/token", json_reply({"access_token": "ya29.first-0123"}), json_reply({"access_token": "ya29.next-0123"}))
    server.otherwise = lambda asked: Reply(b"", 401) if "first" in asked.headers["authorization"] else two_pages(asked)
    assert desk.snapshot().rows == 4 * 19
    form = parse_qs(server.asked[0].body.decode())
    assert form["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
    head, claims, signature = form["assertion"][0].split(".")
    private_key().public_key().verify(decoded(signature), f"{head}.{claims}".encode(), PKCS1v15(), SHA256())
    assert json.loads(decoded(head)) == {"alg": "RS256", "typ": "JWT"}
    assert json.loads(decoded(claims)) == {
        "iss": "k@p.iam",
        "sub": "admin@example.co.jp",
        "scope": "https://www.googleapis.com/auth/admin.reports.usage.readonly",
        "aud": f"{server.address}/token",
        "iat": int(TODAY.timestamp()),
        "exp": int(TODAY.timestamp()) + 3600,
    }


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


@pytest.mark.parametrize(
    "key", ["{}", "not-json-0123", '{"client_email": "a", "token_uri": "https://x", "private_key": "pem-0123456789"}']
)
def test_a_key_that_is_none_is_told_without_repeating_it(desk: Desk, server: Loopback, key: str) -> None:
    declare(desk, server, SIGNED)
    desk.environ["GOOGLE_KEY"] = key
    (finding,) = desk.pull()[1]
    assert finding.code == "bad-key"
    assert "`GOOGLE_KEY`" in finding.what.ja
    assert "0123" not in repr(finding)
