"""F1 to F9: whatever the other side does, the last good figures stand, one sentence says why, and no secret is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from generator.model.snapshot import SnapshotStatus
from tests.pull.canary import assert_no_trace
from tests.pull.conftest import Desk
from tests.pull.remote import GOOD, TOKEN, declare, record
from tests.pull.server.loopback import Asked, Loopback
from tests.pull.server.reply import LOGIN_PAGE, Reply, gzipped, json_reply, redirect

Set = Callable[[Desk, Loopback], None]


def answers(*replies: Reply) -> Set:
    """The service answers with these in turn, and with the last from then on."""
    return lambda _, server: server.on("/usage", *replies)


def elsewhere(address: str) -> Set:
    """sources.yml names another address."""

    def change(desk: Desk, server: Loopback) -> None:
        declared = (desk.data / "sources.yml").read_text("utf-8")
        desk.put("sources.yml", declared.replace(server.address, address))

    return change


def over_tls(desk: Desk, server: Loopback) -> None:
    elsewhere(server.address.replace("http:", "https:"))(desk, server)


def unset(desk: Desk, _: Loopback) -> None:
    del desk.environ["USAGE_TOKEN"]


def broken_secret(desk: Desk, _: Loopback) -> None:
    desk.environ["USAGE_TOKEN"] = f"{TOKEN}\n"


def paged(paging: str, answer: Callable[[Asked], Reply]) -> Set:
    def change(desk: Desk, server: Loopback) -> None:
        declare(desk, server, f"    rows: rows\n    total: total\n    paging: {paging}\n")
        server.when("/usage", answer)

    return change


def patient_for(seconds: int, then: Set) -> Set:
    def change(desk: Desk, server: Loopback) -> None:
        declare(desk, server, f"    budget: {seconds}\n")
        then(desk, server)

    return change


def limited(retry_after: str, **headers: str) -> Reply:
    return Reply(b"", 429, {"Retry-After": retry_after, **headers})


def page(asked: Asked, *names: str) -> Reply:
    return json_reply(
        {"rows": [record(name) for name in names], "total": 9, "page": asked.params.get("page"), "next": "x"}
    )


@dataclass(frozen=True)
class Fault:
    """What goes wrong on the second day, and what is said about it."""

    number: str
    name: str
    happens: Set
    code: str
    sentence: str
    asked: int = 1
    slept: tuple[float, ...] = ()
    is_attack: bool = False


OFTEN = (0.75, 1.5, 3.0)

FAULTS = [
    Fault("F2", "a byte now and then", patient_for(1, answers(GOOD.but(drip=0.2))), "out-of-time", "1秒たっても取り込みが終わりません"),
    Fault("F3", "status 500", answers(Reply(b"", 500)), "server-error", "一時的に応じられません（500）", 4, OFTEN),
    Fault("F3", "status 502", answers(Reply(b"", 502)), "server-error", "一時的に応じられません（502）", 4, OFTEN),
    Fault("F3", "status 503", answers(Reply(b"", 503)), "server-error", "一時的に応じられません（503）", 4, OFTEN),
    Fault("F4", "429 for seconds", answers(limited("5")), "throttled", "5秒待つように", 4, (5.75, 6.5, 8.0)),
    Fault("F4", "429 until a date", answers(limited("Wed, 21 Oct 2026 07:28:20 GMT", Date="Wed, 21 Oct 2026 07:28:00 GMT")), "throttled", "20秒待つように", 3, (20.75, 21.5)),
    Fault("F4", "429 for years", answers(limited("999999999")), "throttled", "999999999秒待つように"),
    Fault("F4", "429 without sense", answers(limited("soon")), "throttled", "待つように言われました", 4, OFTEN),
    Fault("F5", "a sign-in page", answers(LOGIN_PAGE), "html-page", "HTMLのページ"),
    Fault("F5", "a sign-in page that says it is JSON", answers(LOGIN_PAGE.but(headers={"Content-Type": "application/json"})), "html-page", "HTMLのページ"),
    Fault("F6", "JSON cut in the middle", answers(GOOD.but(body=GOOD.body[:40])), "not-json", "JSONではありません"),
    Fault("F6", "the connection ends early", answers(GOOD.but(cut=40)), "broken-answer", "途中で切れた", 4, OFTEN),
    Fault("F6", "more was promised", answers(GOOD.but(length=900)), "broken-answer", "途中で切れた", 4, OFTEN),
    Fault("F6", "less was promised", answers(GOOD.but(length=20)), "broken-answer", "予告", 4, OFTEN),
    Fault("F6", "gzip without its end", answers(gzipped(GOOD).but(body=gzipped(GOOD).body[:-8])), "broken-answer", "予告", 4, OFTEN),
    Fault("F6", "an unknown compression", answers(GOOD.but(headers={"Content-Encoding": "br"})), "unknown-compression", "圧縮方式 `br`"),
    Fault("F7", "the cursor goes in circles", paged("{kind: cursor, cursor: next, parameter: after}", lambda asked: page(asked, asked.params.get("after", "-"))), "endless-pages", "ページ送りが終わりません", 2),
    Fault("F7", "a page comes twice", paged("{kind: page}", lambda _: json_reply({"rows": [record()], "total": 9})), "endless-pages", "ページ送りが終わりません", 2),
    Fault("F7", "a page is missing", paged("{kind: page}", lambda asked: page(asked, *({"1": "ab", "2": "cd"}.get(asked.params["page"], "")))), "row-total", "全部で9行のはずが、4行しか届きません", 3),
    Fault("F8", "redirected to another host", answers(redirect("https://example.com/usage")), "foreign-redirect", "別のホスト `example.com`", is_attack=True),
    Fault("F8", "redirected to the cloud's metadata", answers(redirect("http://169.254.169.254/latest/meta-data")), "foreign-redirect", "別のホスト `169.254.169.254`", is_attack=True),
    Fault("F8", "redirected to another port", answers(redirect("http://127.0.0.1:9/")), "foreign-redirect", "別のホスト `127.0.0.1:9`", is_attack=True),
    Fault("F8", "redirected with somebody's password", answers(redirect("http://a:b@127.0.0.1/")), "foreign-redirect", "従いません", is_attack=True),
    Fault("F8", "redirected in circles", answers(redirect("/usage")), "too-many-redirects", "5回を超えて転送します", 6),
    Fault("F9", "the token has run out", answers(Reply(b"", 401)), "not-let-in", "認証を断りました（401）"),
    Fault("F9", "the token may not read this", answers(Reply(b"", 403)), "not-let-in", "認証を断りました（403）"),
    Fault("F9", "the variable is not set", unset, "secret-unset", "環境変数 `USAGE_TOKEN` が設定されていません", 0),
    Fault("F9", "the variable holds a line break", broken_secret, "secret-unfit", "環境変数 `USAGE_TOKEN` の値に、改行", 0),
    Fault("P10", "the service repeats our token", answers(json_reply([record(TOKEN)])), "secret-echoed", "秘密の値が入っています"),
    Fault("-", "a piece that nobody asked for", answers(GOOD.but(status=206)), "http-status", "求めに応じません（206）"),
    Fault("-", "the address is gone", answers(Reply(TOKEN.encode(), 404)), "http-status", "求めに応じません（404）"),
    Fault("-", "rows that are no list", answers(json_reply({"error": TOKEN[:7]})), "not-rows", "オブジェクトの並びではありません"),
]  # fmt: skip


MOVED = [
    Fault(
        "F1",
        "the host is unknown",
        elsewhere("https://nowhere.invalid"),
        "host-unknown",
        "ホスト `nowhere.invalid` のIPアドレスが分かりません",
        0,
        OFTEN,
    ),
    Fault(
        "F1",
        "the connection is refused",
        elsewhere("http://127.0.0.1:9"),
        "unreachable",
        "`127.0.0.1` につなげません",
        0,
        OFTEN,
    ),
    Fault("F1", "TLS fails", over_tls, "tls-failed", "暗号化した接続ができません", 0, OFTEN),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.number} {fault.name}")
def test_the_last_good_figures_stand(
    desk: Desk, server: Loopback, fault: Fault, capfd: pytest.CaptureFixture[str]
) -> None:
    declare(desk, server)
    server.on("/usage", GOOD)
    good = desk.snapshot()
    server.asked.clear()
    desk.now += timedelta(days=1)
    fault.happens(desk, server)
    snapshots, findings = desk.pull()
    stale = snapshots.by_source["usage"]
    assert (stale.status, stale.sha256, stale.pulled_at) == (SnapshotStatus.STALE, good.sha256, good.pulled_at)
    assert stale.failure is not None
    assert stale.failure.code == fault.code
    (told,) = (finding for finding in findings if finding.code == fault.code)
    assert fault.sentence in told.what.ja
    assert told.is_error is fault.is_attack
    assert len(server.asked) == fault.asked
    assert tuple(desk.time.slept) == fault.slept
    said = [text for f in findings for text in (f.what.ja, f.what.en, f.remedy.ja, f.remedy.en, repr(f))]
    assert_no_trace(TOKEN, desk.root, [*said, *capfd.readouterr(), repr(snapshots)])


@pytest.mark.parametrize("fault", MOVED, ids=lambda fault: f"{fault.number} {fault.name}")
def test_the_figures_of_another_address_never_stand_in(desk: Desk, server: Loopback, fault: Fault) -> None:
    declare(desk, server)
    server.on("/usage", GOOD)
    desk.pull()
    server.asked.clear()
    fault.happens(desk, server)
    snapshots, findings = desk.pull()
    assert snapshots.by_source == {}
    assert [finding.code for finding in findings if finding.is_error] == [fault.code, "other-declaration"]
    assert fault.sentence in findings[0].what.ja
    assert (len(server.asked), tuple(desk.time.slept)) == (fault.asked, fault.slept)


@pytest.mark.parametrize("status", [401, 403])
def test_f9_a_refusal_names_the_variable(desk: Desk, server: Loopback, status: int) -> None:
    declare(desk, server)
    server.on("/usage", Reply(b"", status))
    (finding,) = desk.pull()[1]
    assert "`USAGE_TOKEN`" in finding.remedy.ja
    assert "`USAGE_TOKEN`" in finding.remedy.en


def test_f4_a_wait_that_fits_is_kept_and_the_figures_come(desk: Desk, server: Loopback) -> None:
    declare(desk, server)
    server.on("/usage", limited("30"), GOOD)
    assert desk.snapshot().rows == 2
    assert desk.time.slept == [30.75]


def test_f3_a_passing_failure_is_not_even_told(desk: Desk, server: Loopback) -> None:
    declare(desk, server)
    server.on("/usage", Reply(b"", 503), GOOD.but(cut=3), GOOD)
    assert desk.snapshot().rows == 2
    assert desk.time.slept == [0.75, 1.5]


def test_f8_a_name_that_leads_inside_is_not_connected_to(desk: Desk, server: Loopback) -> None:
    """Names for this machine in /etc/hosts stand for a DNS that somebody bent."""
    declare(desk, server)
    named = server.address.replace("127.0.0.1", "ip6-localhost")
    elsewhere(named.replace("http:", "https:"))(desk, server)
    (finding,) = desk.pull()[1]
    assert finding.code in {"forbidden-address", "host-unknown"}
    assert server.asked == []


def test_f24_no_rows_are_no_zero(desk: Desk, server: Loopback) -> None:
    declare(desk, server)
    server.on("/usage", json_reply([]))
    assert [finding.code for finding in desk.pull()[1]] == ["no-rows"]


def test_f20_a_renamed_field_is_named_with_its_likeness(desk: Desk, server: Loopback) -> None:
    declare(desk, server)
    server.on("/usage", json_reply([{"email": "a", "day": "2026-10-01", "count": 1}]))
    assert "content/data/sources.yml:2 列 `mail` がありません（似た名前: `email`）" in desk.findings()[0]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (-1, "negative"),
        (1.5, "not-number"),
        ("12", None),
        (10**15, "too-large"),
        (True, "not-number"),
        ("１２", "full-width"),
    ],
)
def test_f16_values_are_judged_as_in_files(desk: Desk, server: Loopback, value: object, code: str | None) -> None:
    declare(desk, server)
    server.on("/usage", json_reply([record(count=value)]))
    assert [finding.code for finding in desk.pull()[1]] == ([code] if code else [])


def test_f16_json_knows_no_nan(desk: Desk, server: Loopback) -> None:
    declare(desk, server)
    server.on(
        "/usage", Reply(json.dumps([record(count=float("nan"))]).encode(), 200, {"Content-Type": "application/json"})
    )
    assert [finding.code for finding in desk.pull()[1]] == ["not-json"]


def test_past_block_after_nothing_is_published(desk: Desk, server: Loopback) -> None:
    declare(desk, server, "    block_after: 3d\n")
    server.on("/usage", GOOD, Reply(b"", 404))
    desk.pull()
    desk.now += timedelta(days=3)
    assert desk.pull()[0].by_source["usage"].status is SnapshotStatus.STALE
    desk.now += timedelta(days=1)
    snapshots, findings = desk.pull()
    assert snapshots.by_source == {}
    assert [finding.code for finding in findings if finding.is_error] == ["http-status", "source-blocked"]


def test_a_secret_in_the_file_is_refused_and_never_repeated(desk: Desk, server: Loopback) -> None:
    declare(desk, server)
    declared = (desk.data / "sources.yml").read_text("utf-8")
    pasted = "ghp_pasted0123456789"
    for wrong in (pasted, f"{{env: {pasted}}}", f"[{pasted}]", f"{{value: {pasted}}}"):
        desk.put("sources.yml", declared.replace("{env: USAGE_TOKEN}", wrong))
        findings = desk.pull()[1]
        assert "secret-in-file" in [finding.code for finding in findings]
        assert pasted not in repr(findings)
