"""The judgement of a built site: every file by itself, then what holds between them."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterable, Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from generator.settings import Settings
from generator.verify.address import Home, Reach
from generator.verify.facts import PageFacts, loads_of_stylesheet, page_facts
from generator.verify.folder import file_problems, front_page_problems
from generator.verify.forbidden import ForbiddenText
from generator.verify.links import Whereabouts, link_problems, missing_resources
from generator.verify.loading import drawing_problems, inline_script_problems, loading_problems, stylesheet_problems
from generator.verify.page import page_problems
from generator.verify.sought import Forbidden
from generator.verify.sweep import Sweep
from generator.verify.wording import Problem


class Verdict(Struct, frozen=True):
    """One file, judged by itself."""

    facts: PageFacts | None  # of a page
    loads: tuple[str, ...]  # what a style sheet fetches from the site
    problems: tuple[Problem, ...]
    met: frozenset[ForbiddenText]
    """Texts that may not occur, in lines that no file before had."""


class FileJudge(Struct, frozen=True):
    """Judges one file after another.

    `authors_pictures` are the addresses of pictures that authors put in; those need words, not decoration.
    """

    home: Home
    sweep: Sweep
    authors_pictures: Container[str]

    @classmethod
    def of(cls, settings: Settings, forbidden: Forbidden, authors_pictures: Container[str]) -> FileJudge:
        return cls(Home.of(settings.site_url), forbidden.sweep, authors_pictures)

    def judge(self, path: str, content: bytes, *, is_foreign: bool = False, has_text: bool = True) -> Verdict:
        """Judge a file of the site.

        Foreign pages come from elsewhere with pictures that nobody describes. A redirect and the error page have
        nothing to read (`has_text` false).
        """
        met, unsearched = self.sweep.look(path, content)
        problems = [*file_problems(path, len(content)), *([unsearched] if unsearched else [])]
        facts: PageFacts | None = None
        loads: tuple[str, ...] = ()
        match posixpath.splitext(path)[1].lower():
            case ".html":
                facts = page_facts(content, path, self.home)
                pictures = frozenset[str]() if is_foreign else self.authors_pictures
                problems += page_problems(path, facts, has_text=has_text, authors_pictures=pictures)
                problems += loading_problems(path, facts)
            case ".svg":
                problems += drawing_problems(path, page_facts(content, path, self.home))
            case ".css":
                found = loads_of_stylesheet(content.decode(errors="replace"), path, self.home)
                loads = tuple(load.address for load in found if load.reach is Reach.INSIDE)
                problems += stylesheet_problems(path, (load.address for load in found if load.reach is Reach.OUTSIDE))
        return Verdict(facts, loads, tuple(problems), frozenset(met))


class SiteJudge(Struct, frozen=True):
    """Judges what holds between the files of a site."""

    files: Mapping[str, int]
    """Every file by posix path from the site's root, and its size in bytes."""
    facts: Mapping[str, PageFacts]
    """Of every page; looked up page by page."""
    foreign: Container[str] = field(default=frozenset())
    """Pages of articles from elsewhere, with links that nobody mends."""

    def whole(self, scripts: Iterable[str]) -> Iterator[Problem]:
        """The site as such; `scripts` are the digests of all inline scripts."""
        yield from front_page_problems(self.files)
        yield from inline_script_problems(scripts)

    def links(self, pages: Iterable[str], stylesheets: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
        """Addresses on these pages and style sheets behind which there is nothing."""
        whereabouts = Whereabouts(self.files, self.facts)
        for problem in link_problems(pages, whereabouts):
            is_mild = problem.code == "broken-anchor" and problem.page in self.foreign
            yield replace(problem, is_mild=True) if is_mild else problem
        for sheet, loads in stylesheets.items():
            yield from missing_resources(sheet, loads, self.files)
