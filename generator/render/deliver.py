"""The finished folder to where the site is served from, touching only what differs."""

from __future__ import annotations

import errno
import filecmp
import os
import shutil
from pathlib import Path

from generator.errors import Rejected
from generator.model.finding import Family, Finding, Place, Text

MARK = ".kawaraban"
"""A file in the site that says who built it; without it a folder is somebody else's."""
_WAITING = ".kawaraban-new"
"""Where new files wait, on the same file system, until all of them are there."""
_MARK_TEXT = "このフォルダーの中身は瓦版がつくり、次のビルドで置き換えます。\nBuilt by Kawaraban; the next build replaces what is here.\n"


def deliver(rendered: Path, site_dir: Path) -> None:
    """Make `site_dir` hold exactly the files of `rendered`: all copied beside first, then each put in by one rename.

    Unchanged files keep their times, so that a copy to a server sends only what changed. Hidden entries at the
    top of `site_dir` (`.git`, `.nojekyll`) stay. Raises Rejected when `site_dir` holds anything but a site that was
    delivered before, or has no room: nothing of a person's is ever deleted by a wrong `-d`.
    """
    _require_a_site(site_dir)
    wanted = {path.relative_to(rendered) for path in rendered.rglob("*") if path.is_file()}
    changed = [p for p in sorted(wanted) if not _same(rendered / p, site_dir / p)]
    _require_room(site_dir, sum((rendered / path).stat().st_size for path in changed))
    (site_dir / MARK).write_text(_MARK_TEXT, encoding="utf-8")
    leaving = _others(site_dir, wanted)
    waiting = site_dir / _WAITING
    try:
        # Everything that can fail (room, permissions) fails here, before the first page changes.
        _require_permission(site_dir, [*changed, *leaving])
        for path in changed:
            (waiting / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(rendered / path, waiting / path)
        for path in changed:
            _make_way(site_dir, path)
            (waiting / path).replace(site_dir / path)
        _remove(site_dir, leaving)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def _require_a_site(site_dir: Path) -> None:
    visible = [entry for entry in site_dir.iterdir() if not entry.name.startswith(".")] if site_dir.is_dir() else []
    if site_dir.is_symlink() or (site_dir.exists() and not site_dir.is_dir()):
        reason = Text("フォルダーではありません", "it is not a folder")
    elif visible and not (site_dir / MARK).is_file():
        reason = Text("瓦版がつくったものではないファイルがあります", "it holds files that Kawaraban did not build")
    else:
        return
    raise Rejected([_refused(site_dir, reason)])


def _refused(site_dir: Path, reason: Text) -> Finding:
    return Finding(
        Family.SITE,
        "output-folder",
        Place(site_dir.name),
        Text(
            f"出力先 `{site_dir.name}` には書き込みません。{reason.ja}",
            f"will not write to `{site_dir.name}`: {reason.en}",
        ),
        Text(
            "空のフォルダーか、前に瓦版でつくったサイトを指定してください。要らないものなら、消してからもう一度つくってください",
            "name an empty folder or a site built before; or remove what is there and build again",
        ),
    )


def _require_room(site_dir: Path, size: int) -> None:
    site_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(site_dir).free
    if free < 2 * size:
        needed = Text(
            f"空き容量が足りません（必要 {2 * size:,} バイト、空き {free:,} バイト）",
            f"{2 * size:,} bytes needed, {free:,} free",
        )
        raise Rejected([_refused(site_dir, needed)])


def _same(new: Path, old: Path) -> bool:
    return old.is_file() and not old.is_symlink() and filecmp.cmp(new, old, shallow=False)


def _require_permission(site_dir: Path, paths: list[Path]) -> None:
    """Raises PermissionError for the first folder in which a file is to change and may not."""
    for folder in sorted({next(p for p in (site_dir / path).parents if p.is_dir()) for path in paths}):
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def _make_way(site_dir: Path, path: Path) -> None:
    """A page that became a folder of pages, or the other way round, must go before the new one can come."""
    for folder in reversed(path.parents[:-1]):
        if not (site_dir / folder).is_dir():
            (site_dir / folder).unlink(missing_ok=True)
            (site_dir / folder).mkdir()
    if (site_dir / path).is_dir():
        shutil.rmtree(site_dir / path)


def _others(site_dir: Path, wanted: set[Path]) -> list[Path]:
    """What the new site no longer has, deepest first; hidden entries at the top are somebody else's."""
    found = (path.relative_to(site_dir) for path in site_dir.rglob("*"))
    folders = {folder for path in wanted for folder in path.parents}
    return sorted((p for p in found if not p.parts[0].startswith(".") and p not in wanted | folders), reverse=True)


def _remove(site_dir: Path, leaving: list[Path]) -> None:
    for path in leaving:
        gone = site_dir / path
        if gone.is_dir() and not gone.is_symlink():
            gone.rmdir()
        else:
            gone.unlink(missing_ok=True)  # `_make_way` may have taken it away already
