"""The whole judgement of a built folder."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from generator.model.finding import Finding
from generator.model.site import Site
from generator.settings import Settings
from generator.verify.address import Home, Reach, file_of
from generator.verify.facts import PageFacts, loads_of_stylesheet, page_facts
from generator.verify.folder import BuiltFolder, folder_problems
from generator.verify.forbidden import Forbidden
from generator.verify.links import expectation_problems, link_problems
from generator.verify.loading import drawing_problems, loading_problems, stylesheet_problems
from generator.verify.page import page_problems
from generator.verify.places import findings
from generator.verify.sweep import Sweep, leak_problems
from generator.verify.wording import Problem

_ERROR_PAGE = "404.html"


def verify(site_dir: Path, settings: Settings, expected: Site, forbidden: Forbidden) -> list[Finding]:
    """Judge the site in `site_dir` before anybody sees it.

    `expected` is what was composed: it says which pages must be there, which pictures are authors', and whose
    line a finding belongs to. Errors among the findings mean that the site must not be published.
    """
    return findings(_problems(site_dir, settings, expected, forbidden), expected, settings)


def _problems(site_dir: Path, settings: Settings, expected: Site, forbidden: Forbidden) -> Iterator[Problem]:
    folder = BuiltFolder.scan(site_dir)
    reading = _Reading(Home.of(settings.site_url), Sweep(forbidden.texts))
    for path in folder.files:
        reading.read(path, folder.read(path))
    authors_pictures = frozenset(asset.url for asset in expected.assets)
    # Articles come from elsewhere with pictures and links that nobody mends; `read` has warned of the pictures.
    articles = frozenset(
        file_of(document.url) for document in expected.documents if any(slot.is_foreign for slot in document.slots)
    )
    without_text = frozenset({_ERROR_PAGE, *(file_of(url) for url in expected.redirects)})
    yield from folder_problems(folder)
    yield from expectation_problems(expected, folder.files)
    for page, told in reading.pages.items():
        needing_words = frozenset[str]() if page in articles else authors_pictures
        yield from page_problems(page, told, has_text=page not in without_text, authors_pictures=needing_words)
    for problem in link_problems(reading.pages, reading.stylesheets, folder.files):
        is_mild = problem.code == "broken-anchor" and problem.page in articles
        yield replace(problem, is_mild=True) if is_mild else problem
    yield from loading_problems(reading.pages)
    yield from drawing_problems(reading.drawings)
    yield from stylesheet_problems(reading.stylesheets_outside)
    yield from reading.unsearched
    yield from leak_problems(reading.sweep.met, ((path, folder.read(path)) for path in folder.files))


class _Reading:
    """Reads every file once."""

    def __init__(self, home: Home, sweep: Sweep) -> None:
        self._home = home
        self.sweep = sweep
        self.pages: dict[str, PageFacts] = {}
        self.drawings: dict[str, PageFacts] = {}
        self.stylesheets: dict[str, tuple[str, ...]] = {}
        self.stylesheets_outside: dict[str, tuple[str, ...]] = {}
        self.unsearched: list[Problem] = []

    def read(self, path: str, content: bytes) -> None:
        if problem := self.sweep.look(path, content):
            self.unsearched.append(problem)
        match posixpath.splitext(path)[1].lower():
            case ".html":
                self.pages[path] = page_facts(content, path, self._home)
            case ".svg":
                self.drawings[path] = page_facts(content, path, self._home)
            case ".css":
                loads = loads_of_stylesheet(content.decode(errors="replace"), path, self._home)
                self.stylesheets[path] = tuple(load.address for load in loads if load.reach is Reach.INSIDE)
                self.stylesheets_outside[path] = tuple(load.address for load in loads if load.reach is Reach.OUTSIDE)
