"""The door for MkDocs: `mkdocs build`, `mkdocs serve` and `kawaraban build` all come through this plugin."""

from __future__ import annotations

import locale
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
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
from generator.errors import EngineFailed, LockHeld, Rejected
from generator.findable import make_findable
from generator.lock import AlreadyHeld, held
from generator.markup.targets import Addresses
from generator.model.finding import Family, Finding, Place, Text
from generator.pipeline import Edition
from generator.render.body import BodyRenderer
from generator.render.mkdocs import configuration, shell
from generator.render.mkdocs.chrome import Chrome
from generator.render.mkdocs.pages import PageRenderer, bad_theme, write_files, write_pages
from generator.reporting import as_text, spoken_language
from generator.settings import Options, Settings, read_options

log = logging.getLogger("mkdocs.plugins.kawaraban")


@dataclass(frozen=True, slots=True)
class Run:
    """How one caller wants its builds."""

    effects: Effects = field(default_factory=Effects)
    offline: bool = False
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    is_ours: bool = False
    """Whether our own command line calls: it reports findings itself and wants `Rejected` instead of MkDocs' error."""


class KawarabanPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]  # options are judged by generator.settings
    """One build after another; under `mkdocs serve` one instance lives through many."""

    def __init__(self) -> None:
        self.run = Run()
        self.options = Options()
        self._option_findings: list[Finding] = []
        self._build: _Build | None = None
        self._alone = ExitStack()
        """Holds the lock of the private folder while a build is under way."""

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Judge the plugin's keys with our own sentences; problems are reported with all others."""
        file = Path(config_file_path or "mkdocs.yml")
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        self.options, self._option_findings = read_options(dict(options), text, file.name)
        return [], []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Also keeps this instance across the rebuilds of one `mkdocs serve`: MkDocs looks for this method."""
        if command == "serve":
            self.run = replace(self.run, jobs=1)  # the server runs threads, and a process with threads must not fork

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Everything up to documents, before MkDocs touches any folder."""
        with self._reporting():
            settings = configuration.settings_of(config, self.options)
            site_dir = Path(config.site_dir)
            edition = self.prepare(config, settings)
            self._alone.enter_context(_building_alone(settings, self.run.effects))
            self._build = _Build(settings, edition, site_dir, shell.redirect(config, settings), config.strict)
        self._note(edition.warnings)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """There are no pages for MkDocs to read, only the theme's files to copy."""
        return shell.without_unused(files)

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """The moment at which theme and configuration are complete: render every page."""
        build, site = self.build, self.build.edition.site
        content = build.settings.shown(build.settings.content)
        with self._reporting():
            chrome = Chrome(env, config, site.masthead)
            body = BodyRenderer(configuration.dialect_of(config), Addresses.of(site), content)
            renderer = PageRenderer(body, chrome, build.staging)
            found = write_pages(site.documents, renderer, self.run.jobs, self.run.effects.progress)
            self._note(pipeline.accept(found, strict=build.strict))
        return env

    @event_priority(-100)  # other plugins may still add to the folder; what they add is verified too
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Verify the finished folder, then put it where the site is read."""
        build = self.build
        with self._reporting():
            write_files(build.edition.site, build.staging)
            make_findable(build.edition.site, build.edition.synonyms, build.staging)
            self._note(
                pipeline.release(
                    build.edition, build.settings, self.run.effects, build.staging, build.site_dir, strict=build.strict
                )
            )
        self._alone.close()

    def on_build_error(self, *, error: Exception) -> None:
        """Whatever ended the build, the next one may begin."""
        self._alone.close()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch what people edit, and keep showing the last good pages while something in it is wrong."""
        server.builder = _keeping_the_last_good_pages(server.builder)
        server.watch(str(self.build.settings.content))
        for folder in config.theme.dirs:
            if Path(folder).name == "theme_overrides":
                server.watch(folder)
        return server

    def prepare(self, config: MkDocsConfig, settings: Settings) -> Edition:
        """Judge the settings, then everything people wrote. Raises Rejected."""
        pipeline.accept([*self._option_findings, *configuration.unfit_settings(config, settings)], strict=False)
        return pipeline.prepare(settings, self.run.effects, strict=config.strict, offline=self.run.offline)

    @property
    def build(self) -> _Build:
        """The build under way, or the one that ended last."""
        if self._build is None:
            raise EngineFailed("MkDocs called a later hook before on_config")
        return self._build

    def _note(self, warnings: Iterable[Finding]) -> None:
        """Keep warnings for our command line, which reports them together; MkDocs' users see them as they come."""
        self.build.warnings.extend(warnings)
        if not self.run.is_ours:
            for warning in warnings:
                # Under --strict MkDocs counts warnings as errors; the pipeline has judged these already.
                log.log(logging.INFO if self.build.strict else logging.WARNING, as_text(warning, _language()))

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        """Our findings as the caller wants them: `Rejected` itself, or MkDocs' error with all sentences in it."""
        try:
            with _as_findings():
                yield
        except (Rejected, LockHeld) as error:
            if self.run.is_ours:
                raise
            lines = [as_text(finding, _language()) for finding in error.findings]
            raise PluginError("\n" + "\n".join(lines)) from error


@dataclass(frozen=True, slots=True)
class _Build:
    """What one build carries from hook to hook."""

    settings: Settings
    edition: Edition
    site_dir: Path
    staging: Path
    strict: bool
    warnings: list[Finding] = field(default_factory=list)


@contextmanager
def _as_findings() -> Iterator[None]:
    """What the theme or the disk refuses, as findings: neither is a bug of ours."""
    try:
        yield
    except jinja2.TemplateError as error:
        raise Rejected([bad_theme(error)]) from error
    except OSError as error:
        shown = Path(error.filename).name if isinstance(error.filename, str) else "-"
        what = Text(f"書き込めません（{error.strerror}）", f"cannot be written: {error.strerror}")
        remedy = Text(
            "空き容量と、フォルダーへの書き込みの権限を確かめてください",
            "check the free space and the permissions of the folder",
        )
        raise Rejected([Finding(Family.PUBLISH, "not-writable", Place(shown), what, remedy)]) from error


@contextmanager
def _building_alone(settings: Settings, effects: Effects) -> Iterator[None]:
    """Two builds of one site would write into the same working folder; raises LockHeld for the second."""
    settings.private.mkdir(parents=True, exist_ok=True)
    try:
        with held(settings.private / "build.lock", effects):
            yield
    except AlreadyHeld as other:
        what = Text(
            f"同じサイトを別の処理がつくっています（{other.holder}）",
            f"another build of this site is under way ({other.holder})",
        )
        remedy = Text("終わるのを待って、もう一度つくってください", "wait until it is done, then build again")
        place = Place(settings.shown(settings.private / "build.lock"))
        raise LockHeld(Finding(Family.PUBLISH, "build-under-way", place, what, remedy)) from None


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
