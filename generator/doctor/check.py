"""One thing that was looked at."""

from __future__ import annotations

from msgspec import Struct

from generator.model.finding import Text


class Check(Struct, frozen=True):
    """What was looked at, whether it is fit, what was found, and what to do when it is not."""

    name: Text
    ok: bool
    detail: Text
    remedy: Text
    may_stay: bool = False
    """Whether it is fit, and yet something to do remains before readers may have the site."""
