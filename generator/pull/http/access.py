"""Where a source may connect: one service that sees its credentials, and download hosts that never do."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cached_property
from ipaddress import ip_address

import httpx
from msgspec import Struct

from generator.model.finding import Text, one_line
from generator.pull.http.auth import Auth
from generator.pull.remote.failure import FetchFailed


class Access(Struct, frozen=True, dict=True):
    """One service, and how to be let in."""

    url: str
    """Where the service's paths begin, e.g. `https://graph.microsoft.com/v1.0`."""
    auth: Auth | None = None
    downloads: tuple[str, ...] = ()
    """Hosts (`*` stands for any characters) that the vendor documents for its signed download addresses."""
    is_internal: bool = False
    """Whether the service's name may lead to a private address."""

    @cached_property
    def home(self) -> httpx.URL:
        return httpx.URL(self.url)

    def address(self, path_or_url: str) -> httpx.URL:
        """An address of the service, from a path below `url` or a whole address."""
        is_whole = path_or_url.startswith(("https://", "http://"))
        return httpx.URL(path_or_url if is_whole else self.url.rstrip("/") + path_or_url)

    def is_home(self, url: httpx.URL) -> bool:
        """Whether `url` is at the service itself, so that it may see credentials."""
        return _origin(url) == _origin(self.home)

    def is_download(self, url: httpx.URL) -> bool:
        """Whether `url` is at a declared download host, and no less encrypted than the service."""
        is_as_safe = url.scheme == "https" or self.home.scheme == "http"
        return is_as_safe and any(fnmatchcase(_shown(url), pattern) for pattern in self.downloads)

    def names(self, host: str) -> bool:
        """Whether `host` is literally declared: an address of this computer or network is then meant."""
        return is_literal(host) and (host == self.home.host or any(p.split(":")[0] == host for p in self.downloads))

    def may_be_private(self, host: str) -> bool:
        return self.is_internal and host == self.home.host


def judge_encryption(url: httpx.URL) -> None:
    """Raise FetchFailed where a secret would travel in the open; within this computer it does not travel."""
    host = url.host
    if url.scheme == "https" or host == "localhost" or (is_literal(host) and ip_address(host).is_loopback):
        return
    shown = one_line(host)
    what = Text(
        f"`{shown}` へ、秘密を暗号化しない `http://` では送りません",
        f"no secret is sent to `{shown}` over plain `http://`",
    )
    remedy = Text("URLを `https://` にしてください", "use `https://` in its address")
    raise FetchFailed("unencrypted-secret", what, remedy)


def is_literal(host: str) -> bool:
    """Whether a host is written as an address, or is the name of this computer for itself."""
    try:
        ip_address(host)
    except ValueError:
        return host == "localhost"
    return True


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _shown(url: httpx.URL) -> str:
    return url.host if url.port is None else f"{url.host}:{url.port}"
