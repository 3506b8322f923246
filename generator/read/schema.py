"""Front matter against its schema: every mistake becomes a finding at the key where it stands."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.model.finding import Finding
from generator.read.reporting import MAX_REPORTED
from generator.read.schema_sentences import explain
from generator.read.yaml_fields import Fields, Location, Value

M = TypeVar("M", bound=BaseModel)

_MAX_ROUNDS = 3  # a repair can uncover one more mistake inside what was repaired


def validate(model: type[M], fields: Fields) -> tuple[M | None, list[Finding]]:
    """Read `fields` as `model`; None with findings when anything in it is wrong.

    Nothing is converted on the quiet: only text is shown as typed where text is asked for (`title: 2026`),
    and a key without a value counts as absent.
    """
    values = deepcopy(fields.values)
    for _ in range(_MAX_ROUNDS):
        try:
            # JSON mode is strict about types, yet reads dates and choices from text.
            return model.model_validate_json(json.dumps(values), strict=True), []
        except ValidationError as failure:
            details = failure.errors(include_url=False)
            # A repair may move list elements, so all of one round are made from the end.
            repaired = [_repair(values, detail, fields) for detail in reversed(details)]
            if not any(repaired):
                break
    return None, [explain(model, detail, fields) for detail in details[:MAX_REPORTED]]


def _repair(values: dict[str, Value], detail: ErrorDetails, fields: Fields) -> bool:
    location = detail["loc"]
    if detail["type"] in ("extra_forbidden", "missing") or not location:
        return False
    if detail["input"] is None and isinstance(location[-1], str):
        del _container(values, location)[location[-1]]
        return True
    if detail["type"] == "string_type" and location in fields.typed:
        _container(values, location)[location[-1]] = fields.typed[location]
        return True
    return False


def _container(values: dict[str, Value], location: Location) -> Any:
    """The list or mapping that holds the last step of `location`."""
    container: Any = values
    for step in location[:-1]:
        container = container[step]
    return container
