"""A look at files' sizes and times, which answers most builds that have nothing to do.

No file is read but mkdocs.yml, and none of the libraries that a build needs is loaded: 5,000 articles cost a quarter of
a second. Whatever is not exactly as it was is left to a proper look: a fresh checkout has other times, and its contents
tell that nothing has changed (`generator.build.gathered`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.build.standing import Done, last_released, table_of
from generator.cache.file_clock import FileClock, Signature, signature_of
from generator.cache.fingerprint import code_fingerprint
from generator.cache.store import Store
from generator.effects import credentials_of
from generator.render.deliver import is_as_delivered
from generator.theme import theme_folder

Seen = dict[str, Signature]
"""How files look, by path; an empty signature for an entry of which the name is all that counts."""

_TOLD_ELSEWHERE = (b"INHERIT", b"!ENV")  # of mkdocs.yml: other files or the environment say what it means
_STORE = Path(".kawaraban") / "cache" / "pages.sqlite3"
_LEDGER = Path(".kawaraban") / "ledger.json"


def glance(
    config_file: Path, options: Iterable[str], environ: Mapping[str, str], now_in: Callable[[ZoneInfo], datetime]
) -> Done | None:
    """The end of a build that has nothing to do, when a look tells so; None to look properly.

    `options` are those of the command line that a release depends on; `now_in` gives the moment of the build in a zone.
    """
    root = config_file.resolve().parent
    file = root / _STORE
    if not file.is_file():
        return None
    store = Store(file)
    try:
        last = last_released(store)
        if last is None or not last.look or not last.is_unchanged_at(now_in(ZoneInfo(last.zone))):
            return None
        if (
            look_of(config_file, looked_at((root / folder).resolve() for folder in last.folders), options, environ)
            != last.look
        ):
            return None
        site_dir = root / last.site_dir
        delivered = table_of(store, site_dir).load()
        return last.done(root) if is_as_delivered(site_dir, delivered) else None
    except (OSError, sqlite3.Error):
        return None
    finally:
        store.close()


def look_of(config_file: Path, seen: Seen, options: Iterable[str], environ: Mapping[str, str]) -> str:
    """Digest of how everything looks that goes into a build; "" when a look cannot tell."""
    told = config_file.read_bytes()
    if any(word in told for word in _TOLD_ELSEWHERE):
        return ""
    found = blake2b(told, digest_size=16)
    about = (code_fingerprint(), sorted(credentials_of(environ).items()), list(options), sorted(seen.items()))
    found.update(repr(about).encode("utf-8", "surrogateescape"))
    ledger = config_file.resolve().parent / _LEDGER
    found.update(repr(signature_of(ledger.stat()) if ledger.is_file() else ()).encode())
    return found.hexdigest()


def looked_at(folders: Iterable[Path]) -> Seen:
    """Every file below the folders. Of what is hidden in them, and of what cannot be read, only that it is there."""
    return {path: signature for folder in folders for path, signature in _below(str(folder))}


def folders_of(content: Path, root: Path, custom_dir: str | None) -> tuple[Path, ...]:
    """The folders that a build is made from."""
    folders = (content, root / "theme_overrides", theme_folder(), *([Path(custom_dir)] if custom_dir else []))
    return tuple(dict.fromkeys(folder.resolve() for folder in folders))


def is_settled(seen: Seen, clock: FileClock) -> bool:
    """Whether every file would look otherwise if it were changed from now on."""
    return all(clock.is_settled(signature) for signature in seen.values() if signature)


def _below(folder: str) -> Iterator[tuple[str, Signature]]:
    folders = [folder]
    while folders:
        below = folders.pop()
        try:
            with os.scandir(below) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        yield entry.path, ()
                    elif entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        yield entry.path, signature_of(entry.stat(follow_symlinks=False))
        except OSError:
            yield below, ()
