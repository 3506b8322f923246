"""The monthly pulse survey as Microsoft Forms exports it: how far people would recommend the company, from 0 to 10.

Traps on purpose: answers left empty, somebody who answers a month twice (the last one counts), people outside the count.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from generator.demo.chance import chance, draws
from generator.demo.company import PULSE_START
from generator.demo.days import MONTHS, last_day
from generator.demo.people import Person

COLUMNS = (
    "ID",
    "開始時刻",
    "完了時刻",
    "メール",
    "名前",
    "回答月",
    "この会社で働くことを親しい人に勧めますか（0〜10）",
)

PROMOTERS = (19, 20, 22, 23, 25, 27)
DETRACTORS = (34, 33, 31, 28, 27, 24)
"""Percent of the answers, from the first month on: an eNPS from about −15 to +3."""

Answer = tuple[datetime, Person, date, int | None]
"""Finished, who, the month answered for, the score."""


def files(people: tuple[Person, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the one file."""
    months = [month for month in MONTHS if month >= PULSE_START]
    answers = [answer for place, month in enumerate(months) for answer in _month(people, month, place)]
    answers.sort(key=lambda answer: (answer[0], answer[1].number))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, (finished, person, month, score) in enumerate(answers, start=1):
        begun = finished - timedelta(seconds=40)
        stamps = (f"{begun:%Y/%m/%d %H:%M:%S}", f"{finished:%Y/%m/%d %H:%M:%S}")
        writer.writerow((number, *stamps, person.mail, person.name, f"{month:%Y-%m}", "" if score is None else score))
    yield "pulse_survey.csv", text.getvalue().encode("utf-8-sig")


def _month(people: tuple[Person, ...], month: date, place: int) -> Iterator[Answer]:
    """Yield a month's answers: a good half of everybody's."""
    for person in people:
        if person.main_post(last_day(month)) is None:
            continue
        answering, again, earlier = draws(3, "pulse", person.number, month)
        if answering > 0.58:
            continue
        if again < 0.03:
            yield _answer(person, month, int(11 * earlier), days=0)
        yield _answer(person, month, _score(person, month, place), days=5)


def _score(person: Person, month: date, place: int) -> int | None:
    """Return what somebody answers: moods last, with a little unrest from month to month."""
    unrest, within, empty = draws(3, "pulse score", person.number, month)
    if empty < 0.03:
        return None
    mood = (chance("mood", person.number) + 0.15 * unrest) / 1.15
    if mood < DETRACTORS[place] / 100:
        return 6 - int(4 * within**2)
    return 9 + int(2 * within) if mood >= 1 - PROMOTERS[place] / 100 else 7 + int(2 * within)


def _answer(person: Person, month: date, score: int | None, days: int) -> Answer:
    """Return an answer given in the five days that begin `days` after eight days before the month's end."""
    day, hour, minute = draws(3, "pulse answer", person.number, month, days)
    opened = datetime.combine(last_day(month) - timedelta(days=8), time(8))
    return (
        opened + timedelta(days=days + int(5 * day), hours=int(10 * hour), seconds=int(3600 * minute)),
        person,
        month,
        score,
    )
