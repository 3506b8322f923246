"""Why something was not written. Each is one finding; what was there before is untouched."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from generator.errors import Rejected
from generator.model.finding import Family, Finding, Place, Text

_JOINER = "\u200d"  # joins emoji; the only invisible character a headline may need


def refusal(family: Family, code: str, path: Path | str, what: Text, remedy: Text) -> Rejected:
    """One finding, ready to be raised."""
    shown = path.as_posix() if isinstance(path, Path) else path
    return Rejected([Finding(family, code, Place(shown), what, remedy)])


def not_writable(path: Path | str, error: OSError) -> Rejected:
    """The operating system did not let us write."""
    reason = error.strerror or type(error).__name__
    return refusal(
        Family.SETTINGS,
        "not-writable",
        path,
        Text(f"書き込めませんでした（{reason}）", f"it cannot be written: {reason}"),
        Text(
            "フォルダーの書き込み権限と空き容量を確かめてください（`kawaraban doctor` で調べられます）",
            "check the folder's permissions and the free disk space (`kawaraban doctor` examines both)",
        ),
    )


def readable_title(title: str) -> str:
    """The title without blanks around it; raises Rejected when nothing, or something invisible, is left."""
    title = title.strip()
    if not title:
        what = Text("題が空です", "the title is empty")
    elif any(_is_invisible(character) for character in title):
        what = Text("題に、改行や目に見えない文字が入っています", "the title has line breaks or invisible characters")
    else:
        return title
    example = Text("題を一行で書いてください（例: `あさひ瓦版`）", "give a title of one line, e.g. `Morning News`")
    raise refusal(Family.CONTENT, "bad-title", "TITLE", what, example)


def _is_invisible(character: str) -> bool:
    category = unicodedata.category(character)
    return character != _JOINER and (category.startswith("C") or category in ("Zl", "Zp"))
