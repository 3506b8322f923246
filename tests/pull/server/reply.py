"""One answer of the server, and how it may lie."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Reply:
    """Status, headers and body; everything after these is a fault."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    """Content-Length, when it is not the body's own."""
    cut: int | None = None
    """So many bytes of the body are sent, then the connection closes."""
    drip: float = 0
    """Seconds before each byte."""

    def but(self, **changes: object) -> Reply:
        """The same answer with something else."""
        return replace(self, **changes)  # type: ignore[arg-type]


def json_reply(document: object, status: int = 200, **headers: str) -> Reply:
    """A JSON document; header names with `_` for `-`."""
    named = {"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
    return Reply(json.dumps(document, ensure_ascii=False).encode(), status, named)


def gzipped(reply: Reply) -> Reply:
    """The same answer compressed on its way."""
    return reply.but(body=gzip.compress(reply.body, mtime=0), headers={**reply.headers, "Content-Encoding": "gzip"})


def redirect(to: str, status: int = 302) -> Reply:
    return Reply(b"", status, {"Location": to})


LOGIN_PAGE = Reply(b"<!DOCTYPE html><title>Sign in</title>", 200, {"Content-Type": "text/html; charset=utf-8"})
