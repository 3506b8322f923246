"""Links, anchors and pictures, checked against everything the site has."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from generator.model.finding import closest
from generator.verify.address import file_of
from generator.verify.facts import PageFacts
from generator.verify.wording import Problem

_TOP = frozenset({"", "top"})  # names that browsers know without an element


class Whereabouts:
    """Which paths from the site's root are answered, and which names stand on each page."""

    def __init__(self, files: Mapping[str, int], facts: Mapping[str, PageFacts]) -> None:
        self.files = files
        self.facts = facts
        self._names: dict[str, frozenset[str]] = {}

    def file(self, address: str) -> str | None:
        """The file behind an address without fragment; a folder may be named without its closing slash."""
        for path in (file_of(address), f"{address}/index.html"):
            if path in self.files:
                return path
        return None

    def has_name(self, file: str, name: str) -> bool:
        """Whether `#name` finds its place; in a file that is no page there is nothing to find."""
        if name in _TOP or file not in self.facts or name.startswith(":~:"):
            return True
        if file not in self._names:
            self._names[file] = frozenset(self.facts[file].ids)
        return name in self._names[file]


def link_problems(pages: Iterable[str], whereabouts: Whereabouts) -> Iterator[Problem]:
    """Addresses on pages behind which there is nothing."""
    good: set[str] = set()  # most addresses stand on every page
    for page in pages:
        told = whereabouts.facts[page]
        for link in told.links:
            if link not in good:
                if problem := _link_problem(page, link, whereabouts):
                    yield problem
                else:
                    good.add(link)
        yield from _missing(page, told.pictures, "missing-picture", whereabouts.files)
        yield from missing_resources(page, told.resources, whereabouts.files)


def missing_resources(path: str, addresses: Iterable[str], files: Mapping[str, int]) -> Iterator[Problem]:
    """What a page or style sheet loads and the site does not have."""
    yield from _missing(path, addresses, "missing-resource", files)


def _link_problem(page: str, link: str, whereabouts: Whereabouts) -> Problem | None:
    address, _, name = link.partition("#")
    file = whereabouts.file(address)
    if file is None:
        return Problem("broken-link", page, link or "./", _written(address))
    if not whereabouts.has_name(file, name):
        shown = f"#{name}" if file == page else f"{address or './'}#{name}"
        near = closest(name, whereabouts.facts[file].ids)
        return Problem(
            "broken-anchor", page, shown, (f"#{name}", f"#{quote(name)}"), meant=f"#{near}" if near is not None else ""
        )
    return None


def _missing(page: str, addresses: Iterable[str], code: str, files: Mapping[str, int]) -> Iterator[Problem]:
    for address in addresses:
        path = address.partition("#")[0]
        if path not in files and file_of(path) not in files:
            yield Problem(code, page, path, _written(path))


def _written(address: str) -> tuple[str, ...]:
    """How the author may have written it: relative links are rewritten, their last part stays."""
    last = posixpath.basename(address.rstrip("/"))
    return (address, last, quote(last)) if last else ()
