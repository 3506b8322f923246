"""One digest for everything that makes a page besides its input: our code and the libraries it calls."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from generator.theme import theme_folder

_LIBRARIES = (
    *("markdown", "pymdown-extensions", "pygments", "nh3", "selectolax"),
    *("jinja2", "markupsafe", "mkdocs", "mkdocs-material", "pydantic", "pyyaml", "duckdb"),
)
_GENERATOR = Path(__file__).parents[1]
_ABOUT = ".dist-info"
"""The end of the name of a folder that tells of an installed library: `pyyaml-6.0.3.dist-info`."""


@cache
def code_fingerprint() -> str:
    """Changes with every edit of our code or templates, and with the version of Python or of any library above."""
    found = hashlib.blake2b(digest_size=16)
    found.update("\n".join([sys.version, *_releases()]).encode())
    for folder in (_GENERATOR, theme_folder()):
        for name in sorted(_sources(os.fspath(folder))):
            with open(folder / name, "rb", buffering=0) as file:  # noqa: PTH123 (half the time of `read_bytes`)
                found.update(name.replace(os.sep, "/").encode() + b"\0" + file.read() + b"\0")
    return found.hexdigest()


def _sources(folder: str) -> Iterator[str]:
    """Code and templates, as paths from the folder. Plain strings: every command asks, also when nothing is to be done."""
    for parent, _, names in os.walk(folder):
        inside = f"{parent}{os.sep}"[len(folder) + 1 :]
        yield from (inside + name for name in names if name.endswith((".py", ".html", ".md")))


def _releases() -> list[str]:
    """The libraries with their versions, mostly by the names of folders alone.

    `importlib.metadata` takes ten times as long to load as all of our code to read.
    """
    installed: dict[str, str] = {}
    for folder in sys.path:
        for about in Path(folder).glob(f"*{_ABOUT}"):
            name, _, version = about.name.removesuffix(_ABOUT).partition("-")
            installed.setdefault(name.lower().replace("_", "-").replace(".", "-"), version)
    return [f"{name} {installed.get(name) or _asked_for(name)}" for name in _LIBRARIES]


def _asked_for(name: str) -> str:
    """The version of a library that was not installed as a wheel."""
    from importlib.metadata import version

    return version(name)
