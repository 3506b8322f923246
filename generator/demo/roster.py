"""The roster as the personnel system exports it: CP932, one row a person and validity interval."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from generator.demo.company import DEPARTMENTS, MERGED
from generator.demo.people import Person

COLUMNS = (
    "社員番号",
    "氏名",
    "メールアドレス",
    "所属コード",
    "所属名",
    "雇用区分",
    "在籍区分",
    "主務区分",
    "適用開始日",
    "適用終了日",
)


def files(people: tuple[Person, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the one file."""
    names = {department.id: department.name for department in (*DEPARTMENTS, *MERGED)}
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for person in sorted(people, key=lambda person: person.number):
        for post in person.posts:
            place = (post.department, names[post.department], post.employment, post.standing, post.duty)
            writer.writerow((person.number, person.name, person.mail, *place, _day(post.first), _day(post.last)))
    yield "hr_roster.csv", text.getvalue().encode("cp932")


def _day(day: date | None) -> str:
    """Return `2026/04/01`, or nothing for an interval that is still open."""
    return f"{day:%Y/%m/%d}" if day else ""
