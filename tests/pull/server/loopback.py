"""The server itself: threads, real sockets, a port of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from tests.pull.server.reply import Reply


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    params: Mapping[str, str]
    headers: Mapping[str, str]  # names in lower case
    body: bytes


Answer = Callable[[Asked], Reply]


@dataclass
class Loopback:
    """What the server answers, and what it was asked."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    otherwise: Answer = field(default=lambda _: Reply(b"", 404))
    """What to answer where no path of `answers` is asked for."""
    asked: list[Asked] = field(default_factory=list)

    def on(self, path: str, *replies: Reply) -> None:
        """Answer `path` with each reply in turn, and with the last one from then on."""
        left = list(replies)
        self.answers[path] = lambda _: left.pop(0) if len(left) > 1 else left[0]

    def when(self, path: str, answer: Answer) -> None:
        """Answer `path` with what a function makes of the request."""
        self.answers[path] = answer

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]


@contextmanager
def loopback() -> Iterator[Loopback]:
    """A server that listens until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each answer waits 40 ms for an acknowledgement

        def answer(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, parts.path, dict(parse_qsl(parts.query)), headers, body)
            served.asked.append(asked)
            _send(self, served.answers.get(parts.path, served.otherwise)(asked))

        do_GET = do_POST = answer  # noqa: N815 -- the names that http.server looks for

        def log_message(self, *_: object) -> None:
            """Nothing: tests look at `asked`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served = Loopback(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    handler.send_response_only(reply.status)
    for name, value in reply.headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
    handler.end_headers()
    body = reply.body if reply.cut is None else reply.body[: reply.cut]
    try:
        for piece in [body[n : n + 1] for n in range(len(body))] if reply.drip else [body]:
            time.sleep(reply.drip)
            handler.wfile.write(piece)
    except OSError:
        handler.close_connection = True  # whoever asked has gone
    if reply.cut is not None or reply.length is not None:
        handler.close_connection = True
