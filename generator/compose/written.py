"""What files beside the pages tell of a page that has been written, in this build or in an earlier one."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class Written(Protocol):
    """The part of `generator.model.site.Document` that feeds and the sitemap print."""

    @property
    def url(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def published_on(self) -> date | None: ...
    @property
    def updated_on(self) -> date | None: ...


def told(page: Written) -> tuple[str, str, str, str, date | None, date | None]:
    """All that these files tell of a page; a page of which the same is told changes none of them."""
    return page.url, page.kind, page.title, page.description, page.published_on, page.updated_on
