"""What a reader can find, and where the index is kept from build to build."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the site. Texts are plain, not HTML; lines of `text` are blocks, over which nothing is found.

    A line may begin with a tab, or with an anchor and a tab: see `plain_text`.
    """

    url: str  # from the site's root, with a trailing slash
    title: str
    text: str
    kind: str  # as readers choose it in a list: 「活用事例」
    departments: tuple[str, ...] = ()  # likewise: 「東日本営業部」
    day: date | None = None
    words: tuple[str, ...] = ()
    """Other words for what the page is about; they lead to it like its title."""


class Store(Protocol):
    """Bytes by name that survive between processes; they may be lost or damaged at any time."""

    def get(self, name: str) -> bytes | None: ...

    def put(self, name: str, content: bytes) -> None: ...

    def delete(self, name: str) -> None:
        """Forget the name; nothing happens where it is unknown."""
        ...
