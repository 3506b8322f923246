"""The library sorted onto shelves once, so that no page has to search through all others."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Generic, TypeVar, cast

from msgspec import Struct

from generator.compose import sections
from generator.compose.uses import Uses
from generator.model.address import slug_of
from generator.model.page import (
    Article,
    AssetFile,
    Campaign,
    Champion,
    DepartmentPage,
    Faq,
    FrontMatter,
    Guide,
    Issue,
    Library,
    Mvv,
    Notice,
    Page,
    Story,
)

F = TypeVar("F", bound=FrontMatter)
_NOT_IN_A_SLUG = re.compile(r"\W+")
_LONGEST_SLUG = 48  # characters; a file name may have 255 bytes


class Piece(Struct, Generic[F], frozen=True):
    """A page whose front matter is known to be of one type."""

    page: Page
    front: F


def stem_of(page: Page) -> str:
    """File name without its ending: the department's id where the file stands for a department."""
    return PurePosixPath(page.source).stem


@lru_cache(maxsize=1 << 14)  # a few hundred tags stand on thousands of pages
def tag_slug(tag: str) -> str:
    """A tag as one part of an address that every file system accepts; tags that differ in case or width are one."""
    folded = unicodedata.normalize("NFKC", tag).casefold()
    slug = _NOT_IN_A_SLUG.sub("-", folded).strip("-")
    if slug and len(slug) <= _LONGEST_SLUG:
        return slug
    # Nothing or too much is left for a file name: a checksum tells such tags apart.
    return f"{slug[:_LONGEST_SLUG]}-{zlib.crc32(folded.encode()):08x}".lstrip("-")


def by_age(pages: Iterable[Page]) -> list[Page]:
    """Oldest first; undated pages stand before all others, so that a new page never moves an older one."""
    return sorted(pages, key=lambda page: (page.front.date or date.min, page.source))


class Shelves(Struct, frozen=True):
    """Every page where its readers look for it. Lists are in the order in which pages show them."""

    by_source: Mapping[str, Page]
    assets: Mapping[str, AssetFile]
    intros: Mapping[str, Page]
    """An author's `index.md` by the address of the folder: it opens the generated list of that folder."""
    articles: tuple[Piece[Article], ...]
    about: tuple[Piece[Article], ...]
    """Plain pages below about/."""
    stories: tuple[Piece[Story], ...]
    """Newest first."""
    stories_of: Mapping[str, tuple[Piece[Story], ...]]
    """By department id."""
    faq_of: Mapping[str, tuple[Piece[Faq], ...]]
    """By campaign, the questions asked most often first."""
    mvv: tuple[Piece[Mvv], ...]
    """The company's first, then the departments'."""
    campaigns: Mapping[str, Piece[Campaign]]
    """By slug, in the order in which they began."""
    departments: Mapping[str, Piece[DepartmentPage]]
    champions: Mapping[str, Piece[Champion]]
    """Who holds the office today, by department id."""
    issues: tuple[Piece[Issue], ...]
    """Those that have come out, and those that are shown to writers before, oldest first."""
    notices: tuple[Piece[Notice], ...]
    """Newest first."""
    guide: tuple[Piece[Guide], ...]
    tags: Mapping[str, tuple[str, tuple[Page, ...]]]
    """By slug: the tag as first written, and its pages, oldest first."""

    def noting(self, uses: Uses) -> Shelves:
        """The same shelves; each one that is looked at is noted in `uses`."""
        return cast(Shelves, _Noted(self, uses))

    @classmethod
    def of(cls, library: Library, today: date) -> Shelves:
        # Only where a list is generated: in other folders an index.md is a page like any other.
        intros = {page.url: page for page in library.pages if page.url in sections.LISTED_FOLDERS}
        pages = by_age(page for page in library.pages if page.url not in intros)
        by_kind: defaultdict[type[FrontMatter], list[Page]] = defaultdict(list)
        for page in pages:
            by_kind[type(page.front)].append(page)

        def pieces(kind: type[F]) -> tuple[Piece[F], ...]:
            return tuple(Piece(page, page.front) for page in by_kind[kind] if isinstance(page.front, kind))

        plain, every_issue, stories = pieces(Article), pieces(Issue), pieces(Story)[::-1]
        issues = sorted(
            (i for i in every_issue if i.front.date <= today or i.page.stays_in), key=lambda i: i.front.number
        )
        unpublished = {i.page.source for i in every_issue} - {i.page.source for i in issues}
        return cls(
            by_source={p.source: p for p in library.pages if p.source not in unpublished},
            assets={asset.source: asset for asset in library.assets},
            intros=intros,
            articles=tuple(piece for piece in plain if not piece.page.url.startswith(sections.ABOUT)),
            about=tuple(
                sorted((p for p in plain if p.page.url.startswith(sections.ABOUT)), key=lambda piece: piece.page.source)
            ),
            stories=stories,
            stories_of=_grouped(stories, lambda piece: piece.front.department),
            faq_of=_grouped(
                sorted(pieces(Faq), key=lambda q: (-(q.front.asked_count or 0), q.page.source)),
                lambda piece: piece.front.campaign,
            ),
            mvv=tuple(sorted(pieces(Mvv), key=lambda m: (m.front.level != "company", m.page.source))),
            campaigns={
                slug_of(piece.page.url): piece
                for piece in sorted(pieces(Campaign), key=lambda c: (c.front.starts_on, c.page.source))
            },
            departments={stem_of(piece.page): piece for piece in pieces(DepartmentPage)},
            champions={
                stem_of(piece.page): piece
                for piece in pieces(Champion)
                if piece.front.term_from <= today and (piece.front.term_to is None or today <= piece.front.term_to)
            },
            issues=tuple(issues),
            notices=tuple(sorted(pieces(Notice), key=lambda n: (n.front.starts_on, n.page.source), reverse=True)),
            guide=tuple(sorted(pieces(Guide), key=lambda g: (g.front.order, g.page.source))),
            tags=_tagged(page for page in pages if page.source not in unpublished),
        )


class _Noted:
    """Shelves that note which of them are looked at; to whoever looks they are the shelves themselves."""

    __slots__ = ("_shelves", "_uses")

    def __init__(self, shelves: Shelves, uses: Uses) -> None:
        self._shelves = shelves
        self._uses = uses

    def __getattr__(self, name: str) -> object:
        self._uses.shelf(name)
        return getattr(self._shelves, name)


def _grouped(pieces: Iterable[Piece[F]], key: Callable[[Piece[F]], str]) -> dict[str, tuple[Piece[F], ...]]:
    groups: defaultdict[str, list[Piece[F]]] = defaultdict(list)
    for piece in pieces:
        groups[key(piece)].append(piece)
    return {name: tuple(group) for name, group in groups.items()}


def _tagged(pages: Iterable[Page]) -> dict[str, tuple[str, tuple[Page, ...]]]:
    labels: dict[str, str] = {}
    slugs: dict[str, str] = {}
    groups: defaultdict[str, dict[str, Page]] = defaultdict(dict)
    for page in pages:
        for tag in page.front.tags:
            slug = slugs.get(tag)
            if slug is None:
                slug = slugs[tag] = tag_slug(tag)
                labels.setdefault(slug, tag)
            groups[slug][page.source] = page  # once, however often it has the tag
    return {slug: (labels[slug], tuple(groups[slug].values())) for slug in sorted(groups)}
