"""A site on loopback that counts what it sends, and answers as late as one that is further away."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO

_QUIET = 0.1  # seconds in which nothing is asked for


class Counter:
    """Bytes sent since the last look, and whether a browser still asks for something."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bytes = 0
        self._under_way = 0
        self._last = time.monotonic()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """From any thread of the server, while it answers a request."""
        self._note(+1)
        try:
            yield
        finally:
            self._note(-1)

    def _note(self, step: int) -> None:
        with self._lock:
            self._under_way += step
            self._last = time.monotonic()

    def add(self, count: int) -> None:
        """From any thread of the server."""
        with self._lock:
            self._bytes += count

    def take(self) -> int:
        """The bytes of all files sent since the last call, as they lie on disk (a server may compress them)."""
        with self._lock:
            taken, self._bytes = self._bytes, 0
        return taken

    def take_when_quiet(self) -> int:
        """The same, once a browser has everything that it wanted."""
        asked = time.monotonic()  # what was just done in the browser may not have reached us
        while self._under_way or time.monotonic() - max(self._last, asked) < _QUIET:
            time.sleep(_QUIET / 5)
        return self.take()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that is closed resets the connections it kept: no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(site: Path, policy: str | None, round_trip: float) -> Iterator[tuple[str, Counter]]:
    """Address of the home page, and the counter; with the given Content-Security-Policy.

    `round_trip` is in seconds: what a connection costs before its first request, and each request before its answer.
    """
    counter = Counter()

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # like every web server; else a file waits 40 ms behind its headers

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, directory=str(site), **kwargs)

        def setup(self) -> None:
            super().setup()
            time.sleep(round_trip)

        def do_GET(self) -> None:
            with counter.answering():
                time.sleep(round_trip)
                super().do_GET()

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
