"""What every vendor's service has: an address that tests and gateways may replace, and a first month to ask for."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

from pydantic import AfterValidator

from generator.model.finding import Text
from generator.model.period import YearMonth
from generator.model.record import unfit
from generator.pull.source import RemoteSource


def _service(url: str) -> str:
    parts = urlsplit(url)
    is_plain = not (parts.username or parts.query or parts.fragment)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if parts.hostname and is_plain and is_safe:
        return url.rstrip("/")
    raise unfit(
        "bad-url",
        Text(
            "には、`https://` のURLだけを書きます（このコンピューター自身なら `http://` も書けます）",
            "takes an `https://` address and nothing more; `http://` only for this computer itself",
        ),
        Text("社内の中継を通さないなら、この行を消してください", "remove it unless a gateway of yours is in between"),
    )


ServiceUrl = Annotated[str, AfterValidator(_service)]
"""Where a service's paths begin, without a slash at the end."""


class VendorService(RemoteSource):
    """A vendor's interface on the network."""

    HOME: ClassVar[str]
    """Where its paths begin when nothing else is declared."""

    since: YearMonth
    """The first month to ask for."""
    base_url: ServiceUrl | None = None
    """Another address for the vendor's: a gateway of the company, or a server of a test."""

    @property
    def home(self) -> str:
        return self.base_url or self.HOME

    def downloads(self, *hosts: str) -> tuple[str, ...]:
        """The vendor's download hosts; those of this computer too where it stands in for the vendor."""
        host = urlsplit(self.home).hostname or ""
        return (*hosts, f"{host}:*") if is_loopback(host) else hosts


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
