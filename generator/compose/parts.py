"""Parts that several pages share, made from pages: kicker, byline, foot, cards."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from generator.compose import sections
from generator.compose.blocks import fragments
from generator.compose.desk import Desk
from generator.compose.press import Draft, View
from generator.compose.relative import Here
from generator.compose.views.parts import Byline, Card, Cover, Day, Foot, Head, Label, Link
from generator.compose.wording import STORY_KINDS, TYPE_LABELS, full_day, issue_name, reading_words
from generator.markup.targets import is_elsewhere, path_of
from generator.model import marker
from generator.model.page import Campaign, Issue, Page, Story
from generator.model.site import Slot

_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


@lru_cache(maxsize=1 << 14)  # the dates of pages stand on them and on every list
def day_of(day: date) -> Day:
    return Day(day.isoformat(), full_day(day))


def draft_of(
    desk: Desk, page: Page, view: View, *, title: str = "", said: str = "", since: date | None = None
) -> Draft:
    """An author's page with its text in the first slot.

    `title` is the page's own unless given; `said` describes and `since` dates a page that does not do so itself.
    """
    front = page.front
    return Draft(
        url=page.url,
        title=title or page.title,
        description=front.summary or said,
        view=view,
        slots=(body_slot(desk, page),),
        source=page.source,
        section=sections.section_of(page),
        lang=front.lang,
        published_on=front.date or since,
        updated_on=front.updated,
        departments=_departments_of(desk, page),
        stays_in=page.stays_in,
    )


def _departments_of(desk: Desk, page: Page) -> tuple[str, ...]:
    """Names of the departments that a page is about; else of the one that keeps it."""
    about = vars(page.front).get("department")  # a field of some types only
    named = about or page.front.owner
    known = named is not None and desk.organisation.get(named) is not None
    return (desk.department_name(named),) if named is not None and known else ()


def body_slot(desk: Desk, page: Page, *, id_prefix: str = "", key: str = "block") -> Slot:
    """The author's text of a page with its figures."""
    text = desk.text_of(page)
    return Slot(
        markdown=text.body,
        source=page.source,
        first_line=text.body_line,
        fragments=fragments(desk, page, key),
        is_foreign=page.is_forgiven,
        heading=text.heading,
        id_prefix=id_prefix,
        judged=frozenset(path_of(each.target) for each in text.references if not is_elsewhere(each.target)),
    )


def slot_mark(index: int = 0) -> Markup:
    """Where the slot of this index goes."""
    return Markup(marker.slot(index))  # noqa: S704 (digits between private characters; nothing of an author's)


def contents_mark() -> Markup:
    """Where the table of contents of the page's own text goes."""
    return Markup(marker.CONTENTS)  # noqa: S704 (one private character)


def contact_label(text: str | None) -> Label | None:
    """A contact as a link where it is nothing but a mail address or a URL."""
    if not text:
        return None
    if _MAIL.fullmatch(text):
        return Label(text, f"mailto:{text}")
    return Label(text, text if text.startswith(("https://", "http://")) else None)


def department_label(desk: Desk, here: Here, department: str) -> Label:
    """A department's name, linked when it still has a page."""
    return Label(
        desk.department_name(department),
        here.to(f"{sections.DEPARTMENTS}{department}/") if desk.exists_today(department) else None,
    )


def campaign_label(desk: Desk, here: Here, campaign: str) -> Label:
    piece = desk.shelves.campaigns.get(campaign)
    return Label(piece.page.title, here.to(piece.page.url)) if piece else Label(campaign, None)


def head_of(desk: Desk, page: Page, here: Here) -> Head:
    """Kicker, headline, standfirst and byline of an author's page."""
    kicker = [Label(type_label(page), here.to(sections.section_of(page)) if sections.section_of(page) else None)]
    if page.front.campaign and not isinstance(page.front, Campaign):
        kicker.append(campaign_label(desk, here, page.front.campaign))
    if isinstance(page.front, Story):
        kicker.append(department_label(desk, here, page.front.department))
    return Head(tuple(kicker), page.title, page.front.summary, _byline(desk, page))


def plain_head(title: str, standfirst: str = "", kicker: Iterable[Label] = ()) -> Head:
    """The head of a generated page."""
    return Head(tuple(kicker), title, standfirst, None)


def type_label(page: Page) -> str:
    """What the page is, as a reader would say it."""
    if isinstance(page.front, Story):
        return STORY_KINDS[page.front.kind]
    if isinstance(page.front, Issue):
        return issue_name(page.front.number)
    return TYPE_LABELS[page.type]


def _byline(desk: Desk, page: Page) -> Byline:
    front, body = page.front, desk.text_of(page).body
    is_later = front.updated is not None and (front.date is None or front.updated > front.date)
    is_due = front.review_by is not None and front.review_by < desk.today
    return Byline(
        author=front.author,
        author_role=front.author_role,
        day=day_of(front.date) if front.date else None,
        updated=day_of(front.updated) if front.updated and is_later else None,
        reading=reading_words(body) if body.strip() else None,
        review_due=day_of(front.review_by) if front.review_by and is_due else None,
    )


def foot_of(desk: Desk, page: Page, here: Here) -> Foot:
    """Whom to ask, who keeps it, its permanent address."""
    front = page.front
    approval = None
    if front.approved_by and front.approved_on:
        approval = f"{full_day(front.approved_on)} {front.approved_by}が承認"
    return Foot(
        contact=contact_label(front.contact or desk.settings.options.contact),
        owner=desk.department_name(front.owner) if front.owner else None,
        approval=approval,
        permalink=Link(front.id, here.to(f"p/{front.id}/")) if front.id else None,
    )


def cover_of(desk: Desk, page: Page, here: Here) -> Cover | None:
    """The picture at the head; None when there is none (a missing file is a finding of `read`)."""
    asset = desk.asset(_cover_source(page) or "")
    if asset is None:
        return None
    width, height = map(str, asset.sides) if asset.sides is not None else (None, None)
    return Cover(here.to(asset.url), page.front.cover_alt or "", width, height)


def _cover_source(page: Page) -> str | None:
    """Path of the cover below content/."""
    if not page.front.cover:
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.source), page.front.cover))


def card_of(desk: Desk, page: Page, here: Here) -> Card:
    """A page as lists show it."""
    front = page.front
    kicker = type_label(page)
    if isinstance(front, Story):
        kicker = f"{kicker}・{desk.department_name(front.department)}"
    day = front.starts_on if isinstance(front, Campaign) else front.date
    return Card(
        pattern=page.type.value,
        kicker=kicker,
        title=page.title,
        href=here.to(desk.address_of(page)),
        summary=front.summary,
        day=day_of(day) if day else None,
        number=front.facts.number if isinstance(front, Story) else None,
    )


def cards_of(desk: Desk, sources: Iterable[str], here: Here) -> tuple[Card, ...]:
    """Cards of the pages named by their paths; those that are not on the site are left out."""
    pages = (desk.find(source) for source in sources)
    return tuple(card_of(desk, page, here) for page in pages if page is not None)
