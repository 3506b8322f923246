"""The server configurations that the guide shows to operators."""

from __future__ import annotations

import re
from functools import cache

from tests.contracts.guide_tables import fenced

SERVERS = ("nginx", "apache", "xml")
_POLICY = re.compile(r"""Content-Security-Policy"?(?: value=)? ?"([^"]+)\"""")


def configuration(server: str) -> str:
    """What the guide shows for one of SERVERS; `xml` is IIS."""
    (shown,) = fenced("serving.md", server)
    return shown


def policy_of(server: str) -> str:
    (policy,) = _POLICY.findall(configuration(server))
    return str(policy)


@cache
def strict_policy() -> str:
    """The Content-Security-Policy that is recommended to operators."""
    return policy_of("nginx")
