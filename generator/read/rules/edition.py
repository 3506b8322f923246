"""All pages side by side, as the rules see them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import TypeVar

from msgspec import Struct

from generator.model.address import slug_of
from generator.model.page import Campaign, FrontMatter, Withheld
from generator.read.manuscript import Manuscript
from generator.read.rules.nearby import Nearby

F = TypeVar("F", bound=FrontMatter)


class Edition(Struct, frozen=True, dict=True):
    """Everything that could be read, and which of it stays in."""

    manuscripts: tuple[Manuscript, ...]  # by source
    withheld: Mapping[str, Withheld]  # by source
    last_days: Mapping[str, dt.date]  # on the site of each page that has one, by source
    sources: frozenset[str]  # every Markdown file, readable or not
    files: frozenset[str]  # every picture and download
    department_names: Mapping[str, str] | None  # by id, oldest first; None: data/departments.csv cannot tell
    today: dt.date  # the day of the build

    @cached_property
    def judged(self) -> tuple[Manuscript, ...]:
        """Pages that are on the site, or will be without another edit of their own status."""
        stay = {source for source, page in self.withheld.items() if page.reason not in ("embargoed", "unapproved")}
        return tuple(m for m in self.manuscripts if m.source not in stay)

    @cached_property
    def _by_type(self) -> Mapping[type[FrontMatter], Sequence[Manuscript]]:
        groups: defaultdict[type[FrontMatter], list[Manuscript]] = defaultdict(list)
        for manuscript in self.manuscripts:
            groups[type(manuscript.page.front)].append(manuscript)
        return groups

    @cached_property
    def by_source(self) -> dict[str, Manuscript]:
        return {manuscript.source: manuscript for manuscript in self.manuscripts}

    @cached_property
    def _without_page(self) -> frozenset[str]:
        return self.sources - self.by_source.keys()

    @cached_property
    def unreadable(self) -> frozenset[str]:
        """Files that are no pages for what is wrong with them, which is told once, of themselves."""
        return self._without_page - self.withheld.keys()

    @cached_property
    def judged_sources(self) -> frozenset[str]:
        return frozenset(manuscript.source for manuscript in self.judged)

    @cached_property
    def released(self) -> tuple[Manuscript, ...]:
        """Pages that are on the site."""
        return tuple(m for m in self.manuscripts if m.source not in self.withheld)

    @cached_property
    def campaigns(self) -> dict[str, Manuscript]:
        """Campaign pages by slug, whatever their status."""
        return {slug_of(m.page.url): m for m in self._by_type.get(Campaign, ())}

    @cached_property
    def surroundings(self) -> str:
        """Digest of all that the judgement of one page may depend on besides the page itself."""
        withheld = ((source, page.reason, str(page.until)) for source, page in sorted(self.withheld.items()))
        campaigns = ((slug, campaign.source) for slug, campaign in sorted(self.campaigns.items()))
        known = (
            [manuscript.source for manuscript in self.manuscripts],  # in order: to sort all sources takes longer
            sorted(self._without_page),
            sorted(self.files),
            list((self.department_names or {}).items()),
        )
        dates = (list(self.last_days.items()), self.today)
        told = repr([*known, self.department_names is None, list(withheld), list(campaigns), *dates])
        return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @cached_property
    def nearby_pages(self) -> Nearby:
        """What a path to a page may have meant."""
        return Nearby(self.sources)

    @cached_property
    def nearby_files(self) -> Nearby:
        """What a path to a picture or download may have meant."""
        return Nearby(self.files)

    def is_released(self, manuscript: Manuscript) -> bool:
        return manuscript.source not in self.withheld

    def expired(self, model: type[F]) -> Iterator[F]:
        """The front matter of the pages of one type that have had their time: no edit took them away."""
        for manuscript in self._by_type.get(model, ()):
            front, stays_in = manuscript.page.front, self.withheld.get(manuscript.source)
            if stays_in is not None and stays_in.reason == "expired" and isinstance(front, model):
                yield front

    def of(self, model: type[F]) -> Iterator[tuple[Manuscript, F]]:
        """The judged pages of one type, with their front matter."""
        for manuscript in self._by_type.get(model, ()):
            front = manuscript.page.front
            if manuscript.source in self.judged_sources and isinstance(front, model):
                yield manuscript, front
