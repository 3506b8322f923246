"""The theme's files and the error page, as MkDocs wrote them once for a theme, a configuration and a masthead."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from generator.cache import records
from generator.cache.store import Store

SHELL, SHELL_FILE = "shell", "shell-file"
"""Kinds of entries in the store: a list of files by its frame, the bytes of a file by its sha256."""

ShellFiles = dict[str, str]
"""sha256 by posix path from the site's root."""


def kept_files(store: Store, frame: str) -> ShellFiles | None:
    """The files that MkDocs wrote for this frame in an earlier build; None when one of them is lost."""
    try:
        found = records.from_bytes(store.get(SHELL, frame) or b"")
    except records.NotARecord:
        return None
    if not isinstance(found, dict) or any(store.get(SHELL_FILE, sha256) is None for sha256 in found.values()):
        return None
    return found


def keep_files(store: Store, frame: str, folder: Path, paths: Iterable[str]) -> ShellFiles:
    """Keep what MkDocs wrote into `folder`: the files at these posix paths."""
    files: ShellFiles = {}
    for path in paths:
        content = (folder / path).read_bytes()
        files[path] = hashlib.sha256(content).hexdigest()
        store.put(SHELL_FILE, files[path], content)
    store.put(SHELL, frame, records.to_bytes(files))
    return files


def content_of(store: Store, sha256: str) -> bytes:
    """The bytes of a file that is kept."""
    found = store.get(SHELL_FILE, sha256)
    if found is None:
        raise KeyError(sha256)
    return found
