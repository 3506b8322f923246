"""Which way up a picture is: the one thing in EXIF that changes what readers see.

Sources: CIPA DC-008 (Exif 3.0) §4.6.5, TIFF 6.0 §2.
"""

from __future__ import annotations

import struct

UPRIGHT = 1
_ORIENTATION, _SHORT = 0x0112, 3
_BYTE_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}


def orientation(tiff: bytes) -> int:
    """1 to 8, as EXIF counts; upright where it says nothing that browsers understand."""
    order = _BYTE_ORDERS.get(tiff[:4])
    if order is None:
        return UPRIGHT
    try:
        return _orientation(tiff, order)
    except struct.error:  # the list ends too early: nothing of it is kept, so nothing is lost but the turn
        return UPRIGHT


def only_orientation(value: int) -> bytes:
    """The shortest EXIF that says it: a list of one entry."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, _SHORT, 1, value, 0, 0)


def _orientation(tiff: bytes, order: str) -> int:
    (start,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    for at in range(start + 2, start + 2 + 12 * count, 12):
        tag, kind, number, value = struct.unpack_from(f"{order}HHIH", tiff, at)
        if (tag, kind, number) == (_ORIENTATION, _SHORT, 1):
            return value if value in range(1, 9) else UPRIGHT
    return UPRIGHT
