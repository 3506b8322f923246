"""Slack: the member file of `admin.analytics.getFile`, one gzip NDJSON a day (UTC days).

Only 技術本部 uses Slack. A member is listed every day from the day the account was claimed, active or not. The
month of the vendor's outage has no files at all; people went on working, which nobody measured.
"""

import gzip
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache, cached_property

from msgspec import Struct, json

from generator.demo.adoption import taking_part
from generator.demo.chance import chance, draws, pick
from generator.demo.company import DOMAIN, SLACK, SLACK_OUTAGE
from generator.demo.days import MONTHS, business_days, days_of, last_day
from generator.demo.people import Person

ENTERPRISE, TEAM = "E04ASAHINO1", "T04GIJUTSU1"

BOTS = ("ci-bot", "plm-notifier", "standup")

Value = str | int | bool


class Member(Struct, frozen=True, dict=True):
    """A Slack account; `person` is None for guests and bots, which are in no denominator."""

    key: str
    address: str
    claimed: date
    person: Person | None = None
    is_guest: bool = False

    @property
    def is_bot(self) -> bool:
        return self.person is None and not self.is_guest

    @cached_property
    def user_id(self) -> str:
        return "U0" + "".join("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"[int(34 * d)] for d in draws(9, "slack", self.key))


def files(people: tuple[Person, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every daily file."""
    members = {member.key: member for member in _others()}
    lines = json.Encoder()
    for month in MONTHS:
        takers = taking_part(people, month, "slack", SLACK)
        for person in people:
            if person.number not in members and (member := _joining(person, month, person.number in takers)):
                members[person.number] = member
        if month == SLACK_OUTAGE:
            continue
        ordered = sorted(members.values(), key=lambda member: member.user_id)
        users = {member.key for member in members.values() if _is_user(member, month, takers)}
        for day in days_of(month):
            listed = (member for member in ordered if _is_listed(member, day))
            records = (_record(member, day, member.key in users and _is_active(member, day)) for member in listed)
            yield f"slack_member_analytics_{day}.json.gz", _gzip(lines.encode_lines(records))


def _gzip(data: bytes) -> bytes:
    """Return `data` compressed with a header that holds neither time nor file name."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as stream:
        stream.write(data)
    return buffer.getvalue()


def _others() -> Iterator[Member]:
    before = date(2025, 4, 14)
    for number in range(6):
        yield Member(f"guest-{number}", f"engineer{number}@kyoei-parts.example", before, is_guest=True)
    for name in BOTS:
        yield Member(name, f"{name}@{DOMAIN}", before)


def _joining(person: Person, month: date, active: bool) -> Member | None:
    """Return the account that somebody claims in this month: at first use, or never used but claimed early."""
    day = business_days(month)[-1]
    post = person.main_post(day)
    if post is None or post.department not in SLACK:
        return None
    unused = chance("slack account", person.number) < 0.4
    if not active and not unused:
        return None
    if month == MONTHS[0]:
        return Member(person.number, person.mail, date(2025, 4 + int(6 * chance("claimed", person.number)), 7), person)
    return Member(person.number, person.mail, _anchor(person.number, month), person)


def _is_listed(member: Member, day: date) -> bool:
    if member.person is None:
        return True
    post = member.person.main_post(day)
    return member.claimed <= day and post is not None and post.department in SLACK


@cache
def _anchor(key: str, month: date) -> date:
    """Return the one business day of a month on which an active member is active for certain."""
    return pick(business_days(month), "anchor", key, month)


def _is_user(member: Member, month: date, takers: frozenset[str]) -> bool:
    """Say whether somebody is active in a month at all; dispatched staff and leavers follow no course."""
    person = member.person
    if person is None or person.number in takers:
        return True
    return person.eligible_department(last_day(month)) is None and chance("slack outside", person.number) < 0.6


def _is_active(member: Member, day: date) -> bool:
    """Say whether somebody who uses Slack this month posted or read on `day`."""
    month = day.replace(day=1)
    working = day in business_days(month)
    if member.is_bot or (working and day == _anchor(member.key, month)):
        return True
    habit = 0.3 + 0.65 * chance("slack habit", member.key) if working else 0.03
    return chance("slack day", member.key, day) < habit


def _record(member: Member, day: date, active: bool) -> dict[str, Value]:
    desktop, phone, reactions, posted, channels, uploads, calls, searches = (
        draws(8, "slack record", member.key, day) if active else (0.0,) * 8
    )
    messages = int(40 * posted**2) if active and posted > 0.25 else 0  # the others only read
    huddles = int(active and calls > 0.85)
    claimed = datetime(member.claimed.year, member.claimed.month, member.claimed.day, 1, tzinfo=UTC)
    return {
        "date": f"{day}",
        "enterprise_id": ENTERPRISE,
        "team_id": TEAM,
        "user_id": member.user_id,
        "email_address": member.address,
        "enterprise_employee_number": member.person.number if member.person else "",
        "is_guest": member.is_guest,
        "is_billable_seat": not member.is_bot,
        "is_active": active,
        "is_active_ios": active and phone > 0.7,
        "is_active_android": active and phone < 0.12,
        "is_active_desktop": active and (desktop < 0.9 or 0.12 <= phone <= 0.7),
        "reactions_added_count": int(9 * reactions**2),
        "messages_posted_count": messages,
        "channel_messages_posted_count": int(messages * channels),
        "files_added_count": int(active and uploads > 0.9),
        "is_active_apps": member.is_bot,
        "is_active_workflows": False,
        "is_active_slack_connect": member.is_guest and active,
        "total_calls_count": huddles,
        "slack_calls_count": 0,
        "slack_huddles_count": huddles,
        "search_count": int(4 * searches**2),
        "date_claimed": int(claimed.timestamp()),
    }
