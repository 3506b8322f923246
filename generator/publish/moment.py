"""The moment at which a site was built, as notes and records hold it: one that can be told in every zone."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, datetime
from typing import Annotated, TypeAlias

from msgspec import Meta

Moment: TypeAlias = Annotated[datetime, Meta(tz=True)]


def require_tellable(moment: datetime) -> None:
    """Raises ValueError for a moment that may be out of the calendar in another zone: only damage makes such a one."""
    if not MINYEAR < moment.year < MAXYEAR:
        raise ValueError(f"year {moment.year}")
