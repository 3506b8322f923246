"""The editor's desk: everything that the pages of one build are made from, looked up in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from generator.compose import sections
from generator.compose.figure_book import FigureBook
from generator.compose.shelves import Shelves, stem_of
from generator.effects import Effects
from generator.model.figure import ReleasedFigures
from generator.model.organisation import Department
from generator.model.page import Champion, DepartmentPage, Library, Page
from generator.model.snapshot import Snapshot
from generator.settings import Settings


@dataclass(frozen=True, slots=True)
class Desk:
    """Given to every function that writes a page."""

    settings: Settings
    now: datetime
    """The moment of the build in the site's zone."""
    shelves: Shelves
    book: FigureBook
    units: tuple[Department, ...]
    """The departments of today, in organisation order."""

    @classmethod
    def of(
        cls,
        settings: Settings,
        effects: Effects,
        library: Library,
        released: ReleasedFigures,
        snapshots: Mapping[str, Snapshot],
    ) -> Desk:
        now = effects.clock().astimezone(settings.zone)
        shelves, book = Shelves.of(library, now.date()), FigureBook.of(released, snapshots)
        return cls(settings, now, shelves, book, released.organisation.units_on(now.date()))

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def headline_metric(self) -> str | None:
        """The metric of 「今月の数字」; the first one declared when the settings name none."""
        wanted = self.settings.options.headline_metric
        if wanted is not None:
            return wanted if wanted in self.book.metrics else None
        return next(iter(self.book.metrics), None)

    def exists_today(self, department: str) -> bool:
        return any(unit.id == department for unit in self.units)

    def address_of(self, page: Page) -> str:
        """Where a page is read: champions share one page, and a department that is gone has none."""
        if isinstance(page.front, Champion):
            name = stem_of(page)
            return (
                f"{sections.CHAMPIONS}#{name}"
                if self.exists_today(name) and name in self.shelves.champions
                else sections.CHAMPIONS
            )
        if isinstance(page.front, DepartmentPage):
            name = stem_of(page)
            return f"{sections.DEPARTMENTS}{name}/" if self.exists_today(name) else sections.DEPARTMENTS
        return page.url

    def find(self, source: str) -> Page | None:
        """A page by its path below content/; None when it is unknown or stays in."""
        return self.shelves.by_source.get(source)
