"""Other people's plugins, installed as `pip` would leave them."""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugins

from tests.commands import Done, build_here

MODULE = "neighbours"
PLUGINS: Any = dict(MkDocsConfig._schema)["plugins"]
HEAD = """\
import os, subprocess, sys
from pathlib import Path
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File

class Plugin(BasePlugin):
"""


@dataclass(frozen=True)
class Site:
    """A site with a plugin beside ours, both to be edited between builds."""

    root: Path
    packages: Path

    def install(self, body: str, release: str = "1.0") -> None:
        """Put the plugin `neighbour` there, with this body of its class."""
        (self.packages / f"{MODULE}.py").write_text(HEAD + indent(body, "    "), encoding="utf-8")
        about = self.packages / f"{MODULE}-1.dist-info"
        about.mkdir(exist_ok=True)
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {MODULE}\nVersion: {release}\n", "utf-8")
        (about / "entry_points.txt").write_text(f"[mkdocs.plugins]\nneighbour = {MODULE}:Plugin\n", "utf-8")
        self.forget()

    def list_plugins(self, *names: str, page_local: str = "") -> None:
        """Name plugins in mkdocs.yml, before ours."""
        path = self.root / "mkdocs.yml"
        head, ours = path.read_text(encoding="utf-8").split("  - kawaraban:\n", 1)
        head = head.partition("plugins:\n")[0] + "plugins:\n" + "".join(f"  - {name}\n" for name in names)
        ours = f"      page_local_plugins: [{page_local}]\n{ours}" if page_local else ours
        path.write_text(f"{head}  - kawaraban:\n{ours}", encoding="utf-8")

    def build(self, *arguments: str) -> Done:
        self.forget()
        return build_here(self.root, *arguments)

    def page(self, url: str) -> str:
        return (self.root / "site" / url / "index.html").read_text(encoding="utf-8")

    @staticmethod
    def forget() -> None:
        """As in a new process: what is installed is looked up once in each."""
        sys.modules.pop(MODULE, None)
        importlib.invalidate_caches()
        PLUGINS.installed_plugins = get_plugins()


@pytest.fixture
def site(small_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    packages = tmp_path / "packages"
    packages.mkdir()
    monkeypatch.setattr(PLUGINS, "installed_plugins", PLUGINS.installed_plugins)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.syspath_prepend(packages)
    site = Site(small_site, packages)
    site.list_plugins("neighbour")
    return site
