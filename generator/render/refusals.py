"""What the disk refuses, as a finding: it is no bug of ours."""

from __future__ import annotations

from pathlib import Path

from generator.model.finding import Family, Finding, Place, Text
from generator.settings import Settings


def not_writable(error: OSError, settings: Settings) -> Finding:
    """A file of the site, or of the folders in which it is made, that cannot be written."""
    stuck = next((Path(name) for name in (error.filename2, error.filename) if isinstance(name, str)), None)
    shown = "-" if stuck is None else settings.shown(stuck.parent.resolve() / stuck.name)
    what = Text(f"書き込めません（{error.strerror}）", f"cannot be written: {error.strerror}")
    remedy = Text(
        "空き容量と、フォルダーへの書き込みの権限を確かめてください",
        "check the free space and the permissions of the folder",
    )
    return Finding(Family.PUBLISH, "not-writable", Place(shown), what, remedy)
