"""Characters that hide a text from bytes and not from readers: full-width letters, and marks that nobody sees."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = "\xad\u200b-\u200f\u2060-\u2064\ufeff"
_FULL_WIDTH = "０-９Ａ-Ｚａ-ｚ＠．－＿"
_DISGUISES = re.compile(f"[{_UNSEEN}{_FULL_WIDTH}]")


def without_disguises(text: str) -> str:
    """The text, and below it, where it has any of them, the same as it reads."""
    if not _DISGUISES.search(text):
        return text
    return f"{text}\n{unicodedata.normalize('NFKC', re.sub(f'[{_UNSEEN}]', '', text))}"
