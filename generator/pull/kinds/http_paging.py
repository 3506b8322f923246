"""How the kind `http` gets to the next page, as sources.yml declares it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from generator.model.record import Record
from generator.pull.formats.json_rows import value_at

if TYPE_CHECKING:
    from generator.pull.http.paging import Page
    from generator.pull.http.payload import Payload


class Paging(Record, ABC):
    """One way from a page to the next."""

    @abstractmethod
    def first(self, page: Page) -> Page:
        """What to ask for the first page."""

    @abstractmethod
    def following(self, payload: Payload, page: Page, rows: int) -> Page | None:
        """What to ask after a page that held so many rows; None at the end."""


class NumberPaging(Paging):
    """Pages by number, or rows by offset; a page without rows is the end."""

    kind: Literal["page"]
    parameter: str = "page"
    start: int = Field(default=1, ge=0)
    step: int = Field(default=1, ge=1)
    """1 for page numbers; the rows of a page for offsets."""

    def first(self, page: Page) -> Page:
        return page.asking(self.parameter, str(self.start))

    def following(self, payload: Payload, page: Page, rows: int) -> Page | None:
        return page.asking(self.parameter, str(int(page.params[self.parameter]) + self.step)) if rows else None


class CursorPaging(Paging):
    """The document says what to send for the next page."""

    kind: Literal["cursor"]
    cursor: str
    """Where the cursor stands in the document, e.g. `meta.next_cursor`; empty or absent at the end."""
    parameter: str

    def first(self, page: Page) -> Page:
        return page

    def following(self, payload: Payload, page: Page, rows: int) -> Page | None:
        cursor = value_at(payload.document, self.cursor)
        return page.asking(self.parameter, str(cursor)) if cursor else None


class LinkPaging(Paging):
    """The address of the next page comes with each page."""

    kind: Literal["link"]
    address: str | None = None
    """Where the address stands in the document, e.g. `@odata.nextLink`; the Link header when absent."""

    def first(self, page: Page) -> Page:
        return page

    def following(self, payload: Payload, page: Page, rows: int) -> Page | None:
        from generator.pull.http.paging import Page

        address = value_at(payload.document, self.address) if self.address else payload.links.get("next")
        return Page(str(payload.url.join(str(address)))) if address else None


AnyPaging = Annotated[NumberPaging | CursorPaging | LinkPaging, Field(discriminator="kind")]
"""What sources.yml may say under `paging`."""
