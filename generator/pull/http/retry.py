"""Trying again: only what may pass, a few times, after a wait that grows and that chance spreads."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import TypeVar

from generator.effects import Effects
from generator.model.finding import Text
from generator.pull.remote.deadline import Deadline
from generator.pull.remote.failure import FetchFailed

T = TypeVar("T")

RETRIES = 3
FIRST_WAIT = 1.0  # seconds; doubled each time, and between half and all of it is waited


class MayPass(FetchFailed):
    """A failure that the next attempt may not meet. `wait`: seconds that the server asks for."""

    def __init__(self, code: str, what: Text, remedy: Text, wait: float | None = None) -> None:
        super().__init__(code, what, remedy)
        self.wait = wait


def patiently(work: Callable[[], T], effects: Effects, deadline: Deadline) -> T:
    """Do `work`, again when it raises MayPass; raises the last failure when tries or time are used up."""
    for attempt in range(RETRIES + 1):
        try:
            return work()
        except MayPass as failure:
            # Half of the wait is left to chance, so that many sites do not come back in the same moment.
            own = FIRST_WAIT * 2**attempt * (0.5 + effects.chance() / 2)
            wait = own if failure.wait is None else failure.wait + own
            if attempt == RETRIES or not deadline.allows(wait):
                raise
            effects.sleep(wait)
    raise AssertionError("the last attempt returns or raises")


def retry_after(value: str | None, server_time: str | None) -> float | None:
    """Seconds that a Retry-After header asks for: a number, or a date seen from the server's own clock (Date header).

    None when it says nothing that can be followed.
    """
    if value is None:
        return None
    if re.fullmatch(r"\d{1,9}(\.\d+)?", value.strip(), re.ASCII):
        return float(value)
    try:
        until, now = parsedate_to_datetime(value), parsedate_to_datetime(server_time or "")
        return max((until - now).total_seconds(), 0.0)
    except (ValueError, TypeError):  # no dates, or one of them without a zone
        return None
