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
"""

import csv
import gzip
import json
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

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
    months: dict[str, set[str]] = {}
    for path in sorted(exports.glob("slack/slack_member_analytics_*.json.gz")):
        active = months.setdefault(path.name[23:30], set())
        active |= {
            str(member["email_address"]).lower()
            for member in _members(path)
            if member["is_active"] is True and member["is_guest"] is False
        }
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
