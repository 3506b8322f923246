"""What pages say about each other and about figures, judged in one go before anything is written."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from generator.compose.blocks import block_findings, unknown_department, unknown_metric
from generator.compose.desk import Desk
from generator.compose.parts import cover_source
from generator.compose.shelves import Piece, stem_of
from generator.model.finding import Family, Finding, Place, Severity, Text
from generator.model.page import (
    REQUIRED_FAQ_CATEGORIES,
    Campaign,
    Champion,
    DepartmentPage,
    Faq,
    Issue,
    Library,
    Mvv,
    Page,
    Story,
)
from generator.model.site import Document


def reference_findings(desk: Desk, library: Library) -> Iterator[Finding]:
    """Everything that a page or a setting names and that does not exist."""
    yield from _headline_metric(desk)
    yield from block_findings(desk, library.pages)
    for page in library.pages:
        yield from _department(desk, page)
        yield from _campaign(desk, page)
        yield from _metric(desk, page)
        yield from _pages(desk, page)
        yield from _cover(desk, page)
    for campaign, piece in desk.shelves.campaigns.items():
        yield from _unanswered(desk, piece, desk.shelves.faq_of.get(campaign, ()))


def _found(desk: Desk, page: Page, code: str, what: Text, remedy: Text, severity: Severity = Severity.ERROR) -> Finding:
    place = Place(desk.settings.shown(desk.settings.content / page.source))
    return Finding(Family.CONTENT, code, place, what, remedy, severity)


def _headline_metric(desk: Desk) -> Iterator[Finding]:
    wanted = desk.settings.options.headline_metric
    if wanted is not None and wanted not in desk.book.metrics:
        code, what, remedy = unknown_metric(wanted, desk.book.metrics)
        prefix = Text(f"設定 `headline_metric`: {what.ja}", f"setting `headline_metric`: {what.en}")
        yield Finding(Family.SETTINGS, code, Place("mkdocs.yml"), prefix, remedy)


def _department(desk: Desk, page: Page) -> Iterator[Finding]:
    department = _department_named(page)
    if department is not None and desk.book.organisation.get(department) is None:
        yield _found(desk, page, *unknown_department(desk, department))


def _department_named(page: Page) -> str | None:
    front = page.front
    if isinstance(front, Story | Mvv):
        return front.department
    return stem_of(page) if isinstance(front, DepartmentPage | Champion) else None


def _campaign(desk: Desk, page: Page) -> Iterator[Finding]:
    campaign, known = page.front.campaign, desk.shelves.campaigns
    if campaign is None or campaign in known or isinstance(page.front, Campaign):
        return
    near = difflib.get_close_matches(campaign, known, n=1, cutoff=0.4)
    yield _found(
        desk,
        page,
        "unknown-campaign",
        Text(f"取り組み `{campaign}` のページがありません", f"there is no campaign `{campaign}`"),
        Text(
            f"`{near[0]}` のことではありませんか" if near else f"`campaigns/{campaign}.md` をつくってください",
            f"did you mean `{near[0]}`?" if near else f"write `campaigns/{campaign}.md`",
        ),
    )


def _metric(desk: Desk, page: Page) -> Iterator[Finding]:
    front = page.front
    if isinstance(front, Campaign) and front.metric is not None and front.metric not in desk.book.metrics:
        yield _found(desk, page, *unknown_metric(front.metric, desk.book.metrics))


def _pages(desk: Desk, page: Page) -> Iterator[Finding]:
    front = page.front
    named: list[tuple[str, str]] = [("related", source) for source in front.related]
    if isinstance(front, Issue):
        named += [("lead", front.lead), *(("items", source) for source in front.items)]
    for key, source in named:
        # A page that is withheld is left out of the list and comes back when it is on the site again.
        if desk.find(source) is None and source not in desk.shelves.withheld:
            near = difflib.get_close_matches(source, desk.shelves.by_source, n=1)
            yield _found(
                desk,
                page,
                "unknown-page",
                Text(
                    f"`{key}` の `{source}` というページはありません", f"`{key}` names `{source}`, which does not exist"
                ),
                Text(
                    f"`{near[0]}` のことではありませんか" if near else "content/ からの相対パスで書いてください",
                    f"did you mean `{near[0]}`?" if near else "write the path relative to content/",
                ),
            )


def _cover(desk: Desk, page: Page) -> Iterator[Finding]:
    source = cover_source(page)
    if source is not None and source not in desk.shelves.assets:
        yield _found(
            desk,
            page,
            "missing-cover",
            Text(f"`cover` の画像 `{source}` がありません", f"the picture `{source}` of `cover` does not exist"),
            Text(
                "画像をページの隣に置き、相対パスで書いてください",
                "put the picture beside the page and name it relative to it",
            ),
        )


def _unanswered(desk: Desk, campaign: Piece[Campaign], questions: Iterable[Piece[Faq]]) -> Iterator[Finding]:
    answered = {question.front.category for question in questions}
    missing = [category.value for category in REQUIRED_FAQ_CATEGORIES if category not in answered]
    if not answered or not missing:
        return
    listed = "・".join(missing)
    yield _found(
        desk,
        campaign.page,
        "faq-categories",
        Text(
            f"よくある質問に「{listed}」の答えがありません（5つの分類すべてに1問以上が必要です）",
            f"the questions of this campaign lack the categories {', '.join(missing)}",
        ),
        Text("その分類の質問と会社の見解を書いてください", "write a question of each, with the company's view"),
        Severity.WARNING,
    )


def clashing_addresses(desk: Desk, documents: Iterable[Document]) -> Iterator[Finding]:
    """An author's page at an address that a generated page has; `read` sees authors' pages only."""
    by_url: defaultdict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_url[document.url.casefold()].append(document)
    for url, sharing in by_url.items():
        if len(sharing) < 2:
            continue
        source = next((document.source for document in sharing if document.source), "")
        yield Finding(
            Family.CONTENT,
            "reserved-url",
            Place(desk.settings.shown(desk.settings.content / source)),
            Text(
                f"アドレス `{url}` は自動でつくられるページと重なります",
                f"the address `{url}` belongs to a generated page",
            ),
            Text("ファイル名か `slug` を変えてください", "rename the file or change its `slug`"),
        )
