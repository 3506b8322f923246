"""Our own plain objects as bytes and back.

Pickle, because what is kept of pages holds front matter, which is pydantic's: msgspec does not read that, and JSON
through pydantic takes eight times as long. But with a closed list of classes: whoever can write into the cache folder,
such as another job of a shared CI, can make a build fail, not run code. Where all is structs (`search.state`) msgspec
reads and writes it.
"""

from __future__ import annotations

import copyreg
import gc
import io
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from functools import cache
from importlib import import_module
from operator import attrgetter
from zoneinfo import ZoneInfo

_PLAIN = {(kind.__module__, kind.__qualname__): kind for kind in (date, datetime, timedelta, timezone, set, frozenset)}
_FUNCTIONS = frozenset({("generator.cache.records", "zone_named"), ("generator.model.record", "restored")})
_OURS = tuple(f"generator.{verb}." for verb in ("model", "declared", "read", "render", "verify", "build"))


class NotARecord(Exception):
    """The bytes are damaged, of another version, or not ours."""


def to_bytes(value: object) -> bytes:
    """`value`, made of our frozen types and plain Python values, as bytes."""
    out = io.BytesIO()
    _Pickler(out, protocol=5).dump(value)
    return out.getvalue()


def from_bytes(content: bytes) -> object:
    """What `to_bytes` was given. Raises NotARecord for anything else."""
    with _without_collecting():
        try:
            return _Unpickler(io.BytesIO(content)).load()
        except NotARecord:
            raise
        except Exception as error:  # pickle raises whatever the damaged bytes lead it to
            raise NotARecord(type(error).__name__) from error


def zone_named(key: str) -> ZoneInfo:
    return ZoneInfo(key)


def _reduced_zone(zone: ZoneInfo) -> tuple[Callable[[str], ZoneInfo], tuple[str]]:
    return zone_named, (str(zone.key),)


class _Pickler(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table | {ZoneInfo: _reduced_zone}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        return _named(module, name)


@cache  # every record names its classes; only the few that may be named are kept
def _named(module: str, name: str) -> object:
    """One of the closed list. Raises NotARecord for everything else."""
    if (module, name) in _PLAIN:
        return _PLAIN[module, name]
    if (module, name) in _FUNCTIONS:
        return getattr(import_module(module), name)
    if module.startswith(_OURS):
        found = attrgetter(name)(import_module(module))
        if isinstance(found, type) and found.__module__ == module:
            return found
    raise NotARecord(f"{module}.{name}")


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Thousands of new objects and no garbage among them: looking for some takes longer than reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
