"""Which network addresses a source may reach: names that lead into the machine or the inner network are refused."""

from __future__ import annotations

import socket
import threading
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from generator.model.finding import Text
from generator.pull.http.access import Access
from generator.pull.http.retry import MayPass
from generator.pull.remote.deadline import Deadline
from generator.pull.remote.failure import FetchFailed

METADATA = frozenset(map(ip_address, ("169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16")))
"""Where clouds tell a machine its own credentials."""
_CARRIER = ip_network("100.64.0.0/10")
_THIS_NETWORK = ip_network("0.0.0.0/8")  # some systems take it for the machine itself
_TRANSLATED = ip_network("64:ff9b::/96")

Address = IPv4Address | IPv6Address


def reachable(host: str, port: int, access: Access, deadline: Deadline) -> list[str]:
    """The addresses of `host`, all of them judged. Raises FetchFailed when one is forbidden, MayPass when there is none."""
    addresses = _resolved(host, port, deadline)
    if access.names(host):
        return addresses
    for address in addresses:
        if not is_allowed(ip_address(address.partition("%")[0]), private=access.may_be_private(host)):
            raise _forbidden(host)
    return addresses


def is_allowed(address: Address, *, private: bool) -> bool:
    """Whether a name may lead to `address`; `private` lets the company's own network in, never the machine itself."""
    address = _inner(address)
    if address in METADATA or address.is_multicast:
        return False
    is_own_network = address.is_private or (address.version == 4 and address in _CARRIER)
    is_this_network = address.version == 4 and address in _THIS_NETWORK
    is_machine = is_this_network or any(
        (address.is_loopback, address.is_link_local, address.is_unspecified, address.is_reserved)
    )
    return address.is_global or (private and is_own_network and not is_machine)


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for, if it does."""
    if isinstance(address, IPv6Address):
        if address in _TRANSLATED:
            return IPv4Address(int(address) & 0xFFFFFFFF)
        return address.ipv4_mapped or address.sixtofour or address
    return address


def _resolved(host: str, port: int, deadline: Deadline) -> list[str]:
    """Look a name up; in a thread of its own, for the system's resolver knows no deadline."""
    found: list[str] = []
    reasons: list[OSError] = []

    def look_up() -> None:
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(info[4][0]) for info in infos))
        except (OSError, UnicodeError) as error:
            reasons.append(error if isinstance(error, OSError) else OSError(0, "not a host name"))

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(deadline.left)
    if found:
        return found
    reason = (reasons[0].strerror or "") if reasons else "no answer"
    what = Text(
        f"ホスト `{host}` のIPアドレスが分かりません（{reason}）", f"the host `{host}` cannot be resolved: {reason}"
    )
    remedy = Text(
        "ホスト名の書き間違いと、このコンピューターのDNSを確かめてください",
        "check the host's name and this computer's DNS",
    )
    raise MayPass("host-unknown", what, remedy)


def _forbidden(host: str) -> FetchFailed:
    what = Text(
        f"ホスト `{host}` は、このコンピューターか内側のネットワークのアドレスを指しているため、つなぎません",
        f"the host `{host}` leads to this computer or the inner network, so it is not connected to",
    )
    remedy = Text(
        "社内のサービスなら sources.yml に `internal: true` と書き、そうでなければDNSを疑ってください",
        "write `internal: true` in sources.yml if the service is your company's own; else suspect the DNS",
    )
    return FetchFailed("forbidden-address", what, remedy)
