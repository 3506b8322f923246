"""YAML as people write it by hand: plain values, each with its place, and nothing that surprises.

Anchors, aliases, tags, merge keys and duplicate keys are refused; a value is text, a whole number, true/false,
a list or a mapping. Dates stay text here (the schema reads them), so that `2026-02-30` is a sentence
about a date and not a crash in a parser, and `12:30` is not the number 750.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import yaml
from msgspec import Struct, field

from generator.declared.marks import Location, Marks
from generator.declared.yaml_errors import (
    Sentence,
    anchor_or_tag,
    duplicate_key,
    escaped_character,
    full_width_colon,
    full_width_indentation,
    missing_space,
    not_a_key,
    not_a_mapping,
    syntax_error,
    too_deep,
    too_large,
)
from generator.markup.forbidden import forbidden, may_be_forbidden
from generator.model.finding import Family, Finding, Place

if TYPE_CHECKING:
    _Parser = yaml.SafeLoader
else:
    _Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value] | None"

MAX_DEPTH = 20
MAX_REPORTED = 20  # findings about one text; whoever mends these learns the rest in the next run
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
_WORD_BEHIND = re.compile(r"[ \t]*(#)[^\s#]")
"""A comment that looks like a word of the text before it, as `#営業部` does: who explains writes `# ` and a sentence."""


class Fields(Marks):
    """A YAML mapping with the place of everything in it."""

    values: dict[str, Value] = field(default_factory=dict)
    cut: dict[Location, Place] = field(default_factory=dict)
    """For each value without quotes behind which a comment begins like a word: where its `#` stands."""


class Origin(Struct, frozen=True):
    """Where a YAML text comes from."""

    path: str  # as messages show it
    family: Family  # of findings about it
    first_line: int = 1  # of the file, on which the text begins
    column_offset: int = 0  # characters that were cut off the left of each line

    @property
    def place(self) -> Place:
        """The text as a whole."""
        return Place(self.path, self.first_line)

    def at(self, line: int, column: int) -> Place:
        """A place in the text, line and column from 0, as a place in the file."""
        return Place(self.path, self.first_line + line, column + 1 + self.column_offset)

    def finding(self, sentence: Sentence, place: Place) -> Finding:
        code, what, remedy = sentence
        return Finding(self.family, code, place, what, remedy)

    def syntax_error(self, failure: yaml.YAMLError, text: str) -> Finding:
        """What a parser found wrong with the text."""
        sentence, line, column = syntax_error(failure, text)
        return self.finding(sentence, self.place if line is None else self.at(line, column))


class _Refused(Exception):
    def __init__(self, finding: Finding) -> None:
        self.finding = finding


def read_fields(text: str, origin: Origin, *, limit: int | None = None) -> tuple[Fields | None, list[Finding]]:
    """Read a YAML mapping; None when it is no mapping of plain values. `limit` is the most bytes it may take."""
    if limit is not None and len(text.encode("utf-8")) > limit:
        return None, [origin.finding(too_large(limit), origin.place)]
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as failure:
        return None, [origin.syntax_error(failure, text)]
    except RecursionError:  # the pure-Python parser, on deeply nested input
        return None, [origin.finding(too_deep(MAX_DEPTH), origin.place)]
    reader = _Reader(text, origin)
    if node is None:
        return reader.fields, []
    try:
        reader.read_root(node)
    except _Refused as refused:
        return None, [refused.finding]
    return (None if reader.findings else reader.fields), reader.findings[:MAX_REPORTED]


class _Reader:
    """Walks PyYAML's nodes once, noting values and places."""

    def __init__(self, text: str, origin: Origin) -> None:
        self._text, self._origin = text, origin
        # What is not in the text can only be written as an escape.
        self._may_be_forbidden = "\\" in text or may_be_forbidden(text)
        self._may_surprise = any(mark in text for mark in "&*!")
        self._may_be_cut = "#" in text
        self._seen: set[int] = set()
        self.fields = Fields(origin.family, {(): origin.place})
        self.findings: list[Finding] = []

    def read_root(self, node: yaml.Node) -> None:
        if not isinstance(node, yaml.MappingNode):
            raise _Refused(self._no_mapping(node))
        self.fields.values = self._mapping(node, ())

    def _no_mapping(self, node: yaml.Node) -> Finding:
        if isinstance(node, yaml.ScalarNode):
            mark = node.start_mark
            line = self._text[mark.index - mark.column :].partition("\n")[0]
            if (missing := missing_space(line, mark.line)) is not None:
                return self._origin.finding(missing[0], self._origin.at(*missing[1:]))
            if "：" in node.value:
                return self._origin.finding(full_width_colon(), self._place(node))
        return self._origin.finding(not_a_mapping(), self._place(node))

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
            if key.startswith("\u3000"):  # to YAML a letter like any other
                self.findings.append(self._origin.finding(full_width_indentation(), place))
                continue
            if key in values:
                first = self.fields.places[(*location, key)].line
                self.findings.append(self._origin.finding(duplicate_key(key, first), place))
                continue
            self.fields.places[(*location, key)] = place
            values[key] = self._value(value_node, (*location, key))
        return values

    def _key(self, node: yaml.Node) -> str:
        self._refuse_surprises(node, ())
        if not isinstance(node, yaml.ScalarNode) or node.value == "<<":
            raise self._refused(not_a_key(), node)
        key: str = node.value
        if self._may_be_forbidden and forbidden(key) is not None:
            raise self._refused(escaped_character(key), node)
        return key

    def _scalar(self, node: yaml.Node, location: Location) -> Value:
        text: str = node.value
        if self._may_be_forbidden and forbidden(text) is not None:
            self.findings.append(self._origin.finding(escaped_character(text), self._place(node)))
        self.fields.typed[location] = text
        if self._may_be_cut and isinstance(node, yaml.ScalarNode) and not node.style:
            self._note_cut(node, location)
        if node.tag == f"{_TAG}null":
            return None
        if node.tag == f"{_TAG}bool":
            return text.lower() not in _FALSE
        # A quoted number counts as one too: pydantic would read "86400" as a date in 1970.
        return int(text) if _WHOLE_NUMBER.fullmatch(text) else text

    def _note_cut(self, node: yaml.ScalarNode, location: Location) -> None:
        if behind := _WORD_BEHIND.match(self._text, node.end_mark.index):
            line, column = node.end_mark.line, node.end_mark.column + behind.start(1) - node.end_mark.index
            self.fields.cut[location] = self._origin.at(line, column)

    def _refuse_surprises(self, node: yaml.Node, location: Location) -> None:
        """Anchors and tags stand at a node's start; an alias gives the same node twice."""
        if self._may_surprise:
            first = self._text[node.start_mark.index : node.start_mark.index + 1]
            if id(node) in self._seen or first in ("&", "!"):
                raise self._refused(anchor_or_tag(first), node)
            self._seen.add(id(node))
        if len(location) > MAX_DEPTH:
            raise self._refused(too_deep(MAX_DEPTH), node)

    def _place(self, node: yaml.Node) -> Place:
        return self._origin.at(node.start_mark.line, node.start_mark.column)

    def _refused(self, sentence: Sentence, node: yaml.Node) -> _Refused:
        return _Refused(self._origin.finding(sentence, self._place(node)))
