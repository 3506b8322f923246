"""Kind `http`: every form of rows and every way from page to page."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pull.conftest import Desk
from tests.pull.remote import GOOD, declare, record
from tests.pull.server.loopback import Asked, Loopback, loopback
from tests.pull.server.reply import Reply, gzipped, json_reply

ROWS = [record(f"p{n}", f"2026-10-{n + 1:02}", n) for n in range(5)]
CSV = "mail,day,count\n" + "".join(f"{row['mail']},{row['day']},{row['count']}\n" for row in ROWS)


def pages_of_two(asked: Asked) -> list[dict[str, object]]:
    start = int(asked.params.get("at", "1")) * 2 - 2
    return ROWS[start : start + 2]


def by_number(asked: Asked) -> Reply:
    return json_reply({"data": {"items": pages_of_two(asked)}, "total": 5})


def by_offset(asked: Asked) -> Reply:
    at = int(asked.params["at"])
    return json_reply({"data": {"items": ROWS[at : at + 2]}, "total": 5})


def by_cursor(asked: Asked) -> Reply:
    at = int(asked.params.get("after", "0"))
    return json_reply({"data": {"items": ROWS[at : at + 2]}, "meta": {"next": at + 2 if at < 4 else None}, "total": 5})


def by_address(asked: Asked) -> Reply:
    at = int(asked.params.get("at", "1"))
    following = {"@odata.nextLink": f"/usage?at={at + 1}"} if at < 3 else {}
    return json_reply({"data": {"items": pages_of_two(asked)}, "total": 5, **following})


def by_header(asked: Asked) -> Reply:
    at = int(asked.params.get("at", "1"))
    link = {"Link": f'</usage?at=1>; rel="first", </usage?at={at + 1}>; rel="next"'} if at < 3 else {}
    return json_reply({"data": {"items": pages_of_two(asked)}, "total": 5}).but(headers=link)


@pytest.mark.parametrize(
    ("paging", "answer"),
    [
        ("{kind: page, parameter: at}", by_number),
        ("{kind: page, parameter: at, start: 0, step: 2}", by_offset),
        ("{kind: cursor, cursor: meta.next, parameter: after}", by_cursor),
        ('{kind: link, address: "@odata.nextLink"}', by_address),
        ("{kind: link}", by_header),
    ],
)
def test_all_pages_are_read_once(desk: Desk, server: Loopback, paging: str, answer: object) -> None:
    declare(desk, server, f"    rows: data.items\n    total: total\n    paging: {paging}\n    params: {{size: 2}}\n")
    server.answers["/usage"] = answer  # type: ignore[assignment]
    assert [row[0] for row in desk.rows()] == ["p0", "p1", "p2", "p3", "p4"]
    assert all(asked.params["size"] == "2" for asked in server.asked[:1])


def test_f8_a_next_page_elsewhere_is_not_followed(desk: Desk, server: Loopback) -> None:
    with loopback() as other:
        declare(desk, server, "    rows: rows\n    paging: {kind: link, address: next}\n")
        server.on("/usage", json_reply({"rows": ROWS, "next": f"{other.address}/usage"}))
        assert [finding.code for finding in desk.pull()[1]] == ["foreign-redirect"]
        assert other.asked == []


@pytest.mark.parametrize(
    ("extra", "reply"),
    [
        ("", json_reply(ROWS)),
        ("", gzipped(json_reply(ROWS))),
        ("    format: ndjson\n", Reply("".join(f"{json_reply(row).body.decode()}\n" for row in ROWS).encode())),
        ("    format: csv\n", Reply(CSV.encode("utf-8-sig"), 200, {"Content-Type": "text/csv"})),
        ("    format: csv\n    encoding: cp932\n", Reply(CSV.encode("cp932"))),
        ('    format: csv\n    delimiter: "\\t"\n', Reply(CSV.replace(",", "\t").encode())),
    ],
)
def test_every_form_gives_the_same_rows(desk: Desk, server: Loopback, extra: str, reply: Reply) -> None:
    declare(desk, server, extra)
    server.on("/usage", reply)
    assert [(row[0], str(row[1]), row[2]) for row in desk.rows()] == [tuple(row.values()) for row in ROWS]


@pytest.mark.parametrize(
    ("extra", "body", "code"),
    [
        ("    format: csv\n", CSV[:-3], "row-length"),
        ("    format: csv\n", "", "empty-file"),
        ("    format: csv\n", CSV.replace(",", ";"), "wrong-delimiter"),
        ("    format: ndjson\n", '{"mail": "a"', "not-json"),
        ("    format: ndjson\n", "[1]", "not-json"),
        ("", "[" * 100_000, "not-json"),
        ("", '[{"mail": "a", "mail": "b"}]', "not-json"),
    ],
)
def test_f11_f14_broken_forms_are_told(desk: Desk, server: Loopback, extra: str, body: str, code: str) -> None:
    declare(desk, server, extra)
    server.on("/usage", Reply(body.encode()))
    assert [finding.code for finding in desk.pull()[1]] == [code]


def test_values_inside_objects_and_numbers_that_are_names(desk: Desk, server: Loopback) -> None:
    declare(desk, server)
    declared = (desk.data / "sources.yml").read_text("utf-8")
    desk.put("sources.yml", declared.replace("      mail: {", "      user.id: {"))
    server.on("/usage", json_reply([{"user": {"id": 7, "mail": "x"}, "day": "2026-10-01", "count": 1}]))
    assert [row[0] for row in desk.rows()] == ["7"]
    server.on("/usage", json_reply([{"user": {"id": [7]}, "day": "2026-10-01", "count": 1}]))
    assert "nested-value" in [finding.code for finding in desk.pull()[1]]


def test_a_field_that_some_objects_lack_is_empty_there(desk: Desk, server: Loopback) -> None:
    declare(desk, server)
    server.on("/usage", json_reply([record(), {"mail": "b", "day": "2026-10-01"}]))
    (said,) = desk.findings()
    assert "2行目、列 `count` の値は空です" in said


def test_an_unknown_field_is_a_warning(desk: Desk, server: Loopback) -> None:
    declare(desk, server)
    server.on("/usage", json_reply([record() | {"note": "x"}]))
    assert [finding.code for finding in desk.pull()[1]] == ["unknown-column"]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://api.example/usage", "unencrypted-secret"),
        ("https://user:password@api.example/usage", "bad-url"),
        ("ftp://api.example/usage", "bad-url"),
        ("api.example/usage", "bad-url"),
    ],
)
def test_an_address_that_would_tell_a_secret_is_refused(desk: Desk, server: Loopback, url: str, code: str) -> None:
    declare(desk, server)
    declared = (desk.data / "sources.yml").read_text("utf-8")
    desk.put("sources.yml", declared.replace(f"{server.address}/usage", url))
    assert code in [finding.code for finding in desk.pull()[1]]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, len(GOOD.body) - 1), packed=st.booleans())
def test_f6_no_beginning_of_an_answer_is_taken_for_the_answer(
    tmp_path_factory: pytest.TempPathFactory, server: Loopback, cut: int, packed: bool
) -> None:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    declare(desk, server)
    whole = gzipped(GOOD) if packed else GOOD
    server.on("/usage", whole.but(body=whole.body[: cut % len(whole.body)]))
    assert desk.pull()[0].by_source == {}
