"""The whole newsletter put together: every page drafted and printed, and the files that stand beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.compose import sections
from generator.compose.addresses import addresses, redirects
from generator.compose.articles import about_drafts, article_drafts, guide_drafts
from generator.compose.campaigns import campaign_drafts
from generator.compose.departments import department_drafts
from generator.compose.desk import Desk
from generator.compose.faq import faq_drafts
from generator.compose.feeds import feeds
from generator.compose.figure_files import figure_files
from generator.compose.home import home_draft
from generator.compose.issues import current_issue, issue_drafts
from generator.compose.metrics import metric_drafts
from generator.compose.mvv import company_mvv, mvv_drafts
from generator.compose.notices import notice_drafts
from generator.compose.parts import contact_label, day_of
from generator.compose.press import Draft, Press
from generator.compose.references import clashing_addresses, reference_findings
from generator.compose.search_page import search_draft
from generator.compose.shelves import Piece
from generator.compose.sitemap import sitemap
from generator.compose.stories import story_drafts
from generator.compose.switchoff import switchoff_drafts
from generator.compose.tags import tag_drafts
from generator.compose.targets import TargetJudge
from generator.effects import Effects
from generator.model.figure import ReleasedFigures
from generator.model.finding import Finding
from generator.model.page import Issue, Library
from generator.model.site import Contact, CurrentNumber, DataFile, Document, Masthead, Site
from generator.model.snapshot import Snapshot
from generator.settings import Settings

_DATA_USE = f"{sections.ABOUT}data-use.md"
"""The page that says what figures may be used for; every page's foot leads to it where a company has one."""


def compose(
    settings: Settings,
    effects: Effects,
    library: Library,
    released: ReleasedFigures,
    sources: Mapping[str, Snapshot],
) -> tuple[Site, list[Finding]]:
    """The site, ready to be rendered, and everything that is wrong with what its pages refer to.

    `sources` gives the labels that pages print as 出典. A site's own templates are read from
    `theme_overrides/articles/` beside its mkdocs.yml.
    """
    desk = Desk.of(settings, effects, library, released, sources)
    press = Press(settings)
    documents = tuple(sorted(map(press.print, _drafts(desk)), key=lambda document: document.url))
    findings = [*reference_findings(desk, library), *clashing_addresses(desk, documents), *press.findings]
    where = addresses(desk, library.assets)
    site = Site(
        masthead=_masthead(desk, where.get(_DATA_USE)),
        documents=documents,
        assets=library.assets,
        files=tuple(sorted(_files(desk, documents), key=lambda file: file.url)),
        addresses=where,
        redirects=redirects(desk),
    )
    return site, [*findings, *TargetJudge(settings, library, site).findings()]


def _drafts(desk: Desk) -> Iterator[Draft]:
    yield home_draft(desk)
    yield from issue_drafts(desk)
    yield from story_drafts(desk)
    yield from metric_drafts(desk)
    yield from faq_drafts(desk)
    yield from campaign_drafts(desk)
    yield from switchoff_drafts(desk)
    yield from department_drafts(desk)
    yield from mvv_drafts(desk)
    yield from about_drafts(desk)
    yield from article_drafts(desk)
    yield from notice_drafts(desk)
    yield from guide_drafts(desk)
    yield from tag_drafts(desk)
    yield search_draft(desk)


def _files(desk: Desk, documents: tuple[Document, ...]) -> Iterator[DataFile]:
    yield from figure_files(desk.book)
    yield from feeds(desk, documents)
    yield sitemap(desk.settings.site_url, documents)


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
