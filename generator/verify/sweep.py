"""Looks for forbidden texts in every byte of the site, however their characters are written.

30,000 texts in 30 MB are found in one pass: each text has parts, runs of letters or digits (or of kanji, or of
katakana) with what follows them. The parts of a file are compared with the rarest part of each text; only where that
one is there are the others looked for, and only where all are, the whole text. The sentences of a few drafts are looked
for as they are. Lines that an earlier file had too (the frame of every page) are not read again. Character references,
percent-encoding and JSON escapes are undone first, nested ones too.
"""

from __future__ import annotations

import gzip
import html
import io
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import lru_cache
from itertools import islice
from typing import TypeAlias

from msgspec import Struct

from generator.verify.forbidden import ForbiddenText, Kind
from generator.verify.wording import Problem

# The set at the front of the next two lets the engine skip all other bytes; what follows tells which may go on how.
_PART = re.compile(
    rb"([0-9a-z\xe3-\xe9]"
    rb"(?:(?<=[0-9a-z])[0-9a-z]{2,}"  # ASCII
    rb"|(?<=[\xe4-\xe9])[\x80-\xbf][\x80-\xbf](?:[\xe4-\xe9][\x80-\xbf][\x80-\xbf])*"  # kanji
    rb"|(?<=\xe3)(?:\x82[\xa1-\xbf]|\x83[\x80-\xbf])(?:\xe3(?:\x82[\xa1-\xbf]|\x83[\x80-\xbf])){2,}))"  # katakana, three
    rb"(?=(.{0,12}))",  # four characters of Japanese
    re.DOTALL,
)
_FOLLOWING = 12
_ESCAPED = re.compile(
    rb"""[&%\\]"""
    rb"""(?:(?<=&)(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"""
    rb"""|(?<=%)[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*"""
    rb"""|(?<=\\)(?:u[0-9a-fA-F]{4}(?:\\u[0-9a-fA-F]{4})*|[nrt"'/\\]))"""
)
_MOST_LAYERS = 3  # JSON in an attribute in a feed: escapes of escapes of escapes
_NO_TEXT = (".woff", ".woff2", ".bin")
"""Fonts, and the search's lists of page numbers: the texts that these are about are read in the `.gz` beside them."""
_PROGRAMS = (".js", ".css", ".map")  # full of numbers that are nobody's
_ASCII_RUNS = bytes(byte if chr(byte) in "0123456789abcdefghijklmnopqrstuvwxyz" else 0x20 for byte in range(256))
"""Leaves of a text in lower case only its runs of ASCII, with spaces between them."""
_FEW = 100
"""So many texts in Japanese are looked for one by one sooner than a page is taken into parts."""
_LARGEST_UNPACKED = 256 * 1024 * 1024  # bytes
_JSON_CONTROL = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}


_Part: TypeAlias = tuple[bytes, bytes]
"""A run, and the bytes after it; none when only the run counts."""


class _Sought(Struct, frozen=True):
    """A text to look for, its bytes in lower case, and the parts that are wherever it is."""

    text: ForbiddenText
    value: bytes
    parts: frozenset[_Part]

    def __repr__(self) -> str:  # without the text in lower case: whatever prints it must not tell it
        return f"_Sought({self.text!r})"


class Sweep:
    """Reads files one after the other."""

    def __init__(self, texts: Iterable[ForbiddenText]) -> None:
        every = tuple(texts)
        in_japanese = [text for text in every if not text.text.isascii()]
        are_few = len(in_japanese) <= _FEW
        by_part = tuple(text for text in every if text.text.isascii()) if are_few else every
        self._by_part, without_parts = _by_rarest_part(by_part)
        self._by_themselves = [*without_parts, *(map(_sought, in_japanese) if are_few else ())]
        self._rarest = frozenset(self._by_part)
        runs = {run for run, _ in self._rarest}
        self._ascii_runs = frozenset(run for run in runs if run.isascii())
        self._is_all_ascii = len(self._ascii_runs) == len(runs)
        self._lines_read: set[int] = set()

    def anew(self) -> Sweep:
        """One that looks for the same texts and has read no file yet."""
        other = copy(self)
        other._lines_read = set()
        return other

    def look(self, path: str, content: bytes) -> tuple[set[ForbiddenText], Problem | None]:
        """The texts that occur in lines no earlier file had, and a problem when not all of it can be read."""
        content, problem = _unpacked(path, content)
        lines = {line: None for line in content.split(b"\n") if hash(line) not in self._lines_read}
        # A hash a line, not the line: the memory of a build must not grow with its bytes.
        self._lines_read.update(map(hash, lines))
        return set(self._texts(path, b"\n".join(lines))), problem

    def texts_in(self, path: str, content: bytes) -> Iterator[ForbiddenText]:
        """The forbidden texts of one file, all of it read."""
        return self._texts(path, _unpacked(path, content)[0])

    def _texts(self, path: str, content: bytes) -> Iterator[ForbiddenText]:
        if path.endswith(_NO_TEXT):
            return
        is_program = path.endswith(_PROGRAMS)
        for layer in _layers(content):
            for sought in self._candidates(layer):
                value = sought.value
                if value not in layer or (is_program and value.isdigit()):
                    continue
                if _pattern(sought.text.kind, value).search(layer):
                    yield sought.text

    def _candidates(self, layer: bytes) -> Iterator[_Sought]:
        yield from self._by_themselves
        if self._is_all_ascii and self._ascii_runs.isdisjoint(layer.translate(_ASCII_RUNS).split()):
            return  # most pages; taking them into parts takes ten times as long
        parts: list[_Part] = _PART.findall(layer)
        runs: set[_Part] = {(run, b"") for run, _ in parts}
        rarest = self._rarest.intersection(parts) | self._rarest.intersection(runs)
        found = runs.union(parts) if rarest else runs
        for part in rarest:
            for sought in self._by_part[part]:
                if sought.parts <= found:
                    yield sought


def leak_problems(met: set[ForbiddenText], files: Iterable[tuple[str, bytes]]) -> Iterator[Problem]:
    """Where the texts that were met stand, once for each path; every file is read again, which only a leak costs."""
    if not met:
        return
    sweep = Sweep(met)
    found = ((path, text) for path, content in files for text in sweep.texts_in(path, content))
    for path, kind, origin in sorted({(path, text.kind, text.origin) for path, text in found}):
        yield Problem(f"leak-{kind.value}", path, origin)


def _unpacked(path: str, content: bytes) -> tuple[bytes, Problem | None]:
    """What a compressed file holds, and a problem when that is not all of it; other files as they are."""
    if not path.endswith(".gz"):
        return content, None
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            inside = packed.read(_LARGEST_UNPACKED)
            rest = packed.read(1)
    except (OSError, EOFError, zlib.error):
        return content, Problem("unreadable-file", path)
    return inside, Problem("unsearched-file", path, f"{_LARGEST_UNPACKED // 1024**2} MB") if rest else None


@lru_cache(maxsize=4)  # the drafts' sentences, everything that may not leave, and the same of the next build
def _by_rarest_part(texts: tuple[ForbiddenText, ...]) -> tuple[Mapping[_Part, Sequence[_Sought]], Sequence[_Sought]]:
    """Texts by the part that the fewest have, so that a common word (the mail domain) is nobody's; others apart."""
    all_sought = [_sought(text) for text in texts]
    frequency = Counter(part for sought in all_sought for part in sought.parts)
    by_part: dict[_Part, list[_Sought]] = defaultdict(list)
    without: list[_Sought] = []
    for sought in all_sought:
        if sought.parts:
            by_part[min(sought.parts, key=frequency.__getitem__)].append(sought)
        else:
            without.append(sought)
    return by_part, without


def _sought(text: ForbiddenText) -> _Sought:
    value = text.text.encode("utf-8", "surrogatepass").lower()
    return _Sought(text, value, frozenset(_parts(text.kind, value)))


def _parts(kind: Kind, value: bytes) -> list[_Part]:
    """What a text is made of wherever it stands; if nothing is long enough for that, what is likely to be there."""
    if kind is Kind.CREDENTIAL:
        return []  # few, and never to be missed: what stands beside them could make other parts of them
    # What stands beside a text may lengthen runs at its ends; `_pattern` keeps that from numbers and addresses.
    is_closed = kind is not Kind.WITHHELD
    parts: list[_Part] = []
    for found in _PART.finditer(value):
        run, following = found.groups()
        is_whole = is_closed and run.isascii()
        if not is_whole and found.start() == 0:
            continue
        if len(following) == _FOLLOWING:
            parts.append((run, following))
        if is_whole or found.end(1) < len(value):
            parts.append((run, b""))
    return parts or [(found[1], b"") for found in islice(_PART.finditer(value), 1)]


def _pattern(kind: Kind, value: bytes) -> re.Pattern[bytes]:
    """The text where it stands for itself, not as part of a longer address, word or number."""
    exact = re.escape(value)
    match kind:
        case Kind.MAIL:
            return re.compile(rb"(?<![0-9a-z._+-])" + exact + rb"(?!\.?[0-9a-z-])")
        case Kind.IDENTIFIER if value.isdigit():
            return re.compile(rb"(?<![0-9a-z#])(?<!\d[.,])" + exact + rb"(?![0-9a-z])(?![.,]\d)")
        case Kind.IDENTIFIER:
            return re.compile(rb"(?<![0-9a-z])" + exact + rb"(?![0-9a-z])")
        case _:
            return re.compile(exact)


def _layers(content: bytes) -> Iterator[bytes]:
    """The content as written, then with its escapes undone, as often as there are any; ASCII in lower case."""
    yield content.lower()
    if not _may_be_escaped(content):
        return  # most pages, whose lines need not be taken apart
    escaped = b"\n".join(line for line in content.split(b"\n") if _may_be_escaped(line))
    for _ in range(_MOST_LAYERS):
        undone = _ESCAPED.sub(_undo, escaped)
        if undone == escaped:
            return
        yield undone.lower()
        escaped = undone


def _may_be_escaped(content: bytes) -> bool:
    return b"&" in content or b"%" in content or b"\\" in content


def _undo(found: re.Match[bytes]) -> bytes:
    written = found[0]
    if written.startswith(b"&"):
        return html.unescape(written.decode()).encode("utf-8", "surrogatepass")
    if written.startswith(b"%"):
        return bytes.fromhex(written.replace(b"%", b"").decode())
    if written.startswith(b"\\u"):
        units = written.replace(b"\\u", b"").decode()
        return bytes.fromhex(units).decode("utf-16-be", "replace").encode()
    return _JSON_CONTROL.get(written[1:], written[1:])
