"""Asks one service: signed in where it may be, redirected only where it may go, again where that may help."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from types import TracebackType

import httpx

from generator.effects import Effects
from generator.model.finding import Text, one_line
from generator.pull.http.access import Access, judge_encryption
from generator.pull.http.body import MOST_BYTES, whole_body
from generator.pull.http.payload import Payload
from generator.pull.http.proxy import proxy_for
from generator.pull.http.retry import MayPass, patiently, retry_after
from generator.pull.http.transport import GuardedTransport
from generator.pull.remote.deadline import Deadline
from generator.pull.remote.failure import LATER, FetchFailed
from generator.pull.remote.secret import Secret, Vault

MOST_REDIRECTS = 5
_ALWAYS = {"User-Agent": "kawaraban", "Accept": "*/*", "Accept-Encoding": "gzip"}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_HTML = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)


class Client:
    """All requests of one pull to one service; a context manager. Everything it raises is a FetchFailed."""

    def __init__(self, access: Access, effects: Effects, deadline: Deadline, vault: Vault) -> None:
        self.access = access
        self._effects = effects
        self._deadline = deadline
        self._vault = vault
        self._credentials: Mapping[str, str] | None = None
        if access.auth is not None:
            judge_encryption(access.home)
        # The transport alone: a client of httpx's would keep cookies and read proxies from the environment by itself.
        self._transport = GuardedTransport(access, deadline, proxy_for(access.home, effects.environ))

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._transport.close()

    def get(
        self,
        path_or_url: str,
        params: Mapping[str, str] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        also: frozenset[int] = frozenset(),
    ) -> Payload:
        """GET a path below the service's address, or a whole address of it or of a download host.

        `also`: statuses beside 2xx that are answers to the caller.
        """
        url = self.access.address(path_or_url)
        asked = url.copy_merge_params(params) if params else url
        return self._patiently(httpx.Request("GET", asked, headers={**_ALWAYS, **(headers or {})}), also)

    def query(self, path_or_url: str, document: object, *, also: frozenset[int] = frozenset()) -> Payload:
        """POST a JSON document that only asks and changes nothing, so that it may be repeated."""
        request = httpx.Request("POST", self.access.address(path_or_url), headers=_ALWAYS, json=document)
        return self._patiently(request, also)

    def now(self) -> datetime:
        return self._effects.clock()

    def secret(self, secret: Secret) -> str:
        return self._vault.reveal(secret)

    def exchange(self, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Payload:
        """Post a form to a token endpoint; asking for another token changes nothing, so it may be repeated."""
        request = httpx.Request("POST", url, headers={**_ALWAYS, **headers}, data=form)
        judge_encryption(request.url)
        with GuardedTransport(
            Access(url, is_internal=self.access.is_internal),
            self._deadline,
            proxy_for(request.url, self._effects.environ),
        ) as transport:
            return patiently(lambda: self._exchanged(transport, request), self._effects, self._deadline)

    def _exchanged(self, transport: GuardedTransport, request: httpx.Request) -> Payload:
        payload = _read(transport.handle_request(request), request)
        if payload.status in {400, 401, 403}:
            raise self._refused(payload)
        _judge_status(payload, frozenset())
        return payload

    def _patiently(self, request: httpx.Request, also: frozenset[int]) -> Payload:
        _judge_address(request.url, self.access)
        return patiently(lambda: self._once(request, also), self._effects, self._deadline)

    def _once(self, request: httpx.Request, also: frozenset[int]) -> Payload:
        """One attempt, along its redirects; signs in anew once when what let us in has run out."""
        payload = self._asked(request)
        auth = self.access.auth
        if payload.status == 401 and auth is not None and auth.can_renew and self.access.is_home(request.url):
            self._credentials = None
            payload = self._asked(request)
        if payload.status not in also:
            if payload.status in {401, 403} and self.access.is_home(payload.url):
                raise self._refused(payload)
            _judge_status(payload, also)
        if self._vault.is_in(payload.content):
            raise _echoed(payload.host)
        return payload

    def _asked(self, request: httpx.Request) -> Payload:
        for _ in range(MOST_REDIRECTS + 1):
            payload = self._exchange(request)
            if payload.status not in _REDIRECTS or "location" not in payload.headers:
                return payload
            request = self._redirected(request, payload)
        what = Text(
            f"`{request.url.host}` が{MOST_REDIRECTS}回を超えて転送します",
            f"`{request.url.host}` redirects without end",
        )
        raise FetchFailed("too-many-redirects", what, LATER)

    def _exchange(self, request: httpx.Request) -> Payload:
        # A download address carries its own signature; who we are is none of that host's business.
        headers = {**request.headers, **self._signed_in()} if self.access.is_home(request.url) else _ALWAYS
        asked = httpx.Request(request.method, request.url, headers=headers, content=request.content)
        return _read(self._transport.handle_request(asked), asked)

    def _signed_in(self) -> Mapping[str, str]:
        if self._credentials is None:
            auth = self.access.auth
            self._credentials = {} if auth is None else auth.headers(self)
            self._vault.keep(part for value in self._credentials.values() for part in value.split())
        return self._credentials

    def _redirected(self, request: httpx.Request, payload: Payload) -> httpx.Request:
        try:
            url = request.url.join(payload.headers["location"])
        except httpx.InvalidURL as error:
            raise _elsewhere(payload.host, "?") from error
        if request.method != "GET":
            raise _elsewhere(payload.host, url.netloc.decode())
        _judge_address(url, self.access, payload.url)
        return httpx.Request("GET", url, headers=_ALWAYS | {"Accept": request.headers["accept"]})

    def _refused(self, payload: Payload) -> FetchFailed:
        variables = self.access.auth.variables if self.access.auth else ()
        listed = "、".join(f"`{name}`" for name in variables)
        what = Text(
            f"`{payload.host}` が認証を断りました（{payload.status}）",
            f"`{payload.host}` refuses us ({payload.status})",
        )
        remedy = (
            Text(
                f"環境変数 {listed} の値が正しく、期限内で、読む権限があるかを確かめてください",
                f"check that {listed.replace('、', ', ')} is right, has not run out and may read this",
            )
            if variables
            else Text("sources.yml に `auth` を書いてください", "write `auth` in sources.yml")
        )
        return FetchFailed("not-let-in", what, remedy)


def _read(response: httpx.Response, request: httpx.Request) -> Payload:
    """The whole answer, its connection given back or closed."""
    response.request = request
    try:
        # What comes with a failure or a redirect is never used, and may be long.
        is_wanted = response.is_success or response.status_code in _WITH_REASON
        content = whole_body(response, MOST_BYTES) if is_wanted else b""
    finally:
        response.close()
    links = {str(relation): link["url"] for relation, link in response.links.items()}
    payload = Payload(request.url, response.status_code, response.headers, content, links)
    if response.is_success and _is_html(payload):
        what = Text(
            f"`{payload.host}` が、データではなくHTMLのページ（ログイン画面など）を返しました",
            f"`{payload.host}` sent an HTML page, such as a sign-in form, in place of data",
        )
        remedy = Text(
            "URLと、認証の期限を確かめてください", "check the address and that the credentials have not run out"
        )
        raise FetchFailed("html-page", what, remedy)
    return payload


_WITH_REASON = frozenset({400, 404, 409, 410, 422})
"""Failures whose body may say why, to a caller that asked for them."""


def _is_html(payload: Payload) -> bool:
    kind = payload.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in {"text/html", "application/xhtml+xml"} or _HTML.match(payload.content) is not None


def _judge_address(url: httpx.URL, access: Access, sender: httpx.URL | None = None) -> None:
    """Let only declared hosts be asked; raises FetchFailed."""
    if url.userinfo or not (access.is_home(url) or access.is_download(url)):
        raise _elsewhere((sender or access.home).netloc.decode(), url.netloc.decode())


_PARTIAL = 206
"""A piece of an answer, which we never ask for."""


def _judge_status(payload: Payload, also: frozenset[int]) -> None:
    """Raise FetchFailed, or MayPass, for everything but success."""
    status, host = payload.status, payload.host
    if (200 <= status < 300 and status != _PARTIAL) or status in also:
        return
    if status == 429:
        asked = retry_after(payload.headers.get("retry-after"), payload.headers.get("date"))
        wait = Text(f"{asked:.0f}秒待つように", f"wait {asked:.0f} seconds") if asked else Text("待つように", "wait")
        what = Text(
            f"`{host}` の回数制限を超え、{wait.ja}言われました（429）", f"`{host}` limits requests: {wait.en} (429)"
        )
        raise MayPass("throttled", what, LATER, asked)
    if status in _PASSING:
        what = Text(f"`{host}` が一時的に応じられません（{status}）", f"`{host}` cannot answer now ({status})")
        raise MayPass(
            "server-error", what, LATER, retry_after(payload.headers.get("retry-after"), payload.headers.get("date"))
        )
    what = Text(f"`{host}` が求めに応じません（{status}）", f"`{host}` answers with status {status}")
    remedy = Text("URLと問い合わせの内容を確かめてください", "check the address and what is asked for")
    raise FetchFailed("http-status", what, remedy)


def _elsewhere(host: str, other: str) -> FetchFailed:
    shown = one_line(other)
    what = Text(
        f"`{host}` が別のホスト `{shown}` へ行かせようとしたため、従いません",
        f"`{host}` sends us to another host, `{shown}`, and is not followed",
    )
    remedy = Text(
        "正しい転送先なら sources.yml のURLを直し、そうでなければ出典を受け持つ人に知らせてください",
        "correct the address in sources.yml if the other host is right; else tell whoever runs the source",
    )
    return FetchFailed("foreign-redirect", what, remedy)


def _echoed(host: str) -> FetchFailed:
    what = Text(
        f"`{host}` の応答に、こちらの秘密の値が入っています", f"the answer of `{host}` contains a secret of ours"
    )
    remedy = Text(
        "その秘密を失効させ、出典を受け持つ人に知らせてください", "revoke that secret and tell whoever runs the source"
    )
    return FetchFailed("secret-echoed", what, remedy)
