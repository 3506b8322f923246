"""What pages and settings name among the figures, judged before anything is written.

What pages say of each other (campaigns, related pages, covers, departments) is judged by `read`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from generator.compose.blocks import block_findings, unknown_metric
from generator.compose.desk import Desk
from generator.model.finding import Family, Finding, Place, Text
from generator.model.page import Library
from generator.model.site import Document


def reference_findings(desk: Desk, library: Library) -> Iterator[Finding]:
    """Every metric, department and month that is named and has no figure."""
    yield from _headline_metric(desk)
    yield from block_findings(desk, library.pages)
    for campaign in desk.shelves.campaigns.values():
        metric = campaign.front.metric
        if metric is not None and metric not in desk.book.metrics:
            place = Place(desk.settings.shown(desk.settings.content / campaign.page.source))
            yield Finding(Family.CONTENT, *unknown_metric(place, metric, desk.book.metrics))


def _headline_metric(desk: Desk) -> Iterator[Finding]:
    wanted = desk.settings.options.headline_metric
    if wanted is not None and wanted not in desk.book.metrics:
        code, place, what, remedy = unknown_metric(Place("mkdocs.yml"), wanted, desk.book.metrics)
        named = Text(f"設定 `headline_metric`: {what.ja}", f"setting `headline_metric`: {what.en}")
        yield Finding(Family.SETTINGS, code, place, named, remedy)


def clashing_addresses(desk: Desk, documents: Iterable[Document]) -> Iterator[Finding]:
    """An author's page at an address that a generated page has; `read` sees authors' pages only."""
    by_url: defaultdict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_url[document.url.casefold()].append(document)
    for url, sharing in by_url.items():
        # Where all are authors' pages, `read` has said that they share an address.
        if len(sharing) < 2 or all(document.source for document in sharing):
            continue
        source = next((document.source for document in sharing if document.source), "")
        yield Finding(
            Family.CONTENT,
            "reserved-url",
            Place(desk.settings.shown(desk.settings.content / source)),
            Text(
                f"アドレス `/{url}` は、瓦版が自動でつくるページが使います",
                f"the address `/{url}` belongs to a page that Kawaraban writes itself",
            ),
            Text("ファイル名か `slug` を変えてください", "rename the file, or give it another `slug`"),
        )
