"""Atom feeds (RFC 4287): everything, and what concerns one department. Same documents, same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from urllib.parse import urlsplit

from generator.compose import xml
from generator.compose.desk import Desk
from generator.compose.written import Written
from generator.model.address import quoted
from generator.model.page import Issue, Notice, Page, Story
from generator.model.site import DataFile

_NEWEST = 40
_ALL = "*"  # no department has this id
_KINDS = frozenset({"story", "article", "notice", "issue", "metric-month", "target-reached", "campaign"})


def feed_urls(desk: Desk) -> Iterator[str]:
    yield "feeds/all.xml"
    yield from (f"feeds/{unit.id}.xml" for unit in desk.units)


def feeds(desk: Desk, documents: Iterable[Written]) -> Iterator[DataFile]:
    """`feeds/all.xml` and one feed a department of today."""
    dated = [d for d in documents if d.kind in _KINDS and d.published_on and d.published_on <= desk.today]
    dated.sort(key=lambda d: d.url)
    dated.sort(key=lambda d: d.published_on or date.min, reverse=True)
    newest = _newest_of(desk, dated)
    yield DataFile("feeds/all.xml", _feed(desk, "feeds/all.xml", desk.settings.site_name, dated[:_NEWEST]))
    for unit in desk.units:
        title = f"{desk.settings.site_name}：{unit.name}"
        yield DataFile(f"feeds/{unit.id}.xml", _feed(desk, f"feeds/{unit.id}.xml", title, newest[unit.id]))


def _newest_of(desk: Desk, dated: Iterable[Written]) -> Mapping[str, list[Written]]:
    """What concerns each department of today, as much of it as a feed holds; `dated` is newest first."""
    pages = {page.url: page for page in desk.shelves.by_source.values()}
    newest: dict[str, list[Written]] = {unit.id: [] for unit in desk.units}
    waiting = set(newest)
    for document in dated:
        if not waiting:
            break
        whom = _whom(document, pages)
        for unit in [*waiting] if whom == _ALL else waiting.intersection([whom]):
            newest[unit].append(document)
            if len(newest[unit]) == _NEWEST:
                waiting.remove(unit)
    return newest


def _whom(document: Written, pages: Mapping[str, Page]) -> str | None:
    """The department that a page concerns: its stories and targets reached; notices and numbers are for all."""
    if document.kind == "target-reached":
        return document.url.rstrip("/").rpartition("/")[2]
    page = pages.get(document.url)
    if page is None:
        return None
    if isinstance(page.front, Story):
        return page.front.department
    return _ALL if isinstance(page.front, Notice | Issue) else page.front.owner


def _feed(desk: Desk, url: str, title: str, entries: list[Written]) -> bytes:
    updated = max((_changed(document) for document in entries), default=desk.today)
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja">',
        f"<title>{xml.text(title)}</title>",
        f"<id>{xml.text(_tag_uri(desk, url))}</id>",
        f"<updated>{_moment(desk, updated)}</updated>",
        f"<author><name>{xml.text(desk.settings.options.publisher or desk.settings.site_name)}</name></author>",
        f'<link rel="self" href={xml.attribute(_address(desk, url))}/>',
        f"<link href={xml.attribute(_address(desk, ''))}/>",
        *(_entry(desk, document) for document in entries),
        "</feed>\n",
    ]
    return "\n".join(parts).encode()


def _entry(desk: Desk, document: Written) -> str:
    return (
        f"<entry><title>{xml.text(document.title)}</title>"
        f"<id>{xml.text(_tag_uri(desk, document.url))}</id>"
        f"<link href={xml.attribute(_address(desk, document.url))}/>"
        f"<published>{_moment(desk, document.published_on or desk.today)}</published>"
        f"<updated>{_moment(desk, _changed(document))}</updated>"
        f"<summary>{xml.text(document.description)}</summary></entry>"
    )


def _changed(document: Written) -> date:
    return max(day for day in (document.published_on, document.updated_on, date.min) if day)


def _moment(desk: Desk, day: date) -> str:
    return datetime.combine(day, time.min, desk.settings.zone).isoformat()


def _address(desk: Desk, url: str) -> str:
    """Absolute where the site says where it stands, else relative to the feed (RFC 4287 § 2)."""
    base = desk.settings.site_url or "../"
    return base + quoted(url)


def _tag_uri(desk: Desk, url: str) -> str:
    """A permanent name that needs no address (RFC 4151)."""
    authority = urlsplit(desk.settings.site_url).hostname or "kawaraban.invalid"
    return f"tag:{authority},2025:{quoted(url)}"
