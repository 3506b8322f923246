"""When a file can be known by its size and times alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

_FINE_NS, _COARSE_NS = 50_000_000, 2_000_000_000
"""Longer than the tick of ext4, XFS, APFS and NTFS, and than that of FAT and of old network drives."""

Signature: TypeAlias = tuple[int, ...]
"""Size, times in ns and identity of a file: another one when its bytes are, unless both were written in one tick."""


def signature_of(status: os.stat_result) -> Signature:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_dev, status.st_ino)


class FileClock(Struct, frozen=True):
    """The clock of a file system, which need not be that of this machine."""

    now_ns: int

    @classmethod
    def of(cls, folder: Path) -> FileClock:
        """Read it by writing into a folder of ours."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "clock"
        file.touch()
        return cls(file.stat().st_mtime_ns)

    def is_settled(self, signature: Signature) -> bool:
        """Whether a file would show another signature if it were changed from now on."""
        tick = _COARSE_NS if self.now_ns % 1_000_000_000 == 0 else _FINE_NS
        return max(signature[1:3]) + tick < self.now_ns
