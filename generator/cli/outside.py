"""The outside world as one run meets it: its moment, its workers, and progress bars where somebody watches."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from generator.cli.language import LANGUAGE, say

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from generator.effects import Effects
    from generator.settings import Settings


@contextmanager
def outside(now: str | None, settings: Settings, jobs: int | None = None) -> Iterator[Effects]:
    """The outside world of this run: its moment, and progress bars where somebody watches."""
    from generator.effects import Effects
    from generator.workers import Workers

    moment = None if now is None else moment_of(now, settings.zone)
    effects = Effects.at(moment, Workers(jobs or os.cpu_count() or 1))
    if os.environ.get("CI") or not sys.stderr.isatty():
        yield effects
        return
    from msgspec.structs import replace
    from rich.console import Console

    from generator.cli.progress import TerminalProgress

    progress = TerminalProgress(Console(stderr=True), LANGUAGE)
    with progress.shown():
        yield replace(effects, progress=progress)


def moment_of(text: str, zone: ZoneInfo) -> datetime:
    """Read `--now`: a day is its beginning, a time without zone is in the site's zone."""
    from datetime import datetime

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        message = say(
            f"`{text}` は日時として読めません（例 2026-11-20T09:00+09:00）",
            f"`{text}` is not a time (2026-11-20T09:00+09:00)",
        )
        raise click.BadParameter(message, param_hint="--now") from None
    if not 1990 <= moment.year <= 2200:  # calendars of the far past and future overflow in another zone
        message = say("`--now` は1990年から2200年までです", "`--now` lies between 1990 and 2200")
        raise click.BadParameter(message, param_hint="--now")
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
