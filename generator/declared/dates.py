"""What is wrong with a date, and how it should be written."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from generator.model.finding import Text

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_ERA_DATE = re.compile(r"(令和|平成|昭和)\s*(\d{1,2}|元)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?")
_JAPANESE_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?")
_LOOSE_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_TIMED = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt ].+")
_LOOSE_MOMENT = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[Tt ]+(\d{1,2}):(\d{2})(?::\d{2})?\s*([+-]\d{2}:?[0-5]\d|[Zz])?)?"
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９／－：", "0123456789/-:")

EXAMPLE_DATE = "2026-04-01"
# Without a zone a time is the site's own; what is proposed must not move a moment to another place.
EXAMPLE_MOMENT = "2026-11-25T09:00"


def explain_date(typed: str) -> tuple[Text, Text]:
    """Why `typed` is no date (as the end of a sentence), and what to write."""
    plain = typed.translate(_FULL_WIDTH).strip()
    if timed := _TIMED.fullmatch(plain):
        return Text("ここには時刻を書けません", "no time of day belongs here"), _write(timed[1])
    parts = _parts(plain)
    if parts is None:
        return Text("日付として読めません", "this is not a date"), _write(EXAMPLE_DATE)
    year, month, day = parts
    if impossible := _impossible(year, month):
        return impossible, _write(EXAMPLE_DATE)
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        return (
            Text(f"{year}年{month}月は{last}日までです", f"{year}-{month:02d} ends on day {last}"),
            Text(
                f"正しい日付を `{EXAMPLE_DATE}` の形で書いてください",
                f"write a date that exists, like `{EXAMPLE_DATE}`",
            ),
        )
    return Text("日付の書き方が違います", "the date is written in another form"), _write(
        f"{year:04d}-{month:02d}-{day:02d}"
    )


def explain_moment(typed: str) -> tuple[Text, Text]:
    """Why `typed` is no date with time (as the end of a sentence), and what to write."""
    match = _LOOSE_MOMENT.fullmatch(typed.translate(_FULL_WIDTH).strip())
    if match is None:
        return Text("日時として読めません", "this is not a date with time"), _write(EXAMPLE_MOMENT)
    offset = match[6] or ""
    zone = offset if ":" in offset or offset in "Zz" else f"{offset[:3]}:{offset[3:]}"
    day = f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
    form = f"{day}T{int(match[4] or 9):02d}:{match[5] or '00'}{zone.upper()}"
    try:
        dt.datetime.fromisoformat(form)
    except ValueError:
        return Text("ありえない日時です", "no such moment exists"), _write(EXAMPLE_MOMENT)
    if match[4] is None:
        return Text("時刻がありません", "the time of day is missing"), _write(form)
    return Text("日時の書き方が違います", "the moment is written in another form"), _write(form)


def _write(form: str) -> Text:
    return Text(f"`{form}` の形で書いてください", f"write it like `{form}`")


def _parts(plain: str) -> tuple[int, int, int] | None:
    """Year, month and day as somebody may have meant them."""
    if era := _ERA_DATE.fullmatch(plain):
        count = 1 if era[2] == "元" else int(era[2])
        return _ERAS[era[1]] + count, int(era[3]), int(era[4])
    match = _JAPANESE_DATE.fullmatch(plain) or _LOOSE_DATE.fullmatch(plain)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def _impossible(year: int, month: int) -> Text | None:
    if not 1 <= month <= 12:
        return Text(f"{month}月はありません", f"there is no month {month}")
    if year < 1:
        return Text("その年はありません", "there is no such year")
    return None
