"""One site built over and over in one process, which forgets nothing in between."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import urlsplit

from msgspec.structs import replace

from generator.build.past import Past
from generator.build.run import Run, Take
from generator.build.standing import Done
from generator.effects import Effects
from generator.mkdocs_site import LoadedSite, build_site, load_site
from generator.read.look import Touched
from generator.serve.watching import Watched, outermost
from generator.settings import Settings
from generator.theme import theme_folder
from generator.workers import Workers


class WarmSite:
    """The site of a configuration file, which is read anew for every build: that takes 10 ms."""

    def __init__(
        self, config_file: Path, effects: Effects, *, strict: bool, address: str | None, shows_unpublished: bool
    ) -> None:
        """`shows_unpublished`: drafts and pages that are not approved or due yet are shown too."""
        self.config_file, self.effects = config_file, effects
        self.strict, self.address, self.shows_unpublished = strict, address, shows_unpublished
        self.settings: Settings
        """What `load` has read last."""
        self._asks_outside = True
        self._past: Past | None = None
        self._touched: list[Touched] = []
        """What the next build has to look at."""

    def load(self) -> LoadedSite:
        """Raises Rejected, as `load_site` does."""
        site = load_site(self.config_file, strict=self.strict, address=self.address)
        self.settings = site.settings
        return site

    def note(self, touched: Touched) -> None:
        """Remember what to look at, until a build does."""
        self._touched.append(touched)

    def build(self, site: LoadedSite, show: Take) -> Done:
        """Build what a change reaches; `show` is handed the site once it is verified. Raises as `build_site` does."""
        run = Run(
            self.effects,
            asks_outside=self._asks_outside,
            delivers=False,
            show=show,
            works_in=self.works_in(site.settings),
            past=lambda folder: self._past_of(folder, site.settings),
            is_ours=True,
            shows_unpublished=self.shows_unpublished,
        )
        # Nobody who saves a page wants to wait for a vendor: the network is asked once, at the start.
        self._asks_outside = False
        build_site(site, run)
        # By now the web server has threads, and a process with threads must not fork.
        self.effects = replace(self.effects, workers=Workers(1))
        return site.plugin.done

    def works_in(self, settings: Settings) -> Path:
        """The folder of everything that is kept; with drafts it is one that no build ever looks into."""
        return settings.private / "drafts" if self.shows_unpublished else settings.private

    def _past_of(self, folder: Path, settings: Settings) -> Past:
        """What is in memory, unless another process has built meanwhile. Called when no other process can build."""
        if self._past is None:
            _begin_with_what_was_built(folder, settings)
        if self._past is None or not self._past.is_known:
            self._past = Past.below(folder)
        notebook = self._past.notebook(settings.zone)
        notebook.begin()
        while self._touched:
            notebook.look.tell(self._touched.pop())
        return self._past


def _begin_with_what_was_built(folder: Path, settings: Settings) -> None:
    """Copy what the last build left, where it is newer than what is kept here: nothing ever goes the other way."""
    built, own = Past.below(settings.private).file, Past.below(folder).file
    if built != own and built.is_file() and not (own.is_file() and own.stat().st_mtime >= built.stat().st_mtime):
        own.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(built, own)


def watched_by(site: LoadedSite) -> Watched:
    """What a site is made from."""
    settings, custom = site.settings, site.config.theme.custom_dir
    folders = [settings.content, settings.root / "theme_overrides", theme_folder(), *([Path(custom)] if custom else [])]
    return Watched(outermost(folders), settings.root / settings.config_file)


def mount_of(settings: Settings) -> str:
    """The path of the site's public address, with slashes around it."""
    return f"/{urlsplit(settings.site_url).path.strip('/')}/".replace("//", "/")
