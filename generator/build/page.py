"""One page from its plan to bytes that a browser would accept; what worker processes do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from generator.build.memory import Link, PageRecord
from generator.cache import records
from generator.cache.fingerprint import code_fingerprint
from generator.cache.store import Store
from generator.compose.facts import Facts
from generator.compose.newspaper import Writer
from generator.compose.planned import PlannedPage
from generator.compose.uses import FIGURES, Uses
from generator.markup.targets import Addresses
from generator.model.finding import Finding
from generator.model.page import AssetFile
from generator.model.site import Document
from generator.search import Part, parts_of, text_of
from generator.verify import FileJudge, ForbiddenText, PageFacts, without_disguises
from generator.verify.address import file_of

CONTENT, FACTS = "content", "facts"
"""Kinds of entries in the store: a page's content by a digest of itself, what a browser reads by that of the file."""


class Frame(Protocol):
    """The texts around a page's words."""

    @property
    def digest(self) -> str: ...


class Body(Protocol):
    """What a page says."""

    def render(self, document: Document) -> tuple[str, list[Finding]]:
        """HTML of a document's content, and what is wrong with its authors' texts."""
        ...


class Chrome(Protocol):
    """The page around the content."""

    def page(self, document: Document, content: str) -> str:
        """The whole HTML page of a document whose content is finished."""
        ...

    def frame_of(self, document: Document) -> Frame | None:
        """What is around the content, the page's own words left out; None when only the whole page tells."""
        ...


class WholePages(Body, Chrome, Protocol):
    """What plugins make of pages. A page around a content is asked for right after the content itself."""

    @property
    def looked_at(self) -> Iterable[str]:
        """What plugins looked at for the last page, as `Uses.beside` wants it."""
        ...


class Task(Struct, frozen=True):
    """A page to be made. With `known`, its content is that of an earlier build, and only the page around it is new."""

    planned: PlannedPage
    known: PageRecord | None = None


class MadePage(Struct, frozen=True):
    """What came of a task; its file lies in the folder of the maker."""

    record: PageRecord
    content: bytes
    facts: bytes
    """`PageFacts` as the store keeps them."""
    parts: tuple[Part, ...]
    """What the search keeps of it."""
    answers: dict[Link, str | None]
    met: frozenset[ForbiddenText]
    """Texts that may not be on any page."""
    faults: tuple[Finding, ...]
    """Of templates and plugins: they stop the build, whatever page they were found on."""


class NotedAddresses(Addresses):
    """All places of a site; which of them were looked for is noted in `answers`."""

    def __init__(self, addresses: Addresses) -> None:
        super().__init__(addresses.by_source, addresses.urls, addresses.assets.values())
        self.answers: dict[Link, str | None] = {}
        self.shown: set[str] = set()
        """Sources of the pictures whose sizes were asked for."""

    def find(self, path: str, source: str, page_url: str, *, is_foreign: bool) -> str | None:
        link = (path, source, page_url, is_foreign)
        if link not in self.answers:
            self.answers[link] = super().find(path, source, page_url, is_foreign=is_foreign)
        return self.answers[link]

    def asset(self, url: str) -> AssetFile | None:
        found = super().asset(url)
        if found is not None:
            self.shown.add(found.source)
        return found


class PageMaker(Struct, frozen=True):
    """Makes one page after another into `folder`; one in each process."""

    writer: Writer
    facts: Facts
    body: Body
    chrome: Chrome
    judge: FileJudge
    addresses: NotedAddresses
    store: Store
    folder: Path
    fault_of: Callable[[Exception], Finding | None]
    """What is wrong with a template of the theme or with a plugin; None for every other error."""
    plugged: WholePages | None = None
    """`body` and `chrome` in one where plugins work on pages: no content can be put into another page then."""

    def make(self, task: Task) -> MadePage:
        content = stored_content(self.store, task.known) if task.known is not None else None
        if task.known is None or content is None:  # one that was lost since the pages were chosen is written anew
            return self._written(task.planned)
        return self._finished(task.known, content, {}, ())

    def _written(self, planned: PlannedPage) -> MadePage:
        uses = Uses()
        self.addresses.answers, self.addresses.shown = {}, set()
        told = len(self.writer.press.findings)
        document = self.writer.document(planned, uses)
        faults = self.writer.press.findings[told:]
        try:
            content, findings = self.body.render(document)
        except Exception as error:
            content, findings, faults = "", [], [*faults, self._fault(error)]
        for source in self.addresses.shown:
            uses.asset(source)
        for source in dict.fromkeys(slot.source for slot in document.slots):
            findings += self.writer.findings(source, uses)
        answers = self.addresses.answers
        if findings or None in answers.values():
            uses.files()  # whether a file is there at all, and what may have been meant, is told by all files
        record = PageRecord(
            url=document.url,
            kind=document.kind,
            title=document.title,
            description=document.description,
            section=document.section,
            lang=document.lang,
            source=document.source,
            published_on=document.published_on,
            updated_on=document.updated_on,
            found_as=document.found_as,
            departments=document.departments,
            words=document.words,
            entry="",
            texts=tuple(dict.fromkeys(slot.source for slot in document.slots)),
            is_foreign=any(slot.is_foreign for slot in document.slots),
            given=self.facts.given_to(planned),
            uses=tuple(sorted(uses.names)),
            links=tuple(answers),
            content=hashlib.blake2b(content.encode(), digest_size=16).hexdigest(),
            frame="",
            sha256="",
            size=0,
            scripts=(),
            jumps=(),
            findings=tuple(findings),
            problems=(),
        )
        return self._finished(record, content, answers, tuple(faults))

    def _finished(
        self, record: PageRecord, content: str, answers: dict[Link, str | None], faults: tuple[Finding, ...]
    ) -> MadePage:
        try:
            document = document_of(record)
            page, frame = self.chrome.page(document, content).encode(), self.chrome.frame_of(document)
        except Exception as error:
            page, frame, faults = b"", None, (*faults, self._fault(error))
        path = file_of(record.url)
        staged_file(self.folder, path).write_bytes(page)
        verdict = self.judge.judge(path, page, is_foreign=record.is_foreign)
        record = record._replace(
            frame=frame.digest if frame is not None else "",
            uses=self._with_looks(record.uses),
            sha256=hashlib.sha256(page).hexdigest(),
            size=len(page),
            scripts=verdict.facts.inline_scripts if verdict.facts else (),
            jumps=verdict.facts.jumps(path) if verdict.facts else (),
            problems=verdict.problems,
        )
        record = record._replace(entry=_digest_of_entry(record) if record.found_as else "")
        text = text_of(content) if record.found_as else ""
        met = verdict.met | self.judge.sweep.look(f"{path}.txt", _as_read(text))[0]
        parts = search_parts(record, text) if record.found_as else ()
        return MadePage(record, content.encode(), records.to_bytes(verdict.facts), parts, answers, met, faults)

    def _with_looks(self, names: tuple[str, ...]) -> tuple[str, ...]:
        if self.plugged is None:
            return names
        uses = Uses(set(names))
        for path in self.plugged.looked_at:
            uses.beside(path)
        return tuple(sorted(uses.names))

    def _fault(self, error: Exception) -> Finding:
        fault = self.fault_of(error)
        if fault is None:
            raise error
        return fault

    def swept(self, record: PageRecord) -> frozenset[ForbiddenText]:
        """The texts that a page of an earlier build holds and may not."""
        look, path = self.judge.sweep.look, file_of(record.url)
        met = look(path, self.whole(record).encode())[0]
        return frozenset(met | look(f"{path}.txt", self.words_of(record))[0])

    def words_of(self, record: PageRecord) -> bytes:
        """What a page of an earlier build says, also where marks and tags part a word; nothing where no search finds it."""
        return _as_read(text_of(self.content_of(record))) if record.found_as else b""

    def whole(self, record: PageRecord) -> str:
        """The page of an earlier build, as it was written then."""
        return self.chrome.page(document_of(record), self.content_of(record))

    def content_of(self, record: PageRecord) -> str:
        """A page's content without the page around it."""
        content = None if self.plugged is not None else stored_content(self.store, record)
        if content is None:
            # The store has been cut down or damaged since: without the content, it is written once more.
            planned = next(page for page in self.writer.newspaper.pages if page.url == record.url)
            content, _ = self.body.render(self.writer.document(planned, Uses()))
        return content


def _as_read(text: str) -> bytes:
    return without_disguises(text).encode("utf-8", "surrogatepass")


def search_parts(record: PageRecord, text: str) -> tuple[Part, ...]:
    """What the search keeps of a page that says `text`."""
    return parts_of(record.url, record.title, text, record.words)


def has_figures(record: PageRecord) -> bool:
    """Whether a figure stands on a page."""
    return any(name.startswith(FIGURES) for name in record.uses)


def _digest_of_entry(record: PageRecord) -> str:
    day = record.published_on or record.updated_on
    looks = (record.title, record.found_as, record.departments, str(day), record.words, has_figures(record))
    return hashlib.blake2b(repr((record.content, looks)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def staged_file(folder: Path, path: str) -> Path:
    """Where a new page waits: all in one folder, since making thousands of folders takes longer than the pages."""
    return folder / f"{hashlib.blake2b(path.encode(), digest_size=16).hexdigest()}.html"


def make_page(maker: PageMaker, task: Task) -> MadePage:
    """`PageMaker.make` as `generator.workers` calls it."""
    return maker.make(task)


def swept_page(maker: PageMaker, record: PageRecord) -> frozenset[ForbiddenText]:
    return maker.swept(record)


def document_of(record: PageRecord) -> Document:
    """What the page around the content prints of a page."""
    return Document(
        url=record.url,
        kind=record.kind,
        title=record.title,
        description=record.description,
        body="",
        source=record.source,
        section=record.section,
        lang=record.lang,
        published_on=record.published_on,
        updated_on=record.updated_on,
    )


def stored_content(store: Store, record: PageRecord) -> str | None:
    """A page's content from an earlier build, if it is still there and whole."""
    found = store.get(CONTENT, record.content)
    return found.decode() if found is not None else None


def facts_name(sha256: str) -> str:
    """Names what this code reads on the page that has this digest."""
    return f"{code_fingerprint()}-{sha256}"


def stored_facts(store: Store, sha256: str) -> PageFacts | None:
    """What a browser reads on the page that has this digest, from an earlier build."""
    found = store.get(FACTS, facts_name(sha256))
    try:
        facts = records.from_bytes(found) if found is not None else None
    except records.NotARecord:
        return None
    return facts if isinstance(facts, PageFacts) else None
