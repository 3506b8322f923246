"""Characters that may not stand in any name or label, wherever it is declared."""

from __future__ import annotations

import re

UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ufeff\U00100000-\U0010fffd]")
"""Controls, direction overrides (Trojan Source), invisible characters and our own markers (`model.marker`)."""

_SPACE = (
    *range(0x09, 0x0E),
    *range(0x1C, 0x21),
    0x85,
    0xA0,
    0x1680,
    *range(0x2000, 0x200B),
    0x2028,
    0x2029,
    0x202F,
    0x205F,
)
SPACE = "".join(map(chr, (*_SPACE, 0x3000)))
"""What Python's `str.strip` takes for space, for engines that have to be told."""
