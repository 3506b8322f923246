"""What was found out about each file when it was last read, so that only what changed is read again."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct

from generator.cache import records
from generator.cache.file_clock import FileClock, Signature
from generator.cache.fingerprint import code_fingerprint
from generator.cache.store import Store
from generator.cache.table import Table
from generator.errors import EngineFailed, Rejected
from generator.model.finding import Family, Finding, Place, Text
from generator.model.page import FileDigests, Page, PageText, Sides, Withheld
from generator.read.decode import MAX_PAGE_BYTES
from generator.read.look import Look
from generator.read.manuscript import Details, Judged, Manuscript, judge_manuscript
from generator.read.walk import FoundFile, read_bytes

_SURROUNDINGS = ("read", "surroundings")
DETAILS = "manuscript"
"""The kind of the store's entries about texts."""
_MOST_AT_HAND = 64
"""Texts in memory at a time: those of one page are asked for several times in a row, those of all are 100 MB."""


class Note(NamedTuple):
    """One file, as far as it can be judged alone."""

    key: str  # digest of the file's bytes and of everything else that its judgement depends on
    signature: Signature  # of the file when its bytes had this key
    front: str  # digest of everything about the page but its text
    page: Page | None
    withheld: Withheld | None  # by its own word, when it could not be typed
    findings: tuple[Finding, ...]
    unsaid: tuple[Finding, ...]  # of a draft: said only to those who look at drafts
    nearly: Page | None  # see `Judged.nearly`


class Verdict(NamedTuple):
    """What the rules between pages say of one page, and which pictures and downloads it uses."""

    key: str  # of the note
    url: str
    findings: tuple[Finding, ...]
    uses: frozenset[str]


class SoundFile(NamedTuple):
    """A picture or download that is what it says."""

    signature: Signature
    size: int  # bytes of what is published of it
    sides: Sides | None  # of a picture


class Notebook:
    """Notes by source, and verdicts that hold as long as the surroundings of the pages are the same."""

    def __init__(self, store: Store, zone: ZoneInfo) -> None:
        """Open it at what the last build left; it is empty when there is nothing, or when other code left it."""
        self.store, self.zone = store, zone
        self.look = Look()
        self._at_hand: dict[str, _Kept] = {}
        """Those asked for last, by key."""
        version = f"{code_fingerprint()} {zone.key}"  # in another zone a page has other moments
        self._noted = Table(store, "note", Note, version)
        self._judged = Table(store, "verdict", Verdict, version)
        self._found_sound = Table(store, "sound", SoundFile, version)
        self.begin()
        self.notes: Mapping[str, Note] = self._noted.load()
        self.verdicts: Mapping[str, Verdict] = self._judged.load()
        self.sound: Mapping[str, SoundFile] = self._found_sound.load()
        """Pictures and downloads, by source."""
        self.surroundings = (store.get(*_SURROUNDINGS) or b"").decode(errors="replace")

    def begin(self) -> None:
        """Begin a build."""
        self.clock = FileClock.of(self.store.file.parent)
        """As it was before the files of this build were read."""

    def close(self) -> None:
        """Leave the notes to the next build."""
        self._noted.save(self.notes)
        self._judged.save(self.verdicts)
        self._found_sound.save(self.sound)
        self.store.put(*_SURROUNDINGS, self.surroundings.encode())

    @property
    def sources(self) -> set[str]:
        """All files that are noted."""
        return {*self.notes, *self.sound}

    def digests(self) -> dict[str, FileDigests]:
        return {source: FileDigests(note.front, note.key) for source, note in self.notes.items()}

    def keep(self, note: Note, kept: bytes) -> None:
        """Keep the text and details of a page (`Outcome.kept`)."""
        self.store.put(DETAILS, _name(note.key), kept)

    @property
    def details(self) -> set[str]:
        """Names of the store's entries about the texts of today."""
        return {_name(note.key) for note in self.notes.values()}

    def text_of(self, noted: NotedFile) -> PageText:
        return self._kept(noted).text

    def details_of(self, noted: NotedFile) -> Details:
        kept = self._kept(noted)
        if isinstance(kept.details, bytes):
            kept.details = _unpacked(kept.details) or _judged_again(noted)[1]
        return kept.details

    def _kept(self, noted: NotedFile) -> _Kept:
        """What is known of a file's text; judged again where the store has lost it."""
        if noted.key not in self._at_hand:
            if len(self._at_hand) >= _MOST_AT_HAND:
                self._at_hand.clear()
            stored = self.store.get(DETAILS, _name(noted.key))
            self._at_hand[noted.key] = _as_kept(stored) or _Kept(*_judged_again(noted))
        return self._at_hand[noted.key]


class _Kept(Struct):
    """A page's text, and its details: as bytes until a rule asks for them, for making the page takes the text alone."""

    text: PageText
    details: Details | bytes


class NotedFile(Struct, frozen=True):
    """A page's file, and what its bytes are."""

    file: FoundFile
    notebook: Notebook
    key: str
    """Names what is known of these bytes at this place."""

    def manuscript(self, page: Page) -> Manuscript:
        return Manuscript(page.source, page, self.file.shown, self)

    @property
    def text(self) -> PageText:
        return self.notebook.text_of(self)

    @property
    def details(self) -> Details:
        return self.notebook.details_of(self)

    def judged(self) -> Judged:
        """Once more what was found out when it was noted. Raises Rejected when its bytes are others by now."""
        data, problems = read_bytes(self.file, MAX_PAGE_BYTES + 1)
        zone = self.notebook.zone
        if problems or _key(self.file, data, zone) != self.key:
            raise Rejected([changed_meanwhile(Place(self.file.shown))])
        return judge_manuscript(self.file, data, zone)


class Outcome(Struct, frozen=True):
    """What came of reading a file: problems, or what is to be noted of it."""

    problems: tuple[Finding, ...] = ()
    signature: Signature = ()
    note: Note | None = None  # where the bytes are others than before
    kept: bytes | None = None
    """The text and details of its page, as the notebook keeps them."""


class Reader(Struct, frozen=True):
    """Reads one file after another; one in each process."""

    zone: ZoneInfo
    clock: FileClock

    def read(self, file: FoundFile, known: str) -> Outcome:
        """Read and judge a file, whose bytes had the key `known` before (empty: nobody knows)."""
        data, problems = read_bytes(file, MAX_PAGE_BYTES + 1)
        if problems:
            return Outcome(tuple(problems))
        # Changed again within a tick of the file system's clock it would look the same: then it is read next time too.
        signature = file.signature if self.clock.is_settled(file.signature) else ()
        key = _key(file, data, self.zone)
        if key == known:
            return Outcome(signature=signature)
        judged = judge_manuscript(file, data, self.zone)
        front = front_digest(judged.page) if judged.page is not None else ""
        findings, unsaid = tuple(judged.findings), tuple(judged.unsaid)
        note = Note(key, signature, front, judged.page, judged.withheld, findings, unsaid, judged.nearly)
        return Outcome(signature=signature, note=note, kept=_packed(judged))


def changed_meanwhile(place: Place) -> Finding:
    """The finding for a file that is not what it was when it was judged."""
    what = Text("サイトをつくっている間に変わりました", "it was changed while the site was built")
    return Finding(Family.CONTENT, "changed-meanwhile", place, what, Text("もう一度つくってください", "build again"))


def _key(file: FoundFile, data: bytes, zone: ZoneInfo) -> str:
    about = f"{zone.key}\0{file.shown}\0{file.source}\0"
    return blake2b(about.encode("utf-8", "surrogateescape") + data, digest_size=16).hexdigest()


def _name(key: str) -> str:
    """The details of a file's bytes, as this code understands them."""
    return f"{code_fingerprint()}-{key}"


def front_digest(page: Page) -> str:
    """Digest of what lists and other pages know of a page."""
    told = f"{page.source}\0{page.title}\0{page.type}\0{page.front.model_dump_json()}"
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _packed(judged: Judged) -> bytes | None:
    """A page's text and details as the notebook keeps them; None where there is no page."""
    if judged.details is None:
        return None
    return records.to_bytes((judged.text, records.to_bytes(judged.details)))


def _as_kept(content: bytes | None) -> _Kept | None:
    match _record(content):
        case (PageText() as text, bytes() as details):
            return _Kept(text, details)
    return None


def _unpacked(content: bytes) -> Details | None:
    found = _record(content)
    return found if isinstance(found, Details) else None


def _record(content: bytes | None) -> object:
    """What the bytes say; None when that cannot be told."""
    try:
        return records.from_bytes(content) if content is not None else None
    except records.NotARecord:
        return None


def _judged_again(noted: NotedFile) -> tuple[PageText, Details]:
    judged = noted.judged()
    if judged.text is None or judged.details is None:
        raise EngineFailed(f"{noted.file.source} was a page when it was first judged")
    return judged.text, judged.details
