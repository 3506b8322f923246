"""Who makes up the numerators: for each month as many eligible people as the company's course says.

Habits stick: everybody has a readiness of their own, and the readiest of a department take part, with a little
unrest from month to month. So a department that grows from 60 to 66 % keeps almost all of its 60.
"""

from collections.abc import Iterable
from datetime import date

from generator.demo.chance import chance
from generator.demo.company import Course, expected
from generator.demo.days import last_day
from generator.demo.people import Person

UNREST = 0.12
"""How much of a month's order is chance, beside a readiness between 0 and 1."""


def readiness(person: Person, topic: str, month: date) -> float:
    """Return how inclined somebody is to take part in a month; only the order of these numbers means something."""
    return chance(topic, person.number) + UNREST * chance(topic, person.number, month)


def eligible(people: Iterable[Person], month: date) -> dict[str, list[Person]]:
    """Return the eligible people on the month's last day, by department."""
    departments: dict[str, list[Person]] = {}
    for person in people:
        if department := person.eligible_department(last_day(month)):
            departments.setdefault(department, []).append(person)
    return departments


def taking_part(
    people: Iterable[Person],
    month: date,
    topic: str,
    course: Course,
    without: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """Return the numbers of the eligible people who take part in `topic` in a month; those in `without` never do.

    Departments that `course` does not name take no part in the topic at all.
    """
    chosen: list[str] = []
    for department, members in eligible(people, month).items():
        if department in course:
            wanted = (expected(course, department, month) * len(members) + 50) // 100
            candidates = [person for person in members if person.number not in without]
            candidates.sort(key=lambda person: (-readiness(person, topic, month), person.number))
            chosen += (person.number for person in candidates[:wanted])
    return frozenset(chosen)
