"""Keys that do not exist: which one was probably meant, or which type of page has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from generator.declared.marks import Location
from generator.model.finding import Text, listed, nearest
from generator.model.page import FRONT_MATTER, FrontMatter

_KEPT_IN = Text(
    "公開しないページなら `draft: true` に書き換え、公開するページなら、この行を消してください",
    "write `draft: true` instead if the page stays in; delete the line if it is to be published",
)


def explain_unknown(model: type[BaseModel], location: Location, name: Text) -> tuple[Text, Text]:
    """What is wrong with a key that `model` does not have, and which one was probably meant.

    `location` leads to it from where the model begins, `name` names it in a sentence.
    """
    key = str(location[-1])
    elsewhere = _types_with(key) if issubclass(model, FrontMatter) and len(location) == 1 else []
    if elsewhere:
        return _belongs_elsewhere(name, elsewhere)
    known = _keys_at(model, location[:-1])
    delete = Text(
        f"この行を消してください。使える項目: {listed(known)}", f"delete the line; the keys are {listed(known)}"
    )
    what = Text(f"{name.ja} という項目はありません", f"{name.en}: there is no such key")
    if key == "published" and "draft" in known:
        return what, _KEPT_IN  # deleting `published: false` would publish the page
    return what, nearest(key, known, delete)


def required_keys(model: type[BaseModel], location: Location) -> list[str]:
    """The keys that a record must have there, or in each item of a list there; none where no record is asked for."""
    record = _record_at(model, location)
    fields = {} if record is None else record.model_fields
    return [field.alias or name for name, field in fields.items() if field.is_required()]


def _record_at(model: type[BaseModel], location: Location) -> type[BaseModel] | None:
    current: Any = model
    for step in location:
        current = _inside(current, step)
    return _record_in(current)


def _keys_at(model: type[BaseModel], location: Location) -> list[str]:
    """The keys that may stand where an unknown one was found."""
    record = _record_at(model, location)
    if record is None:
        return []
    keys = list(_fields_by_key(record))
    return [*keys, "description"] if issubclass(record, FrontMatter) else keys


def _fields_by_key(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _inside(annotation: Any, step: str | int) -> Any:
    """What stands one step inside a value of this type: the field of a record, else what the list or mapping holds."""
    record = _record_in(annotation)
    if get_origin(annotation) in (dict, Mapping):
        return get_args(annotation)[1]
    if record is not None and isinstance(step, str):
        return _fields_by_key(record).get(step)
    return record


def _record_in(annotation: Any) -> type[BaseModel] | None:
    """The record inside `Record`, `Record | None`, `tuple[Record, ...]` or `dict[str, Record]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _record_in(part)) is not None), None)


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
