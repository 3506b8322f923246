"""The whole newsletter: planned as a list of pages, each of which can be written by itself, and as files beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from generator.compose import sections
from generator.compose.addresses import addresses, redirects
from generator.compose.articles import about_pages, article_pages, guide_pages
from generator.compose.blocks import block_findings
from generator.compose.campaigns import campaign_pages
from generator.compose.departments import department_pages
from generator.compose.desk import Desk
from generator.compose.faq import faq_pages
from generator.compose.feeds import feed_urls, feeds
from generator.compose.figure_files import figure_files, figure_urls
from generator.compose.home import home_page
from generator.compose.issues import current_issue, issue_pages
from generator.compose.metrics import metric_pages
from generator.compose.mvv import company_mvv, mvv_pages
from generator.compose.notices import notice_pages
from generator.compose.parts import contact_label, day_of
from generator.compose.planned import PlannedPage
from generator.compose.press import Press
from generator.compose.references import clashing_addresses, reference_findings
from generator.compose.search_page import search_page
from generator.compose.shelves import Piece
from generator.compose.sitemap import sitemap
from generator.compose.stories import story_pages
from generator.compose.switchoff import switchoff_pages
from generator.compose.tags import tag_pages
from generator.compose.targets import TargetJudge
from generator.compose.uses import Uses
from generator.compose.written import Written
from generator.effects import Effects
from generator.markup.targets import Addresses
from generator.model.figure import ReleasedFigures
from generator.model.finding import Finding
from generator.model.page import Issue, Library, Page
from generator.model.site import Contact, CurrentNumber, DataFile, Document, Masthead, Site
from generator.model.snapshot import Snapshot
from generator.settings import Settings

_DATA_USE = f"{sections.ABOUT}data-use.md"
"""The page that says what figures may be used for; every page's foot leads to it where a company has one."""


class Newspaper(Struct, frozen=True):
    """Everything about the newsletter that is known before its pages are written."""

    desk: Desk
    library: Library
    pages: tuple[PlannedPage, ...]  # by url
    masthead: Masthead
    sources: Mapping[str, str]
    """Where each source file below content/ is found on the site: path → url (with #anchor for a question)."""
    redirects: Mapping[str, str]
    _by_source: Mapping[str, Page]

    def page(self, source: str) -> Page:
        """An author's page by its path below content/, shown or not."""
        return self._by_source[source]

    @property
    def addresses(self) -> Addresses:
        """All places that a link may lead to."""
        urls = (*(page.url for page in self.pages), *self.file_urls, *self.redirects)
        return Addresses(self.sources, urls, self.library.assets)

    @property
    def file_urls(self) -> Iterator[str]:
        """Addresses of the files that stand beside the pages."""
        yield from figure_urls(self.desk.book)
        yield from feed_urls(self.desk)
        yield "sitemap.xml"

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the newsletter as a whole; each page has findings of its own."""
        yield from reference_findings(self.desk)
        yield from clashing_addresses(self.desk, self.pages)

    def files(self, written: Iterable[Written]) -> Iterator[DataFile]:
        """What stands beside the pages that were `written`, by url."""
        pages = sorted(written, key=lambda page: page.url)
        yield from figure_files(self.desk.book)
        yield from feeds(self.desk, pages)
        yield sitemap(self.desk.settings.site_url, pages)


def plan(
    settings: Settings,
    effects: Effects,
    library: Library,
    released: ReleasedFigures,
    sources: Mapping[str, Snapshot],
) -> Newspaper:
    """The newsletter, ready to be written. `sources` gives the labels that pages print as 出典."""
    desk = Desk.of(settings, effects, library, released, sources)
    where = addresses(desk, library.assets)
    return Newspaper(
        desk=desk,
        library=library,
        pages=tuple(sorted(_pages(desk), key=lambda page: page.url)),
        masthead=_masthead(desk, where.get(_DATA_USE)),
        sources=where,
        redirects=redirects(desk),
        _by_source={page.source: page for page in library.pages},
    )


class Writer(Struct, frozen=True):
    """Writes the pages of a newspaper and judges the authors' texts that stand on them.

    A site's own templates are read from `theme_overrides/articles/` beside its mkdocs.yml.
    """

    newspaper: Newspaper
    press: Press
    targets: TargetJudge

    @classmethod
    def of(cls, newspaper: Newspaper, addresses: Addresses) -> Writer:
        settings = newspaper.desk.settings
        return cls(newspaper, Press(settings), TargetJudge(settings, newspaper.library.known, addresses))

    def document(self, planned: PlannedPage, uses: Uses) -> Document:
        """One page, written; what it was made from is noted in `uses`."""
        return self.press.print(planned.draft(self.newspaper.desk.noting(uses)))

    def findings(self, source: str, uses: Uses) -> Iterator[Finding]:
        """What an author's page names and what is not there: figures, pages, pictures."""
        desk = self.newspaper.desk.noting(uses)
        page = self.newspaper.page(source)
        yield from block_findings(desk, page)
        yield from self.targets.of_page(page, desk.text_of(page), desk.address_of(page).partition("#")[0])


def compose(
    settings: Settings,
    effects: Effects,
    library: Library,
    released: ReleasedFigures,
    sources: Mapping[str, Snapshot],
) -> tuple[Site, list[Finding]]:
    """The site with every page written, and everything that is wrong with what its pages refer to."""
    newspaper = plan(settings, effects, library, released, sources)
    writer = Writer.of(newspaper, newspaper.addresses)
    documents = tuple(writer.document(page, Uses()) for page in newspaper.pages)
    findings = [*newspaper.findings(), *writer.press.findings]
    findings += (finding for page in library.pages for finding in writer.findings(page.source, Uses()))
    site = Site(
        masthead=newspaper.masthead,
        documents=documents,
        assets=library.assets,
        files=tuple(sorted(newspaper.files(documents), key=lambda file: file.url)),
        addresses=newspaper.sources,
        redirects=newspaper.redirects,
    )
    return site, findings


def _pages(desk: Desk) -> Iterator[PlannedPage]:
    yield home_page()
    yield from issue_pages(desk)
    yield from story_pages(desk)
    yield from metric_pages(desk)
    yield from faq_pages(desk)
    yield from campaign_pages(desk)
    yield from switchoff_pages(desk)
    yield from department_pages(desk)
    yield from mvv_pages(desk)
    yield from about_pages(desk)
    yield from article_pages(desk)
    yield from notice_pages(desk)
    yield from guide_pages(desk)
    yield from tag_pages(desk)
    yield search_page()


def _masthead(desk: Desk, data_use_url: str | None) -> Masthead:
    options, issue, mvv = desk.settings.options, current_issue(desk), company_mvv(desk)
    contact = contact_label(options.contact)
    return Masthead(
        title=desk.settings.site_name,
        tagline=options.tagline,
        publisher="　".join(part for part in (options.company, options.publisher) if part),
        issue=_current_number(issue) if issue else None,
        navigation=sections.NAVIGATION,
        mission=mvv.front.mission if mvv else None,
        mission_url=mvv.page.url if mvv else None,
        contact=Contact(contact.text, contact.href) if contact else None,
        data_use_url=data_use_url,
    )


def _current_number(issue: Piece[Issue]) -> CurrentNumber:
    day = day_of(issue.front.date)
    return CurrentNumber(issue.front.number, issue.page.url, day.label, day.iso)
