"""Values against their model: every mistake becomes a finding at the key where it stands."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.declared.marks import Location, Marks
from generator.declared.schema_sentences import choices_of, explain
from generator.declared.yaml_fields import MAX_REPORTED
from generator.model.finding import Finding

M = TypeVar("M", bound=BaseModel)

_MAX_ROUNDS = 3  # a repair can uncover one more mistake inside what was repaired
_CHOICES = ("enum", "literal_error")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?", re.ASCII)


def validate(model: type[M], value: object, marks: Marks, at: Location = ()) -> tuple[M | None, list[Finding]]:
    """Read `value`, which stands at `at` in the text that `marks` are of, as `model`; None with findings if it is not.

    Nothing is converted on the quiet: only text is shown as typed where text is asked for (`title: 2026`), a
    decimal is read where a number is asked for, and a key without a value counts as absent.
    """
    record, details, _ = _attempt(model, value, marks, at)
    return record, [explain(model, detail, marks, at) for detail in details[:MAX_REPORTED]]


def with_other_choices(model: type[M], value: object, marks: Marks) -> M | None:
    """`value` with the first choice wherever one is written that there is not; None where more is wrong with it.

    Only for judging the rest of it: nobody has written this.
    """
    _, details, values = _attempt(model, value, marks, ())
    if not all(detail["type"] in _CHOICES for detail in details):
        return None
    for detail in details:
        _container(values, detail["loc"])[detail["loc"][-1]] = choices_of(detail)[0]
    return _attempt(model, values, marks, ())[0]


def _attempt(model: type[M], value: object, marks: Marks, at: Location) -> tuple[M | None, list[ErrorDetails], object]:
    """The record, or what is wrong with it; and the values as far as they could be repaired."""
    values, details = value, list[ErrorDetails]()
    for _ in range(_MAX_ROUNDS):
        try:
            # JSON mode is strict about types, yet reads dates and choices from text.
            return model.model_validate_json(json.dumps(values, default=str), strict=True), [], values
        except ValidationError as failure:
            details = failure.errors(include_url=False)
            values = deepcopy(values)  # what the caller keeps is not repaired
            # A repair may move list elements, so all of one round are made from the end.
            repaired = [_repair(values, detail, marks, at) for detail in reversed(details)]
            if not any(repaired):
                break
    return None, details, values


def _repair(values: object, detail: ErrorDetails, marks: Marks, at: Location) -> bool:
    location = detail["loc"]
    if detail["type"] in ("extra_forbidden", "missing") or not location or location[-1] == "[key]":
        return False
    if detail["input"] is None and isinstance(location[-1], str):
        del _container(values, location)[location[-1]]
        return True
    typed = marks.typed.get((*at, *location))
    if typed is not None and detail["type"] == "string_type":
        _container(values, location)[location[-1]] = typed
        return True
    if typed is not None and detail["type"] == "float_type" and _DECIMAL.fullmatch(typed):
        _container(values, location)[location[-1]] = float(typed)
        return True
    return False


def _container(values: Any, location: Location) -> Any:
    """The list or mapping that holds the last step of `location`."""
    for step in location[:-1]:
        values = values[step]
    return values
