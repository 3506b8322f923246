"""Values as texts that are the same in every process, to take digests of and to look for sentences in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set

from msgspec import Struct
from pydantic import BaseModel


def as_text(value: object) -> str:
    """Everything that a value holds: whatever fields are added to its class, they count.

    Not pydantic's JSON: to build what writes it takes longer than all else that a small change does with figures.
    """
    match value:
        case str():
            return json.dumps(value, ensure_ascii=False)
        case BaseModel():
            return as_text(dict(value))
        case Mapping():
            return _listed(f"{as_text(key)}: {as_text(each)}" for key, each in value.items())
        case Set():
            return _listed(sorted(map(as_text, value)))
        case tuple() | list():
            return _listed(map(as_text, value))
        case Struct():
            return _listed(f"{name}: {as_text(getattr(value, name))}" for name in value.__struct_fields__)
        case _:
            return repr(value)


def _listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(texts)}]"
