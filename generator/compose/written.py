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
