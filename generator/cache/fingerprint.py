"""One digest for everything that makes a page besides its input: our code and the libraries it calls."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

from generator.theme import theme_folder

_LIBRARIES = (
    *("markdown", "pymdown-extensions", "pygments", "nh3", "selectolax"),
    *("jinja2", "markupsafe", "mkdocs", "mkdocs-material", "pydantic", "pyyaml", "duckdb"),
)
_GENERATOR = Path(__file__).parents[1]


@cache
def code_fingerprint() -> str:
    """Changes with every edit of our code or templates, and with the version of Python or of any library above."""
    found = hashlib.blake2b(digest_size=16)
    found.update("\n".join([sys.version, *(f"{name} {version(name)}" for name in _LIBRARIES)]).encode())
    for folder in (_GENERATOR, theme_folder()):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".html", ".md"}):
            found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()
