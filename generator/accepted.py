"""The anomalies that somebody has looked at and accepted: their signs, one a line, in the private folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from generator.model.finding import Family, Finding, Place, Severity, Text
from generator.settings import Settings

_FOUND = "anomalies"
_SIGN = re.compile(r"[0-9a-f]{8}", re.ASCII)


def is_sign(text: str) -> bool:
    """Whether `text` can be the sign of an anomaly."""
    return _SIGN.fullmatch(text) is not None


def accepted_anomalies(settings: Settings) -> frozenset[str]:
    """All signs that were accepted on this machine; what else stands in the file is none, and holds nothing back less."""
    return frozenset(filter(is_sign, (_text(_file(settings)) or "").split()))


def accept_anomalies(settings: Settings, signs: Iterable[str]) -> None:
    """Note that the anomalies with these signs are right: their figures are held back no longer."""
    known = accepted_anomalies(settings) | set(signs)
    path = _file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{sign}\n" for sign in sorted(known)), "ascii")


def note_anomalies(settings: Settings, signs: Iterable[str]) -> None:
    """Note the signs of all anomalies, accepted or not, so that a mistyped one can be told."""
    path, text = settings.private / _FOUND, "".join(f"{sign}\n" for sign in sorted(signs))
    if _text(path) != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "ascii")


def unknown_anomalies(settings: Settings, signs: Iterable[str]) -> list[Finding]:
    """The `signs` that no anomaly has; none where no figure was measured on this machine."""
    path = settings.private / _FOUND
    text = _text(path)
    known = set(signs) if text is None else set(text.split())
    return [_unknown(sign, Place(settings.shown(_file(settings)))) for sign in sorted(set(signs) - known)]


def _unknown(sign: str, place: Place) -> Finding:
    return Finding(
        Family.DATA,
        "unknown-anomaly",
        place,
        Text(
            f"`--accept-anomaly {sign}` に当たる数字はありません。何も変わりません",
            f"no figure waits for `--accept-anomaly {sign}`: it changes nothing",
        ),
        Text(
            "`kawaraban build` の知らせ（`data/anomaly`）にある8文字を写してください",
            "copy the 8 characters of a `data/anomaly` told by `kawaraban build`",
        ),
        Severity.WARNING,
    )


def _file(settings: Settings) -> Path:
    return settings.private / "accepted-anomalies"


def _text(path: Path) -> str | None:
    try:
        return path.read_text("ascii", errors="replace")
    except FileNotFoundError:
        return None
