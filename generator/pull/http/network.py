"""One TCP connection: to an address that was judged, with every read and write under the deadline."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from generator.pull.http.access import Access
from generator.pull.http.addresses import reachable
from generator.pull.remote.deadline import Deadline

MOST_CONNECT = 10.0  # seconds for one address
MOST_SILENCE = 30.0  # seconds without a byte


class GuardedNetwork(httpcore.NetworkBackend):
    """Connects only where `access` lets it; a name is resolved once and its address is what is connected to."""

    def __init__(self, access: Access, deadline: Deadline, proxy: str | None) -> None:
        self._access = access
        self._deadline = deadline
        self._proxy = proxy  # its host: the operator's own choice
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = [host] if host == self._proxy else reachable(host, port, self._access, self._deadline)
        for address in addresses[:-1]:
            try:
                return self._connected(address, port)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue  # the next address is tried; the last one's failure is told
        return self._connected(addresses[-1], port)

    def _connected(self, address: str, port: int) -> httpcore.NetworkStream:
        stream = self._network.connect_tcp(address, port, min(MOST_CONNECT, self._deadline.left), None, ())
        return _TimedStream(stream, self._deadline)


class _TimedStream(httpcore.NetworkStream):
    """A connection that cannot be kept busy beyond the deadline, not even with a byte a second."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline
        self.last = b""
        """What the last read gave: an answer must end where this ends."""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.last = self._stream.read(max_bytes, self._patience())
        return self.last

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._patience())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, self._patience()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self if info == "kawaraban" else self._stream.get_extra_info(info)

    def _patience(self) -> float:
        return min(MOST_SILENCE, self._deadline.left)
