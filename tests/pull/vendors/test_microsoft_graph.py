"""Microsoft Graph: a redirect to a download, days that are forgotten, names that are concealed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.model.snapshot import SnapshotStatus
from tests.pull.canary import assert_no_trace
from tests.pull.conftest import Desk
from tests.pull.server.loopback import Asked, Loopback, loopback
from tests.pull.server.reply import Reply, json_reply, redirect
from tests.pull.test_teams import HEADER, row

SECRET = "graph~secret-0123456789"  # noqa: S105 -- made up
EMAIL = (
    "Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Last Activity Date,Send Count,"
    "Receive Count,Read Count,Meeting Created Count,Meeting Interacted Count,Assigned Products,Report Period"
)
COPILOT_APPS = (
    "Copilot Chat",
    "Microsoft Teams Copilot",
    *(f"{app} Copilot" for app in ("Word", "Excel", "PowerPoint")),
)
COPILOT = ",".join(
    (
        *("Report Refresh Date", "User Principal Name", "Display Name", "Last Activity Date"),
        *(f"{app} Last Activity Date" for app in (*COPILOT_APPS, "Outlook Copilot", "OneNote Copilot", "Loop Copilot")),
        "Report Period",
    )
)
TOTALS = "Report Refresh Date,Report Date,Team Chat Messages,Private Chat Messages,Calls,Meetings,Other Actions,Report Period"


@pytest.fixture
def store() -> Iterator[Loopback]:
    """The host that signed download addresses lead to."""
    with loopback() as listening:
        yield listening


def declare(desk: Desk, server: Loopback, report: str, columns: str, since: str = "2026-11", extra: str = "") -> None:
    desk.environ["GRAPH_SECRET"] = SECRET
    desk.put(
        "sources.yml",
        "sources:\n  usage:\n    kind: microsoft_graph\n    label: Microsoft 365\n"
        f"    report: {report}\n    columns: [{columns}]\n    since: {since}\n    tenant: example.onmicrosoft.com\n"
        "    client_id: 00000000-0000-0000-0000-000000000001\n    client_secret: {env: GRAPH_SECRET}\n"
        f"    base_url: {server.address}/v1.0\n    login_url: {server.address}\n{extra}",
    )


def csv(*lines: str) -> Reply:
    """A report as Microsoft writes it: byte order mark and CRLF."""
    body = "".join(f"{line}\r\n" for line in lines)
    return Reply(body.encode("utf-8-sig"), 200, {"Content-Type": "application/octet-stream"})


def serve(server: Loopback, store: Loopback, report: object) -> None:
    """Sign in, redirect to the store, and let `report` (a function of the day, or a reply) answer there."""
    tokens = (
        json_reply({"token_type": "Bearer", "expires_in": 3599, "access_token": f"jwt-{n:012}"}) for n in range(9)
    )
    server.when("/example.onmicrosoft.com/oauth2/v2.0/token", lambda _: next(tokens))
    server.otherwise = lambda asked: redirect(f"{store.address}/data/{asked.path.rsplit('/')[-1]}?token=signed")

    def download(asked: Asked) -> Reply:
        day = re.search(r"\d{4}-\d\d-\d\d", asked.path)
        return report(day[0] if day else "") if callable(report) else report  # type: ignore[return-value]

    store.otherwise = download


def teams(day: str) -> Reply:
    return csv(HEADER, row(day, "A@x", period=1), row(day, "B@x", 0, period=1))


def days(store: Loopback) -> list[str]:
    """The days that were downloaded since the last call."""
    asked = [match[0] for path in store.paths() if (match := re.search(r"\d{4}-\d\d-\d\d", path))]
    store.asked.clear()
    return asked


def test_people_are_asked_for_day_by_day_and_the_store_sees_no_token(
    desk: Desk, server: Loopback, store: Loopback
) -> None:
    declare(desk, server, "teams_users", "user_principal_name, team_chat_message_count")
    serve(server, store, teams)
    rows = desk.rows()
    assert rows[:2] == [(date(2026, 11, 1), "A@x", 1), (date(2026, 11, 1), "B@x", 0)]
    assert days(store) == [f"2026-11-{day:02}" for day in range(1, 18)]  # the 18th is not 48 hours old
    assert server.asked[0].body.startswith(b"grant_type=client_credentials&scope=https%3A%2F%2Fgraph.microsoft.com")
    assert [asked.headers["authorization"] for asked in server.asked[1:]] == ["Bearer jwt-000000000000"] * 17
    assert all("authorization" not in asked.headers for asked in store.asked)


def test_settled_days_are_kept_when_microsoft_forgets_them_and_even_when_they_are_read_otherwise(
    desk: Desk, server: Loopback, store: Loopback
) -> None:
    declare(desk, server, "teams_users", "user_principal_name")
    serve(server, store, teams)
    assert desk.snapshot().rows == 34
    days(store)
    desk.now += timedelta(days=1)
    assert desk.snapshot().rows == 36
    assert days(store) == [f"2026-11-{day}" for day in range(15, 19)]  # what may be revised, and the new day
    declare(desk, server, "teams_users", "user_principal_name", extra="    revised_for: 6d\n")
    desk.now += timedelta(days=20)
    assert desk.snapshot().rows == 76
    assert days(store)[0] == "2026-11-13"  # what is out of reach is taken over, what is not is read anew


def test_a_pull_that_was_cut_short_long_ago_costs_no_day(desk: Desk, server: Loopback, store: Loopback) -> None:
    declare(desk, server, "teams_users", "user_principal_name")
    serve(server, store, teams)
    desk.snapshot()
    desk.now += timedelta(days=1)
    serve(server, store, lambda day: Reply(b"", 404) if day == "2026-11-17" else teams(day))
    assert "stale-source" in [finding.code for finding in desk.pull()[1]]
    desk.now += timedelta(days=45)
    serve(server, store, teams)
    snapshots, findings = desk.pull()
    assert snapshots.by_source["usage"].rows == 2 * (17 + 26)
    assert [(finding.code, "2026-11-18" in finding.what.ja) for finding in findings] == [("missed-windows", True)]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pulls=st.lists(st.tuples(st.integers(0, 45), st.booleans()), min_size=1, max_size=5))
def test_every_day_that_was_within_reach_of_any_pull_stays_for_good(
    tmp_path_factory: pytest.TempPathFactory, server: Loopback, store: Loopback, pulls: list[tuple[int, bool]]
) -> None:
    desk, reached = Desk(tmp_path_factory.mktemp("desk")), set()
    serve(server, store, teams)
    for later, is_read_otherwise in pulls:
        desk.now += timedelta(days=later)
        extra = f"    revised_for: {3 + is_read_otherwise}d\n"
        declare(desk, server, "teams_users", "user_principal_name", extra=extra)
        today = desk.now.date()
        reached |= {day for n in range(3, 29) if (day := today - timedelta(days=n)) >= date(2026, 11, 1)}
        snapshot = desk.pull()[0].by_source["usage"]
        with duckdb.connect() as connection:
            stored = connection.read_parquet(str(snapshot.parquet)).project("date").distinct().fetchall()
        assert {day for (day,) in stored} == reached


def test_other_columns_never_cost_what_cannot_be_asked_for_again(desk: Desk, server: Loopback, store: Loopback) -> None:
    declare(desk, server, "teams_users", "user_principal_name")
    serve(server, store, teams)
    desk.pull()
    desk.now += timedelta(days=20)
    declare(desk, server, "teams_users", "user_principal_name, call_count")
    snapshots, findings = desk.pull()
    assert [finding.code for finding in findings] == ["lost-history", "stale-source"]
    assert "2026-11-01_2026-11-01 から 2026-11-11_2026-11-11 まで" in findings[0].what.ja
    assert snapshots.by_source["usage"].rows == 34


def test_days_that_were_never_pulled_are_told_for_their_month_is_too_low(
    desk: Desk, server: Loopback, store: Loopback
) -> None:
    declare(desk, server, "teams_users", "user_principal_name", since="2026-09")
    serve(server, store, teams)
    snapshots, findings = desk.pull()
    assert [finding.code for finding in findings] == ["missed-windows"]
    assert "2026-10 のうち 22 個の期間（2026-10-01 から）" in findings[0].what.ja
    assert "`since` を 2026-11 にする" in findings[0].remedy.ja
    assert snapshots.by_source["usage"].rows == 2 * 26
    assert [finding.code for finding in desk.pull()[1]] == ["missed-windows"]


REFUSED = json_reply({"error": {"code": "InvalidDate", "message": "Invalid date value specified."}}, 400)


@pytest.mark.parametrize("is_refused", [False, True], ids=["header only", "refused"])
def test_a_day_without_anybody_is_told_until_it_is_too_old_to_be_late(
    desk: Desk, server: Loopback, store: Loopback, is_refused: bool
) -> None:
    declare(desk, server, "teams_users", "user_principal_name")
    serve(server, store, lambda day: csv(HEADER) if day.endswith("-08") else teams(day))
    if is_refused:
        onwards = server.otherwise
        server.otherwise = lambda asked: REFUSED if "-08" in asked.path else onwards(asked)
    snapshots, findings = desk.pull()
    assert [finding.code for finding in findings] == ["empty-window"]
    assert snapshots.by_source["usage"].rows == 32
    desk.now += timedelta(days=4)
    assert desk.snapshot().rows == 40
    server.asked.clear()
    desk.pull()
    assert not any("-08" in path for path in server.paths())


def test_a_column_that_microsoft_adds_is_told_once_and_not_once_a_day(
    desk: Desk, server: Loopback, store: Loopback
) -> None:
    declare(desk, server, "teams_users", "user_principal_name")
    serve(server, store, lambda day: csv(f"{HEADER},Copilot Count", f"{row(day, 'A@x')},1"))
    assert [finding.code for finding in desk.pull()[1]] == ["unknown-column"]


def test_concealed_names_stop_at_once(desk: Desk, server: Loopback, store: Loopback) -> None:
    declare(desk, server, "teams_users", "user_principal_name")
    serve(server, store, lambda day: csv(HEADER, row(day, "0F3A" * 8)))
    snapshots, findings = desk.pull()
    assert snapshots.by_source == {}
    assert [finding.code for finding in findings] == ["concealed-names"]
    assert days(store) == ["2026-11-01"]


def test_an_old_report_is_no_report_of_the_day(desk: Desk, server: Loopback, store: Loopback) -> None:
    declare(desk, server, "teams_users", "user_principal_name")
    serve(server, store, lambda _: teams("2026-10-30T00:00:00Z"))
    (finding,) = desk.pull()[1]
    assert (finding.code, "`2026-10-30`" in finding.what.ja) == ("old-report", True)


def test_mail_has_no_user_id_and_accounts_created_anew(desk: Desk, server: Loopback, store: Loopback) -> None:
    declare(desk, server, "email_users", "user_principal_name, send_count, is_deleted")
    lines = [f"{{day}}T00:00:00Z,A@x,A,{gone},,{{day}},3,4,5,0,0,E3,1" for gone in ("False", "True")]
    serve(server, store, lambda day: csv(EMAIL, *(line.format(day=day) for line in lines)))
    assert desk.rows()[:2] == [(date(2026, 11, 1), "A@x", False, 3), (date(2026, 11, 1), "A@x", True, 3)]


@pytest.mark.parametrize("report", ["copilot_users_v1", "copilot_users_v2"])
def test_copilot_is_taken_down_on_each_day_that_it_is_pulled(desk: Desk, server: Loopback, report: str) -> None:
    extra = [
        *("Prompts submitted for all apps", "Prompts submitted for Copilot Chat (work)"),
        *("Prompts submitted for Copilot Chat (web)", "Active Usage Days for all apps"),
        *(f"{app} Last Activity Date" for app in ("Copilot Chat (work)", "Copilot Chat (web)", "Microsoft 365 Copilot")),
        *("Edge Last Activity Date", "Copilot Agent Last Activity Date"),
    ]  # fmt: skip
    header = [*COPILOT.split(","), *(extra if report.endswith("v2") else [])]
    columns = "report_refresh_date, user_principal_name, excel_copilot_last_activity_date"
    declare(desk, server, report, f"{columns}, active_usage_days_for_all_apps" if len(header) > 20 else columns)

    def answer(_: Asked) -> Reply:
        refreshed = str(desk.now.date() - timedelta(days=2))
        cells = dict.fromkeys(header, "") | {"Excel Copilot Last Activity Date": "2026-11-10"}
        cells |= {"Report Refresh Date": refreshed, "User Principal Name": "A@x", "Report Period": "28"}
        cells |= {name: "3" for name in header if name in extra[:4]}
        return csv(",".join(reversed(header)), ",".join(reversed(cells.values())))  # in another order than documented

    server.on("/example.onmicrosoft.com/oauth2/v2.0/token", json_reply({"access_token": "jwt-000000000000"}))
    server.otherwise = answer
    desk.snapshot()
    desk.now += timedelta(days=3)
    shown = [tuple(map(str, row[:4])) for row in desk.rows()]
    assert shown == [
        ("2026-11-20", "2026-11-18", "A@x", "2026-11-10"),
        ("2026-11-23", "2026-11-21", "A@x", "2026-11-10"),
    ]
    assert server.asked[-1].params == {"$format": "text/csv"}


def test_totals_have_no_names_and_come_a_whole_month_at_a_time(desk: Desk, server: Loopback, store: Loopback) -> None:
    declare(desk, server, "teams_totals", "team_chat_messages, meetings", since="2026-09")
    first = date(2026, 9, 10)  # the tenant began in the middle of a month
    lines = [f"2026-11-18,{first + timedelta(days=n)},{n},2,3,4,5,180" for n in range(70)]
    serve(server, store, lambda _: csv(TOTALS, *lines))
    snapshots, findings = desk.pull()
    assert [(finding.code, "2026-09-01" in finding.what.ja) for finding in findings] == [("empty-window", True)]
    assert snapshots.by_source["usage"].rows == 31


@pytest.mark.parametrize(
    ("code", "reply"),
    [
        ("throttled", Reply(b"", 429, {"Retry-After": "600"})),
        ("broken-answer", teams("2026-11-10").but(cut=200)),
        ("row-length", teams("2026-11-10").but(body=teams("2026-11-10").body[:-60])),
        ("html-page", Reply(b"<html>", 200, {"Content-Type": "text/html"})),
        ("missing-column", csv(HEADER.replace("User Principal Name", "User Name"), row("2026-11-10", "A@x"))),
        ("http-status", Reply(b"", 403)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_fault_leaves_the_days_before_it(
    desk: Desk, server: Loopback, store: Loopback, code: str, reply: Reply
) -> None:
    declare(desk, server, "teams_users", "user_principal_name")
    serve(server, store, lambda day: reply if day == "2026-11-10" else teams(day))
    snapshots, findings = desk.pull()
    assert snapshots.by_source == {}
    assert code in [finding.code for finding in findings]
    days(store)
    serve(server, store, teams)
    assert desk.snapshot().rows == 34
    assert days(store)[0] == "2026-11-10"
    assert_no_trace(SECRET, desk.root, [repr(findings)])


def test_f9_a_token_that_ran_out_is_renewed(desk: Desk, server: Loopback, store: Loopback) -> None:
    declare(desk, server, "teams_users", "user_principal_name")
    serve(server, store, teams)
    onwards = server.otherwise
    server.otherwise = lambda asked: Reply(b"", 401) if "jwt-000000000000" in repr(asked) else onwards(asked)
    assert desk.snapshot().rows == 34


def test_f8_a_download_elsewhere_is_refused(desk: Desk, server: Loopback, store: Loopback) -> None:
    declare(desk, server, "teams_users", "user_principal_name")
    serve(server, store, teams)
    desk.snapshot()
    desk.now += timedelta(days=1)
    server.otherwise = lambda _: redirect("https://reports.office.com.example/data")
    snapshots, findings = desk.pull()
    assert [finding.code for finding in findings if finding.is_error] == ["foreign-redirect"]
    assert snapshots.by_source["usage"].status is SnapshotStatus.STALE


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("report: teams_users", "report: teams_user"), "bad-choice"),
        (("[user_principal_name]", "[send_count]"), "unknown-column"),
        (("[user_principal_name]", "[display_name]"), "unknown-column"),
        (("base_url: http://127.0.0.1", "base_url: http://gateway.example"), "bad-url"),
        (("tenant: example", "tenant: a/b"), "bad-name"),
    ],
)
def test_a_slip_in_the_declaration_is_told(desk: Desk, server: Loopback, change: tuple[str, str], code: str) -> None:
    declare(desk, server, "teams_users", "user_principal_name")
    declared = (desk.data / "sources.yml").read_text("utf-8")
    desk.put("sources.yml", declared.replace(*change))
    assert [finding.code for finding in desk.pull()[1]] == [code]
