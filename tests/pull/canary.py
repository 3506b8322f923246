"""Looks for a secret in everything that a pull leaves behind, in the encodings that programs write."""

from __future__ import annotations

import base64
import html
import json
import urllib.parse
from collections.abc import Iterable, Iterator
from pathlib import Path


def encodings(secret: str) -> Iterator[bytes]:
    """The secret as it is, and as others would write it."""
    plain = secret.encode()
    yield plain
    yield plain[::-1]
    yield from (urllib.parse.quote(secret, safe=safe).encode() for safe in ("", "/"))
    yield urllib.parse.quote_plus(secret).encode()
    yield from (plain.hex().encode(), plain.hex().upper().encode())
    yield from (json.dumps(secret)[1:-1].encode(), html.escape(secret).encode())
    yield from (secret.encode("utf-16-le"), secret.encode("utf-16-be"))
    for shift in range(3):  # base64 of the secret behind other text: whole groups of it
        yield base64.b64encode(b"x" * shift + plain)[4 if shift else 0 : -4]
        yield base64.urlsafe_b64encode(b"x" * shift + plain)[4 if shift else 0 : -4]


def assert_no_trace(secret: str, folder: Path, said: Iterable[str]) -> None:
    """Nothing below `folder` and nothing that was `said` holds the secret."""
    places = {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    places |= {f"message {number}": text.encode() for number, text in enumerate(said)}
    for form in encodings(secret):
        found = [place for place, content in places.items() if form in content]
        assert not found, f"the secret is in {found}"
