"""A page's text beside the index: gzip, in UTF-8: address, title, its other words, then the text.

A browser shows a hit only after it was found in this file. The leak check of `verify` unpacks and reads it like every
other `.gz`; what the chunks know of a page is no more than what stands here.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from generator.search.entry import Entry
from generator.search.fold import fold
from generator.search.grams import grams

# Our own head: zlib would write the name of the operating system into it.
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_LEVEL = 1
"""Of zlib: 4 % longer files than the default, in three quarters of the time."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """What one file says."""

    url: str
    title: str
    words: tuple[str, ...]
    text: str

    @classmethod
    def of(cls, entry: Entry) -> PageFile:
        words = tuple(filter(None, map(_one_line, entry.words)))
        return cls(entry.url, _one_line(entry.title), words, entry.text)

    def pack(self) -> bytes:
        content = "\n".join((self.url, self.title, "\t".join(self.words), self.text)).encode()
        deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = deflate.compress(content) + deflate.flush()
        return b"".join((_GZIP_HEAD, packed, *(n.to_bytes(4, "little") for n in (zlib.crc32(content), len(content)))))

    @classmethod
    def unpack(cls, packed: bytes) -> PageFile:
        """The file again. Raises ValueError or zlib.error when it is damaged."""
        url, title, words, text = zlib.decompress(packed, 16 + zlib.MAX_WBITS).decode().split("\n", 3)
        return cls(url, title, tuple(words.split("\t")) if words else (), text)

    def grams(self) -> set[int]:
        """Everything the page is found by."""
        found = grams(fold(self.text))
        found |= grams(fold("\n".join((self.title, *self.words))), in_title=True)
        return found


def _one_line(text: str) -> str:
    return " ".join(text.split())
