"""A site on loopback that counts what it sends."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO


class Counter:
    """Bytes sent since the last look."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bytes = 0

    def add(self, count: int) -> None:
        """From any thread of the server."""
        with self._lock:
            self._bytes += count

    def take(self) -> int:
        """The bytes of all files sent since the last call, as they lie on disk (a server may compress them)."""
        with self._lock:
            taken, self._bytes = self._bytes, 0
        return taken


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that is closed resets the connections it kept: no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(site: Path, policy: str | None) -> Iterator[tuple[str, Counter]]:
    """Address of the home page, and the counter; with the given Content-Security-Policy."""
    counter = Counter()

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # like every web server; else a file waits 40 ms behind its headers

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, directory=str(site), **kwargs)

        def end_headers(self) -> None:
            if policy:
                self.send_header("Content-Security-Policy", policy)
            super().end_headers()

        def copyfile(self, source: Any, outputfile: Any) -> None:
            counter.add(_copied(source, outputfile))

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    with _Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", counter
        server.shutdown()


def _copied(source: BinaryIO, output: BinaryIO) -> int:
    shutil.copyfileobj(source, output)
    return source.tell()
