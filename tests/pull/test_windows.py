"""Windows of time: each is asked for until it is settled, and what was pulled before a failure is not lost."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.period import Month
from generator.model.snapshot import SnapshotStatus
from generator.pull.remote.window import EVERYTHING, Window, past_days, past_months
from tests.pull.conftest import TODAY, Desk
from tests.pull.remote import declare, record
from tests.pull.server.loopback import Asked, Loopback
from tests.pull.server.reply import Reply, json_reply

MONTHLY = """\
    params: {from: "{first}", to: "{last}", before: "{after}", month: "{month}"}
    window: month
    since: 2026-08
    key: [mail, day]
"""


def of_the_month(asked: Asked) -> Reply:
    """Two people on the first day that is asked for."""
    return json_reply([record("a", asked.params["from"]), record("b", asked.params["from"])])


def months(server: Loopback) -> list[str]:
    """The months that were asked for since the last call."""
    asked = [request.params["month"] for request in server.asked]
    server.asked.clear()
    return asked


def days(desk: Desk) -> list[str]:
    """The days of the latest snapshot's rows, each once."""
    snapshot = desk.pull(offline=True)[0].by_source["usage"]
    with duckdb.connect() as connection:
        rows = connection.read_parquet(str(snapshot.parquet)).project("day").distinct().order("day").fetchall()
    return [str(day) for (day,) in rows]


def test_a_window_says_its_days(desk: Desk, server: Loopback) -> None:
    declare(desk, server, MONTHLY)
    server.when("/usage", of_the_month)
    desk.snapshot()
    assert server.asked[0].params == {
        "from": "2026-08-01",
        "to": "2026-08-31",
        "before": "2026-09-01",
        "month": "2026-08",
    }


def test_a_settled_window_is_never_asked_for_again(desk: Desk, server: Loopback) -> None:
    declare(desk, server, MONTHLY)
    server.when("/usage", of_the_month)
    first = desk.snapshot()
    assert months(server) == ["2026-08", "2026-09", "2026-10"]
    assert desk.snapshot() == first
    assert months(server) == []
    desk.now = datetime(2026, 12, 1, 3, tzinfo=TODAY.tzinfo)
    assert desk.snapshot().rows == 8
    assert months(server) == ["2026-11"]
    assert days(desk) == ["2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"]


def test_a_window_is_asked_for_again_while_the_vendor_may_revise_it(desk: Desk, server: Loopback) -> None:
    declare(desk, server, f"{MONTHLY}    revised_for: 25d\n")
    server.when("/usage", of_the_month)
    desk.pull()
    months(server)
    server.when("/usage", lambda asked: json_reply([record("late", asked.params["to"])]))
    assert desk.snapshot().rows == 5
    assert months(server) == ["2026-10"]
    desk.now += timedelta(days=10)
    desk.pull()
    assert months(server) == ["2026-10"]  # once more now that nothing changes any longer
    desk.pull()
    assert months(server) == []


def test_a_window_speaks_of_its_last_day_once_the_vendor_adds_nothing_to_it(desk: Desk, server: Loopback) -> None:
    declare(desk, server, f"{MONTHLY}    revised_for: 25d\n")
    server.when("/usage", of_the_month)
    assert desk.snapshot().watermark == date(2026, 10, 1)
    desk.now += timedelta(days=10)
    assert desk.snapshot().watermark == date(2026, 10, 31)


def test_f22_a_window_without_rows_is_told_and_asked_for_again(desk: Desk, server: Loopback) -> None:
    declare(desk, server, MONTHLY)
    server.when("/usage", lambda asked: json_reply([]) if asked.params["month"] == "2026-09" else of_the_month(asked))
    snapshots, findings = desk.pull()
    assert snapshots.by_source["usage"].status is SnapshotStatus.OK
    assert [finding.code for finding in findings] == ["empty-window"]
    assert "2026-09-01 から 2026-09-30 まで" in findings[0].what.ja
    months(server)
    server.when("/usage", of_the_month)
    assert desk.snapshot().rows == 6
    assert months(server) == ["2026-09"]


def test_what_was_pulled_before_a_failure_is_not_pulled_again(desk: Desk, server: Loopback) -> None:
    declare(desk, server, MONTHLY)
    server.when("/usage", lambda asked: Reply(b"", 404) if asked.params["month"] == "2026-10" else of_the_month(asked))
    snapshots, findings = desk.pull()
    assert snapshots.by_source == {}
    assert [finding.code for finding in findings] == ["http-status"]
    assert months(server) == ["2026-08", "2026-09", "2026-10"]
    server.when("/usage", of_the_month)
    assert desk.snapshot().rows == 6
    assert months(server) == ["2026-10"]
    assert days(desk) == ["2026-08-01", "2026-09-01", "2026-10-01"]
    assert not (desk.settings.private / "snapshots" / "usage" / "unfinished").exists()


def test_half_a_pull_is_never_shown(desk: Desk, server: Loopback) -> None:
    declare(desk, server, MONTHLY)
    server.when("/usage", of_the_month)
    good = desk.snapshot()
    desk.now = datetime(2027, 1, 5, 3, tzinfo=TODAY.tzinfo)
    server.when("/usage", lambda asked: Reply(b"", 404) if asked.params["month"] == "2026-12" else of_the_month(asked))
    stale = desk.pull()[0].by_source["usage"]
    assert (stale.status, stale.sha256) == (SnapshotStatus.STALE, good.sha256)
    assert days(desk) == ["2026-08-01", "2026-09-01", "2026-10-01"]
    months(server)
    server.when("/usage", of_the_month)
    assert desk.snapshot().rows == 10
    assert months(server) == ["2026-12"]


def test_rows_past_their_time_are_deleted_and_that_is_told(desk: Desk, server: Loopback) -> None:
    declare(desk, server, f"{MONTHLY}    keep_for: 81d\n")
    server.when(
        "/usage", lambda asked: json_reply([record(f"person-of-{asked.params['month']}", asked.params["from"])])
    )
    desk.snapshot()
    desk.now += timedelta(days=1)
    months(server)
    snapshots, findings = desk.pull()
    assert [finding.code for finding in findings] == ["old-rows-deleted"]
    assert "2026-08-01_2026-08-31" in findings[0].what.ja
    assert snapshots.by_source["usage"].rows == 2
    assert months(server) == []
    folder = desk.settings.private / "snapshots" / "usage"
    assert sum(1 for path in folder.iterdir() if path.is_dir()) == 1
    assert desk.pull()[1] == []


def test_f7_a_service_that_ignores_the_days_is_not_counted_many_times(desk: Desk, server: Loopback) -> None:
    declare(desk, server, MONTHLY)
    server.on("/usage", json_reply([record(day="2026-08-05"), record("b", "2026-09-05")]))
    assert [finding.code for finding in desk.pull()[1]] == ["outside-window"]


def test_another_declaration_asks_for_everything_again(desk: Desk, server: Loopback) -> None:
    declare(desk, server, MONTHLY)
    server.when("/usage", of_the_month)
    desk.pull()
    months(server)
    declare(desk, server, f"{MONTHLY}    ignored: [note]\n")
    desk.pull()
    assert months(server) == ["2026-08", "2026-09", "2026-10"]


def test_another_limit_of_time_is_no_other_declaration(desk: Desk, server: Loopback) -> None:
    declare(desk, server, MONTHLY)
    server.when("/usage", of_the_month)
    desk.pull()
    months(server)
    declare(desk, server, f"{MONTHLY}    budget: 600\n    block_after: 9d\n")
    desk.pull()
    assert months(server) == []


@pytest.mark.parametrize(
    "extra",
    [
        "    window: month\n    since: 2026-08\n",
        '    params: {from: "{first}"}\n',
        '    params: {from: "{frist}"}\n    window: month\n    since: 2026-08\n',
        '    params: {from: "{first}"}\n    window: month\n',
        '    params: {from: "{first}"}\n    window: month\n    since: 2026-08\n    key: [mail]\n',
        "    since: 2026-08\n",
    ],
)
def test_a_window_that_does_not_fit_together_is_told(desk: Desk, server: Loopback, extra: str) -> None:
    declare(desk, server, extra)
    assert [finding.code for finding in desk.pull()[1]] == ["bad-window"]


@settings(max_examples=50)
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 800), st.integers(0, 40))
def test_windows_cover_every_past_day_once_and_settle_in_order(today: date, before: int, revised: int) -> None:
    since = today - timedelta(days=before)
    for windows, first in (
        (past_days(since, today), since),
        (past_months(Month.of(since), today), Month.of(since).first_day),
    ):
        covered = [w.first + timedelta(days=n) for w in windows for n in range((w.last - w.first).days + 1)]
        assert covered == [first + timedelta(days=n) for n in range(len(covered))]
        assert all(day < today for day in covered)
        settled = [window.is_settled(today, timedelta(days=revised)) for window in windows]
        assert settled == sorted(settled, reverse=True)
    assert not EVERYTHING.is_settled(today, timedelta(0))
    assert Window(today, today).is_settled(today + timedelta(days=revised + 1), timedelta(days=revised))
