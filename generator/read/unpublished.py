"""Pages that are still to come, made fit to be looked at by those who write: nobody takes one for published."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from generator.model.finding import Finding, Place, Text
from generator.model.page import (
    FOLDERS,
    Campaign,
    Champion,
    DepartmentPage,
    FileDigests,
    FrontMatter,
    Page,
    Withheld,
    WithheldReason,
)
from generator.read.manuscript import Manuscript
from generator.read.notebook import front_digest
from generator.read.reporting import warning
from generator.read.rules.edition import Edition
from generator.settings import Settings

_MARKS: dict[WithheldReason, str] = {
    "draft": "下書き",
    "review": "確認待ち",
    "unapproved": "承認待ち",
    "embargoed": "公開前",
}
"""What is put before the titles of pages that are shown; archived and expired ones have had their time."""


_LISTS = frozenset({"", *(f"{folder}/" for folder in FOLDERS.values())})
"""Addresses of lists of pages; any other folder's `index.md` is a page of its own."""


def with_unpublished(edition: Edition) -> Edition:
    """The edition as if pages that are still to come were on the site, each with its mark.

    The `index.md` of a list is none of them, since its text stands on a page that is published; nor is a page whose
    address another one has.
    """
    shown: dict[str, Manuscript] = {}
    urls = {manuscript.page.url.casefold() for manuscript in edition.released}
    for manuscript in edition.manuscripts:
        stays_in, url = edition.withheld.get(manuscript.source), manuscript.page.url.casefold()
        if stays_in is None or stays_in.reason not in _MARKS or _introduces_a_list(manuscript) or url in urls:
            continue
        urls.add(url)
        shown[manuscript.source] = replace(manuscript, page=_marked(manuscript.page, stays_in))
    return replace(
        edition,
        manuscripts=tuple(shown.get(manuscript.source, manuscript) for manuscript in edition.manuscripts),
        withheld={source: page for source, page in edition.withheld.items() if source not in shown},
    )


def _introduces_a_list(manuscript: Manuscript) -> bool:
    return manuscript.page.url in _LISTS


def unshown_findings(edition: Edition, settings: Settings) -> Iterator[Finding]:
    """A warning for each page that is still to come and that an edition `with_unpublished` does not show."""
    for source, stays_in in sorted(edition.withheld.items()):
        if stays_in.reason in _MARKS:
            place = Place(settings.shown(settings.content / source))
            yield warning("draft-not-shown", place, *_why_unshown(edition, source))


def _why_unshown(edition: Edition, source: str) -> tuple[Text, Text]:
    if source not in edition.by_source:
        return (
            Text(
                "間違いがあるため、この下書きを表示できません", "there are mistakes in this draft: it cannot be shown"
            ),
            Text("同じファイルについてのほかの注意を見て、直してください", "mend what other warnings say of this file"),
        )
    if _introduces_a_list(edition.by_source[source]):
        return (
            Text(
                "一覧の前書きは、公開にするまで表示しません", "the text above a list is shown only once it is published"
            ),
            Text("見るには、公開にして確かめてください", "publish it to look at it"),
        )
    return (
        Text("URLがほかのページと同じため、表示できません", "another page has its address: it cannot be shown"),
        Text("ファイル名か `slug` を変えてください", "rename the file, or give it another `slug`"),
    )


def marked_digest(page: Page, digests: FileDigests) -> FileDigests:
    """Those of a page with a mark: lists that show it are others than without."""
    return FileDigests(f"{front_digest(page)} {page.stays_in!r}", digests.text)


def _marked(page: Page, stays_in: Withheld) -> Page:
    mark = f"【{_MARKS[stays_in.reason]}】"
    return replace(
        page,
        front=_marked_front(page.front, mark),
        title=f"{mark}{page.title}",
        stays_in=replace(stays_in, sentences=()),
    )


def _marked_front(front: FrontMatter, mark: str) -> FrontMatter:
    """What other pages print of a page without its title carries the mark too."""
    match front:
        case Champion():
            return front.model_copy(update={"person": mark + front.person})
        case DepartmentPage():
            return front.model_copy(update={"what_we_do": mark + front.what_we_do})
        case Campaign():
            return front.model_copy(update=_marked_parts(front, mark))
        case _:
            return front


def _marked_parts(campaign: Campaign, mark: str) -> dict[str, object]:
    ending = campaign.switchoff
    return {
        "milestones": tuple(step.model_copy(update={"name": mark + step.name}) for step in campaign.milestones),
        "voices": tuple(voice.model_copy(update={"who": mark + voice.who}) for voice in campaign.voices),
        "switchoff": ending and ending.model_copy(update={"service": mark + ending.service}),
    }
