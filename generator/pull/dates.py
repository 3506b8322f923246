"""Dates and months in the forms exports write them; each form is accepted only where it is declared."""

from __future__ import annotations

import re
from datetime import date, datetime

from generator.model.finding import Text
from generator.model.period import Month
from generator.pull.problems import BadCell, like

DATE_FORMS = {
    # Microsoft's beta reports write midnight UTC behind the day; it is the same day as without.
    "YYYY-MM-DD": re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T00:00:00(?:\.0+)?Z)?", re.ASCII),
    "YYYY/MM/DD": re.compile(r"(\d{4})/(\d{2})/(\d{2})", re.ASCII),
    "YYYY/M/D": re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})", re.ASCII),
    "YYYYMMDD": re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII),
    "YYYY年M月D日": re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日", re.ASCII),
}
MONTH_FORMS = {
    "YYYY-MM": re.compile(r"(\d{4})-(\d{2})", re.ASCII),
    "YYYY/MM": re.compile(r"(\d{4})/(\d{2})", re.ASCII),
    "YYYY年M月": re.compile(r"(\d{4})年(\d{1,2})月", re.ASCII),
}
_ERA = re.compile(r"(明治|大正|昭和|平成|令和|[MTSHR]\.?\s*[0-9０-９元])")
_SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?", re.ASCII)


def read_date(value: object, form: str) -> date:
    """Read a day in the declared form; raises BadCell."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = DATE_FORMS[form].fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise _wrong_form(value, _example(form, "01", "1"))
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise _impossible(_example(form, "01", "1")) from None


def read_month(value: object, form: str) -> date:
    """Read a month in the declared form, as its last day; raises BadCell."""
    if isinstance(value, date):
        return Month.of(value).last_day
    match = MONTH_FORMS[form].fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise _wrong_form(value, _example(form, "", ""))
    if not (1 <= int(match[2]) <= 12 and int(match[1]) >= 1):
        raise _impossible(_example(form, "", ""))
    return Month(int(match[1]), int(match[2])).last_day


def _example(form: str, two_digit_day: str, day: str) -> str:
    """April 2026 (the first, where there is a day) in a declared form."""
    long = form.replace("YYYY", "2026").replace("MM", "04").replace("DD", two_digit_day)
    return long.replace("M", "4").replace("D", day)


def _impossible(example: str) -> BadCell:
    return BadCell("impossible-date", Text("は暦にない日付です", "is not in the calendar"), like(example))


def _wrong_form(value: object, example: str) -> BadCell:
    text = str(value)
    if isinstance(value, int | float) or _SERIAL.fullmatch(text):
        return BadCell("serial-date", Text("はExcelの日付の通し番号です", "is an Excel serial number"), like(example))
    if _ERA.match(text):
        return BadCell("era-date", Text("は和暦です", "is a date of the Japanese calendar"), like(example))
    if any("０" <= character <= "９" for character in text):
        return BadCell("full-width", Text("は全角の数字です", "has full-width digits"), like(example))
    return BadCell(
        "bad-date", Text("は決められた日付の形ではありません", "is not in the declared form of a date"), like(example)
    )
