"""Everything that may not leave, made ready to be looked for: once for as long as it is the same."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from hashlib import blake2b

from msgspec import Struct

from generator.verify.forbidden import ForbiddenText
from generator.verify.sweep import Sweep


class Forbidden(Struct, frozen=True, dict=True):
    """Everything to look for, in a stable order."""

    texts: tuple[ForbiddenText, ...] = ()

    @cached_property
    def by_digest(self) -> Mapping[bytes, ForbiddenText]:
        """What the next build knows each text by."""
        return {_digest(text): text for text in self.texts}

    @property
    def sweep(self) -> Sweep:
        """One that has read nothing yet."""
        return self._sweep.anew()

    @cached_property
    def _sweep(self) -> Sweep:
        return Sweep(self.texts)


def _digest(text: ForbiddenText) -> bytes:
    told = f"{text.kind}\0{text.text}"
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).digest()
