"""A page's file and its bytes, named by a digest of all that its judgement depends on."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from zoneinfo import ZoneInfo

from generator.cache.fingerprint import code_fingerprint
from generator.read.manuscript import Judged, judge_manuscript
from generator.read.walk import FoundFile


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A page's file and its bytes."""

    file: FoundFile
    data: bytes = field(repr=False)
    zone: ZoneInfo
    key: str
    """Names what is known of these bytes at this place."""

    @classmethod
    def of(cls, file: FoundFile, data: bytes, zone: ZoneInfo) -> OpenedFile:
        about = f"{code_fingerprint()}\0{zone.key}\0{file.shown}\0{file.source}\0"
        key = blake2b(about.encode("utf-8", "surrogateescape") + data, digest_size=16).hexdigest()
        return cls(file, data, zone, key)

    def judged(self) -> Judged:
        return judge_manuscript(self.file, self.data, self.zone)
