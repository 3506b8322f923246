"""The door for MkDocs: `mkdocs build`, `mkdocs serve` and `kawaraban build` all come through this plugin."""

from __future__ import annotations

import locale
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import jinja2
from mkdocs.config.base import ConfigErrors, ConfigWarnings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files

from generator import pipeline
from generator.effects import Effects
from generator.errors import Rejected
from generator.model.finding import Finding, Text
from generator.pipeline import Edition
from generator.render.mkdocs import configuration, shell
from generator.render.mkdocs.chrome import Chrome
from generator.render.mkdocs.pages import PageRenderer, write_files, write_pages
from generator.reporting import as_text, spoken_language
from generator.settings import Options, Settings, read_options

log = logging.getLogger("mkdocs.plugins.kawaraban")


class KawarabanPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]  # options are judged by generator.settings
    """One build after another; under `mkdocs serve` one instance lives through many."""

    def __init__(self) -> None:
        self.effects = Effects()
        self.offline = False
        self.jobs = os.cpu_count() or 1
        self.raises_rejected = False
        """Whether the caller (our own command line) wants `Rejected` itself instead of MkDocs' error."""
        self._build: _Build
        self.options = Options()
        self._option_findings: list[Finding] = []

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Judge the plugin's keys with our own sentences; problems are reported with all others."""
        shown = Path(config_file_path or "mkdocs.yml").name
        self.options, self._option_findings = read_options(dict(options), shown)
        return [], []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Also keeps this instance across the rebuilds of one `mkdocs serve`: MkDocs looks for this method."""
        if command == "serve":
            self.jobs = 1  # the server runs threads, and a process with threads must not fork

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Everything up to documents, before MkDocs touches any folder."""
        with self._reporting():
            settings = configuration.settings_of(config, self.options)
            edition = self.prepare(config, settings)
        if not self.raises_rejected:
            for warning in edition.warnings:
                # Under --strict MkDocs counts warnings as errors; `prepare` has judged these already.
                log.log(logging.INFO if config.strict else logging.WARNING, as_text(warning, _language()))
        self._build = _Build(settings, edition, Path(config.site_dir), shell.redirect(config, settings))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """There are no pages for MkDocs to read, only the theme's files to copy."""
        return shell.without_unused(files)

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """The moment at which theme and configuration are complete: render every page."""
        build = self._build
        chrome = Chrome(env, config, build.edition.site.masthead)
        dialect = configuration.dialect_of(config)
        site = build.edition.site
        renderer = PageRenderer(site, chrome, dialect, build.staging)
        with self._reporting():
            broken = write_pages(site.documents, renderer, self.jobs, self.effects.progress)
            pipeline.accept(broken, strict=config.strict)
        return env

    @event_priority(-100)  # other plugins may still add to the folder; what they add is verified too
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Verify the finished folder, then put it where the site is read."""
        build = self._build
        write_files(build.edition.site, build.staging)
        with self._reporting():
            pipeline.release(build.edition, build.settings, self.effects, build.staging, build.site_dir)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch what people edit, and keep showing the last good pages while something in it is wrong."""
        server.builder = _keeping_the_last_good_pages(server.builder)
        server.watch(str(self._build.settings.content))
        for folder in config.theme.dirs:
            if Path(folder).name == "theme_overrides":
                server.watch(folder)
        return server

    def prepare(self, config: MkDocsConfig, settings: Settings) -> Edition:
        """Judge the settings, then everything people wrote. Raises Rejected."""
        pipeline.accept([*self._option_findings, *configuration.unfit_settings(config)], strict=False)
        return pipeline.prepare(settings, self.effects, strict=config.strict, offline=self.offline)

    @property
    def edition(self) -> Edition:
        """What the last build was made of."""
        return self._build.edition

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        """Our findings as the caller wants them: `Rejected` itself, or MkDocs' error with all sentences in it."""
        try:
            yield
        except Rejected as rejected:
            if self.raises_rejected:
                raise
            lines = [as_text(finding, _language()) for finding in rejected.findings]
            raise PluginError("\n" + "\n".join(lines)) from rejected


@dataclass(frozen=True, slots=True)
class _Build:
    """What one build carries from hook to hook."""

    settings: Settings
    edition: Edition
    site_dir: Path
    staging: Path


def _keeping_the_last_good_pages(build: Callable[[], None]) -> Callable[[], None]:
    """MkDocs stops answering when a rebuild fails; the findings are logged already, and the old pages still stand."""

    def build_or_stay() -> None:
        try:
            build()
        except Abort:
            stays = Text(
                "前のページを表示しています。直して保存すると新しくなります。",
                "showing the pages of before; save a correction.",
            )
            log.warning(stays.in_language(_language()))

    return build_or_stay


def _language() -> str:
    return spoken_language(os.environ, locale.getlocale()[0])
