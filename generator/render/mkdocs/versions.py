"""Digests of everything in configuration and theme that pages depend on."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points, version
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import yaml_load

from generator.cache.fingerprint import code_fingerprint
from generator.model.site import Masthead
from generator.settings import Settings
from generator.theme import theme_folder

_ELSEWHERE = frozenset({"docs_dir", "site_dir", "config_file_path", "dev_addr", "watch", "strict"})
"""Keys that say where and how a site is built, not what is on it."""
_KNOWN_EXTENSIONS = frozenset({"generator", "markdown", "material", "pymdownx"})
"""Packages of extensions whose releases are part of `code_fingerprint`."""


def version_of(config: MkDocsConfig, settings: Settings) -> str:
    """Digest of code, configuration, plugins and the site's own templates: all pages depend on all of it."""
    with Path(config.config_file_path).open("rb") as file:
        written = {key: value for key, value in yaml_load(file).items() if key not in _ELSEWHERE}
    plugins = [
        (name, type(plugin).__qualname__, _release_of(type(plugin).__module__))
        for name, plugin in config.plugins.items()
        if not type(plugin).__module__.startswith("generator.")  # ours is part of `code_fingerprint`
    ]
    extensions = [(module, _release_of(module)) for module in foreign_extensions(config)]
    everything = [code_fingerprint(), settings.site_url, written, plugins, extensions]
    told = json.dumps(everything, default=_named, sort_keys=True)
    return _digest(told, _files(settings.root / "theme_overrides", settings.root / "theme_overrides"))


def foreign_extensions(config: MkDocsConfig) -> tuple[str, ...]:
    """The modules of the Markdown extensions that `code_fingerprint` does not know of."""
    short = _short_names()
    modules = (short.get(name, name.partition(":")[0]) for name in config.markdown_extensions)
    return tuple(sorted({module for module in modules if module.partition(".")[0] not in _KNOWN_EXTENSIONS}))


@cache
def _short_names() -> dict[str, str]:
    """The modules of installed extensions by the names that mkdocs.yml may use."""
    return {point.name: point.module for point in entry_points(group="markdown.extensions")}


def theme_of(config: MkDocsConfig) -> str:
    """Digest of the theme's own files, styles and scripts included."""
    folders = [Path(folder) for folder in (config.theme.custom_dir, theme_folder()) if folder]
    return _digest("", (file for folder in folders for file in _files(folder, folder)))


def frame_of(version: str, masthead: Masthead, theme: str) -> str:
    """Digest of everything around the contents: under one `version` only masthead and theme (`theme_of`) can change."""
    return _digest(f"{version}\0{masthead!r}\0{theme}", iter(()))


def _digest(told: str, files: Iterator[tuple[str, bytes]]) -> str:
    found = hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16)
    for name, content in files:
        found.update(f"\0{name}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    return found.hexdigest()


def _files(folder: Path, root: Path) -> Iterator[tuple[str, bytes]]:
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = Path(parent) / name
            yield path.relative_to(root).as_posix(), path.read_bytes()


def _release_of(name: str) -> str:
    """Which release a module is of, and its source; how it is configured stands in mkdocs.yml."""
    module = import_module(name)
    package = module.__name__.partition(".")[0]
    try:
        release = version(package)
    except ModuleNotFoundError:  # PackageNotFoundError: the module is not named like its distribution
        release = ""
    source = Path(module.__file__ or "")
    # One that lies beside the site is edited without getting a new number.
    beside = sorted(source.parent.rglob("*.py")) if module.__package__ else [source]
    files = ((path.relative_to(source.parent).as_posix(), path.read_bytes()) for path in beside)
    return f"{release} {_digest('', files)}"


def _named(value: object) -> str:
    """Functions and classes of extensions by their names, which do not differ from process to process."""
    name = getattr(value, "__qualname__", None)
    return f"{getattr(value, '__module__', '')}.{name}" if name else type(value).__qualname__
