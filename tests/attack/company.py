"""A company over twenty-four months: people join, leave, move, departments merge and split, rows arrive late.

Written as exports into a site of its own, month by month, with the truth kept beside.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from generator.model.period import Month
from tests.attack.published import COMPANY, Cell

FIRST = Month(2024, 11)
METRIC = "chat_active_rate"
MIN_GROUP = 10
_SMALL_SITE = Path(__file__).parents[1] / "sites" / "good" / "small"
_SIZES = {
    "audit": 4,
    "legal": 9,
    "planning": 14,
    "purchasing": 17,
    "logistics": 19,
    "accounting": 23,
    "general-affairs": 31,
    "quality": 38,
    "design": 46,
    "sales": 61,
    "manufacturing-1": 88,
    "manufacturing-2": 120,
}
_MERGED, _PARTS, _MERGER = "supply", ("purchasing", "logistics"), FIRST.plus(11)
_SPLIT_OFF, _FROM, _SPLIT = "service", "sales", FIRST.plus(17)


@dataclass(frozen=True)
class Person:
    """One span of a person in a department, both ends included."""

    number: str
    department: str
    since: Month
    until: Month | None
    eagerness: float
    entered: Month
    """The month in which the roster first knew of it: a joiner is sometimes entered a month late."""

    def is_there(self, month: Month) -> bool:
        return self.since <= month and (self.until is None or month <= self.until)


@dataclass
class Company:
    """All people and what they did; the same for the same seed."""

    seed: int
    months: int = 24
    people: list[Person] = field(default_factory=list)
    active: dict[Month, set[str]] = field(default_factory=dict)
    late: dict[Month, set[str]] = field(default_factory=dict)
    """Rows of a month that arrive only with the next one."""

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311 -- a company to try, no secret
        self._hired = 0
        for department, size in _SIZES.items():
            for _ in range(size):
                self._hire(department, FIRST, FIRST)
        for month in (FIRST.plus(number) for number in range(self.months)):
            if month != FIRST:
                self._move(month)
            self._work(month)

    def departments(self, month: Month) -> list[str]:
        return sorted({p.department for p in self.people if p.is_there(month)})

    def truth(self, release: Month) -> dict[Cell, tuple[int, int]]:
        """People who did it and people who could have, for every cell that the release of a month counts."""
        counts: dict[Cell, tuple[int, int]] = {}
        for month in (FIRST.plus(number) for number in range(self.months)):
            if month > release:
                break
            there = [p for p in self.people if p.is_there(month) and p.entered <= release]
            active = self._known_active(month, release)
            for department in sorted({p.department for p in there}):
                own = [p.number for p in there if p.department == department]
                counts[METRIC, str(month), department] = (sum(n in active for n in own), len(own))
            counts[METRIC, str(month), COMPANY] = (sum(p.number in active for p in there), len(there))
        return counts

    def write(self, site: Path, release: Month) -> None:
        """The site as it stands when the figures of `release` have come in."""
        data = site / "content" / "data"
        (data / "sample").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_SMALL_SITE / "mkdocs.yml", site / "mkdocs.yml")
        for name in ("sources.yml", "metrics.yml"):
            shutil.copyfile(_SMALL_SITE / "content" / "data" / name, data / name)
        (data / "departments.csv").write_text("\n".join([*self._departments()]) + "\n", encoding="utf-8")
        (data / "sample" / "roster.csv").write_text("\n".join(self._roster(release)) + "\n", encoding="utf-8")
        (data / "sample" / "usage.csv").write_text("\n".join(self._usage(release)) + "\n", encoding="utf-8")

    def _hire(self, department: str, since: Month, entered: Month) -> None:
        self._hired += 1
        eager = self._chance.choice((0.05, 0.5, 0.9, 0.98)) if department == "legal" else self._chance.random()
        self.people.append(Person(f"E{self._hired:05d}", department, since, None, eager, entered))

    def _move(self, month: Month) -> None:
        """Joiners, leavers, transfers and reorganisations at the start of a month."""
        before = month.plus(-1)
        for index, person in enumerate(list(self.people)):
            if person.until is not None:
                continue
            target = person.department
            if month == _MERGER and target in _PARTS:
                target = _MERGED
            elif month == _SPLIT and target == _FROM and self._chance.random() < 0.4:
                target = _SPLIT_OFF
            elif self._chance.random() < 0.01:
                target = self._chance.choice(self.departments(before))
            leaves = self._chance.random() < 0.008
            if leaves or target != person.department:
                self.people[index] = replace(person, until=before)
                if not leaves and not (month >= _MERGER and target in _PARTS):
                    self.people.append(replace(person, department=target, since=month, entered=month))
                elif not leaves:
                    self.people.append(replace(person, department=_MERGED, since=month, entered=month))
        for department in self.departments(month):
            if self._chance.random() < 0.25:
                late = self._chance.random() < 0.3
                self._hire(department, month, month.plus(1) if late else month)

    def _work(self, month: Month) -> None:
        age = (month.year - FIRST.year) * 12 + month.month - FIRST.month
        there = [p for p in self.people if p.is_there(month)]
        self.active[month] = {p.number for p in there if self._chance.random() < min(0.97, p.eagerness + age * 0.025)}
        self.late[month] = {n for n in sorted(self.active[month]) if self._chance.random() < 0.004}

    def _known_active(self, month: Month, release: Month) -> set[str]:
        return self.active[month] - (self.late[month] if month == release else set())

    def _departments(self) -> Iterator[str]:
        yield "department_id,name,parent_id,valid_from,valid_to,successor_id,order"
        merged, split = _MERGER.first_day, _SPLIT.first_day
        for order, name in enumerate([*_SIZES, _MERGED, _SPLIT_OFF]):
            since = {_MERGED: merged, _SPLIT_OFF: split}.get(name, date(2016, 4, 1))
            until = str(merged - timedelta(days=1)) if name in _PARTS else ""
            yield f"{name},{name}部,,{since},{until},{_MERGED if name in _PARTS else ''},{order}"

    def _roster(self, release: Month) -> Iterator[str]:
        yield "社員番号,メールアドレス,所属コード,雇用区分,適用開始日,適用終了日"
        for p in self.people:
            if p.since <= release and p.entered <= release:
                until = p.until.last_day if p.until is not None and p.until < release else ""
                yield f"{p.number},,{p.department},正社員,{p.since.first_day},{until}"

    def _usage(self, release: Month) -> Iterator[str]:
        yield "月,社員番号,投稿数"
        for month in sorted(self.active):
            if month <= release:
                known = {p.number for p in self.people if p.is_there(month) and p.entered <= release}
                for number in sorted(self._known_active(month, release) & known):
                    yield f"{month},{number},3"


def releases(company: Company) -> Iterator[Month]:
    """The months whose figures are published, oldest first."""
    return (FIRST.plus(number) for number in range(company.months))
