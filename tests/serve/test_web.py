"""What a browser waits for when it asks this machine for a dozen files."""

from __future__ import annotations

import socket
from http.client import HTTPConnection

from generator.serve.web import PageServer


class _Watched(PageServer):
    """Keeps the connections that browsers opened."""

    def __init__(self) -> None:
        self.opened: list[socket.socket] = []
        super().__init__("127.0.0.1", 0, "/")

    def get_request(self) -> tuple[socket.socket, str]:
        connection, address = super().get_request()
        self.opened.append(connection)
        return connection, address


def test_a_file_does_not_wait_behind_its_headers_for_an_acknowledgement() -> None:
    """They go out one after the other: Nagle's algorithm would keep the second back for 40 ms, file by file."""
    with _Watched() as server:
        browser = HTTPConnection("127.0.0.1", server.server_port)
        browser.request("GET", "/")
        server.handle_request()
        browser.getresponse().read()
        (connection,) = server.opened
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        browser.close()
