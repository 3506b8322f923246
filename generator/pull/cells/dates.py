"""Days and months in the forms exports write them; each form is accepted only where it is declared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from generator.model.finding import Text
from generator.model.period import Month
from generator.pull.cells.eras import ERAS
from generator.pull.problems import BadCell, like


class Form(Struct, frozen=True):
    """How a day or a month is written."""

    written: str
    """A regular expression; most builds read no rows, and compile none."""
    example: str

    @property
    def pattern(self) -> re.Pattern[str]:
        return _compiled(self.written)


@cache
def _compiled(written: str) -> re.Pattern[str]:
    return re.compile(written, re.ASCII)


class Zones(Struct, frozen=True):
    """Where the clocks stand."""

    reported: ZoneInfo
    """The zone of the site, in which a moment falls on a day."""
    written: ZoneInfo | None = None
    """The zone of times that carry none. Without it their day stays as it is written."""


_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?(?: ?(?P<half>AM|PM|午前|午後))?"
_OFFSET = r"(?: ?(?P<offset>Z|UTC|GMT|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?))?"
_ERA_YEAR = r"(?P<era>令和|平成|昭和|大正|[RHST])\.?(?P<year>元|\d{1,2})[年./-](?P<month>\d{1,2})"

DATE_FORMS = {
    # Microsoft's beta reports write midnight UTC behind the day; it is the same day as without.
    "YYYY-MM-DD": Form(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:T00:00:00(?:\.0+)?Z)?", "2026-04-01"),
    "YYYY/MM/DD": Form(r"(?P<year>\d{4})/(?P<month>\d{2})/(?P<day>\d{2})", "2026/04/01"),
    "YYYY/M/D": Form(r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})", "2026/4/1"),
    "YYYYMMDD": Form(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})", "20260401"),
    "YYYY年M月D日": Form(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日", "2026年4月1日"),
    "M/D/YYYY": Form(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})", "4/1/2026"),
    "MMM D, YYYY": Form(r"(?P<name>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}), (?P<year>\d{4})", "Apr 1, 2026"),
    "YYYY-MM-DD hh:mm:ss": Form(
        rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})[T ]{_TIME}{_OFFSET}", "2026-04-01 09:00:00"
    ),
    "YYYY/M/D h:mm:ss": Form(
        rf"(?P<year>\d{{4}})/(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}}) {_TIME}{_OFFSET}", "2026/4/1 9:00:00"
    ),
    "M/D/YYYY h:mm:ss": Form(
        rf"(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/(?P<year>\d{{4}}) {_TIME}{_OFFSET}", "4/1/2026 9:00:00"
    ),
    "和暦": Form(rf"{_ERA_YEAR}[月./-](?P<day>\d{{1,2}})日?", "令和8年4月1日"),
}
MONTH_FORMS = {
    "YYYY-MM": Form(r"(?P<year>\d{4})-(?P<month>\d{2})", "2026-04"),
    "YYYY/MM": Form(r"(?P<year>\d{4})/(?P<month>\d{2})", "2026/04"),
    "YYYY年M月": Form(r"(?P<year>\d{4})年(?P<month>\d{1,2})月", "2026年4月"),
    "和暦": Form(rf"{_ERA_YEAR}月?", "令和8年4月"),
}
_NAMED = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH_OF_NAME = {form: n for n, name in enumerate(_NAMED, start=1) for form in (name, name[:3])}
_ERA = re.compile(r"(明治|大正|昭和|平成|令和|[MTSHR]\.?\s*[0-9０-９元])")
_SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?", re.ASCII)


def read_date(value: object, form: str, zones: Zones) -> date:
    """Read a day in the declared form, of a moment the day in the reporting zone; raises BadCell."""
    if isinstance(value, datetime):
        return _day_of(value, zones)
    if isinstance(value, date):
        return value
    match = DATE_FORMS[form].pattern.fullmatch(value) if isinstance(value, str) else None
    example = DATE_FORMS[form].example
    if match is None:
        raise _wrong_form(value, example, _fitting(DATE_FORMS, _day, value))
    try:
        day = _day(match)
        return day if "hour" not in match.re.groupindex else _day_of(_moment(day, match), zones)
    except (ValueError, OverflowError):
        raise _impossible(example) from None


def read_month(value: object, form: str, zones: Zones) -> date:
    """Read a month in the declared form, as its last day; raises BadCell."""
    if isinstance(value, date):
        return Month.of(read_date(value, "YYYY-MM-DD", zones)).last_day
    match = MONTH_FORMS[form].pattern.fullmatch(value) if isinstance(value, str) else None
    example = MONTH_FORMS[form].example
    if match is None:
        raise _wrong_form(value, example, _fitting(MONTH_FORMS, _month, value))
    try:
        return _month(match).last_day
    except ValueError:
        raise _impossible(example) from None


def _day(match: re.Match[str]) -> date:
    """The day that is written; raises ValueError where the calendar has none."""
    month = _month(match)
    day = date(month.year, month.month, int(match["day"]))
    if "era" in match.re.groupindex and not ERAS[match["era"]].has_day(day):
        raise ValueError("a day of another era")
    return day


def _month(match: re.Match[str]) -> Month:
    """The month that is written; raises ValueError where the calendar has none."""
    written = match.groupdict()
    number = _MONTH_OF_NAME.get(written["name"], 0) if "name" in written else int(written["month"])
    era = ERAS[written["era"]] if "era" in written else None
    first = date(era.year(written["year"]) if era else int(written["year"]), number, 1)
    if era and not era.has_month(Month.of(first)):
        raise ValueError("a month of another era")
    return Month.of(first)


def _moment(day: date, match: re.Match[str]) -> datetime:
    """The moment that is written, aware where its offset is; raises ValueError where no clock shows it."""
    hour, half = int(match["hour"]), match["half"]
    if half and hour > 12:
        raise ValueError("an hour beyond 12 with AM or PM")
    if half:
        hour = hour % 12 + (12 if half in {"PM", "午後"} else 0)
    offset = _offset(match["offset"]) if match["offset"] else None
    return datetime(day.year, day.month, day.day, hour, int(match["minute"]), int(match["second"] or 0), tzinfo=offset)


def _offset(written: str) -> timezone:
    digits = written.removeprefix("GMT").removeprefix("UTC").removeprefix("Z")
    if not digits:
        return UTC
    hours, minutes = int(digits[1:].split(":")[0][:2]), int(digits.replace(":", "")[3:] or 0)
    if minutes > 59:
        raise ValueError("an offset of more than 59 minutes")
    return timezone(timedelta(hours=hours, minutes=minutes) * (-1 if digits[0] == "-" else 1))


def _day_of(moment: datetime, zones: Zones) -> date:
    """The day on which a moment falls for the site's readers: 23:30 UTC is the next morning in Japan."""
    if moment.tzinfo is not None:
        return moment.astimezone(zones.reported).date()
    if zones.written is None:
        return moment.date()
    # When clocks go back an hour is shown twice, when they go forward one is never shown.
    both = [moment.replace(tzinfo=zones.written, fold=fold) for fold in (0, 1)]
    if not any(one.astimezone(UTC).astimezone(zones.written).replace(tzinfo=None) == moment for one in both):
        raise BadCell("impossible-date", Text("は時計にない時刻です", "is a time that no clock shows"), _WITH_OFFSET)
    days = {one.astimezone(zones.reported).date() for one in both}
    if len(days) > 1:
        raise BadCell("ambiguous-time", Text("は一日に二度ある時刻です", "is a time that comes twice"), _WITH_OFFSET)
    return days.pop()


_WITH_OFFSET = Text(
    "`2026-04-01T09:00:00+09:00` のように、時差を付けて書き出してください",
    "export times with their offset, like `2026-04-01T09:00:00+09:00`",
)


def _impossible(example: str) -> BadCell:
    return BadCell("impossible-date", Text("は暦にない日付です", "is not in the calendar"), like(example))


def _fitting(forms: Mapping[str, Form], read: Callable[[re.Match[str]], object], value: object) -> str | None:
    """What to declare of a column so that it reads `value`; of two forms the more generous one, which comes later."""
    for form, known in reversed(tuple(forms.items())):
        match = known.pattern.fullmatch(value) if isinstance(value, str) else None
        try:
            if match is not None and read(match):
                return f'format: "{form}"' if "," in form else f"format: {form}"
        except ValueError:
            continue  # as in `25/12/2026`, which is no month, day and year
    return None


def _wrong_form(value: object, example: str, declared: str | None) -> BadCell:
    """What is wrong with a value; `declared` of its column would read it."""
    text = str(value)
    if isinstance(value, int | float) or _SERIAL.fullmatch(text):
        return BadCell("serial-date", Text("はExcelの日付の通し番号です", "is an Excel serial number"), like(example))
    if _ERA.match(text):
        what = Text("は和暦です", "is a date of the Japanese calendar")
        return BadCell("era-date", what, like(example, "format: 和暦"))
    if any("０" <= character <= "９" for character in text):
        return BadCell(
            "full-width", Text("は全角の数字です", "has full-width digits"), like(example, "full_width: true")
        )
    return BadCell(
        "bad-date",
        Text("は決められた日付の形ではありません", "is not in the declared form of a date"),
        like(example, declared),
    )
