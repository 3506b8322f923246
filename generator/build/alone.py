"""One build of a site at a time: two would write into the same working folder."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from generator.effects import Effects
from generator.errors import LockHeld
from generator.lock import AlreadyHeld, held
from generator.model.finding import Family, Finding, Place, Text
from generator.settings import Settings

_PATIENCE, _MOMENT = 2.0, 0.02  # seconds; what `serve` builds after a save is over sooner


@contextmanager
def building_alone(settings: Settings, effects: Effects) -> Iterator[None]:
    """Hold the lock of the private folder. Raises LockHeld when another build holds it and goes on."""
    settings.private.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + _PATIENCE
    with ExitStack() as stack:
        while True:
            try:
                stack.enter_context(held(settings.private / "build.lock", effects))
                break
            except AlreadyHeld as other:
                if time.monotonic() > deadline:
                    raise LockHeld(_under_way(settings, other.holder(settings.zone))) from None
            time.sleep(_MOMENT)
        yield


def _under_way(settings: Settings, holder: str) -> Finding:
    what = Text(
        f"同じサイトを別の処理がつくっています（{holder}）", f"another build of this site is under way ({holder})"
    )
    remedy = Text("終わるのを待って、もう一度つくってください", "wait until it is done, then build again")
    place = Place(settings.shown(settings.private / "build.lock"))
    return Finding(Family.PUBLISH, "build-under-way", place, what, remedy)
