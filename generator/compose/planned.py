"""A page that is going to be written: known by its address before anybody writes it, so that most need not be."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from generator.compose.desk import Desk
from generator.compose.press import Draft


class PlannedPage(Struct, frozen=True):
    """`write(desk, *given)` makes its draft.

    Everything a draft is made from is `given` or looked up on the desk, which notes it: a page whose `given` and
    look-ups are what they were in an earlier build need not be written again.
    """

    url: str  # as `Document.url`
    write: Callable[..., Draft]
    given: tuple[object, ...] = ()

    def draft(self, desk: Desk) -> Draft:
        return self.write(desk, *self.given)
