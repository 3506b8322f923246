"""The anomalies that somebody has looked at and accepted: their signs, one a line, in the private folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from generator.settings import Settings

_SIGN = re.compile(r"[0-9a-f]{8}", re.ASCII)


def is_sign(text: str) -> bool:
    """Whether `text` can be the sign of an anomaly."""
    return _SIGN.fullmatch(text) is not None


def accepted_anomalies(settings: Settings) -> frozenset[str]:
    """All signs that were accepted on this machine; what else stands in the file is none, and holds nothing back less."""
    try:
        return frozenset(filter(is_sign, _file(settings).read_text("ascii", errors="replace").split()))
    except FileNotFoundError:
        return frozenset()


def accept_anomalies(settings: Settings, signs: Iterable[str]) -> None:
    """Note that the anomalies with these signs are right: their figures are held back no longer."""
    known = accepted_anomalies(settings) | set(signs)
    path = _file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{sign}\n" for sign in sorted(known)), "ascii")


def _file(settings: Settings) -> Path:
    return settings.private / "accepted-anomalies"
