"""An independent oracle for the demo's figures.

It recomputes numerators and denominators from the raw export files with nothing but the standard library, and
shares no code with `generator/`: where the newsletter's figures and these differ, one of the two has a bug.
It is slow and simple on purpose and holds everything in memory. Definitions (a person is a mail address,
compared without case; a department is the one on the month's last day):

- denominator: 主務 rows of the roster with 正社員, 契約社員 or 嘱託 and 在籍, valid on the month's last day;
  for Slack only in research, design and production-engineering
- `chat_active_rate`: those with at least one chat message, post or reply in the month's Teams file, in a row
  that is not deleted
- `slack_active_rate`: those active on at least one day of the month, guests apart
- `one_on_one_rate`: those whose last answer for the month is はい

Four figures divide by something else than the headcount (`other_figures`):

- `chat_retention`: of those active in the Teams file of the month before, those active in this month's
- `slack_stickiness`: days of people active on business days, of all business days of those active in the month
- `chat_overlap`: of those active in Slack or Teams, those active in both
- `recommendation`: those whose last answer is 9 or 10, and against them those whose last answer is 0 to 6
"""

from __future__ import annotations

import csv
import gzip
import json
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

Key = tuple[str, str, str | None]
"""Metric, month as `2026-10`, department (None: the company)."""

EXPORTS = Path(__file__).parents[2] / "content" / "data" / "exports"

ENGINEERING = frozenset({"research", "design", "production-engineering"})


def figures(exports: Path = EXPORTS) -> dict[Key, tuple[int, int]]:
    """Return (numerator, denominator) of every metric, month and department; months without a file are absent."""
    roster = _read(exports / "hr_roster.csv", "cp932")
    result: dict[Key, tuple[int, int]] = {}
    for metric, months in (
        ("chat_active_rate", _chat(exports)),
        ("slack_active_rate", _slack(exports)),
        ("one_on_one_rate", _one_on_one(exports)),
    ):
        for month, active in months.items():
            people = _eligible(roster, month)
            if metric == "slack_active_rate":
                people = {mail: place for mail, place in people.items() if place in ENGINEERING}
            for department in {*people.values(), None}:
                members = {mail for mail, place in people.items() if department in (place, None)}
                result[metric, month, department] = (len(members & active), len(members))
    return result


class Counts(NamedTuple):
    """What a figure that is no share of the headcount is made of."""

    numerator: int
    denominator: int
    against: int
    groups: tuple[int, ...]
    """Sizes of the groups of people that may not be small."""
    headcount: int


CLOSED = {
    *("2025-11-03", "2025-11-24", "2025-12-29", "2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02", "2026-01-12"),
    *("2026-02-11", "2026-02-23", "2026-03-20", "2026-04-29", "2026-05-04", "2026-05-05", "2026-05-06", "2026-07-20"),
    *("2026-08-11", "2026-08-12", "2026-08-13", "2026-08-14", "2026-09-21", "2026-09-22", "2026-09-23", "2026-10-12"),
}
"""Weekdays on which the company rests: national holidays, year-end, お盆."""


def other_figures(exports: Path = EXPORTS) -> dict[Key, Counts]:
    """Return the counts of every figure that is no share of the headcount; months without a file are absent."""
    roster = _read(exports / "hr_roster.csv", "cp932")
    chat, daily = _chat(exports), _slack_days(exports)
    result: dict[Key, Counts] = {}
    for before, month in zip(sorted(chat), sorted(chat)[1:], strict=False):
        everybody = set(_eligible(roster, month))
        was = everybody & chat[before]
        stayed = len(was & chat[month])
        rest = (stayed, len(was) - stayed, len(everybody) - len(was))
        result["chat_retention", month, None] = Counts(stayed, len(was), 0, rest, len(everybody))
    for month, days in daily.items():
        places = {mail: place for mail, place in _eligible(roster, month).items() if place in ENGINEERING}
        for department in {*ENGINEERING, None}:
            members = {mail for mail, place in places.items() if department in (place, None)}
            result["slack_stickiness", month, department] = _stickiness(days, members)
            result["chat_overlap", month, department] = _overlap(set().union(*days.values()), chat[month], members)
    for month, scores in _scores(exports).items():
        everybody = set(_eligible(roster, month))
        given = [score for mail, score in scores.items() if mail in everybody and score is not None]
        promoters, detractors = sum(score >= 9 for score in given), sum(score <= 6 for score in given)
        groups = (promoters, detractors, len(given))
        result["recommendation", month, None] = Counts(promoters, len(given), detractors, groups, len(everybody))
    return result


def in_roster(month: str, exports: Path = EXPORTS) -> int:
    """Everybody in the roster on the last day of `month`, eligible or not."""
    year, number = map(int, month.split("-"))
    end = f"{year}/{number:02d}/{monthrange(year, number)[1]}"
    rows = _read(exports / "hr_roster.csv", "cp932")
    return len(
        {r["社員番号"] for r in rows if r["適用開始日"] <= end and (not r["適用終了日"] or end <= r["適用終了日"])}
    )


def _stickiness(days: dict[str, set[str]], members: set[str]) -> Counts:
    users = members & set().union(*days.values())
    business = [d for d in days if date.fromisoformat(d).weekday() < 5 and d not in CLOSED]
    there = {mail: sum(mail in days[day] for day in business) for mail in users}
    missed = sum(number < len(business) for number in there.values())
    return Counts(sum(there.values()), len(business) * len(users), 0, (len(users), missed), len(members))


def _overlap(one: set[str], other: set[str], members: set[str]) -> Counts:
    both, either = len(members & one & other), len(members & (one | other))
    return Counts(both, either, 0, (both, either - both, len(members) - either), len(members))


def _read(path: Path, encoding: str) -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def _eligible(roster: list[dict[str, str]], month: str) -> dict[str, str]:
    """Return mail → department on the last day of `month`."""
    year, number = map(int, month.split("-"))
    end = date(year, number, monthrange(year, number)[1])
    people: dict[str, str] = {}
    for row in roster:
        first = datetime.strptime(row["適用開始日"], "%Y/%m/%d").date()  # noqa: DTZ007 (a day, not a moment)
        until = row["適用終了日"]
        last = datetime.strptime(until, "%Y/%m/%d").date() if until else date.max  # noqa: DTZ007
        kind = (row["主務区分"], row["在籍区分"])
        if kind == ("主務", "在籍") and row["雇用区分"] in ("正社員", "契約社員", "嘱託") and first <= end <= last:
            mail = row["メールアドレス"].lower()
            assert mail not in people, f"{mail} has two main posts on {end}"
            people[mail] = row["所属コード"]
    return people


def _chat(exports: Path) -> dict[str, set[str]]:
    counts = ("Team Chat Message Count", "Private Chat Message Count", "Post Messages", "Reply Messages")
    months: dict[str, set[str]] = {}
    for path in sorted(exports.glob("teams/TeamsUserActivityUserDetail_*.csv")):
        months[path.stem[-7:]] = {
            row["User Principal Name"].lower()
            for row in _read(path, "utf-8-sig")
            if row["Is Deleted"].lower() != "true" and sum(int(row[count]) for count in counts) > 0
        }
    return months


def _slack(exports: Path) -> dict[str, set[str]]:
    return {month: set().union(*days.values()) for month, days in _slack_days(exports).items()}


def _slack_days(exports: Path) -> dict[str, dict[str, set[str]]]:
    """Month → day → who was active."""
    months: dict[str, dict[str, set[str]]] = {}
    for path in sorted(exports.glob("slack/slack_member_analytics_*.json.gz")):
        day = path.name[23:33]
        months.setdefault(day[:7], {})[day] = {
            str(member["email_address"]).lower()
            for member in _members(path)
            if member["is_active"] is True and member["is_guest"] is False
        }
    return months


def _scores(exports: Path) -> dict[str, dict[str, int | None]]:
    """Month → mail → the last answer; None where it was left empty."""
    months: dict[str, dict[str, int | None]] = {}
    rows = _read(exports / "pulse_survey.csv", "utf-8-sig")
    for row in sorted(rows, key=lambda row: int(row["ID"])):
        typed = row["この会社で働くことを親しい人に勧めますか（0〜10）"]
        months.setdefault(row["回答月"], {})[row["メール"].lower()] = int(typed) if typed else None
    return months


def _members(path: Path) -> Iterator[dict[str, str | bool]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def _one_on_one(exports: Path) -> dict[str, set[str]]:
    answers: dict[tuple[str, str], str] = {}
    rows = _read(exports / "one_on_one_survey.csv", "utf-8-sig")
    for row in sorted(rows, key=lambda row: (row["完了時刻"], int(row["ID"]))):  # the last answer wins
        answers[row["回答月"], row["メール"].lower()] = row["今月1on1を実施しましたか"]
    months: dict[str, set[str]] = {month: set() for month, _ in answers}
    for (month, mail), answer in answers.items():
        if answer == "はい":
            months[month].add(mail)
    return months
