"""This machine's own network, on which servers of the tests listen."""

from __future__ import annotations

import socket
from contextlib import closing


def free_port() -> int:
    """A port of 127.0.0.1 on which nobody listens."""
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
