"""YAML as people write it by hand: plain values, each with its place, and nothing that surprises.

Anchors, aliases, tags, merge keys and duplicate keys are refused; a value is text, a whole number, true/false,
a list or a mapping. Dates stay text here (the schema reads them), so that `2026-02-30` is a sentence
about a date and not a crash in a parser, and `12:30` is not the number 750.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import yaml

from generator.model.finding import Finding, Place
from generator.read.characters import forbidden
from generator.read.reporting import MAX_REPORTED
from generator.read.yaml_errors import (
    anchor_or_tag,
    duplicate_key,
    escaped_character,
    full_width_colon,
    not_a_key,
    not_a_mapping,
    syntax_error,
    too_deep,
    too_large,
)

if TYPE_CHECKING:
    _Parser = yaml.SafeLoader
else:
    _Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Location: TypeAlias = tuple[str | int, ...]
Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value] | None"

MAX_BYTES = 16_000
MAX_DEPTH = 20
_TAG = "tag:yaml.org,2002:"


class _Loader(_Parser):
    """SafeLoader that knows only null, true/false and decimal whole numbers besides text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 (PyYAML's own attribute)


_Loader.add_implicit_resolver(f"{_TAG}null", re.compile(r"(?:~|null|Null|NULL|)\Z"), ["~", "n", "N", ""])
_Loader.add_implicit_resolver(
    f"{_TAG}bool",
    re.compile(r"(?:true|True|TRUE|false|False|FALSE|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)\Z"),
    list("tTfFyYnNoO"),
)
_WHOLE_NUMBER = re.compile(r"[-+]?[0-9]{1,18}")
_FALSE = frozenset({"false", "no", "off"})


@dataclass(slots=True)
class Fields:
    """A YAML mapping with the place of everything in it."""

    values: dict[str, Value] = field(default_factory=dict)
    places: dict[Location, Place] = field(default_factory=dict)
    """Where each key stands (for an element of a list: where it begins)."""
    typed: dict[Location, str] = field(default_factory=dict)
    """Each single value exactly as typed, without quotes."""

    def place_of(self, location: Location) -> Place:
        """The place of a location, or of the nearest thing around it."""
        while location and location not in self.places:
            location = location[:-1]
        return self.places[location]


class _Refused(Exception):
    def __init__(self, finding: Finding) -> None:
        self.finding = finding


def read_fields(text: str, path: str, first_line: int, column_offset: int = 0) -> tuple[Fields | None, list[Finding]]:
    """Read a YAML mapping whose first line is `first_line` of `path`; None when it is no mapping of plain values.

    `column_offset` characters were cut off the left of each line.
    """
    if len(text.encode("utf-8")) > MAX_BYTES:
        return None, [too_large(MAX_BYTES, Place(path, first_line))]
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as failure:
        return None, [syntax_error(failure, text, path, first_line, column_offset)]
    except RecursionError:  # the pure-Python parser, on deeply nested input
        return None, [too_deep(MAX_DEPTH, Place(path, first_line))]
    reader = _Reader(text, path, first_line, column_offset)
    if node is None:
        reader.fields.places[()] = Place(path, first_line)
        return reader.fields, []
    try:
        reader.read_root(node)
    except _Refused as refused:
        return None, [refused.finding]
    return (None if reader.findings else reader.fields), reader.findings[:MAX_REPORTED]


class _Reader:
    """Walks PyYAML's nodes once, noting values and places."""

    def __init__(self, text: str, path: str, first_line: int, column_offset: int) -> None:
        self._text, self._path = text, path
        self._first_line, self._column_offset = first_line, column_offset
        self._seen: set[int] = set()
        self.fields = Fields()
        self.findings: list[Finding] = []

    def read_root(self, node: yaml.Node) -> None:
        self.fields.places[()] = Place(self._path, self._first_line)
        if not isinstance(node, yaml.MappingNode):
            is_full_width = isinstance(node, yaml.ScalarNode) and "：" in node.value
            raise _Refused((full_width_colon if is_full_width else not_a_mapping)(self._place(node)))
        self.fields.values = self._mapping(node, ())

    def _value(self, node: yaml.Node, location: Location) -> Value:
        self._refuse_surprises(node, location)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, location)
        if isinstance(node, yaml.SequenceNode):
            return [self._element(child, (*location, index)) for index, child in enumerate(node.value)]
        return self._scalar(node, location)

    def _element(self, node: yaml.Node, location: Location) -> Value:
        self.fields.places[location] = self._place(node)
        return self._value(node, location)

    def _mapping(self, node: yaml.MappingNode, location: Location) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            place = self._place(key_node)
            if key in values:
                self.findings.append(duplicate_key(key, place, self.fields.places[(*location, key)]))
                continue
            self.fields.places[(*location, key)] = place
            values[key] = self._value(value_node, (*location, key))
        return values

    def _key(self, node: yaml.Node) -> str:
        self._refuse_surprises(node, ())
        if not isinstance(node, yaml.ScalarNode) or node.value == "<<":
            raise _Refused(not_a_key(self._place(node)))
        key: str = node.value
        if forbidden(key) is not None:
            raise _Refused(escaped_character(key, self._place(node)))
        return key

    def _scalar(self, node: yaml.Node, location: Location) -> Value:
        text: str = node.value
        if forbidden(text) is not None:
            self.findings.append(escaped_character(text, self._place(node)))
        self.fields.typed[location] = text
        if node.tag == f"{_TAG}null":
            return None
        if node.tag == f"{_TAG}bool":
            return text.lower() not in _FALSE
        # A quoted number counts as one too: pydantic would read "86400" as a date in 1970.
        return int(text) if _WHOLE_NUMBER.fullmatch(text) else text

    def _refuse_surprises(self, node: yaml.Node, location: Location) -> None:
        """Anchors and tags stand at a node's start; an alias gives the same node twice."""
        first = self._text[node.start_mark.index : node.start_mark.index + 1]
        if id(node) in self._seen or first in ("&", "!"):
            raise _Refused(anchor_or_tag(first, self._place(node)))
        self._seen.add(id(node))
        if len(location) > MAX_DEPTH:
            raise _Refused(too_deep(MAX_DEPTH, self._place(node)))

    def _place(self, node: yaml.Node) -> Place:
        mark = node.start_mark
        return Place(self._path, self._first_line + mark.line, mark.column + 1 + self._column_offset)
