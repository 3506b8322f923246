"""What MkDocs itself is left to do: the theme's files and the error page, into a folder of ours."""

from __future__ import annotations

import fnmatch
import os
from functools import partial
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.theme import Theme

from generator.theme import theme_folder

_NOT_SHIPPED = (
    *("*.map", "assets/javascripts/lunr/*", "assets/javascripts/workers/*", "sitemap.xml.gz"),
    "assets/kb/search/program/*",
)
_PROGRAM = "assets/kb/search/program.js"
"""Put together from those files: a template."""


def redirect(config: MkDocsConfig, private: Path) -> Path:
    """Point MkDocs at an empty folder to read from and one to write to, both in a private one; returns the latter.

    MkDocs empties its `site_dir` before it knows whether the build will succeed, follows links out of its
    `docs_dir`, and publishes files with broken front matter: it gets neither the real site nor the content.
    """
    staging, nothing = own_folder(private, "staging"), own_folder(private, "nothing")
    config.docs_dir = str(nothing)
    config.site_dir = str(staging)
    add_our_theme(config)
    return staging


def add_our_theme(config: MkDocsConfig) -> None:
    """Let a configuration find our templates and files."""
    # Material's own folders come after ours, and a site's own `custom_dir` comes before both.
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(theme_folder()))
    # MkDocs would list its own pages, of which there are none; ours is written with the other files.
    config.theme.static_templates.discard("sitemap.xml")
    config.theme.static_templates.add(_PROGRAM)
    config.theme.get_env = partial(_environment, config.theme)  # type: ignore[method-assign]  # of this build only


class _ThemeFolders(jinja2.FileSystemLoader):
    """Lists no hidden folders: MkDocs would look at all 14,000 of Material's icons to copy none of them."""

    def list_templates(self) -> list[str]:
        return sorted({name for folder in self.searchpath for name in _visible_files(Path(folder))})


def _environment(theme: Theme) -> jinja2.Environment:
    env = Theme.get_env(theme)
    env.loader = loader = _ThemeFolders(theme.dirs)
    # An include would take `{{`, `{%` and `{#` in JavaScript for its own.
    env.globals["unparsed"] = lambda name: loader.get_source(env, name)[0]
    return env


def _visible_files(folder: Path) -> list[str]:
    found: list[str] = []
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [(Path(parent) / name).relative_to(folder).as_posix() for name in files]
    return found


def own_folder(private: Path, name: str) -> Path:
    """A real folder of ours in a private one: MkDocs empties what it writes to, so it must never be a link."""
    folder = private / name
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def without_unused(files: Files) -> Files:
    """The theme's files less those that no page of ours loads (source maps, the old search's dictionaries, parts of ours)."""
    return Files([f for f in files if not any(fnmatch.fnmatch(f.src_uri, pattern) for pattern in _NOT_SHIPPED)])
