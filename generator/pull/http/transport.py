"""httpx's seam to the network, over a guarded connection; what goes wrong becomes one sentence here."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import certifi
import httpcore
import httpx

from generator.model.finding import Text
from generator.pull.http.access import Access
from generator.pull.http.network import GuardedNetwork
from generator.pull.http.proxy import Proxy
from generator.pull.http.retry import MayPass
from generator.pull.remote.deadline import Deadline
from generator.pull.remote.failure import LATER, FetchFailed


class GuardedTransport(httpx.BaseTransport):
    """HTTP/1.1 to the hosts of one source. Raises FetchFailed and nothing else."""

    def __init__(self, access: Access, deadline: Deadline, proxy: Proxy | None) -> None:
        network = GuardedNetwork(access, deadline, proxy.host if proxy else None)
        trust = _trust()
        self._pool: httpcore.ConnectionPool = (
            httpcore.ConnectionPool(ssl_context=trust, network_backend=network)
            if proxy is None
            else httpcore.HTTPProxy(proxy.url, proxy.auth, ssl_context=trust, network_backend=network)
        )
        self._deadline = deadline

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        address = request.url
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=address.raw_scheme, host=address.raw_host, port=address.port, target=address.raw_path
            ),
            headers=request.headers.raw,
            content=request.read(),
        )
        with _told(address.host, self._deadline):
            answer = self._pool.handle_request(asked)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer, address.host, self._deadline),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response, host: str, deadline: Deadline) -> None:
        self._answer = answer
        self._host = host
        self._deadline = deadline

    def __iter__(self) -> Iterator[bytes]:
        with _told(self._host, self._deadline):
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@cache
def _trust() -> ssl.SSLContext:
    """The authorities of the system, which know a company's own (or SSL_CERT_FILE), and the public ones.

    Reading them takes 30 ms, and one process connects to several services.
    """
    trust = ssl.create_default_context()
    trust.load_verify_locations(certifi.where())
    return trust


@contextmanager
def _told(host: str, deadline: Deadline) -> Iterator[None]:
    """Translate the library's errors; their own texts are never shown, one of them repeats headers."""
    try:
        yield
    except httpcore.TimeoutException as error:
        if not deadline.allows(0):
            raise deadline.passed() from error
        what = Text(f"`{host}` から応答がありません", f"`{host}` does not answer")
        raise MayPass("no-answer", what, LATER) from error
    except httpcore.ConnectError as error:
        raise _unconnected(host, error) from error
    except httpcore.ProxyError as error:
        what = Text(f"プロキシーが `{host}` へつなぐのを断りました", f"the proxy refuses to connect to `{host}`")
        remedy = Text("プロキシーの設定と許可を確かめてください", "check the proxy's settings and permissions")
        raise FetchFailed("proxy-refused", what, remedy) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        what = Text(
            f"`{host}` の応答が途中で切れたか、HTTPとして読めません", f"the answer of `{host}` is cut off or is no HTTP"
        )
        raise MayPass("broken-answer", what, LATER) from error


def _unconnected(host: str, error: httpcore.ConnectError) -> FetchFailed:
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, OSError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        what = Text(
            f"`{host}` の証明書を信頼できません（{cause.verify_message}）",
            f"the certificate of `{host}` cannot be trusted: {cause.verify_message}",
        )
        remedy = Text(
            "社内の認証局なら、その証明書を環境変数 SSL_CERT_FILE で渡してください。そうでなければ、つなぎ先を疑ってください",
            "pass your company's authority in SSL_CERT_FILE; if it has none, suspect the host",
        )
        return MayPass("tls-failed", what, remedy)
    if isinstance(cause, ssl.SSLError):
        reason = cause.reason or "TLS"
        what = Text(f"`{host}` と暗号化した接続ができません（{reason}）", f"no TLS connection to `{host}`: {reason}")
        remedy = Text("URLの `https://` とポートを確かめてください", "check `https://` and the port of its address")
        return MayPass("tls-failed", what, remedy)
    reason = (cause.strerror if cause is not None else None) or "no connection"
    what = Text(f"`{host}` につなげません（{reason}）", f"cannot connect to `{host}`: {reason}")
    remedy = Text(
        "URLと、このコンピューターから外への接続を確かめてください",
        "check the address and that this computer may connect to it",
    )
    return MayPass("unreachable", what, remedy)
