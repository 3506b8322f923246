"""Which addresses a name may lead to."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pull.http.access import Access
from generator.pull.http.addresses import is_allowed, reachable
from generator.pull.remote.deadline import Deadline
from generator.pull.remote.failure import FetchFailed

INSIDE = [
    *("127.0.0.1", "127.8.8.8", "::1", "0.0.0.1", "::", "169.254.169.254", "169.254.0.1", "fe80::1", "fd00:ec2::254"),
    *("100.100.100.200", "168.63.129.16", "224.0.0.1", "ff02::1", "240.0.0.1", "::ffff:127.0.0.1"),
    *("::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::"),
]  # fmt: skip
OWN_NETWORK = ["10.0.0.5", "172.16.3.4", "192.168.1.1", "100.64.1.1", "fd12:3456::1", "::ffff:10.0.0.5"]
OUTSIDE = ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", INSIDE)
def test_f8_the_machine_itself_and_the_clouds_metadata_never(address: str) -> None:
    assert not is_allowed(ip_address(address), private=False)
    assert not is_allowed(ip_address(address), private=True)


@pytest.mark.parametrize("address", OWN_NETWORK)
def test_the_companys_network_only_where_it_is_declared(address: str) -> None:
    assert not is_allowed(ip_address(address), private=False)
    assert is_allowed(ip_address(address), private=True)


@pytest.mark.parametrize("address", OUTSIDE)
def test_the_internet_always(address: str) -> None:
    assert is_allowed(ip_address(address), private=False)


@given(st.ip_addresses(v=4))
def test_an_address_in_ipv6_clothes_is_judged_as_itself(address: IPv4Address) -> None:
    for clothed in (IPv6Address(f"::ffff:{address}"), IPv6Address(f"64:ff9b::{address}")):
        assert is_allowed(clothed, private=False) == is_allowed(address, private=False)


def test_a_declared_address_is_meant_and_a_name_is_not() -> None:
    deadline = Deadline.after(5, lambda: 0.0)
    assert reachable("127.0.0.1", 80, Access("http://127.0.0.1"), deadline) == ["127.0.0.1"]
    assert "127.0.0.1" in reachable("localhost", 80, Access("http://localhost"), deadline)
    for access in (Access("https://localhost.example"), Access("https://localhost.example", is_internal=True)):
        with pytest.raises(FetchFailed) as refused:
            reachable("localhost", 80, access, deadline)
        assert refused.value.code == "forbidden-address"
