"""The links, pictures and anchors of one author's text as they go into a page."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from generator.markup.targets import Addresses, is_local_file, path_of
from generator.model.address import relative
from generator.model.page import Sides


class LinkResolver:
    """Resolves the targets of one text and remembers those that lead nowhere, and the ids that it met.

    A foreign text (an article, which may come from another tool) is read more generously.
    """

    def __init__(
        self, addresses: Addresses, source: str, page_url: str, id_prefix: str = "", *, is_foreign: bool = False
    ) -> None:
        self._addresses = addresses
        self._source = source
        self._page_url = page_url
        self._id_prefix = id_prefix
        self._is_foreign = is_foreign
        self.broken: list[str] = []
        self.ids: list[str] = []
        self.pictures: dict[str, Sides | None] = {}
        """Those of the site that the text shows, by the value of `src`."""

    def __call__(self, tag: str, attribute: str, value: str) -> str | None:
        """The value of an attribute as it goes into the page (see `render.sanitise.AttributeFilter`)."""
        if attribute == "id":
            self.ids.append(self._id_prefix + value)
            return self._id_prefix + value
        if (tag, attribute) not in {("a", "href"), ("img", "src")}:
            return value
        if is_local_file(value):
            return None
        try:
            parts = urlsplit(value)
        except ValueError:
            self.broken.append(value)
            return None
        if parts.scheme or parts.netloc:
            return value  # of a picture, `finish` makes a link: a page loads nothing from elsewhere
        if not parts.path:
            return f"#{self._id_prefix}{parts.fragment}" if parts.fragment else value
        address = self._addresses.find(path_of(value), self._source, self._page_url, is_foreign=self._is_foreign)
        if address is None:
            self.broken.append(value)
            return None
        target = f"{address.partition('#')[0]}#{unquote(parts.fragment)}" if parts.fragment else address
        value = relative(target, self._page_url)
        if tag == "img" and (picture := self._addresses.asset(address.partition("#")[0])) is not None:
            self.pictures[value] = picture.sides
        return value
