"""Copying and writing so that after a power cut a file is there whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from generator.effects import Effects
from generator.model.finding import Text


def copy_durably(paths: Iterable[str], source: Path, destination: Path, effects: Effects) -> None:
    """Copy the files `paths` from one folder to a new one; returns when they are on the disk.

    All are written before the first is waited for: the disk orders the writing itself, which takes a fraction
    of the time of waiting after each.
    """
    files = list(paths)
    folders = {destination, *((destination / path).parent for path in files)}
    for folder in sorted(folders):
        folder.mkdir(parents=True, exist_ok=True)
    for path in effects.progress.track(files, Text("公開先へ書き込み", "copying"), len(files)):
        shutil.copyfile(source / path, destination / path, follow_symlinks=False)
    for path in files:
        sync(destination / path)
    for folder in sorted(_with_parents(folders, destination), reverse=True):
        sync(folder)


def _with_parents(folders: Iterable[Path], top: Path) -> set[Path]:
    """Every folder from `top` down to the given ones."""
    return {up for folder in folders for up in (folder, *folder.parents) if up == top or top in up.parents}


def write_durably(path: Path, content: bytes) -> None:
    """Write a file in one step: under a name of its own first, then renamed."""
    draft = path.with_name(f".tmp-{path.name}")
    draft.write_bytes(content)
    sync(draft)
    draft.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
