"""The door for MkDocs: `mkdocs build`, `mkdocs serve` and `kawaraban build` all come through this plugin.

What MkDocs asks of a plugin stands here, and at which of its moments a build (`generator.mkdocs_build`) goes on.
"""

from __future__ import annotations

import sysconfig
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import jinja2
from mkdocs.config.base import ConfigErrors, ConfigWarnings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from msgspec.structs import replace

from generator import pipeline
from generator.build.alone import building_alone
from generator.build.edition import body_of, documents
from generator.build.explain import Explanation
from generator.build.run import Run
from generator.build.standing import Done
from generator.errors import EngineFailed
from generator.mkdocs_build import delivered_by, engine_of, news_pages, planned, printed, released
from generator.mkdocs_reporting import abort_for_plugin, language, reporting, show_remark
from generator.mkdocs_under_way import BuildUnderWay
from generator.model.finding import Finding
from generator.render.mkdocs import configuration, plugins, shell
from generator.render.mkdocs.chrome import Chrome, with_document
from generator.render.mkdocs.looks import Looks
from generator.render.mkdocs.news_page import NewsPage
from generator.render.mkdocs.plugin_pages import PagesInMkDocs, PagesOneByOne
from generator.render.mkdocs.server import keeping_the_last_good_pages, watch_what_people_edit
from generator.render.mkdocs.shell_files import keep_files
from generator.settings import Options, Settings, read_options
from generator.verify import Sources, findings
from generator.verify.folder import BuiltFolder, link_out_problems
from generator.workers import Workers

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer


class KawarabanPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]  # options are judged by generator.settings
    """One build after another; under `mkdocs serve` one instance lives through many."""

    def __init__(self) -> None:
        self.run = Run()
        self.options = Options()
        self._option_findings: list[Finding] = []
        self._begun: BuildUnderWay | Done | None = None
        """The build under way or the one that ended last, or how it ended when there was nothing to do."""
        self._prepared: MkDocsConfig | None = None
        """The configuration whose pages are planned and not made yet."""
        self._looks = Looks(Path(), ())
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
            self._work_in_this_process()  # the server runs threads, and a process with threads must not fork

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Everything up to documents, before MkDocs touches any folder."""
        if self._prepared is not config:
            self.begin(config)
        shell.redirect(config, self.build.works_in)
        return config

    @event_priority(100)
    def _files_for_plugins(self, files: Files, *, config: MkDocsConfig) -> Files:
        """There are no pages for MkDocs to read, unless a plugin is to see them all; the theme's files are copied."""
        build = self.build
        if build.onlookers:
            edition, dialect = build.edition, configuration.dialect_of(config)
            render = body_of(edition, dialect, edition.addresses).render
            build.in_mkdocs = PagesInMkDocs(news_pages(build, config), render, documents(edition))
            files = build.in_mkdocs.add_to(files)
        return shell.without_unused(files)

    @event_priority(-100)
    def _files_of_plugins(self, files: Files, *, config: MkDocsConfig) -> Files:
        """What other plugins may have added."""
        with reporting(self.build.settings, is_ours=self.run.is_ours):
            pipeline.accept(plugins.pages_of_plugins(files, config), strict=False)
        return files

    on_files = CombinedEvent(_files_for_plugins, _files_of_plugins)

    @event_priority(-100)  # after filters that other plugins add for templates
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """The moment at which theme and configuration are complete: render every page."""
        if plugins.others(config) and self.run.effects.workers.method == "spawn":
            self._work_in_this_process()  # plugins, and what they did to `env`, cannot be given to a new one
        build = self.build
        chrome = Chrome(env, config, build.edition.newspaper.masthead)
        if build.in_mkdocs is not None:
            return env  # MkDocs renders them, with what the chrome has put into the environment
        engine = engine_of(build, config, chrome)
        if plugins.change_pages(config):
            pages, looks = news_pages(build, config), self._looks
            engine = replace(engine, plugged=lambda body: PagesOneByOne(pages, body.render, chrome, files, looks))
        with reporting(build.settings, is_ours=self.run.is_ours):
            printed(build, engine, self.run)
        return env

    @event_priority(100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """What our templates ask for beside MkDocs' page."""
        return with_document(context, page.document) if isinstance(page, NewsPage) else context

    @event_priority(-100)  # other plugins may still add to the folder; what they add is verified too
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Verify the finished folder, then put it where the site is read."""
        build = self.build
        with reporting(build.settings, is_ours=self.run.is_ours):
            written = BuiltFolder.scan(Path(config.site_dir))
            pipeline.accept(findings(link_out_problems(written), Sources(build.settings)), strict=False)
            beside = written.files.keys() - self._handed_over(config)
            shell_files = keep_files(build.edition.store, build.frame, written.root, sorted(beside))
            with delivered_by(build, self.run) as under_way:
                released(build, shell_files, self.run, under_way)
            self.end()

    def _handed_over(self, config: MkDocsConfig) -> frozenset[str]:
        """Take the pages that MkDocs has made for plugins' sake; returns their paths, none when we made them."""
        build, pages = self.build, self.build.in_mkdocs
        if pages is None:
            return frozenset()
        printed(build, replace(engine_of(build, config, pages), plugged=lambda _: pages), self.run)
        show_remark(plugins.remark(build.onlookers))
        return pages.paths

    def on_build_error(self, *, error: Exception) -> None:
        """What a plugin has raised in an event of MkDocs' own, as findings to MkDocs' users too."""
        self.end()
        if isinstance(error, plugins.PluginFailed) and not self.run.is_ours:
            abort_for_plugin(error)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch what people edit, and keep showing the last good pages while something in it is wrong."""
        server.builder = keeping_the_last_good_pages(server.builder, language())
        watch_what_people_edit(server, self.build.settings.content, config)
        return server

    def begin(self, config: MkDocsConfig) -> BuildUnderWay | None:
        """A build whose pages are planned; None when there is nothing to do. Raises Rejected, or LockHeld."""
        settings = configuration.settings_of(config, self.options)
        with reporting(settings, is_ours=self.run.is_ours):
            self._refuse_unfit(config, settings)
            self._looks = Looks(
                settings.root, (settings.private, Path(config.site_dir), Path(sysconfig.get_path("purelib")))
            )
            plugins.watch(config, self._looks)
            self._alone.enter_context(building_alone(settings, self.run.effects))
            self._begun = planned(config, self.options, settings, self.run)
        self._prepared = config
        return None if isinstance(self._begun, Done) else self._begun

    def _refuse_unfit(self, config: MkDocsConfig, settings: Settings) -> None:
        """Everything in mkdocs.yml that no build can begin with. Raises Rejected."""
        unfit = [
            *configuration.unfit_settings(config, settings),
            *plugins.unfit_plugins(config, self.options.page_local_plugins),
        ]
        pipeline.accept([*self._option_findings, *unfit], strict=False)

    def _work_in_this_process(self) -> None:
        self.run = replace(self.run, effects=replace(self.run.effects, workers=Workers(1)))

    def end(self) -> None:
        """Whatever became of the build, the next one may begin."""
        self._prepared = None
        self._alone.close()

    @property
    def build(self) -> BuildUnderWay:
        """The build under way, or the one that ended last."""
        if not isinstance(self._begun, BuildUnderWay):
            raise EngineFailed("MkDocs called a later hook before on_config")
        return self._begun

    @property
    def done(self) -> Done:
        """What became of the last build."""
        return self._begun if isinstance(self._begun, Done) else self.build.done

    @property
    def files(self) -> Mapping[str, str]:
        """Every file of the last build that was printed, sha256 by path."""
        impression = self.build.impression
        return {} if impression is None else impression.site_files().digests

    @property
    def explanations(self) -> list[Explanation]:
        """Why the pages that the run asks about were made or not; none when there was nothing to do."""
        return [] if isinstance(self._begun, Done) else self.build.explanations
