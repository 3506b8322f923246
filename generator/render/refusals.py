"""What the disk refuses, as a finding: it is no bug of ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.model.finding import Family, Finding, Place, Text


def not_writable(error: OSError, shown: Callable[[Path], str]) -> Finding:
    """A file of the site, or of the folders in which it is made, that cannot be written or read.

    `shown` names a file as messages do.
    """
    stuck = next((Path(name) for name in (error.filename2, error.filename) if isinstance(name, str)), None)
    place = "-" if stuck is None else shown(stuck.parent.resolve() / stuck.name)
    what = Text(f"読み書きできません（{error.strerror}）", f"cannot be written or read: {error.strerror}")
    remedy = Text(
        "空き容量と、フォルダーの読み書きの権限を確かめてください",
        "check the free space and the permissions of the folder",
    )
    return Finding(Family.PUBLISH, "not-writable", Place(place), what, remedy)
