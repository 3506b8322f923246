"""The door for MkDocs: `mkdocs build`, `mkdocs serve` and `kawaraban build` all come through this plugin."""

from __future__ import annotations

import locale
import logging
import os
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import jinja2
from mkdocs.config.base import ConfigErrors, ConfigWarnings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from generator import pipeline
from generator.build.alone import building_alone
from generator.build.asked import asked_for
from generator.build.comparison import require_same
from generator.build.delivery import Origins, left_as_it_is
from generator.build.edition import Engine, body_of, documents
from generator.build.explain import Explanation, explained
from generator.build.files import loose_files
from generator.build.glance import folders_of, is_settled, look_of, looked_at
from generator.build.impression import Impression
from generator.build.page import Chrome as PageChrome
from generator.build.page import document_of
from generator.build.past import Past
from generator.build.run import Run
from generator.build.standing import Done
from generator.build.under_way import BuildUnderWay
from generator.cache.file_clock import FileClock
from generator.errors import EngineFailed, LockHeld, Rejected, WorkerDied
from generator.model.finding import Finding
from generator.render.mkdocs import configuration, plugins, shell
from generator.render.mkdocs.chrome import Chrome, ChromeOnDemand, with_document
from generator.render.mkdocs.frame_store import FrameStore
from generator.render.mkdocs.looks import Looks
from generator.render.mkdocs.news_page import NewsPage, NewsPages
from generator.render.mkdocs.plugin_pages import PagesInMkDocs, PagesOneByOne
from generator.render.mkdocs.server import keeping_the_last_good_pages, watch_what_people_edit
from generator.render.mkdocs.shell_files import ShellFiles, content_of, keep_files, kept_files
from generator.render.mkdocs.theme_faults import bad_theme, fault_of
from generator.render.mkdocs.versions import foreign_extensions, frame_of, theme_of, version_of
from generator.render.refusals import not_writable
from generator.reporting import as_text, spoken_language
from generator.settings import Options, Settings, read_options
from generator.verify import Sources, findings
from generator.verify.folder import BuiltFolder, link_out_problems
from generator.workers import Workers

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.plugins.kawaraban")


class KawarabanPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]  # options are judged by generator.settings
    """One build after another; under `mkdocs serve` one instance lives through many."""

    def __init__(self) -> None:
        self.run = Run()
        self.options = Options()
        self._option_findings: list[Finding] = []
        self._build: BuildUnderWay | None = None
        self._prepared: MkDocsConfig | None = None
        """The configuration whose pages are planned and not made yet."""
        self.left: Done | None = None
        """How the build ended, when the last release still stands and there was nothing to do."""
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

    def begin(self, config: MkDocsConfig) -> None:
        """Everything up to the plan of the pages. Raises Rejected, or LockHeld."""
        with self._reporting():
            settings = configuration.settings_of(config, self.options)
            unfit = [
                *configuration.unfit_settings(config, settings),
                *plugins.unfit_plugins(config, self.options.page_local_plugins),
            ]
            pipeline.accept([*self._option_findings, *unfit], strict=False)
            self._looks = Looks(
                settings.root, (settings.private, Path(config.site_dir), Path(sysconfig.get_path("purelib")))
            )
            plugins.watch(config, self._looks)
            self._alone.enter_context(building_alone(settings, self.run.effects))
            self._prepare(config, settings)
        self._prepared = config

    def finish_without_mkdocs(self, config: MkDocsConfig) -> bool:
        """Print and release with the theme's files of an earlier build; False when there are none that still hold."""
        build = self.build
        frame = self._frame(config)
        kept = kept_files(build.edition.store, frame)
        if kept is None or plugins.others(config):
            return False
        shell.redirect(config, build.works_in)
        with self._reporting():
            memory, masthead = build.edition.memory, build.edition.newspaper.masthead
            # Under another frame around all pages, nothing is known of theirs.
            frames = FrameStore(memory.store, memory.records if memory.grounds.frame == frame else {})
            chrome = build.past.chrome(frame, lambda: ChromeOnDemand(config, masthead, frames.frame_of))
            self._print(config, self._engine(config, chrome))
            self._release(kept)
        return True

    @event_priority(100)
    def _files_for_plugins(self, files: Files, *, config: MkDocsConfig) -> Files:
        """There are no pages for MkDocs to read, unless a plugin is to see them all; the theme's files are copied."""
        build = self.build
        if build.onlookers:
            edition, dialect = build.edition, configuration.dialect_of(config)
            render = body_of(edition, dialect, edition.addresses).render
            build.in_mkdocs = PagesInMkDocs(self._news_pages(config), render, documents(edition))
            files = build.in_mkdocs.add_to(files)
        return shell.without_unused(files)

    @event_priority(-100)
    def _files_of_plugins(self, files: Files, *, config: MkDocsConfig) -> Files:
        """What other plugins may have added."""
        with self._reporting():
            pipeline.accept(plugins.pages_of_plugins(files, config), strict=False)
        return files

    on_files = CombinedEvent(_files_for_plugins, _files_of_plugins)

    @event_priority(-100)  # after filters that other plugins add for templates
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """The moment at which theme and configuration are complete: render every page."""
        if plugins.others(config) and self.run.effects.workers.method == "spawn":
            self._work_in_this_process()  # plugins, and what they did to `env`, cannot be given to a new one
        chrome = Chrome(env, config, self.build.edition.newspaper.masthead)
        if self.build.in_mkdocs is not None:
            return env  # MkDocs renders them, with what the chrome has put into the environment
        engine = self._engine(config, chrome)
        if plugins.change_pages(config):
            pages, looks = self._news_pages(config), self._looks
            engine = replace(engine, plugged=lambda body: PagesOneByOne(pages, body.render, chrome, files, looks))
        with self._reporting():
            self._print(config, engine)
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
        with self._reporting():
            written = BuiltFolder.scan(Path(config.site_dir))
            pipeline.accept(findings(link_out_problems(written), Sources(self.build.settings)), strict=False)
            beside = written.files.keys() - self._handed_over(config)
            self._release(keep_files(self.build.edition.store, self._frame(config), written.root, sorted(beside)))

    def _handed_over(self, config: MkDocsConfig) -> frozenset[str]:
        """Take the pages that MkDocs has made for plugins' sake; returns their paths, none when we made them."""
        pages = self.build.in_mkdocs
        if pages is None:
            return frozenset()
        self._print(config, replace(self._engine(config, pages), plugged=lambda _: pages))
        log.info(plugins.remark(self.build.onlookers).in_language(_language()))
        return pages.paths

    def _work_in_this_process(self) -> None:
        self.run = replace(self.run, effects=replace(self.run.effects, workers=Workers(1)))

    def _frame(self, config: MkDocsConfig) -> str:
        edition = self.build.edition
        return frame_of(config, edition.memory.version, edition.newspaper.masthead)

    def _engine(self, config: MkDocsConfig, chrome: Chrome | ChromeOnDemand | PagesInMkDocs) -> Engine:
        folder = shell.own_folder(self.build.works_in, "pages")
        return Engine(configuration.dialect_of(config), chrome, self._frame(config), fault_of, folder)

    def _news_pages(self, config: MkDocsConfig) -> NewsPages:
        newspaper = self.build.edition.newspaper

        def front_of(source: str) -> dict[str, Any]:
            return newspaper.page(source).front.model_dump(by_alias=True, exclude_unset=True)

        return NewsPages(config, self.build.settings.content, front_of)

    def _print(self, config: MkDocsConfig, engine: Engine) -> None:
        build = self.build
        build.impression = pipeline.printed(build.edition, engine, self.run.effects, strict=build.strict)
        self._keep_frames(build.impression, engine.chrome)
        self._note(build.impression.warnings)

    def _keep_frames(self, impression: Impression, chrome: PageChrome) -> None:
        """Leave the frames of new pages to the next build; there are a few dozen for all pages."""
        if not isinstance(chrome, Chrome | ChromeOnDemand):
            return  # MkDocs' own loop renders each page in full
        pages = impression.pages
        by_frame = {pages.records[url].frame: pages.records[url] for url in pages.made}
        frames = (chrome.frame_of(document_of(record)) for digest, record in by_frame.items() if digest)
        FrameStore(impression.edition.store, {}).keep(frame for frame in frames if frame is not None)

    def _release(self, shell_files: ShellFiles) -> None:
        build = self.build
        if build.impression is None:
            raise EngineFailed("MkDocs called on_post_build before on_env")
        files = loose_files(shell_files, partial(content_of, build.edition.store))
        try:
            verified = pipeline.verified(build.impression, files, self.run.effects, self.run.show, strict=build.strict)
        except Rejected:
            self._compare(build.impression)  # what is wrong may be the cache
            raise
        self._note(verified)
        self._compare(build.impression)
        if self.run.delivers:
            pipeline.release(build.impression, build.site_dir, build.origins, build.warnings, self.run.effects)
        if build.asked is not None:
            build.explanations = explained(build.asked, build.impression)  # before the memory is of this build
        build.impression.remember()
        self.end()

    def _compare(self, impression: Impression) -> None:
        """Hold the site to what the run expects. Raises CacheDiffers."""
        if self.run.expected is not None:
            require_same(self.run.expected, impression, impression.edition.store)

    def end(self) -> None:
        """Whatever became of the build, the next one may begin."""
        self._prepared = None
        self._alone.close()

    def on_build_error(self, *, error: Exception) -> None:
        """What a plugin has raised in an event of MkDocs' own, as findings to MkDocs' users too."""
        self.end()
        if isinstance(error, plugins.PluginFailed) and not self.run.is_ours:
            log.error("\n".join(as_text(finding, _language()) for finding in error.findings))
            raise Abort("Aborted with an error of a plugin!") from error

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch what people edit, and keep showing the last good pages while something in it is wrong."""
        server.builder = keeping_the_last_good_pages(server.builder, _language())
        watch_what_people_edit(server, self.build.settings.content, config)
        return server

    def _prepare(self, config: MkDocsConfig, settings: Settings) -> None:
        self.left = None
        effects, site_dir = self.run.effects, Path(config.site_dir)
        works_in = self.run.works_in or settings.private
        past = Past.below(works_in) if self.run.works_in else self.run.past(settings)
        # Of a site that is only shown, no release is noted for a glance.
        folders = folders_of(settings.content, settings.root, config.theme.custom_dir) if self.run.show is None else ()
        clock = FileClock.of(past.file.parent)
        seen = looked_at(folders)  # before anything is read: what is changed meanwhile will look otherwise
        gathered = pipeline.gather(
            settings, effects, past, offline=self.run.offline, asks_outside=self.run.asks_outside
        )
        if self.run.refuses_old:
            pipeline.refuse_old(gathered.findings, is_partial=gathered.is_partial)
        version = version_of(config, settings)
        inputs = gathered.digest(settings, effects, version, theme_of(config), str(config.strict))
        # Nobody knows what else the plugins and extensions of others look at.
        others = bool(plugins.others(config)) or bool(foreign_extensions(config))
        look = ""
        if is_settled(seen, clock) and not others and gathered.snapshots.are_local:
            look = look_of(settings.root / settings.config_file, seen, self.run.options, effects.environ)
        origins = Origins(inputs, look, folders, gathered.told)
        if self.run.may_leave_as_is and not others:
            last = left_as_it_is(settings, site_dir, origins, past.store, effects)
            if last is not None:
                self.left = last.done(settings.root)
                return
        edition = pipeline.prepare(settings, effects, past, version, gathered, strict=config.strict)
        asked = None if self.run.explains is None else asked_for(self.run.explains, edition, site_dir)
        onlookers = plugins.onlookers(config, self.options.page_local_plugins)
        if onlookers:
            edition.memory.forget()
        self._build = BuildUnderWay(edition, past, origins, site_dir, works_in, config.strict, asked, onlookers)
        self._note(edition.warnings)

    @property
    def done(self) -> Done:
        """What became of the last build."""
        if self.left is not None:
            return self.left
        return self.build.done

    @property
    def explanations(self) -> list[Explanation]:
        """Why the pages that the run asks about were made or not; none when there was nothing to do."""
        return [] if self.left is not None else self.build.explanations

    @property
    def files(self) -> dict[str, str]:
        """Every file of the last build that was printed, sha256 by path."""
        impression = self.build.impression
        return {} if impression is None else {path: file.sha256 for path, file in impression.site_files().items()}

    @property
    def build(self) -> BuildUnderWay:
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
        except (Rejected, LockHeld, WorkerDied) as error:
            if self.run.is_ours:
                raise
            lines = [as_text(finding, _language()) for finding in error.findings]
            raise PluginError("\n" + "\n".join(lines)) from error


@contextmanager
def _as_findings() -> Iterator[None]:
    """What the theme or the disk refuses, as findings: neither is a bug of ours."""
    try:
        yield
    except jinja2.TemplateError as error:
        raise Rejected([bad_theme(error)]) from error
    except OSError as error:
        raise Rejected([not_writable(error)]) from error


def _language() -> str:
    return spoken_language(os.environ, locale.getlocale()[0])
