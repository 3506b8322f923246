"""Microsoft 365: `getTeamsUserActivityUserDetail`, one file a month with a report period of 30 days.

Traps on purpose, all seen in real exports: a byte order mark before the first header, mail addresses in mixed
case, people who only met, called or did "other actions" (they sent nothing), guests, service accounts,
accounts deleted in the last 30 days that still carry messages, an account that was created anew, and two
spellings of yes: `True`/`False` in one column, `Yes`/`No` in others.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from generator.demo.adoption import readiness, taking_part
from generator.demo.chance import chance, draws, pick
from generator.demo.company import CHAT, DOMAIN, TENANT
from generator.demo.days import MONTHS, business_days, last_day
from generator.demo.people import STAFF, Person

COLUMNS = (
    "Report Refresh Date",
    "Tenant Display Name",
    "Shared Channel Tenant Display Names",
    "User Id",
    "User Principal Name",
    "Last Activity Date",
    "Is Deleted",
    "Deleted Date",
    "Assigned Products",
    "Team Chat Message Count",
    "Private Chat Message Count",
    "Call Count",
    "Meeting Count",
    "Post Messages",
    "Reply Messages",
    "Urgent Messages",
    "Meetings Organized Count",
    "Meetings Attended Count",
    "Ad Hoc Meetings Organized Count",
    "Ad Hoc Meetings Attended Count",
    "Scheduled One-time Meetings Organized Count",
    "Scheduled One-time Meetings Attended Count",
    "Scheduled Recurring Meetings Organized Count",
    "Scheduled Recurring Meetings Attended Count",
    "Audio Duration",
    "Video Duration",
    "Screen Share Duration",
    "Audio Duration In Seconds",
    "Video Duration In Seconds",
    "Screen Share Duration In Seconds",
    "Has Other Action",
    "Is Licensed",
    "Report Period",
)

PERIOD = 30  # days up to and including the refresh date

PARTNERS = ("kyoei-parts.example", "minato-steel.example", "tokai-logi.example")
SERVICES = ("svc-backup", "svc-workflow", "fax-soumu", "room-honsha-3f", "room-plant-1f", "signage")

Row = dict[str, str | int]


class Account(Struct, frozen=True):
    """One line of the report before a month's activity."""

    key: str
    """What the account's draws belong to; survives a change of spelling."""
    address: str
    products: str = ""
    deleted: date | None = None

    @property
    def user_id(self) -> str:
        hexadecimal = "".join(f"{int(part * 2**32):08x}" for part in draws(4, "user id", self.key))
        return "-".join(hexadecimal[a:b] for a, b in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))


def files(people: tuple[Person, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every monthly file."""
    last_seen: dict[str, date] = {}
    for month in MONTHS:
        closed = frozenset(person.number for person in people if _deleted_by(person, last_day(month)))
        senders = taking_part(people, month, "chat", CHAT, without=closed)
        rows = [row for person in people for row in _rows(person, person.number in senders, month, last_seen)]
        rows += [_row(guest, month, last_seen, chance(guest.key, month) < 0.5) for guest in _guests()]
        rows += [_row(service, month, last_seen, service.key < "s") for service in _services()]
        rows.sort(key=lambda row: str(row["User Id"]))
        yield f"TeamsUserActivityUserDetail_{month:%Y-%m}.csv", _csv(rows)


def _csv(rows: list[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _rows(person: Person, sends: bool, month: date, last_seen: dict[str, date]) -> Iterator[Row]:
    """Yield the line of one person, none outside their time, two if the account was created anew this month."""
    end = last_day(month)
    deleted = _deletion(person)
    if person.posts[0].first > end or (deleted and deleted <= end - timedelta(days=PERIOD)):
        return
    if deleted and deleted > end:
        deleted = None
    account = Account(person.number, _address(person), _products(person), deleted)
    post = person.main_post(end)
    if post is None or post.employment not in STAFF or deleted:  # outside the count, yet not silent
        sends = readiness(person, "chat", month) > 0.7
    yield _row(account, month, last_seen, sends)
    if chance("created anew", person.number) < 0.002 and pick(MONTHS, "anew", person.number) == month:
        old = Account(f"{person.number}-old", account.address, account.products, business_days(month)[5])
        yield _row(old, month, {}, sends=True)


def _deletion(person: Person) -> date | None:
    """Return the day the account was closed: mostly the day after leaving, sometimes already the last day."""
    if person.last is None:
        return None
    return person.last + timedelta(days=0 if chance("closed early", person.number) < 0.25 else 1)


def _deleted_by(person: Person, day: date) -> bool:
    deleted = _deletion(person)
    return deleted is not None and deleted <= day


def _address(person: Person) -> str:
    """Return the mail address as the directory spells it: `Yuki.Sato@…` or all capitals for some."""
    spelling = chance("spelling", person.number)
    if spelling < 0.02:
        return person.mail.upper()
    return person.mail.split("@")[0].title() + "@" + DOMAIN if spelling < 0.08 else person.mail


def _products(person: Person) -> str:
    plant = person.posts[-1].department.startswith("manufacturing") or person.posts[-1].employment not in STAFF
    phone = "+MICROSOFT TEAMS PHONE STANDARD" if chance("phone", person.number) < 0.1 else ""
    if chance("unlicensed", person.number) < 0.004:
        return ""
    return "MICROSOFT 365 F3" if plant else "MICROSOFT 365 E3" + phone


def _guests() -> Iterator[Account]:
    for number in range(24):
        partner = pick(PARTNERS, "partner", number)
        yield Account(f"guest-{number}", f"contact{number:02d}_{partner}#EXT#@{DOMAIN}")


def _services() -> Iterator[Account]:
    for name in SERVICES:
        yield Account(name, f"{name}@{DOMAIN}", "MICROSOFT TEAMS ROOMS STANDARD" if name.startswith("room") else "")


def _row(account: Account, month: date, last_seen: dict[str, date], sends: bool) -> Row:
    end = last_day(month)
    messages = _messages(account, month) if sends else dict.fromkeys(_MESSAGES, 0)
    kind = chance("kind", account.key, month)
    meets = (sends and kind < 0.8) or (not sends and kind < 0.3 and account.products != "")
    meetings = _meetings(account, month) if meets else _no_meetings()
    calls = int(12 * chance("calls", account.key, month)) if meets else 0
    other = (sends and kind < 0.7) or (not sends and 0.25 < kind < 0.4)
    if sends or meets or other:
        working = [day for day in business_days(month) if account.deleted is None or day <= account.deleted]
        recent = [day for day in working if day > end - timedelta(days=PERIOD)][-8:]
        last_seen[account.key] = pick(recent or [month], "last activity", account.key, month)
    seen = last_seen.get(account.key)
    return {
        "Report Refresh Date": f"{end}",
        "Tenant Display Name": TENANT,
        "Shared Channel Tenant Display Names": "Kyoei Parts, Inc." if sends and kind < 0.02 else "",
        "User Id": account.user_id,
        "User Principal Name": account.address,
        "Last Activity Date": f"{seen}" if seen else "",
        "Is Deleted": "True" if account.deleted else "False",
        "Deleted Date": f"{account.deleted}" if account.deleted else "",
        "Assigned Products": account.products,
        **messages,
        "Call Count": calls,
        **meetings,
        "Has Other Action": "Yes" if other else "No",
        "Is Licensed": "Yes" if account.products else "No",
        "Report Period": PERIOD,
    }


_MESSAGES = (
    "Team Chat Message Count",
    "Private Chat Message Count",
    "Post Messages",
    "Reply Messages",
    "Urgent Messages",
)


def _messages(account: Account, month: date) -> Row:
    """Return the messages of somebody who sent at least one; one sender in twelve only posts in channels."""
    where, team, private, post, reply, urgent = draws(6, "messages", account.key, month)
    channels_only = where < 0.08
    return {
        "Team Chat Message Count": 0 if channels_only else int(60 * team**2),
        "Private Chat Message Count": 0 if channels_only else 1 + int(180 * private**2),
        "Post Messages": int(6 * post**3) + channels_only,
        "Reply Messages": int(14 * reply**2),
        "Urgent Messages": int(urgent > 0.97),
    }


_KINDS = ("Ad Hoc Meetings", "Scheduled One-time Meetings", "Scheduled Recurring Meetings")


def _meetings(account: Account, month: date) -> Row:
    """Return a month's meetings; the total counts a few that the vendor leaves out of the three kinds."""
    values: Row = {}
    organized = attended = 0
    for kind in _KINDS:
        some, more = draws(2, kind, account.key, month)
        values[f"{kind} Organized Count"], values[f"{kind} Attended Count"] = int(3 * some**2), int(9 * more)
        organized, attended = organized + int(3 * some**2), attended + int(9 * more)
    attended += 1 + int(2 * chance("unclassified", account.key, month))
    heard, seen, shared = draws(3, "durations", account.key, month)
    audio = int(attended * (900 + 1800 * heard))
    seconds = {"Audio": audio, "Video": int(audio * seen / 2), "Screen Share": int(audio * shared / 5)}
    values |= {"Meeting Count": attended, "Meetings Organized Count": organized, "Meetings Attended Count": attended}
    return values | _durations(seconds)


def _no_meetings() -> Row:
    values: Row = {f"{kind} {role} Count": 0 for kind in _KINDS for role in ("Organized", "Attended")}
    values |= {"Meeting Count": 0, "Meetings Organized Count": 0, "Meetings Attended Count": 0}
    return values | _durations({"Audio": 0, "Video": 0, "Screen Share": 0})


def _durations(seconds: dict[str, int]) -> Row:
    """Return each duration twice, as `PT1H2M3S` and in seconds."""
    values: Row = {}
    for kind, total in seconds.items():
        parts = ((total // 3600, "H"), (total // 60 % 60, "M"), (total % 60, "S"))
        values[f"{kind} Duration"] = "PT" + ("".join(f"{n}{unit}" for n, unit in parts if n) or "0S")
        values[f"{kind} Duration In Seconds"] = total
    return values
