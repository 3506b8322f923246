"""Looks for forbidden texts in every byte of the site, however their characters are written.

4,000 texts in 30 MB are found in one pass: each text has an anchor, a run of letters or digits (or of kanji, or
of katakana) in it that few other texts have; the runs of a file are compared with the set of anchors, and only where
one is there is the whole text looked for. Lines that an earlier file had too (the frame of every page) are not read
again. Character references, percent-encoding and JSON escapes are undone first, nested ones too.
"""

from __future__ import annotations

import gzip
import html
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator.verify.forbidden import ForbiddenText, Kind
from generator.verify.wording import Problem

_RUN = re.compile(
    rb"[0-9a-z]{3,}"  # ASCII
    rb"|(?:[\xe4-\xe9][\x80-\xbf][\x80-\xbf]){2,}"  # kanji
    rb"|(?:\xe3(?:\x82[\xa1-\xbf]|\x83[\x80-\xbf])){3,}"  # katakana
)
_ESCAPED = re.compile(
    rb"""&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"""
    rb"""|(?:%[0-9a-fA-F]{2})+|(?:\\u[0-9a-fA-F]{4})+|\\[nrt"'/\\]"""
)
_MOST_LAYERS = 3  # JSON in an attribute in a feed: escapes of escapes of escapes
_FONTS = (".woff", ".woff2")
_PROGRAMS = (".js", ".css", ".map")  # full of numbers that are nobody's
_LARGEST_UNPACKED = 256 * 1024 * 1024  # bytes
_JSON_CONTROL = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}


_Candidates = tuple[tuple[ForbiddenText, bytes], ...]


class Sweep:
    """Reads files one after the other and remembers which texts it met."""

    def __init__(self, texts: Iterable[ForbiddenText]) -> None:
        self._by_anchor, self._without_anchor = _anchored(texts)
        self._anchors = frozenset(self._by_anchor)
        self._lines_read: set[int] = set()
        self.met: set[ForbiddenText] = set()

    def look(self, path: str, content: bytes) -> None:
        """Remember the texts that occur in lines no earlier file had."""
        lines = {line: None for line in content.split(b"\n") if hash(line) not in self._lines_read}
        # A hash a line, not the line: the memory of a build must not grow with its bytes.
        self._lines_read.update(map(hash, lines))
        self.met.update(self.texts_in(path, b"\n".join(lines)))

    def texts_in(self, path: str, content: bytes) -> Iterator[ForbiddenText]:
        """The forbidden texts of one file, all of it read."""
        if path.endswith(_FONTS):
            return
        if path.endswith(".gz"):
            with gzip.open(io.BytesIO(content)) as unpacked:
                content = unpacked.read(_LARGEST_UNPACKED)
        is_program = path.endswith(_PROGRAMS)
        for layer in _layers(content):
            for text, value in self._candidates(layer):
                if value in layer and not (is_program and value.isdigit()) and _pattern(text.kind, value).search(layer):
                    yield text

    def _candidates(self, layer: bytes) -> Iterator[tuple[ForbiddenText, bytes]]:
        for anchor in self._anchors.intersection(_RUN.findall(layer)):
            yield from self._by_anchor[anchor]
        yield from self._without_anchor


def leak_problems(met: set[ForbiddenText], files: Iterable[tuple[str, bytes]]) -> Iterator[Problem]:
    """Where the texts that were met stand; every file is read again, which only a leak costs."""
    if not met:
        return
    sweep = Sweep(met)
    for path, content in files:
        for kind, origin in sorted({(text.kind, text.origin) for text in sweep.texts_in(path, content)}):
            yield Problem(f"leak-{kind.value}", path, origin)


def _anchored(texts: Iterable[ForbiddenText]) -> tuple[Mapping[bytes, _Candidates], _Candidates]:
    """Texts by their anchors; those without any run apart."""
    encoded = [(text, text.text.encode("utf-8", "surrogatepass").lower()) for text in texts]
    frequency = Counter(run for _, value in encoded for run in set(_RUN.findall(value)))
    by_anchor: dict[bytes, list[tuple[ForbiddenText, bytes]]] = defaultdict(list)
    without: list[tuple[ForbiddenText, bytes]] = []
    for text, value in encoded:
        anchor = _anchor(value, frequency)
        (without if anchor is None else by_anchor[anchor]).append((text, value))
    return {anchor: tuple(entries) for anchor, entries in by_anchor.items()}, tuple(without)


def _anchor(value: bytes, frequency: Mapping[bytes, int]) -> bytes | None:
    """The rarest run of a text, so that a common word (the mail domain) is nobody's anchor.

    A run of Japanese at either end comes last: what stands beside it in the output may lengthen it.
    """

    def fitness(run: re.Match[bytes]) -> tuple[bool, int, int]:
        may_grow = not run[0].isascii() and (run.start() == 0 or run.end() == len(value))
        return may_grow, frequency[run[0]], -len(run[0])

    best = min(_RUN.finditer(value), key=fitness, default=None)
    return best[0] if best else None


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
    escaped = b"\n".join(line for line in content.split(b"\n") if b"&" in line or b"%" in line or b"\\" in line)
    for _ in range(_MOST_LAYERS):
        undone = _ESCAPED.sub(_undo, escaped)
        if undone == escaped:
            return
        yield undone.lower()
        escaped = undone


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
