"""Values against their model: every mistake becomes a finding at the key where it stands."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.declared.marks import Location, Marks
from generator.declared.schema_sentences import explain
from generator.declared.yaml_fields import MAX_REPORTED
from generator.model.finding import Finding

M = TypeVar("M", bound=BaseModel)

_MAX_ROUNDS = 3  # a repair can uncover one more mistake inside what was repaired
_DECIMAL = re.compile(r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?", re.ASCII)


def validate(model: type[M], value: object, marks: Marks, at: Location = ()) -> tuple[M | None, list[Finding]]:
    """Read `value`, which stands at `at` in the text that `marks` are of, as `model`; None with findings if it is not.

    Nothing is converted on the quiet: only text is shown as typed where text is asked for (`title: 2026`), a
    decimal is read where a number is asked for, and a key without a value counts as absent.
    """
    values = value
    for _ in range(_MAX_ROUNDS):
        try:
            # JSON mode is strict about types, yet reads dates and choices from text.
            return model.model_validate_json(json.dumps(values, default=str), strict=True), []
        except ValidationError as failure:
            details = failure.errors(include_url=False)
            values = deepcopy(values)  # what the caller keeps is not repaired
            # A repair may move list elements, so all of one round are made from the end.
            repaired = [_repair(values, detail, marks, at) for detail in reversed(details)]
            if not any(repaired):
                break
    return None, [explain(model, detail, marks, at) for detail in details[:MAX_REPORTED]]


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
