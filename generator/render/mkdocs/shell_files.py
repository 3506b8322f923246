"""The theme's files and the error page, as MkDocs wrote them once for a theme, a configuration and a masthead."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from generator.cache import records
from generator.cache.store import Store

SHELL, SHELL_FILE = "shell", "shell-file"
"""Kinds of entries in the store: a list of files by its frame, the bytes of a file by its sha256."""


class ShellFile(NamedTuple):
    """One of them. Its bytes are at hand until the site has them: only MkDocs could make them anew."""

    sha256: str
    content: bytes


ShellFiles = dict[str, ShellFile]
"""By posix path from the site's root."""


def kept_files(store: Store, frame: str) -> ShellFiles | None:
    """The files that MkDocs wrote for this frame in an earlier build; None when one of them is lost."""
    try:
        found = records.from_bytes(store.get(SHELL, frame) or b"")
    except records.NotARecord:
        return None
    if not isinstance(found, dict):
        return None
    files: ShellFiles = {}
    for path, sha256 in found.items():
        content = store.get(SHELL_FILE, sha256)
        if content is None:
            return None
        files[path] = ShellFile(sha256, content)
    return files


def keep_files(store: Store, frame: str, folder: Path, paths: Iterable[str]) -> ShellFiles:
    """Keep what MkDocs wrote into `folder`: the files at these posix paths."""
    files: ShellFiles = {}
    for path in paths:
        content = (folder / path).read_bytes()
        files[path] = ShellFile(hashlib.sha256(content).hexdigest(), content)
        store.put(SHELL_FILE, files[path].sha256, content)
    store.put(SHELL, frame, records.to_bytes({path: file.sha256 for path, file in files.items()}))
    return files
