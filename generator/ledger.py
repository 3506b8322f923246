"""The release ledger on the disk: `.kawaraban/ledger.json`, private, read by every build and written by `publish`.

A build is no publication, so builds only read it. `publish` adds what it is about to show before readers see it:
a ledger that holds too much makes later releases more careful, one that holds too little would expose people.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from pathlib import Path
from typing import Final, Literal

from msgspec import DecodeError, Struct, ValidationError, convert, json

from generator.model.finding import Family, Finding, Place, Text, one_line
from generator.model.ledger import Ledger, ToldMonth
from generator.settings import Settings

FORMAT: Final = 1


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    format: Literal[1]
    months: tuple[ToldMonth, ...]


def ledger_path(settings: Settings) -> Path:
    return settings.private / "ledger.json"


def read_ledger(path: Path) -> tuple[Ledger, list[Finding]]:
    """What was published so far; nothing when there is no file.

    A file that cannot be read, is of a newer format or tells what no release can have told is an error: without it
    nobody knows what readers know.
    """
    try:
        whole = json.decode(path.read_bytes())
    except OSError as error:
        return Ledger(), [] if _is_absent(path, error) else [_unreadable(path, error)]
    except (DecodeError, RecursionError):
        return Ledger(), [_damaged(path)]
    if not isinstance(whole, dict) or type(whole.get("format")) is not int:
        return Ledger(), [_damaged(path)]
    if whole["format"] > FORMAT:
        return Ledger(), [_newer(path, whole["format"])]
    try:
        months = convert(whole, _File).months
    except ValidationError:
        return Ledger(), [_damaged(path)]
    times = Counter(months)
    wrong = next((month for month in months if not month.is_possible or times[month] > 1), None)
    return (Ledger(months), []) if wrong is None else (Ledger(), [_impossible(path, wrong)])


def digest_of_ledger(path: Path) -> str:
    """What tells one ledger from another without reading it; empty when there is none, `?` when it cannot be opened."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        # `read_ledger` tells why; figures made without a ledger must not be taken for those made with it.
        return "" if _is_absent(path, error) else "?"


def _is_absent(path: Path, error: OSError) -> bool:
    """Whether there is no ledger; a link that leads nowhere, to a disk that is not there, is one that cannot be read."""
    return isinstance(error, FileNotFoundError) and not path.is_symlink()


def write_ledger(path: Path, ledger: Ledger) -> None:
    """Put the ledger in the place of the one before: the old one or the new one, never a piece."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".tmp-{path.name}")
    with draft.open("wb") as file:
        file.write(json.encode(_File(FORMAT, ledger.months)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _newer(path: Path, found: int) -> Finding:
    return _finding(
        "ledger-too-new",
        path,
        Text(
            f"公開の記録が、この版の瓦版より新しい書式（{found}）です",
            f"the release ledger has format {found}, which this version of Kawaraban does not know",
        ),
        Text("瓦版を新しい版に上げてください", "update Kawaraban"),
    )


def _unreadable(path: Path, error: OSError) -> Finding:
    reason = error.strerror or type(error).__name__
    return _finding(
        "ledger-unreadable",
        path,
        Text(f"公開の記録を開けません（{reason}）", f"the release ledger cannot be opened: {reason}"),
        Text("読み取りの権限を確かめてください", "check the permissions"),
    )


def _damaged(path: Path) -> Finding:
    return _finding(
        "ledger-damaged",
        path,
        Text(
            "公開の記録が壊れていて、これまでに何を公開したか分かりません",
            "the release ledger is damaged: it cannot be known what was published before",
        ),
        Text(
            "控えから戻してください。なければ、これまでの版との照らし合わせを諦めることになると承知したうえで消してください",
            "restore it from a backup; failing that, delete it, knowing that releases are not compared with earlier ones",
        ),
    )


def _impossible(path: Path, month: ToldMonth) -> Finding:
    metric, period = one_line(month.metric), one_line(month.period)
    return _finding(
        "ledger-impossible",
        path,
        Text(
            f"公開の記録の `{metric}` の {period} に、ありえない数字があります（人数や割合の範囲の外、または同じものが二度）",
            f"the release ledger holds something impossible of `{metric}` in {period}: "
            "a number of people or a percent out of range, or the same thing twice",
        ),
        Text(
            "手で直さず、控えから戻してください。なければ、これまでの版との照らし合わせを諦めることになると承知したうえで消してください",
            "do not mend it by hand but restore it from a backup; failing that, delete it, "
            "knowing that releases are not compared with earlier ones",
        ),
    )


def _finding(code: str, path: Path, what: Text, remedy: Text) -> Finding:
    return Finding(Family.PRIVACY, code, Place(f"{path.parent.name}/{path.name}"), what, remedy)
