"""Characters that nobody can see: which there are, and a text without them.

Sources: Unicode 16 chapter 23 (special areas and format characters), UAX 9 (bidirectional controls).
"""

from __future__ import annotations

import re

_PICTOGRAPH = "\u00a9\u00ae\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff"
_JOINED_SCRIPTS = "\u0600-\u08ff\u0900-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
# U+200D joins pictographs into one (a family, a flag); U+200C and U+200D shape Arabic and Indic letters.
_STRAY_JOINER = (
    f"(?<![{_PICTOGRAPH}\ufe0f{_JOINED_SCRIPTS}])\u200d"
    f"|\u200d(?![{_PICTOGRAPH}{_JOINED_SCRIPTS}])(?<![{_JOINED_SCRIPTS}]\u200d)"
    f"|(?<![{_JOINED_SCRIPTS}])\u200c"
)
# Tag characters spell the region of a subdivision flag after U+1F3F4.
_STRAY_TAG = "(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]|[\U000e0000-\U000e001f]"
_SET = "\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"

INVISIBLE = f"[{_SET}]|{_STRAY_JOINER}|{_STRAY_TAG}"
"""Expression for an invisible character that stands where it does nothing for a reader."""
MAY_BE_INVISIBLE = f"{_SET}\u200c\u200d\U000e0000-\U000e007f"
"""Members of a character class: whatever INVISIBLE can match. Looking for a class alone takes a thirteenth of the time."""
DIRECTION_MARKS = "\u061c\u200e\u200f"
"""Members of a character class: each only says which way its neighbours run."""
DIRECTION_OVERRIDES = "\u202a-\u202e\u2066-\u2069"
"""Members of a character class: each turns everything up to its end around, and can make text lie."""
BREAKS = "\x0b\x0c\x85\u2028\u2029"
"""Members of a character class: line and page breaks of other systems."""

_DIRECTIONS = DIRECTION_MARKS + DIRECTION_OVERRIDES
_UNSEEN = f"{INVISIBLE}|[{_DIRECTIONS}]"  # takes 1 ms to compile, and next to no build needs it
_MAY_BE_UNSEEN = re.compile(f"[{MAY_BE_INVISIBLE}{_DIRECTIONS}]")


def without_invisible(html: str) -> str:
    """Finished HTML without characters that nobody sees; entities brought them in."""
    return re.sub(_UNSEEN, "", html) if _MAY_BE_UNSEEN.search(html) else html
