"""Links as a page writes them: relative to where it stands, so that the site works below any address."""

from __future__ import annotations

from msgspec import Struct

from generator.model.address import relative


class Here(Struct, frozen=True):
    """The page that is being written; `url` as in `Document.url`."""

    url: str

    def to(self, address: str) -> str:
        """`address` (from the site's root, may carry #anchor) as a relative, percent-encoded reference."""
        return relative(address, self.url)
