"""Columns of numbers as one deflated stream, each with a code of its own: bytes that say much beside bytes that say little.

A code for all would give both the same lengths, and take a twentieth more.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

_LEVEL = 4
"""Of zlib: a tenth of the default's time less, for files a five hundredth longer."""


def deflated(columns: Iterable[bytes]) -> bytes:
    """One behind the other, without head and checksum, as browsers unpack it by the name `deflate-raw`."""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    pieces: list[bytes] = []
    for column in columns:
        if column:
            pieces += (deflate.compress(column), deflate.flush(zlib.Z_BLOCK))
    return b"".join((*pieces, deflate.flush()))
