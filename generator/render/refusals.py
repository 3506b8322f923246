"""What the disk refuses, as a finding: it is no bug of ours."""

from __future__ import annotations

from pathlib import Path

from generator.model.finding import Family, Finding, Place, Text


def not_writable(error: OSError) -> Finding:
    """A file of the site, or of the folders in which it is made, that cannot be written."""
    shown = next((Path(name).name for name in (error.filename2, error.filename) if isinstance(name, str)), "-")
    what = Text(f"書き込めません（{error.strerror}）", f"cannot be written: {error.strerror}")
    remedy = Text(
        "空き容量と、フォルダーへの書き込みの権限を確かめてください",
        "check the free space and the permissions of the folder",
    )
    return Finding(Family.PUBLISH, "not-writable", Place(shown), what, remedy)
