"""An edition printed: every file of the site, judged, and remembered for the next build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import cached_property, partial
from operator import attrgetter
from typing import TypeAlias

from msgspec import Struct, field

from generator.build.carried import Carried
from generator.build.edition import Edition, Engine, maker_of
from generator.build.files import LooseFile, LooseFiles, asset_files, data_files, judged, redirect_files
from generator.build.findable import Findable, Index, SearchFiles, made_findable
from generator.build.memory import AssetNote, FileRecord, Grounds, PageRecord
from generator.build.page import CONTENT, FACTS, PageMaker, facts_name, search_parts, staged_file, stored_facts
from generator.build.pages import Pages, chosen_pages, make_pages
from generator.build.reuse import Changes
from generator.compose.uses import Uses
from generator.compose.written import told
from generator.effects import Effects
from generator.model.finding import Finding
from generator.read.notebook import DETAILS
from generator.render.deliver import SiteFile, SiteFiles
from generator.render.mkdocs.frame_store import FRAME
from generator.render.mkdocs.shell_files import SHELL, SHELL_FILE
from generator.search import Part, text_of
from generator.verify import ForbiddenText, Origin, PageFacts, Problem, SiteJudge, Sources, findings, leak_problems
from generator.verify.address import file_of
from generator.verify.facts import page_facts
from generator.workers import Workers

_MANY_NEW = 50
"""New pages from which on it pays to do two things at a time."""

_Name: TypeAlias = tuple[str, str]
"""The file of a page, and a name on it."""


class Impression(Struct, dict=True):
    """The pages of an edition as they were made, and the files beside them."""

    edition: Edition
    engine: Engine
    maker: PageMaker
    pages: Pages
    files: LooseFiles = field(default_factory=LooseFiles)
    search: SearchFiles | None = None
    """Last of all files, since it takes longest."""
    warnings: tuple[Finding, ...] = ()
    """About the authors' texts."""
    _assets: dict[str, AssetNote] = {}

    @classmethod
    def of(cls, edition: Edition, engine: Engine, effects: Effects) -> Impression:
        """Make the pages that a change reaches."""
        maker = maker_of(edition, engine)
        if maker.plugged is not None and edition.memory.grounds.frame != engine.frame:
            edition.memory.forget()  # a plugin may have noted something with a content for the page around it
        changes = Changes.since(edition.memory, edition.facts, edition.addresses, engine.frame, edition.outline)
        chosen = chosen_pages(edition.newspaper.pages, edition.memory, edition.facts, changes, edition.store)
        return cls(edition, engine, maker, make_pages(chosen, maker, effects, edition.new_texts))

    @property
    def is_large(self) -> bool:
        """Whether so much is new that the search and the delivery take seconds; to be asked before the search is there."""
        return len(self.pages.parts) > _MANY_NEW

    def findings_of_texts(self) -> Iterator[Finding]:
        """What is wrong with the authors' texts, those that stand on no page included."""
        yield from self.pages.findings
        shown = {source for record in self.pages.records.values() for source in record.texts}
        for page in self.edition.newspaper.library.pages:
            if page.source not in shown:
                yield from self.maker.writer.findings(page.source, Uses())

    def add_files(self, shell: Iterable[LooseFile]) -> None:
        """Judge what stands beside the pages: the theme's files (`shell`), data, pictures, permanent addresses.

        The files of the search come later (`add_search`).
        """
        newspaper, memory = self.edition.newspaper, self.edition.memory
        written = self.pages.records.values()
        stand = memory.files if self._are_told_as_before() else {}
        beside = [*shell, *data_files(newspaper.file_urls, lambda: newspaper.files(written), stand)]
        beside += redirect_files(newspaper.redirects, memory.files)
        assets = newspaper.library.assets
        noted = asset_files(assets, memory.grounds.assets, self.edition.notebook.clock)
        for asset, (file, note) in zip(assets, noted, strict=True):
            beside.append(file)
            self._assets[asset.source] = note
        is_anew = bool(self.edition.new_texts)
        self.files = judged(beside, self.maker.judge, memory, self.edition.store, is_swept_anew=is_anew)

    def _are_told_as_before(self) -> bool:
        """Whether feeds and sitemap tell of all pages what those of the last build do, and figures are the same."""
        edition, made = self.edition, self.pages.made
        known, now = edition.memory.records, self.pages.records
        return edition.outline == edition.memory.grounds.outline and all(
            url in known and told(known[url]) == told(now[url]) for url in made
        )

    @contextmanager
    def search_beside(self, effects: Effects) -> Iterator[Callable[[], Index]]:
        """Bring the search up to many new pages while the body judges what else there is; it is given what waits for it.

        With few, also among 5,000, it takes as long here as a process takes to start, and half the CPU.
        """
        workers = effects.workers if self.is_large else Workers()
        with workers.beside(made_findable, self._findable) as index:
            if workers.are_others:
                self.pages.parts.clear()  # 40 MB of 5,000 articles, which the other process has too
            yield index

    def add_search(self, index: Index) -> list[Finding]:
        """Add the files of the search. Returns what is wrong with them: no link leads to one of them."""
        self.pages.parts.clear()  # the index has them
        self.search = index.keep(self._findable)
        problems = (problem for record in self.search.records.values() for problem in record.problems)
        return findings(problems, Sources(self.edition.settings))

    @cached_property
    def pages_by_path(self) -> Mapping[str, PageRecord]:
        """All pages by their files."""
        return {file_of(url): record for url, record in self.pages.records.items()}

    @cached_property
    def _findable(self) -> Findable:
        edition = self.edition
        return Findable(
            pages=self.pages.records,
            parts_of_page=self._parts_of,
            synonyms=edition.synonyms,
            store=edition.store,
            known=self._known_search,
            folder=self.engine.folder,
        )

    @cached_property
    def _known_search(self) -> Mapping[str, FileRecord]:
        """The files of the search of the last build."""
        return {path: file for path, file in self.edition.memory.files.items() if file.mark}

    @property
    def search_paths(self) -> frozenset[str]:
        """The files of the search: those of the last build until there are new ones."""
        return frozenset(self._known_search if self.search is None else self.search.records)

    def _parts_of(self, record: PageRecord) -> Sequence[Part]:
        """What the search keeps of a page."""
        made = self.pages.parts.get(record.url)
        return search_parts(record, text_of(self.maker.content_of(record))) if made is None else made

    def findings(self) -> list[Finding]:
        """Everything that is wrong with the finished site, at the author's line where one is to blame."""
        problems = list(self._problems())
        if not problems:
            return []  # nobody need know where each page comes from
        origins = {path: Origin(page.source, page.texts) for path, page in self.pages_by_path.items()}
        sources = Sources(self.edition.settings, origins, self.edition.newspaper.library.texts)
        return findings(problems, sources)

    def site_files(self) -> SiteFiles:
        """Every file of the site by its path."""
        pages = {file_of(url): record for url, record in self.pages.records.items()}
        search = self.search.records if self.search is not None else {}
        every: list[Mapping[str, PageRecord | LooseFile | FileRecord]] = [pages, self.files.files, search]
        digests = {path: file.sha256 for files in every for path, file in files.items()}
        return SiteFiles(digests, partial(self._site_file, pages, frozenset(self.pages.made)))

    def _site_file(self, pages: Mapping[str, PageRecord], made: Set[str], path: str) -> SiteFile:
        if self.search is not None and path in self.search.records:
            return self.search.site_file(path)
        if (file := self.files.files.get(path)) is not None:
            return SiteFile(file.sha256, file.size, file.content)
        page = pages[path]
        staged = staged_file(self.engine.folder, path) if page.url in made else None
        return SiteFile(page.sha256, page.size, partial(_page_bytes, self.maker, page), staged)

    def remember(self) -> None:
        """Leave everything to the next build, good or bad: what is wrong is told again until it is mended."""
        edition = self.edition
        judged_links = self.files.files  # without the files beside the pages nobody knows where links lead
        in_question = {p.page for p in self._link_problems} if judged_links else set(self.pages_by_path)
        kept = {url: record for url, record in self.pages.records.items() if url not in self.pages.faulty}
        carried, before = Carried.over(edition.memory.records, kept), edition.memory.grounds
        uses, links = attrgetter("uses"), attrgetter("links")
        grounds = Grounds(
            frame=self.engine.frame,
            outline=edition.outline,
            lists=edition.lists,
            facts=carried.still_needed(before.facts, uses)
            | {name: edition.facts.one(name) for name in carried.looked_up(uses)},
            addresses=before.addresses if edition.outline == before.outline else edition.addresses.digest,
            answers=carried.still_needed(before.answers, links) | self.pages.answers,
            assets=self._assets,
            swept=self._not_met,
            in_question=tuple(sorted(in_question)),
        )
        search = {} if self.search is None else self.search.records
        edition.memory.keep(kept, {**self.files.records, **search}, grounds)
        edition.store.flush()
        if edition.store.is_too_large:
            edition.store.keep_only(self._used)

    @property
    def _used(self) -> dict[str, set[str]]:
        """The entries of the store that the next build looks for, and this one when it delivers."""
        pages, files = self.pages.records.values(), self.files.digests
        used = {
            CONTENT: {page.content for page in pages},
            FACTS: {facts_name(sha256) for sha256 in {page.sha256 for page in pages} | files},
            DETAILS: self.edition.notebook.details,
            FRAME: {page.frame for page in pages},
        }
        # A build that ends before the files beside the pages are known does not say which of the theme's it would use.
        return used | {SHELL: {self.engine.frame}, SHELL_FILE: files} if files else used

    @property
    def _met(self) -> set[ForbiddenText]:
        """What stands somewhere on the site and may not."""
        return self.pages.met | self.files.met

    @property
    def _not_met(self) -> frozenset[bytes]:
        """What no page holds. What one holds is looked for again on every page, until it is gone."""
        met = self._met
        return frozenset(digest for digest, text in self.edition.sought.items() if text not in met)

    def _problems(self) -> Iterator[Problem]:
        judged_files: list[PageRecord | FileRecord] = [*self.pages.records.values(), *self.files.records.values()]
        yield from (problem for record in judged_files for problem in record.problems)
        yield from self._site.whole(script for record in judged_files for script in record.scripts)
        yield from self._link_problems
        if met := self._met:
            yield from leak_problems(met, self._readable())

    def _readable(self) -> Iterator[tuple[str, bytes]]:
        """The bytes of every file, and what readers make of those of a page."""
        yield from ((path, file.content()) for path, file in self.site_files().items())
        yield from ((path, self.maker.words_of(record)) for path, record in self.pages_by_path.items())

    @cached_property
    def _site(self) -> SiteJudge:
        sizes = {path: record.size for path, record in self.pages_by_path.items()}
        sizes |= {path: file.size for path, file in self.files.files.items()}
        foreign = frozenset(path for path, record in self.pages_by_path.items() if record.is_foreign)
        return SiteJudge(sizes, self._facts, foreign)

    @cached_property
    def _facts(self) -> _Facts:
        return _Facts(self)

    @cached_property
    def _link_problems(self) -> list[Problem]:
        problems = list(self._site.links(self._pages_with_links_to_judge(), self.files.stylesheets))
        self._facts.forget()
        return problems

    def _pages_with_links_to_judge(self) -> list[str]:
        """What was made, had links to nowhere or jumps to a name that is gone; everything when a page or file is gone."""
        pages = [*self.pages_by_path, *(path for path in self.files.files if path.endswith(".html"))]
        memory, lost = self.edition.memory, self._lost_names()
        if lost is None or self._is_something_gone():
            return pages
        doubtful = {*map(file_of, self.pages.made), *memory.grounds.in_question}
        doubtful |= {path for path, file in self.files.records.items() if memory.files.get(path) is not file}
        if lost:
            doubtful |= {
                path for path, jumps in self._jumps() if any(not lost.isdisjoint(_names(jump)) for jump in jumps)
            }
        return [path for path in pages if path in doubtful]

    def _jumps(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each page with its links to names on other pages."""
        yield from ((path, record.jumps) for path, record in self.pages_by_path.items())
        yield from ((path, record.jumps) for path, record in self.files.records.items())

    def _is_something_gone(self) -> bool:
        memory, now = self.edition.memory, self._site.files
        gone = {file_of(url) for url in memory.records.keys() - self.pages.records.keys()}
        # No page links to a file of the search.
        gone |= {path for path in memory.files.keys() - self.files.files.keys() if not memory.files[path].mark}
        return any(path not in now for path in gone)

    def _lost_names(self) -> set[_Name] | None:
        """The names that pages no longer have; None when nobody knows any more which they had."""
        lost: set[_Name] = set()
        for url in self.pages.made:
            known = self.edition.memory.records.get(url)
            if known is None:
                continue
            before, path = stored_facts(self.edition.store, known.sha256), file_of(url)
            if before is None:
                return None
            lost.update((path, name) for name in set(before.ids).difference(self._site.facts[path].ids))
        return lost


def _names(jump: str) -> tuple[_Name, _Name]:
    """Where a link to a name may lead: the address of a folder may lack its closing slash."""
    address, _, name = jump.partition("#")
    return (file_of(address), name), (f"{address}/index.html", name)


def _page_bytes(maker: PageMaker, record: PageRecord) -> bytes:
    """The bytes of a page, put together when the site does not have them."""
    return maker.whole(record).encode()


class _Facts(Mapping[str, PageFacts]):
    """What a browser reads on each page, looked up page by page."""

    def __init__(self, impression: Impression) -> None:
        self._impression = impression
        self._by_path = impression.pages_by_path
        self._known: dict[str, PageFacts] = {}

    def __getitem__(self, path: str) -> PageFacts:
        if path not in self._known:
            self._known[path] = self._looked_up(path)
        return self._known[path]

    def forget(self) -> None:
        """Let go of what was looked up: 40 MB, where all pages of 5,000 articles were."""
        self._known.clear()

    def _looked_up(self, path: str) -> PageFacts:
        impression = self._impression
        file = self._by_path.get(path) or impression.files.files[path]
        if (found := stored_facts(impression.edition.store, file.sha256)) is not None:
            return found
        # The store has been cut down or damaged since: the page is read once more.
        content = file.content() if isinstance(file, LooseFile) else impression.maker.whole(file).encode()
        return page_facts(content, path, impression.maker.judge.home)

    def __contains__(self, path: object) -> bool:
        return path in self._by_path or (path in self._impression.files.files and str(path).endswith(".html"))

    def __iter__(self) -> Iterator[str]:
        yield from self._by_path
        yield from (path for path in self._impression.files.files if path.endswith(".html"))

    def __len__(self) -> int:
        return sum(1 for _ in self)
