"""Embargoed pages open and deadlines pass by the clock, so a wrong one publishes too early or too late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator import git
from generator.doctor.check import Check
from generator.doctor.declared import Declared
from generator.effects import CLOCKS_DIFFER_BY, Effects
from generator.errors import Rejected
from generator.model.finding import Text

_NAME = Text("時計", "clock")
_REMEDY = Text(
    "コンピューターの日付と時刻を合わせてください（自動で合わせる設定を勧めます）",
    "set the computer's date and time, best automatically",
)


def moment(effects: Effects) -> datetime | None:
    """What the clock says; None when SOURCE_DATE_EPOCH holds no number."""
    try:
        return effects.clock()
    except Rejected:
        return None


def plausible(site: Declared, now: datetime | None, environ: Mapping[str, str]) -> Check:
    """Whether the clock is not behind the newest page or commit: nothing can have been written in the future."""
    if now is None:
        what = Text("`SOURCE_DATE_EPOCH` が秒数ではありません", "`SOURCE_DATE_EPOCH` is not a number of seconds")
        return Check(_NAME, False, what, Text("その環境変数を消してください", "unset that environment variable"))
    shown = _in_zone(now, site)
    if environ.get("SOURCE_DATE_EPOCH"):
        fixed = Text(f"{shown}（SOURCE_DATE_EPOCH で固定）", f"{shown} (fixed by SOURCE_DATE_EPOCH)")
        return Check(_NAME, True, fixed, _REMEDY)
    newest = max(_moments(site), default=now)
    if newest - now <= CLOCKS_DIFFER_BY:
        return Check(_NAME, True, Text(shown, shown), _REMEDY)
    later = _in_zone(newest, site)
    return Check(
        _NAME,
        False,
        Text(
            f"{shown} ですが、{later} に書かれた記事があります",
            f"it says {shown}, yet something was written at {later}",
        ),
        _REMEDY,
    )


def _moments(site: Declared) -> Iterator[datetime]:
    for path in (site.config_file, *site.content.rglob("*.md")):
        try:
            yield datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except OSError:  # gone meanwhile, or a link to nowhere
            continue
    commit = git.last_commit(site.root)
    if commit is not None:
        yield commit


def _in_zone(moment: datetime, site: Declared) -> str:
    try:
        zone: tzinfo = ZoneInfo(site.options.timezone)
    except ZoneInfoNotFoundError:  # said by the check of the time zone
        zone = UTC
    return moment.astimezone(zone).isoformat(" ", "minutes")
