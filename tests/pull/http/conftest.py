"""A session with the loopback server, without a source around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from generator.effects import Effects
from generator.pull.http.access import Access
from generator.pull.http.client import Client
from generator.pull.remote.session import Session
from generator.settings import Settings
from tests.pull.server.clock import SkippingClock

SITE = Settings(root=Path("site"), content=Path("site/content"), site_name="瓦版")
Connect = Callable[..., Client]
SECRETS = {"TOKEN": "first-token-0123", "PASSWORD": "pass:word-0123", "CLIENT_SECRET": "client-secret-0123"}


@pytest.fixture
def connect() -> Iterator[Connect]:
    """A function from an Access (and a budget, and more variables) to a client."""
    clock = SkippingClock()
    with ExitStack() as stack:

        def client(access: Access, budget: float = 60, **environ: str) -> Client:
            effects = Effects(
                environ=SECRETS | environ, monotonic=clock.monotonic, sleep=clock.sleep, chance=lambda: 0.5
            )
            return stack.enter_context(Session(effects, SITE, budget)).http(access)

        yield client
