"""Page after page: each request once, each answer once, and an end."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from generator.model.finding import Text
from generator.pull.formats.json_rows import value_at
from generator.pull.http.client import Client
from generator.pull.http.payload import Payload
from generator.pull.remote.failure import FetchFailed

MOST_PAGES = 10_000


class Page(Struct, frozen=True):
    """What to ask for one page."""

    url: str  # a path of the service, or a whole address
    params: Mapping[str, str] = {}

    def asking(self, parameter: str, value: str) -> Page:
        """The same with another value for one parameter."""
        return Page(self.url, {**self.params, parameter: value})


Following = Callable[[Payload, Page], Page | None]
"""From an answer and what was asked for it to what to ask next; None after the last page."""


def pages(
    client: Client, first: Page, following: Following, *, also: frozenset[int] = frozenset()
) -> Iterator[Payload]:
    """Yield every page. Raises FetchFailed for a page that is asked for or comes a second time, or too many.

    `also`: statuses beside 2xx that are answers to the caller.
    """
    page: Page | None = first
    asked: set[tuple[str, frozenset[tuple[str, str]]]] = set()
    seen: set[bytes] = set()
    while page is not None:
        asking = page.url, frozenset(page.params.items())
        if asking in asked or len(asked) >= MOST_PAGES:
            raise _endless(client.access.home.host)
        asked.add(asking)
        payload = client.get(page.url, page.params, also=also)
        digest = hashlib.sha256(payload.content).digest()
        if digest in seen:
            raise _endless(client.access.home.host)
        seen.add(digest)
        yield payload
        page = following(payload, page)


def by_cursor(name: str, parameter: str) -> Following:
    """The document says at `name` what to send as `parameter` for the next page."""

    def following(payload: Payload, page: Page) -> Page | None:
        cursor = value_at(payload.document, name)
        return page.asking(parameter, str(cursor)) if cursor else None

    return following


def _endless(host: str) -> FetchFailed:
    what = Text(
        f"`{host}` のページ送りが終わりません（同じページが2度来たか、{MOST_PAGES:,}ページを超えました）",
        f"the pages of `{host}` do not end: one came twice, or there are more than {MOST_PAGES:,}",
    )
    remedy = Text(
        "sources.yml の `paging` と、出典の仕様を確かめてください", "check `paging` in sources.yml against the service"
    )
    return FetchFailed("endless-pages", what, remedy)
