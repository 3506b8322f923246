"""How one caller wants its builds."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct, field

from generator.build.impression import Impression
from generator.build.past import Past
from generator.cache.sight import Sight
from generator.effects import Effects
from generator.workers import Workers

Take = Callable[[Impression], None]
"""What somebody does with a site that was judged."""


class Run(Struct, frozen=True):
    """How one caller wants its builds."""

    effects: Effects = field(default_factory=lambda: Effects(workers=Workers(os.cpu_count() or 1)))
    offline: bool = False
    asks_outside: bool = True
    """False is content with what sources on the network gave before."""
    refuses_old: bool = False
    """Whether figures that are not the newest are an error."""
    delivers: bool = True
    """False only judges: nothing of the site changes."""
    show: Take | None = None
    """Is handed the site before anything is noted for the next build, by whom it is not delivered."""
    may_leave_as_is: bool = False
    """Whether nothing need be done when nothing has changed since the last release."""
    explains: str | None = None
    """A file or an address of which somebody wants to know why its pages were made or not."""
    works_in: Path | None = None
    """Folder for the cache and for pages on their way, instead of the site's private one."""
    expected: Mapping[str, str] | None = None
    """What every file of the site has to be, sha256 by path; anything else is not delivered."""
    options: tuple[str, ...] = ()
    """Those of the command line that a release depends on, for `generator.build.glance`."""
    sight: Sight | None = None
    """How all files looked when the command began; None to look when the build begins."""
    past: Callable[[Path], Past] = Past.below
    """Gives what earlier builds left in the folder that a build works in."""
    shows_unpublished: bool = False
    """Whether drafts and pages that are not approved or due yet are made too; such a site is never delivered."""
    is_ours: bool = False
    """Whether our own command line calls: it reports findings itself and wants `Rejected` instead of MkDocs' error."""
