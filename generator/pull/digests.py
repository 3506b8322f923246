"""Digests of exports, which are read again only where their files look as if they had changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct

from generator.cache.file_clock import FileClock, Signature

Known: TypeAlias = Mapping[str, tuple[Signature, str]]
"""Signature and sha256 of each file, by the path that messages show."""


class Digests(Struct):
    """Those that earlier builds found, and those that hold now."""

    before: Known = {}
    clock: FileClock | None = None
    """As it was before any file was looked at; without it nothing is kept."""
    now: dict[str, tuple[Signature, str]] = {}

    def of(self, shown: str, signature: Signature) -> str | None:
        """The digest of a file that has the signature of before; None where it has to be read."""
        known = self.before.get(shown)
        return known[1] if known is not None and known[0] == signature else None

    def note(self, shown: str, signature: Signature, sha256: str) -> None:
        """Keep what is known of a file, unless the file could change again and look the same."""
        if self.clock is not None and self.clock.is_settled(signature):
            self.now[shown] = (signature, sha256)
