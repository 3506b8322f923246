"""A text that may not occur in any byte of the site, and what may be told about it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a forbidden text is; a finding says this and never the text."""

    WITHHELD = "withheld"
    MAIL = "mail"
    IDENTIFIER = "identifier"
    CREDENTIAL = "credential"


class ForbiddenText(NamedTuple):
    """`origin` may be told: the file that stays in, the source that names the person, the variable's name."""

    text: str
    kind: Kind
    origin: str

    def __repr__(self) -> str:
        """Without the text, wherever this may be printed."""
        return f"{type(self).__name__}(kind={self.kind!r}, origin={self.origin!r})"
