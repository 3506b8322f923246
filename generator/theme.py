"""Where our templates, styles and scripts lie: in the wheel beside this file, in a checkout at the top level."""

from __future__ import annotations

from pathlib import Path


def theme_folder() -> Path:
    """The folder `theme_overrides/` that goes on top of Material."""
    installed = Path(__file__).parent / "theme_overrides"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "theme_overrides"
