"""Answers browsers on this machine, and tells them when there is something new."""

from __future__ import annotations

import hashlib
import html
import ipaddress
import json
import posixpath
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import MimeTypes
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from msgspec import to_builtins

from generator.errors import Rejected
from generator.model.finding import Family, Finding, Place, Text
from generator.serve.mistakes import STYLE
from generator.serve.shown import ShownFile, ShownSite, State

_OWN = ".kawaraban/"
"""Addresses of our own begin with it; nothing on a site has a name that begins with a dot."""
_SCRIPT, _CHANGES = f"{_OWN}reload.js", f"{_OWN}changes"
_OWN_FILES = {f"{_OWN}{name}": Path(__file__).with_name(name) for name in ("reload.js", STYLE)}
_KINDS = MimeTypes()  # without what the registry of Windows says, which is wrong on many machines
_SIGN_OF_LIFE = 15.0  # seconds after which a browser that went away is noticed
_TURN = 0.0005  # seconds


class PageServer(ThreadingHTTPServer):
    """Serves one site below `mount`, the path of its public address, as links of its error page expect."""

    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # where it would let two servers answer at one address

    def __init__(self, host: str, port: int, mount: str) -> None:
        """Take the address; nothing is answered yet. Raises Rejected when it is not free."""
        with suppress(ValueError):
            if ipaddress.ip_address(host).version == 6:
                self.address_family = socket.AF_INET6
        self.mount = mount
        self._host = host
        self.site: ShownSite | None = None
        try:
            super().__init__((host, port), _Handler)
        except (OSError, OverflowError) as error:  # a number that no port has
            raise Rejected([_not_free(f"{host}:{port}", error)]) from error
        shown = f"[{host}]" if self.address_family == socket.AF_INET6 else host
        self.url = f"http://{shown}:{self.server_port}{mount}"

    @contextmanager
    def answering(self, site: ShownSite) -> Iterator[None]:
        """Answer while the body runs."""
        self.site = site
        # What is left to do after a save must not keep browsers waiting that ask for the page: 5 ms, dozens of times.
        sys.setswitchinterval(_TURN)
        Thread(target=self.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            self.shutdown()

    def is_called(self, name: str | None) -> bool:
        """Whether a browser that asks for a host of this name means us.

        Any page of the internet may let its own name lead to this machine and read drafts under it.
        """
        try:
            host = urlsplit(f"//{name}").hostname or ""
        except ValueError:
            return False
        if host in {"localhost", self._host.lower()}:
            return True
        with suppress(ValueError):
            address = ipaddress.ip_address(host)
            return address.is_loopback or self._is_everywhere
        return False

    @property
    def _is_everywhere(self) -> bool:
        """Whether we answer at all addresses of this machine."""
        with suppress(ValueError):
            return ipaddress.ip_address(self._host).is_unspecified
        return not self._host

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves in the middle of an answer is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: PageServer
    protocol_version = "HTTP/1.1"  # a page's dozen files over one connection
    disable_nagle_algorithm = True  # else a file waits 40 ms behind its headers for an acknowledgement

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: what matters in the terminal is what is wrong with the pages."""

    def _answer(self) -> None:
        site, mount = self.server.site, self.server.mount
        if not self.server.is_called(self.headers["Host"]):
            return self._send(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", _not_our_name(self.server.url), "")
        try:
            path = unquote(urlsplit(self.path).path)
        except ValueError:  # no address at all, like `http://[`
            return self.send_error(HTTPStatus.BAD_REQUEST)
        if site is None or not path.startswith(mount):
            return self._redirect(mount)
        name = path[len(mount) :]
        if name == _CHANGES:
            return self._changes(site)
        if name in _OWN_FILES:
            return self._own_file(_OWN_FILES[name])
        folder = posixpath.join(name, "index.html")
        if (file := site.read(name if name and not name.endswith("/") else folder)) is not None:
            return self._page(HTTPStatus.OK, file)
        if name and not name.endswith("/") and folder in site.files:
            return self._redirect(f"{path}/")
        missing = site.missing(posixpath.join(name, ""), mount + _OWN)
        return self._page(HTTPStatus.NOT_FOUND if site.files else HTTPStatus.SERVICE_UNAVAILABLE, missing)

    def _own_file(self, path: Path) -> None:
        content, (kind, _) = path.read_bytes(), _KINDS.guess_type(path.name)
        self._send(HTTPStatus.OK, kind or "", content, hashlib.sha256(content).hexdigest())

    def _page(self, status: HTTPStatus, file: ShownFile) -> None:
        kind, _ = _KINDS.guess_type(file.path)
        content, tag = file.content, file.sha256
        if kind == "text/html":
            before, end, after = content.rpartition(b"</body>")
            script = self._script(file.state, is_there=status is HTTPStatus.OK)
            content, tag = before + script + end + after, f"{tag}-{file.state.version}"
        self._send(status, kind or "application/octet-stream", content, tag)

    def _script(self, state: State, *, is_there: bool) -> bytes:
        """The script of a page; of one that is not there, it also looks for what is found wrong with it."""
        script, changes = (html.escape(self.server.mount + name) for name in (_SCRIPT, _CHANGES))
        awaits = "" if is_there else f' data-mistakes="{state.mistakes}"'
        return (
            f'<script src="{script}" data-changes="{changes}" data-version="{state.version}"{awaits}></script>'.encode()
        )

    def _send(self, status: HTTPStatus, kind: str, content: bytes, tag: str) -> None:
        """A browser asks every time, and gets what it does not have."""
        if status is HTTPStatus.OK and self.headers["If-None-Match"] == f'"{tag}"':
            status, content = HTTPStatus.NOT_MODIFIED, b""
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("ETag", f'"{tag}"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _redirect(self, path: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", quote(path))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _changes(self, site: ShownSite) -> None:
        """Server-sent events: the state now, and every one that follows."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        known: State | None = None
        with suppress(ConnectionError):
            while True:
                state = site.wait(known, _SIGN_OF_LIFE)
                told = f"data: {json.dumps(to_builtins(state))}\n\n" if state != known else ":\n\n"
                self.wfile.write(told.encode())
                known = state


def _not_our_name(url: str) -> bytes:
    told = Text(
        f"この名前では見られません。{url} を開くか、`--address` に名前を指定してください。",
        f"Pages are not shown under this name: open {url}, or name it with `--address`.",
    )
    return f"{told.ja}\n{told.en}\n".encode()


def _not_free(address: str, error: OSError | OverflowError) -> Finding:
    reason = getattr(error, "strerror", None) or str(error)
    return Finding(
        Family.SETTINGS,
        "address-not-free",
        Place(address),
        Text(f"`{address}` では待ち受けられません（{reason}）", f"cannot listen on `{address}`: {reason}"),
        Text(
            "`--address 127.0.0.1:8001` のように別の番号を指定してください",
            "name another port, like `--address 127.0.0.1:8001`",
        ),
    )
