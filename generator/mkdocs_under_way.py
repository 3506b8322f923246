"""A build under way, or the one that ended last."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from generator.build.asked import Asked
from generator.build.delivery import Origins
from generator.build.edition import Edition
from generator.build.explain import Explanation
from generator.build.impression import Impression
from generator.build.pages import Pages
from generator.build.past import Past
from generator.build.standing import Done
from generator.model.finding import Finding
from generator.render.mkdocs import plugins
from generator.render.mkdocs.plugin_pages import PagesInMkDocs
from generator.settings import Settings


class BuildUnderWay(Struct):
    """What one build carries from hook to hook."""

    edition: Edition
    past: Past
    origins: Origins
    site_dir: Path
    works_in: Path
    strict: bool
    frame: str
    """Digest of everything around the contents of all pages."""
    asked: Asked | None
    onlookers: tuple[plugins.Onlooker, ...] = ()
    """Plugins that may see all pages."""
    in_mkdocs: PagesInMkDocs | None = None
    """The pages, when MkDocs builds them for their sake."""
    warnings: list[Finding] = []
    impression: Impression | None = None
    explanations: list[Explanation] = []

    @property
    def settings(self) -> Settings:
        return self.edition.settings

    @property
    def pages(self) -> Pages:
        """What became of each page; none before they are printed."""
        return self.impression.pages if self.impression is not None else Pages()

    @property
    def done(self) -> Done:
        """How it ended."""
        made, shown = len(self.pages.made), self.settings.shown(self.site_dir)
        remark = plugins.remark(self.onlookers) if self.onlookers else None
        reused = len(self.pages.records) - made
        return Done(made, reused, tuple(self.warnings), self.edition.is_partial, shown, remark)
