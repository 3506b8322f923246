"""A text that may not occur in any byte of the site, and what may be told about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a forbidden text is; a finding says this and never the text."""

    WITHHELD = "withheld"
    MAIL = "mail"
    IDENTIFIER = "identifier"
    CREDENTIAL = "credential"


@dataclass(frozen=True, slots=True)
class ForbiddenText:
    """Not a tuple, for that shows all its parts wherever it is unpacked, printed or written as JSON.

    `origin` may be told: the file that stays in, the source that names the person, the variable's name.
    """

    text: str = field(repr=False)
    kind: Kind
    origin: str
