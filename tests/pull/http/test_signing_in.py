"""Credentials: who sees them, and what happens when they run out."""

from __future__ import annotations

import base64

import pytest

from generator.pull.http.access import Access
from generator.pull.http.auth import Auth, BasicAuth, BearerAuth, ClientCredentialsAuth, HeaderAuth
from generator.pull.remote.failure import FetchFailed
from generator.pull.remote.secret import Secret
from tests.pull.http.conftest import SECRETS, Connect
from tests.pull.server.loopback import Asked, Loopback, loopback
from tests.pull.server.reply import Reply, json_reply, redirect

GOOD = json_reply({"rows": []})
BEARER = BearerAuth(kind="bearer", token=Secret(env="TOKEN"))


def oauth(server: Loopback, **how: str) -> ClientCredentialsAuth:
    return ClientCredentialsAuth.model_validate(
        {
            "kind": "client_credentials",
            "token_url": f"{server.address}/token",
            "client_id": "kawaraban",
            "client_secret": {"env": "CLIENT_SECRET"},
            "scope": "reports",
        }
        | how
    )


@pytest.mark.parametrize(
    ("auth", "name", "value"),
    [
        (BEARER, "authorization", f"Bearer {SECRETS['TOKEN']}"),
        (HeaderAuth(kind="header", name="X-Api-Key", value=Secret(env="TOKEN")), "x-api-key", SECRETS["TOKEN"]),
        (
            BasicAuth(kind="basic", user="newsletter", password=Secret(env="PASSWORD")),
            "authorization",
            f"Basic {base64.b64encode(b'newsletter:pass:word-0123').decode()}",
        ),
    ],
)
def test_each_kind_is_a_header(connect: Connect, server: Loopback, auth: Auth, name: str, value: str) -> None:
    server.on("/rows", GOOD)
    connect(Access(server.address, auth)).get("/rows")
    assert server.asked[0].headers[name] == value


def test_an_access_token_is_asked_for_once(connect: Connect, server: Loopback) -> None:
    server.on("/token", json_reply({"access_token": "fresh-0123"}))
    server.on("/rows", GOOD)
    client = connect(Access(server.address, oauth(server)))
    client.get("/rows")
    client.get("/rows")
    assert server.paths() == ["/token", "/rows", "/rows"]
    assert server.asked[0].body == (
        b"grant_type=client_credentials&scope=reports&client_id=kawaraban&client_secret=client-secret-0123"
    )
    assert server.asked[2].headers["authorization"] == "Bearer fresh-0123"


def test_id_and_secret_go_as_basic_where_the_endpoint_wants_that(connect: Connect, server: Loopback) -> None:
    server.on("/token", json_reply({"access_token": "fresh-0123"}))
    server.on("/rows", GOOD)
    connect(Access(server.address, oauth(server, send_as="basic"))).get("/rows")
    assert server.asked[0].body == b"grant_type=client_credentials&scope=reports"
    assert server.asked[0].headers["authorization"].startswith("Basic ")


def test_f9_a_token_that_ran_out_is_renewed_once(connect: Connect, server: Loopback) -> None:
    server.on("/token", json_reply({"access_token": "old-token-0123"}), json_reply({"access_token": "new-token-0123"}))
    server.when("/rows", lambda asked: GOOD if "new" in asked.headers["authorization"] else Reply(b"", 401))
    assert connect(Access(server.address, oauth(server))).get("/rows").status == 200
    assert server.paths() == ["/token", "/rows", "/token", "/rows"]


def test_f9_a_token_that_is_refused_twice_is_refused(connect: Connect, server: Loopback) -> None:
    server.on("/token", json_reply({"access_token": "old-token-0123"}))
    server.on("/rows", Reply(b"", 401))
    with pytest.raises(FetchFailed) as refused:
        connect(Access(server.address, oauth(server))).get("/rows")
    assert refused.value.code == "not-let-in"
    assert "CLIENT_SECRET" in refused.value.remedy.ja
    assert server.paths() == ["/token", "/rows", "/token", "/rows"]


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (json_reply({"error": "invalid_client"}, 400), "not-let-in"),
        (json_reply({"error": "invalid_client"}, 401), "not-let-in"),
        (json_reply({"token": "x"}), "no-access-token"),
        (json_reply({"access_token": "a\nb"}), "no-access-token"),
        (Reply(b"<html>", 200, {"Content-Type": "text/html"}), "html-page"),
        (redirect("https://example.com"), "http-status"),
    ],
)
def test_f9_a_token_endpoint_that_gives_none_is_told(
    connect: Connect, server: Loopback, reply: Reply, code: str
) -> None:
    server.on("/token", reply)
    with pytest.raises(FetchFailed) as refused:
        connect(Access(server.address, oauth(server))).get("/rows")
    assert refused.value.code == code
    assert server.paths() == ["/token"]


@pytest.mark.parametrize("plain", ["service", "token endpoint"])
def test_no_secret_travels_in_the_open(connect: Connect, server: Loopback, plain: str) -> None:
    auth = oauth(server) if plain == "service" else oauth(server, token_url="http://login.example/token")  # noqa: S106 -- an address
    with pytest.raises(FetchFailed) as refused:
        connect(Access("http://api.example" if plain == "service" else server.address, auth)).get("/rows")
    assert refused.value.code == "unencrypted-secret"
    assert server.asked == []


def test_a_token_endpoint_that_is_down_is_tried_again(connect: Connect, server: Loopback) -> None:
    server.on("/token", Reply(b"", 503), json_reply({"access_token": "fresh-0123"}))
    server.on("/rows", GOOD)
    connect(Access(server.address, oauth(server))).get("/rows")
    assert server.paths() == ["/token", "/token", "/rows"]


def test_a_download_host_never_sees_who_we_are(connect: Connect, server: Loopback) -> None:
    with loopback() as store:
        store.on("/file", GOOD)
        server.on("/report", redirect(f"{store.address}/file?signature=abc"))
        client = connect(Access(server.address, BEARER, downloads=(store.address.removeprefix("http://"),)))
        assert client.get("/report").status == 200
        client.get(f"{store.address}/file")
        for asked in store.asked:
            assert "authorization" not in asked.headers
            assert SECRETS["TOKEN"] not in repr(asked)


def test_a_download_that_has_run_out_is_no_fault_of_our_credentials(connect: Connect, server: Loopback) -> None:
    with loopback() as store:
        store.on("/file", Reply(b"", 403))
        client = connect(Access(server.address, BEARER, downloads=(store.address.removeprefix("http://"),)))
        with pytest.raises(FetchFailed) as refused:
            client.get(f"{store.address}/file")
    assert refused.value.code == "http-status"


def test_what_a_service_wants_remembered_is_not(connect: Connect, server: Loopback) -> None:
    server.on("/rows", GOOD.but(headers={**GOOD.headers, "Set-Cookie": "session=somebody"}))
    client = connect(Access(server.address))
    client.get("/rows")
    client.get("/rows")
    assert "cookie" not in server.asked[1].headers


def test_a_redirect_within_the_service_stays_signed_in(connect: Connect, server: Loopback) -> None:
    server.on("/old", redirect("/new", 308))
    server.on("/new", GOOD)
    connect(Access(server.address, BEARER)).get("/old")
    assert server.asked[1].headers["authorization"] == f"Bearer {SECRETS['TOKEN']}"


def test_f8_a_question_is_never_redirected(connect: Connect, server: Loopback) -> None:
    server.on("/search", redirect("/other", 307))
    with pytest.raises(FetchFailed) as refused:
        connect(Access(server.address, BEARER)).query("/search", {"jql": "project = NEWS"})
    assert refused.value.code == "foreign-redirect"


def test_a_question_is_asked_again_like_a_get(connect: Connect, server: Loopback) -> None:
    server.on("/search", Reply(b"", 503), GOOD)
    assert connect(Access(server.address, BEARER)).query("/search", {"jql": "x"}).status == 200
    assert [asked.body for asked in server.asked] == [b'{"jql":"x"}'] * 2


def test_a_status_that_the_caller_knows_is_an_answer(connect: Connect, server: Loopback) -> None:
    server.on("/rows", json_reply({"error": "file_not_found"}, 404))
    payload = connect(Access(server.address, BEARER)).get("/rows", also=frozenset({404}))
    assert payload.document == {"error": "file_not_found"}


def test_a_proxy_from_the_environment_is_used_and_sees_no_token_in_its_address(
    connect: Connect, server: Loopback
) -> None:
    def proxied(asked: Asked) -> Reply:
        return GOOD

    server.answers["/rows"] = proxied
    client = connect(Access("http://127.0.0.1:9", BEARER), http_proxy=server.address.replace("//", "//me:open@"))
    assert client.get("/rows").status == 200
    assert server.asked[0].headers["host"] == "127.0.0.1:9"
    assert server.asked[0].headers["proxy-authorization"] == f"Basic {base64.b64encode(b'me:open').decode()}"


def test_no_proxy_names_the_hosts_that_need_none(connect: Connect, server: Loopback) -> None:
    server.on("/rows", GOOD)
    client = connect(Access(server.address), http_proxy="http://127.0.0.1:9", no_proxy=".example, 127.0.0.1")
    assert client.get("/rows").status == 200


def test_a_proxy_that_is_no_address_is_told(connect: Connect, server: Loopback) -> None:
    with pytest.raises(FetchFailed) as refused:
        connect(Access(server.address), http_proxy="socks5://127.0.0.1:9")
    assert refused.value.code == "bad-proxy"
