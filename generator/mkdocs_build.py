"""What a build is, whether MkDocs walks through it hook by hook or `kawaraban build` needs no MkDocs.

planned                    everything that goes in is known, and every page is planned
printed                    the pages are made
released                   the finished site is verified and put where it is read
finished_without_mkdocs    the last two with the theme's files of an earlier build
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from generator import pipeline
from generator.build.asked import asked_for
from generator.build.comparison import require_same
from generator.build.delivery import Origins, Shipment, left_as_it_is, shipment
from generator.build.edition import Engine
from generator.build.explain import explained
from generator.build.files import loose_files
from generator.build.forbidden import keep_people
from generator.build.gathered import Gathered
from generator.build.glance import folders_of, look_of
from generator.build.impression import Impression
from generator.build.page import Chrome as PageChrome
from generator.build.page import document_of
from generator.build.past import Past
from generator.build.run import Run, Take
from generator.build.standing import Done
from generator.cache.file_clock import FileClock
from generator.cache.sight import Sight
from generator.compose.press import compile_templates
from generator.errors import EngineFailed, Rejected
from generator.mkdocs_reporting import reporting, show_warnings
from generator.mkdocs_under_way import BuildUnderWay
from generator.model.finding import Finding, in_order
from generator.model.snapshot import Snapshots
from generator.render.mkdocs import configuration, plugins, shell
from generator.render.mkdocs.chrome import Chrome, ChromeOnDemand
from generator.render.mkdocs.frame_store import FrameStore
from generator.render.mkdocs.news_page import NewsPages
from generator.render.mkdocs.plugin_pages import PagesInMkDocs
from generator.render.mkdocs.shell_files import ShellFiles, kept_files
from generator.render.mkdocs.theme_faults import fault_of
from generator.render.mkdocs.versions import foreign_extensions, frame_of, theme_of, version_of
from generator.settings import Options, Settings


def planned(config: MkDocsConfig, options: Options, settings: Settings, run: Run) -> BuildUnderWay | Done:
    """Everything up to the plan of the pages; `Done` when the last release still stands. Raises Rejected."""
    site_dir, works_in = Path(config.site_dir), run.works_in or settings.private
    past = run.past(works_in)
    folders = folders_of(settings.content, settings.root, config.theme.custom_dir)
    sight = _sight_of(folders, run, past)
    version = cache(lambda: version_of(config, settings))

    def meanwhile(snapshots: Snapshots) -> None:
        past.memory(version())
        compile_templates(settings)  # new figures stand on pages of most kinds
        keep_people(settings, snapshots, past.store)

    gathered = _gathered(settings, run, past, sight, meanwhile)
    theme = theme_of(config)
    digests = gathered.digests(settings, run.effects, version(), theme, str(config.strict))
    # Nobody knows what else the plugins and extensions of others look at.
    is_whole = not (plugins.others(config) or foreign_extensions(config))
    look = _look(sight, settings, run) if is_whole and gathered.is_known_by_looks else ""
    origins = Origins(digests.inputs, look, folders, gathered.told)
    if run.may_leave_as_is and is_whole:
        last = left_as_it_is(settings, site_dir, origins, past.store, run.effects)
        if last is not None:
            return last.done(settings.root)
    edition = pipeline.prepare(settings, run.effects, past, version(), gathered, digests, strict=config.strict)
    asked = None if run.explains is None else asked_for(run.explains, edition, site_dir)
    onlookers = plugins.onlookers(config, options.page_local_plugins)
    if onlookers:
        edition.memory.forget()
    frame = frame_of(version(), edition.newspaper.masthead, theme)
    build = BuildUnderWay(edition, past, origins, site_dir, works_in, config.strict, frame, asked, onlookers)
    _note(build, edition.warnings, run)
    return build


def _sight_of(folders: tuple[Path, ...], run: Run, past: Past) -> Sight | None:
    """How all files looked before anything was read: what is changed meanwhile will look otherwise.

    None where no release is noted for a glance, and others watch the files.
    """
    if run.show is not None:
        return None
    if run.sight is not None and all(str(folder) in run.sight.entries for folder in folders):
        return run.sight
    return Sight.of(folders, FileClock.of(past.file.parent))


def _look(sight: Sight | None, settings: Settings, run: Run) -> str:
    """Digest for a later glance; empty when looks cannot tell."""
    if sight is None or not sight.is_settled:
        return ""
    return look_of(settings.root / settings.config_file, sight, run.options, run.effects.environ)


def _gathered(
    settings: Settings, run: Run, past: Past, sight: Sight | None, meanwhile: Callable[[Snapshots], object]
) -> Gathered:
    gathered = pipeline.gather(
        settings,
        run.effects,
        past,
        sight,
        meanwhile,
        offline=run.offline,
        asks_outside=run.asks_outside,
        shows_unpublished=run.shows_unpublished,
    )
    if run.refuses_old:
        pipeline.refuse_old(gathered.findings, is_partial=gathered.is_partial)
    return gathered


def engine_of(build: BuildUnderWay, config: MkDocsConfig, chrome: Chrome | ChromeOnDemand | PagesInMkDocs) -> Engine:
    """What makes the pages of a build."""
    folder = shell.own_folder(build.works_in, "pages")
    return Engine(configuration.dialect_of(config), chrome, build.frame, fault_of, folder)


def news_pages(build: BuildUnderWay, config: MkDocsConfig) -> NewsPages:
    """The pages as MkDocs and its plugins know pages."""
    newspaper = build.edition.newspaper

    def front_of(source: str) -> dict[str, Any]:
        return newspaper.page(source).front.model_dump(by_alias=True, exclude_unset=True)

    return NewsPages(config, build.settings.content, front_of)


def printed(build: BuildUnderWay, engine: Engine, run: Run) -> None:
    """Make the pages that a change reaches. Raises Rejected."""
    with _told_together(build, run):
        build.impression = pipeline.printed(build.edition, engine, run.effects, strict=build.strict)
    _keep_frames(build.impression, engine.chrome)
    _note(build, build.impression.warnings, run)


def _keep_frames(impression: Impression, chrome: PageChrome) -> None:
    """Leave the frames of new pages to the next build; there are a few dozen for all pages."""
    if not isinstance(chrome, Chrome | ChromeOnDemand):
        return  # MkDocs' own loop renders each page in full
    pages, kept = impression.pages, FrameStore(impression.edition.store, {})
    by_frame = {pages.records[url].frame: pages.records[url] for url in pages.made}
    # Other processes made them, so that here the templates have yet to be compiled for one that is new.
    new = (record for digest, record in by_frame.items() if digest and not kept.has(digest))
    kept.keep(frame for record in new if (frame := chrome.frame_of(document_of(record))) is not None)


def delivered_by(build: BuildUnderWay, run: Run) -> AbstractContextManager[Shipment | None]:
    """What `released` delivers by; from the beginning of the body on the folder that is read is looked at."""
    return shipment(build.site_dir, build.edition.store, run.effects) if run.delivers else nullcontext()


def released(build: BuildUnderWay, shell_files: ShellFiles, run: Run, under_way: Shipment | None) -> None:
    """Verify the whole site, put it where it is read, and remember it. Raises Rejected, or CacheDiffers."""
    impression = build.impression
    if impression is None:
        raise EngineFailed("MkDocs called on_post_build before on_env")
    if under_way is not None:
        # Files are brought beside the site while the search is made: what a finding stops never gets into it. Not before
        # they are compared, for that reads them where they were made.
        is_early = impression.is_large and run.expected is None
        _verify(build, impression, shell_files, run, under_way.bring if is_early else None)
        pipeline.release(under_way, impression, build.origins, build.warnings, run.effects)
    else:
        _verify(build, impression, shell_files, run, run.show)
        if run.show is not None:
            run.show(impression)  # with the search
    if build.asked is not None:
        build.explanations = explained(build.asked, impression)  # before the memory is of this build
    impression.remember()


def _verify(build: BuildUnderWay, impression: Impression, shell_files: ShellFiles, run: Run, take: Take | None) -> None:
    try:
        with _told_together(build, run):
            warnings = pipeline.verified(impression, loose_files(shell_files), run.effects, take, strict=build.strict)
    except Rejected:
        _compare(impression, run)  # what is wrong may be the cache
        raise
    _note(build, warnings, run)
    _compare(impression, run)


def _compare(impression: Impression, run: Run) -> None:
    """Hold the site to what the run expects. Raises CacheDiffers."""
    if run.expected is not None:
        require_same(run.expected, impression, impression.edition.store)


def finished_without_mkdocs(build: BuildUnderWay, config: MkDocsConfig, run: Run) -> bool:
    """Print and release with the theme's files of an earlier build; False when there are none that still hold."""
    kept = kept_files(build.edition.store, build.frame)
    if kept is None or plugins.others(config):
        return False
    shell.redirect(config, build.works_in)
    with reporting(build.settings, is_ours=run.is_ours):
        memory, masthead = build.edition.memory, build.edition.newspaper.masthead
        # Under another frame around all pages, nothing is known of theirs.
        frames = FrameStore(memory.store, memory.records if memory.grounds.frame == build.frame else {})
        chrome = build.past.chrome(build.frame, lambda: ChromeOnDemand(config, masthead, frames))
        with delivered_by(build, run) as under_way:
            printed(build, engine_of(build, config, chrome), run)
            released(build, kept, run, under_way)
    return True


@contextmanager
def _told_together(build: BuildUnderWay, run: Run) -> Iterator[None]:
    """Whoever reads why nothing is built reads all warnings too; MkDocs' users have seen them as they came."""
    try:
        yield
    except Rejected as refused:
        earlier = build.warnings if run.is_ours else []
        raise Rejected(in_order([*earlier, *refused.findings])) from refused.__cause__


def _note(build: BuildUnderWay, warnings: Iterable[Finding], run: Run) -> None:
    """Keep warnings for our command line, which reports them together; MkDocs' users see them as they come."""
    noted = tuple(warnings)
    build.warnings = in_order([*build.warnings, *noted])
    if not run.is_ours:
        show_warnings(noted, strict=build.strict)
