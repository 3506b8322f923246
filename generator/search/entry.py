"""What a reader can find, and where the index is kept from build to build."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct


class Part(Struct, frozen=True):
    """A page's text, or a piece of a long one, as the index keeps it."""

    file: bytes
    """Of `page_file`."""
    grams: bytes
    """What the page is found by in this part, as `grams` finds it: some more than once, which the index sorts out."""


class Entry(Struct, frozen=True):
    """One page of the site. Texts are plain, not HTML."""

    url: str  # from the site's root, with a trailing slash
    title: str
    parts: Sequence[Part]
    kind: str  # as readers choose it in a list: 「活用事例」
    departments: tuple[str, ...] = ()  # likewise: 「東日本営業部」
    day: date | None = None
    has_figures: bool = False  # whether it changes when a month of figures comes


class Store(Protocol):
    """Bytes by name that survive between processes; they may be lost or damaged at any time."""

    def get(self, name: str) -> bytes | None: ...

    def put(self, name: str, content: bytes) -> None: ...

    def delete(self, name: str) -> None:
        """Forget the name; nothing happens where it is unknown."""
        ...
