"""The editor's desk: everything that the pages of one build are made from, looked up in one place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from generator.compose import sections
from generator.compose.figure_book import FigureBook
from generator.compose.shelves import Shelves, stem_of
from generator.compose.uses import Uses
from generator.effects import Effects
from generator.model.figure import ReleasedFigures
from generator.model.organisation import Department, Organisation
from generator.model.page import AssetFile, Champion, DepartmentPage, Library, Page, PageText
from generator.model.snapshot import Snapshot
from generator.settings import Settings


class Desk(Struct, frozen=True):
    """Given to every function that writes a page.

    Whatever a page may be made from is looked up here and noted in `uses`, so that a later build can tell whether
    the page would be written the same again. Settings are not noted: when they change, every page is written.
    """

    settings: Settings
    uses: Uses
    _now: datetime
    _shelves: Shelves
    book: FigureBook
    """The released figures; which of them are looked at is noted too."""
    _organisation: Organisation
    _units: tuple[Department, ...]
    _texts: Mapping[str, PageText]

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
        organisation = released.organisation
        units = organisation.units_on(now.date())
        return cls(settings, book.uses, now, shelves, book, organisation, units, library.texts)

    def noting(self, uses: Uses) -> Desk:
        """The same desk, where look-ups are noted in `uses`."""
        return replace(self, uses=uses, book=self.book.noting(uses))

    @property
    def today(self) -> date:
        self.uses.day()
        return self._now.date()

    def has_come(self, moment: datetime) -> bool:
        """Whether a moment lies behind the build's own."""
        self.uses.moment(moment)
        return moment <= self._now

    @property
    def shelves(self) -> Shelves:
        """The authors' pages where readers look for them; what is read of them is noted shelf by shelf."""
        return self._shelves.noting(self.uses)

    @property
    def organisation(self) -> Organisation:
        self.uses.organisation()
        return self._organisation

    @property
    def units(self) -> tuple[Department, ...]:
        """The departments of today, in organisation order."""
        self.uses.units()
        return self._units

    @property
    def headline_metric(self) -> str | None:
        """The metric of 「今月の数字」; the first one declared when the settings name none."""
        wanted = self.settings.options.headline_metric
        if wanted is not None:
            return wanted if wanted in self.book.metrics else None
        return next(iter(self.book.metrics), None)

    def department_name(self, department: str) -> str:
        """The name of a department, past ones included; the id when nobody knows it."""
        found = self.organisation.get(department)
        return found.name if found else department

    def exists_today(self, department: str) -> bool:
        return any(unit.id == department for unit in self.units)

    def department_today(self, department: str) -> str | None:
        """The department itself or, once it is gone, the one that came after it; None when there is none today."""
        if self.exists_today(department):
            return department
        return next(filter(self.exists_today, self.organisation.successors_of(department)), None)

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
        self.uses.page(source)
        return self._shelves.by_source.get(source)

    def asset(self, source: str) -> AssetFile | None:
        """A picture or download by its path below content/; None when it is unknown or stays in."""
        self.uses.asset(source)
        return self._shelves.assets.get(source)

    def text_of(self, page: Page) -> PageText:
        """What a page says."""
        self.uses.text(page.source)
        return self._texts[page.source]
