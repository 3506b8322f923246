"""The places in a YAML text whose values another program reads: mkdocs.yml, with tags that only MkDocs understands."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from generator.declared.marks import Location, Marks
from generator.model.finding import Family, Place

_PLAIN = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp"))


def marks_of(text: str, path: str, family: Family) -> Marks:
    """Where every key and list item of `text` stands, e.g. `("plugins", 1, "kawaraban", "company")`.

    Nothing is constructed, so `!ENV`, `!!python/name:…`, anchors and merge keys do no harm; what stands behind an
    alias is at the place of its anchor. Of a text that is no YAML only the whole has a place.
    """
    marks = Marks(family, {(): Place(path)})
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return marks
    for location, place, value in _walk((), node, frozenset()) if node else ():
        marks.places[location] = Place(path, place.start_mark.line + 1, place.start_mark.column + 1)
        if isinstance(value, yaml.ScalarNode) and value.tag in _PLAIN:
            marks.typed[location] = value.value  # behind a tag stands something else than what is typed
    return marks


def _walk(
    location: Location, node: yaml.Node, above: frozenset[int]
) -> Iterator[tuple[Location, yaml.Node, yaml.Node]]:
    """Each location below `node`, with the node that shows where it stands and the node of its value."""
    if id(node) in above:  # an alias to what it stands in
        return
    above |= {id(node)}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*location, str(key.value)), key, value
            yield from _walk((*location, str(key.value)), value, above)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield (*location, index), item, item
            yield from _walk((*location, index), item, above)
