"""Where everything in a YAML text stands, so that each finding can point at it."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from generator.model.finding import Family, Finding, Place, Severity, Text

Location: TypeAlias = tuple[str | int, ...]
"""The keys and list indexes that lead to a value, from the top of the text."""


class Marks(Struct):
    """The places of keys and values; findings about them belong to `family`."""

    family: Family
    places: dict[Location, Place] = {}
    """Where each key stands (for an element of a list: where it begins). The text itself stands at `()`."""
    typed: dict[Location, str] = {}
    """Each single value exactly as typed, without quotes."""

    def place_of(self, location: Location) -> Place:
        """The place of a location, or of the nearest thing around it."""
        while location and location not in self.places:
            location = location[:-1]
        return self.places[location]

    def finding(
        self, code: str, location: Location, what: Text, remedy: Text, severity: Severity = Severity.ERROR
    ) -> Finding:
        """A finding about what stands at `location`."""
        return Finding(self.family, code, self.place_of(location), what, remedy, severity)
