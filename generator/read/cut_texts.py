"""Texts that end early because YAML takes what follows ` #` for a comment, as in `title: 売上50%増 #営業部`."""

from __future__ import annotations

from functools import reduce
from typing import Any

from generator.declared.marks import Location
from generator.declared.yaml_fields import Fields
from generator.model.finding import Finding, Place, Text
from generator.model.page import FrontMatter
from generator.read.reporting import one_line, warning


def judge_cut_texts(front: FrontMatter, fields: Fields) -> list[Finding]:
    """A warning for each text of the front matter that lost its end; a date or a choice loses nothing by a comment."""
    return [_cut(fields.typed[location], place) for location, place in fields.cut.items() if _is_text(front, location)]


def _is_text(front: FrontMatter, location: Location) -> bool:
    value: Any = reduce(_part, location, front)
    return type(value) is str


def _part(whole: Any, step: str | int) -> Any:
    """An element of a list, or the value of a key; None where the front matter has no such thing under that name."""
    if isinstance(step, int):
        return whole[step] if isinstance(whole, tuple) and step < len(whole) else None
    return getattr(whole, step, None)


def _cut(kept: str, place: Place) -> Finding:
    shown = one_line(kept)
    rest = (
        Text(f"`{shown}` だけが残ります", f"only `{shown}` is left")
        if shown
        else Text("何も残りません", "nothing is left")
    )
    return warning(
        "text-cut-short",
        place,
        Text(
            f"空白に続く `#` から先は、YAML の説明書き（コメント）として捨てられ、{rest.ja}",
            f"from a `#` after a space on, YAML drops the text as a comment: {rest.en}",
        ),
        Text(
            '値の全体を `"` で囲んでください。説明書きなら、`#` の後に空白を入れてください',
            'put the whole value in `"`; if it is meant as a comment, write a space after the `#`',
        ),
    )
