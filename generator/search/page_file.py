"""A page's text beside the index: gzip, in UTF-8: address, title, its other words, then the text.

A long page has several such files, its parts, each with a slot of its own: a hit costs a reader two kilobytes also
where the page has thirty. All say the title, so that one is enough to show a hit; only the first is found by it and
by the other words, and has these: those of a page of questions are as much as a part.

A browser shows a hit only after it was found in this file. The leak check of `verify` unpacks and reads it like every
other `.gz`; what the chunks know of a page is no more than what stands here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.search.entry import Part
from generator.search.fold import fold
from generator.search.grams import grams
from generator.search.plain_text import without_marks

# Our own head: zlib would write the name of the operating system into it.
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_LEVEL, _MEMORY = 4, 7
"""Of zlib: 4 % shorter files than the lowest level for a hundredth of a millisecond, half of which the memory saves that
texts of a few kilobytes do not need.
"""
_LONG, _TOO_LONG = 1600, 2400
"""Characters of a part, after which the next one begins: with a section where there is one, with any line."""


class PageFile(Struct, frozen=True):
    """What one file says."""

    url: str
    title: str
    words: tuple[str, ...]
    text: str

    def pack(self) -> bytes:
        content = "\n".join((self.url, self.title, "\t".join(self.words), self.text)).encode()
        deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, _MEMORY)
        packed = deflate.compress(content) + deflate.flush()
        return b"".join((_GZIP_HEAD, packed, *(n.to_bytes(4, "little") for n in (zlib.crc32(content), len(content)))))

    @classmethod
    def unpack(cls, packed: bytes) -> PageFile:
        """The file again. Raises ValueError or zlib.error when it is damaged."""
        url, title, words, text = zlib.decompress(packed, 16 + zlib.MAX_WBITS).decode().split("\n", 3)
        return cls(url, title, tuple(words.split("\t")) if words else (), text)

    def grams(self, *, is_first: bool) -> bytes:
        """Everything the page is found by in this part, as `Part.grams`."""
        found = grams(fold(without_marks(self.text)))
        if is_first:
            found += grams(fold("\n".join((self.title, *self.words))), in_title=True)
        return found


def parts_of(url: str, title: str, text: str, words: Sequence[str] = ()) -> tuple[Part, ...]:
    """The parts of a page, in the order of its text; one for all but long pages.

    Lines of `text` are blocks, over which nothing is found; one may begin with a tab, or with an anchor and a tab: see
    `plain_text`. `words` are other words that lead to the page.
    """
    others = tuple(filter(None, map(_one_line, words)))
    files = (PageFile(url, _one_line(title), () if number else others, part) for number, part in enumerate(_cut(text)))
    return tuple(Part(file.pack(), file.grams(is_first=number == 0)) for number, file in enumerate(files))


def _cut(text: str) -> Iterator[str]:
    if len(text) <= _LONG:
        yield text
        return
    part: list[str] = []
    size, section = 0, ""
    for line in text.split("\n"):
        anchor, mark, rest = line.partition("\t")
        if size > (_LONG if mark and anchor else _TOO_LONG):
            yield "\n".join(part)
            part, size = [], 0
            if not mark and section:
                line = f"{section}\t{rest or anchor}"
        section = anchor if mark and anchor else section
        part.append(line)
        size += len(line)
    yield "\n".join(part)


def _one_line(text: str) -> str:
    return " ".join(text.split())
