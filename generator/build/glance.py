"""A look at files' sizes and times, which answers most builds that have nothing to do.

No file is read but mkdocs.yml, none need be written, and none of the libraries that a build needs is loaded: 5,000 articles cost a quarter of
a second. Whatever is not exactly as it was is left to a proper look: a fresh checkout has other times, and its contents
tell that nothing has changed (`generator.build.gathered`).
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator.build.standing import Done, last_released, table_of
from generator.cache.file_clock import FileClock, signature_of
from generator.cache.fingerprint import code_fingerprint
from generator.cache.sight import Sight
from generator.cache.store import Store
from generator.effects import credentials_of
from generator.render.deliver import is_as_delivered
from generator.theme import theme_folder

_TOLD_ELSEWHERE = (b"INHERIT", b"!ENV")  # of mkdocs.yml: other files or the environment say what it means
_STORE = Path(".kawaraban") / "cache" / "pages.sqlite3"
_LEDGER = Path(".kawaraban") / "ledger.json"
_STAMPS = Path(".kawaraban") / "built.json"


class Glanced(NamedTuple):
    """What a glance tells."""

    done: Done | None = None
    """The end of a build that has nothing to do; None to look properly."""
    sight: Sight | None = None
    """How all files looked, where there was something to compare it with."""


def glance(
    config_file: Path, options: Iterable[str], environ: Mapping[str, str], now_in: Callable[[ZoneInfo], datetime]
) -> Glanced:
    """Whether a look tells that a build has nothing to do.

    `options` are those of the command line that a release depends on; `now_in` gives the moment of the build in a zone.
    """
    root = _real(config_file).parent
    file = root / _STORE
    try:
        if not (file.is_file() and config_file.is_file()):
            return Glanced()
    except OSError:  # of a folder that may not be looked into; the proper look says so
        return Glanced()
    store = Store(file)
    sight = None
    try:
        last = last_released(store)
        if last is None or not last.look or not last.is_unchanged_at(now_in(ZoneInfo(last.zone))):
            return Glanced()
        if not _is_stamped(root, last.site_dir):
            return Glanced()
        sight = Sight.of([_real(root / folder) for folder in last.folders], _clock_of(file.parent))
        if look_of(config_file, sight, options, environ) != last.look:
            return Glanced(sight=sight)
        site_dir = root / last.site_dir
        delivered = table_of(store, site_dir).load()
        return Glanced(last.done(root) if is_as_delivered(site_dir, delivered) else None, sight)
    except (OSError, sqlite3.Error):
        return Glanced(sight=sight)
    finally:
        store.close()


def _clock_of(cache: Path) -> FileClock | None:
    """The clock before the files are looked at; None in a cache that nobody may write to, which keeps no look either."""
    try:
        return FileClock.of(cache)
    except OSError:
        return None


def look_of(config_file: Path, sight: Sight, options: Iterable[str], environ: Mapping[str, str]) -> str:
    """Digest of how everything looks that goes into a build; "" when a look cannot tell."""
    told = config_file.read_bytes()
    if sight.has_links or any(word in told for word in _TOLD_ELSEWHERE):
        return ""
    found = blake2b(told, digest_size=16)
    about = (code_fingerprint(), sorted(credentials_of(environ).items()), list(options), sight.digest)
    found.update(repr(about).encode("utf-8", "surrogateescape"))
    ledger = _real(config_file).parent / _LEDGER
    found.update(repr(signature_of(ledger.stat()) if ledger.is_file() else ()).encode())
    return found.hexdigest()


def folders_of(content: Path, root: Path, custom_dir: str | None) -> tuple[Path, ...]:
    """The folders that a build is made from."""
    folders = (content, root / "theme_overrides", theme_folder(), *([Path(custom_dir)] if custom_dir else []))
    return tuple(dict.fromkeys(map(_real, folders)))


def _real(path: Path) -> Path:
    """Without links; unlike `Path.resolve`, a link that leads to itself is no error."""
    return Path(os.path.realpath(path))


def _is_stamped(root: Path, site_dir: str) -> bool:
    """Whether `publish` finds the note of the last build; where it is lost, a proper look writes it again."""
    try:
        noted = json.loads((root / _STAMPS).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(noted, dict) and isinstance(noted.get(site_dir), dict) and "digest" in noted[site_dir]
