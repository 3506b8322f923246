"""What pages and settings name among the figures, judged before anything is written.

What pages say of each other (campaigns, related pages, covers, departments) is judged by `read`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from generator.compose.blocks import unknown_metric
from generator.compose.desk import Desk
from generator.compose.planned import PlannedPage
from generator.model.finding import Family, Finding, Place, Text


def reference_findings(desk: Desk) -> Iterator[Finding]:
    """Every metric that settings and campaigns name and that is not declared."""
    yield from _headline_metric(desk)
    for campaign in desk.shelves.campaigns.values():
        metric = campaign.front.metric
        if metric is not None and metric not in desk.book.declared:
            place = Place(desk.settings.shown(desk.settings.content / campaign.page.source))
            yield Finding(Family.CONTENT, *unknown_metric(place, metric, sorted(desk.book.declared)))


def _headline_metric(desk: Desk) -> Iterator[Finding]:
    wanted = desk.settings.options.headline_metric
    if wanted is not None and wanted not in desk.book.declared:
        code, place, what, remedy = unknown_metric(Place("mkdocs.yml"), wanted, sorted(desk.book.declared))
        named = Text(f"設定 `headline_metric`: {what.ja}", f"setting `headline_metric`: {what.en}")
        yield Finding(Family.SETTINGS, code, place, named, remedy)


def clashing_addresses(desk: Desk, pages: Iterable[PlannedPage]) -> Iterator[Finding]:
    """An author's page at an address that a generated page has; `read` sees authors' pages only."""
    by_url: defaultdict[str, list[PlannedPage]] = defaultdict(list)
    for page in pages:
        by_url[page.url.casefold()].append(page)
    for url, sharing in by_url.items():
        if len(sharing) < 2:
            continue
        sources = [page.draft(desk).source for page in sharing]
        # Where all are authors' pages, `read` has said that they share an address.
        if all(sources):
            continue
        source = next(filter(None, sources), "")
        yield Finding(
            Family.CONTENT,
            "reserved-url",
            Place(desk.settings.shown(desk.settings.content / source)),
            Text(
                f"URL `/{url}` は、瓦版が自動でつくるページが使います",
                f"the address `/{url}` belongs to a page that Kawaraban writes itself",
            ),
            Text("ファイル名か `slug` を変えてください", "rename the file, or give it another `slug`"),
        )
