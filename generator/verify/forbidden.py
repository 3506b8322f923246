"""A text that may not occur in any byte of the site, and what may be told about it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """What a forbidden text is; a finding says this and never the text."""

    WITHHELD = "withheld"
    MAIL = "mail"
    IDENTIFIER = "identifier"
    CREDENTIAL = "credential"


class ForbiddenText(Struct, frozen=True):
    """Not a tuple, for that shows all its parts wherever it is unpacked, printed or written as JSON.

    `origin` may be told: the file that stays in, the source that names the person, the variable's name.
    """

    text: str
    kind: Kind
    origin: str

    def __repr__(self) -> str:  # without the text: whatever prints it must not tell it
        return f"ForbiddenText({self.kind}, {self.origin!r})"
