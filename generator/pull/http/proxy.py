"""The company's way out: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, read from the environment that we are given."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

import httpx
from msgspec import Struct

from generator.model.finding import Text
from generator.pull.remote.failure import FetchFailed


class Proxy(Struct, frozen=True):
    """An HTTP proxy."""

    url: str
    """Without its credentials."""
    host: str
    auth: tuple[str, str] | None

    def __repr__(self) -> str:  # without user and password: whatever prints it must not tell them
        return f"Proxy({self.url!r})"


def proxy_for(url: httpx.URL, environ: Mapping[str, str]) -> Proxy | None:
    """The proxy through which `url` is reached; raises FetchFailed when the variable holds no such address."""
    # Upper-case HTTP_PROXY is not read: behind CGI it is a header that anybody can send.
    names = ("https_proxy", "HTTPS_PROXY") if url.scheme == "https" else ("http_proxy",)
    name = next((name for name in names if environ.get(name)), None)
    exempt = environ.get("no_proxy") or environ.get("NO_PROXY") or ""
    if name is None or _is_exempt(url.host, exempt):
        return None
    written = environ[name]
    try:
        address = httpx.URL(written if "://" in written else f"http://{written}")
    except httpx.InvalidURL:
        address = httpx.URL("")
    if address.scheme not in {"http", "https"} or not address.host:
        what = Text(
            f"環境変数 `{name}` はHTTPのプロキシーのURLではありません", f"`{name}` is no address of an HTTP proxy"
        )
        raise FetchFailed(
            "bad-proxy", what, Text("`http://proxy:8080` の形で書いてください", "write `http://proxy:8080`")
        )
    auth = (unquote(address.username), unquote(address.password)) if address.username else None
    return Proxy(str(address.copy_with(username=None, password=None)), address.host, auth)


def _is_exempt(host: str, exempt: str) -> bool:
    """Whether NO_PROXY names the host, or a domain that it is in."""
    names = [name.strip().lstrip("*.").lower() for name in exempt.split(",") if name.strip()]
    return exempt.strip() == "*" or any(host == name or host.endswith(f".{name}") for name in names if name)
