"""`kawaraban serve` in a process of its own, and a browser's view of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from tests.commands import SMALL_DAY

PATIENCE = 60.0
"""Seconds after which something that was waited for is held to never come."""


@dataclass(frozen=True)
class Answer:
    """What a browser is sent."""

    status: int
    kind: str
    text: str


@dataclass
class Served:
    """A site that is being served."""

    site: Path
    url: str
    process: subprocess.Popen[str]
    complaints: IO[str]
    """What it writes to standard error."""

    def get(self, path: str) -> Answer:
        """One file, whole: the connection is closed only after all bytes that were announced."""
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE)
        connection.request("GET", urlsplit(self.url).path + path)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        assert int(response.headers["Content-Length"]) == len(content)
        return Answer(response.status, response.headers.get_content_type(), content.decode(errors="replace"))

    def page(self, path: str) -> str:
        """A page that is there and whole."""
        answer = self.get(path)
        assert answer.status == 200, path
        assert answer.text.rstrip().endswith("</html>"), path
        return answer.text

    def problems(self) -> str:
        """What a browser that comes now is told to show above its page."""
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE)
        connection.request("GET", urlsplit(self.url).path + ".kawaraban/changes")
        line = connection.getresponse().readline().decode()
        connection.close()
        return str(json.loads(line.removeprefix("data: "))["problems"])

    def write(self, name: str, text: str) -> Path:
        """Save a file of the site."""
        path = self.site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def stop(self) -> int:
        """Press Ctrl-C; returns the exit code."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGABRT)  # `-X faulthandler`: says on its way out where each thread stands
            self.process.wait()
            self.complaints.seek(0)
            raise AssertionError(f"Ctrl-C does not end it:\n{self.complaints.read()}") from None
        return self.process.returncode


def until(is_so: Callable[[], object]) -> None:
    """Ask again and again until it is so."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.01)


def _as_at_a_terminal() -> None:
    """A shell gives what it runs in the background a deaf ear for Ctrl-C, and a test run may stand there."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def serve(site: Path, *options: str) -> Iterator[Served]:
    """Serve on a free port while the body runs."""
    command = [
        sys.executable,
        "-X",
        "faulthandler",
        "-m",
        "generator.cli",
        "--lang",
        "en",
        "serve",
        "-f",
        str(site / "mkdocs.yml"),
    ]
    complaints = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 (closed with the server)
    process = subprocess.Popen(
        [*command, "--address", "127.0.0.1:0", "--now", SMALL_DAY, *options],
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=complaints,
        text=True,
        encoding="utf-8",
        preexec_fn=_as_at_a_terminal if os.name == "posix" else None,
    )
    try:
        assert process.stdout is not None
        told = process.stdout.readline()
        assert told.startswith("look at http://"), told
        yield Served(site, told.split()[2], process, complaints)
    finally:
        process.kill()
        process.communicate()
        complaints.close()
