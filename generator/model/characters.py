"""Characters that may not stand in any name or label, wherever it is declared."""

from __future__ import annotations

import re

UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ufeff\U00100000-\U0010fffd]")
"""Controls, direction overrides (Trojan Source), invisible characters and our own markers (`model.marker`)."""
