"""Keys that do not exist: which one was probably meant, or which type of page has it."""

from __future__ import annotations

import difflib
from typing import Any, get_args

from pydantic import BaseModel

from generator.model.finding import Text
from generator.model.page import FRONT_MATTER, FrontMatter
from generator.read.reporting import listed, named
from generator.read.yaml_fields import Location


def _keys_at(model: type[BaseModel], location: Location) -> list[str]:
    """The keys that may stand where an unknown one was found."""
    current: Any = model
    for step in location:
        if isinstance(step, str):
            current = _model_in(_fields_by_key(current)[step])
    keys = list(_fields_by_key(current))
    return [*keys, "description"] if issubclass(current, FrontMatter) else keys


def _fields_by_key(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _model_in(annotation: Any) -> Any:
    """The record inside `Record`, `Record | None` or `tuple[Record, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part)) is not None), None)


def explain_unknown(model: type[BaseModel], location: Location) -> tuple[Text, Text]:
    """What is wrong with a key that `model` does not have, and which one was probably meant."""
    name, key, known = named(location), str(location[-1]), _keys_at(model, location[:-1])
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
    if not near and key.lower() in known:
        near = [key.lower()]
    what = Text(f"{name.ja} という項目はありません", f"{name.en}: there is no such key")
    elsewhere = _types_with(key) if issubclass(model, FrontMatter) and len(location) == 1 else []
    if elsewhere:
        return _belongs_elsewhere(name, elsewhere)
    if near:
        return what, Text(f"`{near[0]}` のことではありませんか", f"did you mean `{near[0]}`?")
    return (
        what,
        Text(f"この行を消してください。使える項目: {listed(known)}", f"delete the line; the keys are {listed(known)}"),
    )


def _types_with(key: str) -> list[str]:
    """The page types that have a key."""
    return [kind.value for kind, model in FRONT_MATTER.items() if key in model.model_fields]


def _belongs_elsewhere(name: Text, types: list[str]) -> tuple[Text, Text]:
    return (
        Text(
            f"{name.ja} は、この種類のページにはありません（{listed(types)} の項目です）",
            f"{name.en} is no key of this type of page but of {listed(types)}",
        ),
        Text("`type` を確かめるか、この行を消してください", "check `type`, or delete the line"),
    )
