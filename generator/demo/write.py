"""Puts the exports in a folder, and does nothing when the same exports are there already."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from generator.demo import pulse, roster, slack, survey, teams, workbook
from generator.demo.chance import SEED
from generator.demo.people import everyone

STAMP = ".demo-stamp"
"""First line: seed and version. Then one line a file: size in bytes, a space, its path in the folder."""


def write(folder: Path) -> int:
    """Write every export below `folder` and return how many files were written; 0 if all were there.

    The stamp goes first and comes back last, so an interrupted run is repeated. Files an earlier version
    wrote and this one no longer does are removed: a stray daily file would otherwise end the Slack outage.
    """
    stamp = folder / STAMP
    before = stamp.read_text("utf-8").splitlines() if stamp.is_file() else []
    if before[:1] == [version()] and all(_is_there(folder, line) for line in before[1:]):
        return 0
    stamp.unlink(missing_ok=True)
    sizes, written = {}, 0
    for name, data in _exports():
        written += _write_if_changed(folder / name, data)
        sizes[name] = len(data)
    for name in {line.partition(" ")[2] for line in before[1:]} - sizes.keys():
        (folder / name).unlink(missing_ok=True)
    lines = [version(), *(f"{size} {name}" for name, size in sizes.items())]
    stamp.write_text("\n".join(lines) + "\n", "utf-8")
    return written


def version() -> str:
    """Return what the exports depend on: the seed and this package's own source."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources))
    return f"kawaraban-demo seed={SEED} version={digest.hexdigest()[:16]}"


def _exports() -> Iterator[tuple[str, bytes]]:
    people = everyone()
    yield from roster.files(people)
    yield from workbook.files()
    yield from survey.files(people)
    yield from pulse.files(people)
    yield from ((f"teams/{name}", data) for name, data in teams.files(people))
    yield from ((f"slack/{name}", data) for name, data in slack.files(people))


def _is_there(folder: Path, line: str) -> bool:
    """Say whether the file of a stamp's line exists with the size noted."""
    size, _, name = line.partition(" ")
    path = folder / name
    return path.is_file() and str(path.stat().st_size) == size


def _write_if_changed(path: Path, data: bytes) -> bool:
    """Write `data` unless it is there already: an untouched time stamp spares later stages their work."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True
