"""A web server of its own with the configuration that the guide shows, on a free port of this machine."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

from tests.contracts.guide_servers import configuration
from tests.loopback import free_port
from tests.webservers.ensure_webservers import MODULES, find_program

_TARGET = "/srv/www/kawaraban"
"""Where the guide publishes to."""
_SECONDS = 30  # a busy machine takes long to start one
_APACHE_MODULES = ("mpm_event", "authz_core", "mime", "dir", "alias", "headers", "filter", "deflate")


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    headers: dict[str, str]  # by lower-case name
    content: bytes


class WebServer(NamedTuple):
    """A running server."""

    port: int

    def ask(self, address: str, **headers: str) -> Answer:
        """`headers` are written with underscores."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS)
        try:
            connection.request(
                "GET", address, headers={name.replace("_", "-"): value for name, value in headers.items()}
            )
            answer = connection.getresponse()
            names = [name.lower() for name, _ in answer.getheaders()]
            assert len(names) == len(set(names)), f"said twice: {names}"
            return Answer(answer.status, {name.lower(): said for name, said in answer.getheaders()}, answer.read())
        finally:
            connection.close()


@contextmanager
def running(server: str, target: Path, folder: Path) -> Iterator[WebServer]:
    """Start `nginx` or `apache` for what was published in `target`, with its own files in `folder`; stop it in the end."""
    port = free_port()
    command = _nginx(port, target, folder) if server == "nginx" else _apache(port, target, folder)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        started = WebServer(port)
        _wait_for(started, process)
        yield started
    finally:
        process.terminate()
        process.communicate()


def _nginx(port: int, target: Path, folder: Path) -> list[str]:
    shown = folder / "kawaraban.conf"
    shown.write_text(_put(configuration("nginx"), {"listen 80;": f"listen 127.0.0.1:{port};", _TARGET: str(target)}))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    types = "include /etc/nginx/mime.types; default_type application/octet-stream;"
    main = folder / "nginx.conf"
    main.write_text(
        f"daemon off; pid {folder}/pid; error_log stderr;\nevents {{}}\n"
        f"http {{ {types} access_log off;\n{paths}include {shown};\n}}\n"
    )
    return [_program("nginx"), "-p", str(folder), "-c", str(main)]


def _apache(port: int, target: Path, folder: Path) -> list[str]:
    shown = _put(configuration("apache"), {"*:80>": f"127.0.0.1:{port}>", _TARGET: str(target)})
    modules = "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in _APACHE_MODULES)
    people = "User #65534\nGroup #65534\n" if os.geteuid() == 0 else ""
    main = folder / "apache.conf"
    main.write_text(
        f"ServerRoot {folder}\nServerName localhost\nPidFile {folder}/pid\nDefaultRuntimeDir {folder}\n"
        f"Listen 127.0.0.1:{port}\nErrorLog /dev/stderr\n{modules}{people}TypesConfig /etc/mime.types\n"
        f"<Directory />\nRequire all denied\n</Directory>\n{shown}"
    )
    return [_program("apache2"), "-f", str(main), "-D", "FOREGROUND"]


def _put(shown: str, ours: dict[str, str]) -> str:
    """What the guide shows, with a port and folder of the tests in it and nothing else changed."""
    for theirs, here in ours.items():
        assert theirs in shown
        shown = shown.replace(theirs, here)
    return shown


def _program(name: str) -> str:
    found = find_program(name)
    assert found is not None
    return found


def _wait_for(server: WebServer, process: subprocess.Popen[str]) -> None:
    for _ in range(_SECONDS * 20):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended at once:\n{process.communicate()[0]}")
        try:
            server.ask("/")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"no answer within {_SECONDS} seconds")
