"""Notes and foldable parts as GitHub (`> [!NOTE]`), Zenn (`:::message`), Qiita (`:::note`) and VitePress (`::: tip`)
write them, put into one form: a kind of admonition and a title."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*$", re.IGNORECASE)
"""The first line of a GitHub alert, inside its quote."""
COLONS = re.compile(r"(?P<marks>:{3,})[ \t]*(?P<name>[A-Za-z][A-Za-z-]*)?[ \t]*(?P<rest>[^\n]*)$")
"""The first or last line of a part between colons."""

_KINDS: Mapping[str, str] = {
    "note": "note",
    "info": "info",
    "tip": "tip",
    "success": "success",
    "important": "important",
    "warning": "warning",
    "warn": "warning",
    "alert": "danger",
    "caution": "danger",
    "danger": "danger",
    "message": "info",
    "details": "details",
}
_BARE = frozenset({"code-group", "raw", "v-pre", "tabs", "no-wrap"})
"""Parts whose marks are dropped and whose text stays as it is."""
_FIRST_WORD_IS_KIND = frozenset({"note", "message"})

TITLES: Mapping[str, tuple[str, str]] = {
    "note": ("補足", "Note"),
    "info": ("お知らせ", "Info"),
    "tip": ("ヒント", "Tip"),
    "success": ("完了", "Success"),
    "important": ("重要", "Important"),
    "warning": ("注意", "Warning"),
    "danger": ("警告", "Caution"),
    "details": ("詳細", "Details"),
    "example": ("例", "Example"),
}
"""What stands above a box without a title of its own, in Japanese and English."""


class Box(Struct, frozen=True):
    """A note or a foldable part."""

    kind: str  # a key of TITLES; "" for a part that gets no box
    title: str = ""  # the author's own; "" for the usual one


def alert_box(match: re.Match[str]) -> Box:
    name = match[1].lower()
    return Box(_KINDS[name])


def colon_box(match: re.Match[str]) -> Box | None:
    """The box that a line of colons opens; None when it is no such line."""
    name, rest = (match["name"] or "").lower(), match["rest"].strip()
    if name in _BARE:
        return Box("")
    if name not in _KINDS:
        return None
    first, _, others = rest.partition(" ")
    if name in _FIRST_WORD_IS_KIND and first in _KINDS:
        return Box(_KINDS[first], others.strip())
    return Box(_KINDS[name], rest.strip("[]{}").strip())
