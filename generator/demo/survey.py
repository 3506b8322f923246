"""The monthly 1on1 survey as Microsoft Forms exports it: one row an answer, in the order they came in.

Traps on purpose: somebody who answers a month twice (the last answer counts, and counts once), answers that
come in early in the next month, people outside the count, remarks with commas, quotes and line breaks.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from generator.demo.adoption import taking_part
from generator.demo.chance import chance, draws, pick
from generator.demo.company import ONE_ON_ONE, SURVEY_START
from generator.demo.days import MONTHS, last_day
from generator.demo.people import Person

COLUMNS = ("ID", "開始時刻", "完了時刻", "メール", "名前", "回答月", "今月1on1を実施しましたか", "よかったこと")

REMARKS = (
    "困りごとを早めに相談できた",
    "話す内容を前日に共有したら、短い時間でも深い話ができた",
    "目標の進み具合を確認できた。\n次回は異動の希望も話したい。",
    "良かった点: 上司が先に失敗談を話してくれた, 質問しやすかった",
    "「聞く」ことに集中してもらえた",
    "時間が15分では足りなかった",
    "作業の合間に現場を歩きながら話せた",
    '"最近どう?" から始まるので構えずに話せた',
    "評価の話と分けてもらえて安心した",
    "特になし",
)

Answer = tuple[datetime, datetime, Person, date, bool, str]
"""Begun, finished, who, the month answered for, yes or no, remark."""


def files(people: tuple[Person, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the one file."""
    answers = [answer for month in MONTHS if month >= SURVEY_START for answer in _month(people, month)]
    answers.sort(key=lambda answer: (answer[1], answer[2].number))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, (begun, finished, person, month, held, remark) in enumerate(answers, start=1):
        stamps = (f"{begun:%Y/%m/%d %H:%M:%S}", f"{finished:%Y/%m/%d %H:%M:%S}")
        reply = "はい" if held else "いいえ"
        writer.writerow((number, *stamps, person.mail, person.name, f"{month:%Y-%m}", reply, remark))
    yield "one_on_one_survey.csv", text.getvalue().encode("utf-8-sig")


def _month(people: tuple[Person, ...], month: date) -> Iterator[Answer]:
    """Yield a month's answers: everybody who held a 1on1 and about half of the others."""
    holding = taking_part(people, month, "1on1", ONE_ON_ONE)
    for person in people:
        if person.main_post(last_day(month)) is None:
            continue
        answering, outside, again, before = draws(4, "survey", person.number, month)
        counted = person.eligible_department(last_day(month)) is not None
        held = person.number in holding if counted else outside < 0.5
        if not held and answering > 0.5:
            continue
        if again < 0.04:
            yield _answer(person, month, before < 0.5, days=0)
        yield _answer(person, month, held, days=5)


def _answer(person: Person, month: date, held: bool, days: int) -> Answer:
    """Return an answer given in the five days that begin `days` after eight days before the month's end."""
    day, hour, minute, length = draws(4, "answer", person.number, month, days)
    opened = datetime.combine(last_day(month) - timedelta(days=8), time(8))
    begun = opened + timedelta(days=days + int(5 * day), hours=int(10 * hour), seconds=int(3600 * minute))
    remark = ""
    if held and chance("remark", person.number, month, days) < 0.12:
        remark = pick(REMARKS, "remark text", person.number, month, days)
    return begun, begun + timedelta(seconds=20 + int(280 * length)), person, month, held, remark
