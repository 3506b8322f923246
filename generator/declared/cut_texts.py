"""Texts that end early because YAML takes what follows ` #` for a comment, as in `title: 売上50%増 #営業部`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any, Literal, get_origin

from pydantic import BaseModel

from generator.declared.marks import Location
from generator.declared.yaml_fields import Fields
from generator.model.finding import Finding, Severity, Text, one_line


def judge_cut_texts(read: object, fields: Fields, at: Location = ()) -> list[Finding]:
    """A warning for each text that lost its end; a date or a choice loses nothing by a comment.

    `read` is what was made of the values that stand at `at`.
    """
    return [
        _cut(fields, location)
        for location in fields.cut
        if location[: len(at)] == at and _is_text(read, location[len(at) :])
    ]


def _is_text(read: object, location: Location) -> bool:
    if not location:
        return False
    holder: Any = reduce(_part, location[:-1], read)
    return type(_part(holder, location[-1])) is str and not _is_choice(holder, location[-1])


def _part(whole: Any, step: str | int) -> Any:
    """An element of a list, or the value of a key; None where there is no such thing under that name."""
    if isinstance(step, int):
        return whole[step] if isinstance(whole, tuple) and step < len(whole) else None
    return whole.get(step) if isinstance(whole, Mapping) else getattr(whole, step, None)


def _is_choice(holder: object, key: str | int) -> bool:
    """Whether only certain words may stand there."""
    asked = type(holder).model_fields.get(str(key)) if isinstance(holder, BaseModel) else None
    return asked is not None and get_origin(asked.annotation) is Literal


def _cut(fields: Fields, location: Location) -> Finding:
    shown = one_line(fields.typed[location])
    rest = (
        Text(f"`{shown}` だけが残ります", f"only `{shown}` is left")
        if shown
        else Text("何も残りません", "nothing is left")
    )
    return Finding(
        fields.family,
        "text-cut-short",
        fields.cut[location],
        Text(
            f"空白に続く `#` から先は、YAML の説明書き（コメント）として捨てられ、{rest.ja}",
            f"from a `#` after a space on, YAML drops the text as a comment: {rest.en}",
        ),
        Text(
            '値の全体を `"` で囲んでください。説明書きなら、`#` の後に空白を入れてください',
            'put the whole value in `"`; if it is meant as a comment, write a space after the `#`',
        ),
        Severity.WARNING,
    )
