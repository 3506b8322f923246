"""Who works at the demo company, and how that changed over the twelve months.

The roster is built backwards: each department gets its people of 2026-10, who are given a past (joined, moved,
came back from leave); then come those who are in the files but no longer, or never, in the count: leavers,
people on leave, dispatched staff.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from generator.demo.chance import chance, pick
from generator.demo.company import BEFORE_REORGANISATION, DEPARTMENTS, DOMAIN, FOUNDED, MERGED, Department
from generator.demo.days import MONTHS, REORGANISATION, last_day
from generator.demo.names import FAMILY, GIVEN

STAFF = frozenset({"正社員", "契約社員", "嘱託"})
SMALL = 10
"""Departments below this size stay as they are: one mover among four people would be recognisable."""


class Post(Struct, frozen=True):
    """One row of the roster: where somebody stood from `first` to `last`, both included."""

    department: str
    first: date
    last: date | None = None
    employment: str = "正社員"
    standing: str = "在籍"
    duty: str = "主務"

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


class Person(Struct, frozen=True):
    """An invented person with every post held, oldest first."""

    number: str
    """社員番号: two digits of the year of entry and a serial number, e.g. `050123`."""
    name: str
    mail: str
    posts: tuple[Post, ...]

    @property
    def last(self) -> date | None:
        """The last day at the company, None while there is none."""
        ends = [post.last for post in self.posts]
        return None if None in ends else max(end for end in ends if end)

    def main_post(self, day: date) -> Post | None:
        return next((post for post in self.posts if post.duty == "主務" and post.covers(day)), None)

    def eligible_department(self, day: date) -> str | None:
        """Return the department in whose denominator this person stands on `day`."""
        post = self.main_post(day)
        if post is None or post.employment not in STAFF or post.standing != "在籍":
            return None
        return post.department


def everyone() -> tuple[Person, ...]:
    """Return all people of the demo, always the same and in the same order."""
    people = []
    spellings: dict[str, int] = {}
    for serial, posts in enumerate(_histories(), start=1):
        (family, family_latin), (given, given_latin) = pick(FAMILY, "family", serial), pick(GIVEN, "given", serial)
        local = f"{family_latin}.{given_latin}"
        spellings[local] = spellings.get(local, 0) + 1
        namesake = str(spellings[local]) if spellings[local] > 1 else ""
        number = f"{_entry_year(posts[0], serial) % 100:02d}{serial:04d}"
        people.append(Person(number, f"{family}　{given}", f"{local}{namesake}@{DOMAIN}", posts))
    return tuple(people)


def _entry_year(first: Post, serial: int) -> int:
    """Return the year of entry: that of the first post if it began in these months, else up to 30 years earlier."""
    return first.first.year - (0 if first.first >= MONTHS[0] else int(30 * chance("entry", serial)))


def _histories() -> Iterator[tuple[Post, ...]]:
    for department in DEPARTMENTS:
        for place in range(department.headcount):
            posts = _settled(department, place) if department.headcount < SMALL else _stayer(department, place)
            yield (*posts, _CONCURRENT) if (department.id, place) == _CONCURRENT_HOLDER else posts
    for department in DEPARTMENTS:
        if department.headcount >= SMALL:
            yield from (_leaver(department, place) for place in range(round(0.035 * department.headcount)))
            yield from (_on_leave(department, place) for place in range(round(0.012 * department.headcount)))
            yield from (_dispatched(department, place) for place in range(_dispatched_count(department)))


_CONCURRENT_HOLDER = ("information-systems", 0)
_CONCURRENT = Post("corporate-planning", date(2025, 4, 1), duty="兼務")
"""The one concurrent post: counting rows instead of 主務 would count this person twice."""


def _settled(department: Department, place: int) -> tuple[Post, ...]:
    """Return the history of somebody who has been here all along (through the merger, in 購買物流部)."""
    years = int(10 * chance("posted", department.id, place))
    share = chance("employment", department.id, place)
    employment = "正社員" if share < 0.86 else "契約社員" if share < 0.95 else "嘱託"
    here = Post(department.id, FOUNDED.replace(year=FOUNDED.year + years), employment=employment)
    if department.first <= FOUNDED:
        return (here,)
    before = MERGED[0] if place < MERGED[0].headcount else MERGED[1]
    return _becoming(replace(here, department=before.id), REORGANISATION, here)


def _stayer(department: Department, place: int) -> tuple[Post, ...]:
    """Return the history of one of the eligible people of 2026-10; about one in ten has something to tell."""
    fate = chance("fate", department.id, place)
    posts = _settled(department, place)
    month = pick(MONTHS[1:], "month", department.id, place)
    if fate < 0.03:  # new graduate
        return (Post(department.id, REORGANISATION),)
    if fate < 0.045:  # hired in mid-career
        return (replace(posts[-1], first=max(month, department.first), employment="正社員"),)
    if fate < 0.065:  # transferred on 4/1
        origin = _origin(department, place)
        return _becoming(replace(posts[0], department=origin), REORGANISATION, posts[-1])
    if fate < 0.075:  # four months of leave, then back
        start = int(7 * chance("away", department.id, place))
        *earlier, away = _going_on_leave(posts, MONTHS[start])
        return (*earlier, *_becoming(away, MONTHS[start + 4], posts[-1]))
    if fate < 0.083 and len(posts) == 1:  # retired at sixty and employed again
        return _becoming(replace(posts[0], employment="正社員"), REORGANISATION, replace(posts[0], employment="嘱託"))
    return posts


def _origin(department: Department, place: int) -> str:
    """Return the department somebody moved from; large departments send more people."""
    candidates = [
        other.id
        for other in (*DEPARTMENTS, *MERGED)
        for _ in range(other.headcount)
        if other.id != department.id and other.headcount >= SMALL and other.first <= FOUNDED
    ]
    return pick(candidates, "origin", department.id, place)


def _leaver(department: Department, place: int) -> tuple[Post, ...]:
    """Return the history of somebody who left: at a month's end as a rule, some on a 15th."""
    month = pick(MONTHS[:-1], "left", department.id, place)
    way = chance("leaving", department.id, place)
    end = BEFORE_REORGANISATION if way < 0.3 else month.replace(day=15) if way < 0.5 else last_day(month)
    posts = _settled(department, place + department.headcount)
    kept = [post for post in posts if post.first <= end]
    return (*kept[:-1], replace(kept[-1], last=end))


def _on_leave(department: Department, place: int) -> tuple[Post, ...]:
    """Return the history of somebody who is on leave today."""
    posts = _settled(department, place + 2 * department.headcount)
    return _going_on_leave(posts, pick(MONTHS, "leave", department.id, place))


def _going_on_leave(posts: tuple[Post, ...], day: date) -> tuple[Post, ...]:
    """Return `posts` with the last one interrupted by leave from `day`, or from its own beginning if later."""
    day = max(day, posts[-1].first)
    return (*posts[:-1], *_becoming(posts[-1], day, replace(posts[-1], standing="休職")))


def _dispatched_count(department: Department) -> int:
    plant = department.parent_id in {"production-division", "engineering-division"}
    return round((0.08 if plant else 0.03) * department.headcount)


def _dispatched(department: Department, place: int) -> tuple[Post, ...]:
    """Return the contract of a dispatched worker; some ended with the fiscal year, some began after it."""
    way = chance("dispatched", department.id, place)
    old = _settled(department, place + 3 * department.headcount)[0].department
    if way < 0.15:
        return (Post(old, date(2025, 4, 1), BEFORE_REORGANISATION, "派遣"),)
    if way < 0.35 or department.first > FOUNDED:
        return (Post(department.id, REORGANISATION, employment="派遣"),)
    return (Post(department.id, date(2025, 4, 1), employment="派遣"),)


def _becoming(before: Post, day: date, after: Post) -> tuple[Post, ...]:
    """Return `before` cut ahead of `day` and `after` from then on; only `after` if `before` began no earlier."""
    after = replace(after, first=day, last=None)
    return (after,) if before.first >= day else (replace(before, last=day - timedelta(days=1)), after)
