"""What a cell says is what is read, in every declared form; anything else is a sentence, never another number."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from generator.model.period import Month
from generator.pull.cells.cell import reader
from generator.pull.cells.column import Column, ColumnType
from generator.pull.cells.numbers import LARGEST
from generator.pull.problems import BadCell

TOKYO = ZoneInfo("Asia/Tokyo")
DAYS = st.dates(date(1913, 1, 1), date(2100, 12, 31))
COUNTS = st.integers(0, LARGEST)
clock = datetime.fromisoformat
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


def read(value: object, kind: str, **declared: object) -> object:
    """The value of a cell in a column declared so, on a site in Japan."""
    return reader(Column.model_validate({"name": "x", "type": ColumnType(kind), **declared}), TOKYO)(value)


def wide(text: str) -> str:
    """The same text as people type it with a Japanese keyboard."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(COUNTS)
def test_a_count_is_read_plainly_grouped_and_in_full_width(count: int) -> None:
    assert read(str(count), "integer") == count
    assert read(f"{count:,}", "integer", format="1,234") == count
    assert read(wide(f"{count:,}"), "integer", format="1,234", full_width=True) == count
    assert read(float(count), "integer") == read(Decimal(count), "integer") == count


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), -1.0, 10**400, -(10**400), Decimal("NaN"), True, 1.5, "1" * 5000]
)
def test_f16_what_is_no_count_is_refused_whatever_type_it_has(value: object) -> None:
    for kind in ("integer", "number"):
        if (kind, value) != ("number", 1.5):
            with pytest.raises(BadCell):
                read(value, kind)


@given(st.decimals(0, 1000, places=4))
def test_a_percentage_is_the_nearest_fraction_there_is(percent: Decimal) -> None:
    assert read(f"{percent}%", "number", format="85%") == float(Fraction(percent) / 100)
    assert read(wide(f"{percent}%"), "number", format="85%", full_width=True) == float(Fraction(percent) / 100)


@given(st.floats(0, 10**9, width=32))
def test_a_decimal_is_read_as_it_is_written(number: float) -> None:
    written = f"{number:.9f}"
    assert read(written, "number") == float(written)
    assert read(f"{number:,.9f}", "number", format="1,234") == float(written)


@given(TEXT | st.from_regex(r"[-+0-9０-９.,%％eE_ ]{1,9}", fullmatch=True), st.sampled_from(["1,234", "85%", None]))
@example("1_000", None)
@example("²", None)
@example("1,23", "1,234")
@example("12,345,67", "1,234")
@example("85", "85%")
def test_no_text_becomes_another_number(text: str, form: str | None) -> None:
    try:
        number = read(text, "number", format=form)
    except BadCell:
        return
    plain = Decimal(text.strip().replace(",", "").removesuffix("%"))
    assert number == float(plain / 100 if form == "85%" else plain)
    assert "," not in text or f"{int(plain):,}" == text.strip().split(".")[0]


FORMS: dict[str, Callable[[date], str]] = {
    "YYYY-MM-DD": lambda day: f"{day}",
    "YYYY/MM/DD": lambda day: f"{day:%Y/%m/%d}",
    "YYYY/M/D": lambda day: f"{day.year}/{day.month}/{day.day}",
    "YYYYMMDD": lambda day: f"{day:%Y%m%d}",
    "YYYY年M月D日": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "M/D/YYYY": lambda day: f"{day.month}/{day.day}/{day.year}",
    "MMM D, YYYY": lambda day: f"{day:%b} {day.day}, {day.year}",
    "YYYY-MM-DD hh:mm:ss": lambda day: f"{day}T23:59:59",
    "YYYY/M/D h:mm:ss": lambda day: f"{day.year}/{day.month}/{day.day} 11:59:59 午後",
    "M/D/YYYY h:mm:ss": lambda day: f"{day.month}/{day.day}/{day.year} 0:00:00",
}


@pytest.mark.parametrize("form", FORMS)
@given(day=DAYS)
def test_a_day_is_read_in_the_declared_form(form: str, day: date) -> None:
    assert read(FORMS[form](day), "date", format=form) == day
    assert read(wide(FORMS[form](day)), "date", format=form, full_width=True) == day


@given(day=DAYS, declared=st.sampled_from([*FORMS, "和暦"]), written=st.sampled_from([*FORMS]))
def test_a_day_in_another_form_is_the_same_day_or_a_sentence(day: date, declared: str, written: str) -> None:
    with suppress(BadCell):
        assert read(FORMS[written](day), "date", format=declared) == day


ERA_STARTS = (
    ("令和", date(2019, 5, 1)),
    ("平成", date(1989, 1, 8)),
    ("昭和", date(1926, 12, 25)),
    ("大正", date(1912, 7, 30)),
)


@given(day=DAYS)
@example(date(2019, 4, 30))
@example(date(2019, 5, 1))
@example(date(1989, 1, 7))
@example(date(1989, 1, 8))
@example(date(2026, 11, 20))
def test_a_day_of_the_japanese_calendar_is_read_however_it_is_written(day: date) -> None:
    name, start = next((name, start) for name, start in ERA_STARTS if start <= day)
    year, letter = day.year - start.year + 1, {"令和": "R", "平成": "H", "昭和": "S", "大正": "T"}[name]
    first = "元" if year == 1 else str(year)
    for written in (
        f"{name}{first}年{day.month}月{day.day}日",
        f"{name}{year}年{day.month}月{day.day}日",
        f"{letter}{year}.{day.month}.{day.day}",
        f"{letter}{year:02}/{day.month:02}/{day.day:02}",
    ):
        assert read(written, "date", format="和暦") == day
        assert read(wide(written), "date", format="和暦", full_width=True) == day
    assert read(f"{name}{first}年{day.month}月", "month", format="和暦") == Month.of(day).last_day


@pytest.mark.parametrize(
    "written",
    ["平成31年5月1日", "令和元年4月30日", "令和8年2月30日", "R0.5.1", "昭和64年1月8日", "明治45年7月1日", "X8.1.1"],
)
def test_a_day_that_the_japanese_calendar_does_not_have_is_refused(written: str) -> None:
    with pytest.raises(BadCell):
        read(written, "date", format="和暦")


@pytest.mark.parametrize(("form", "written"), [("YYYY-MM", "%Y-%m"), ("YYYY/MM", "%Y/%m"), ("YYYY年M月", "%Y年%m月")])
@given(day=DAYS)
def test_a_month_is_its_last_day(form: str, written: str, day: date) -> None:
    assert read(day.strftime(written), "month", format=form) == Month.of(day).last_day
    assert read(day, "month") == Month.of(day).last_day


@given(st.datetimes(clock("1990-01-01T00:00"), clock("2100-01-01T00:00")), st.integers(-12 * 4, 14 * 4))
@example(clock("2026-10-31T14:30"), 0)  # 23:30 in Japan
@example(clock("2026-10-31T15:00"), 0)  # midnight in Japan
def test_f19_a_moment_falls_on_the_day_it_has_in_japan(moment: datetime, quarters: int) -> None:
    offset = timedelta(minutes=15 * quarters)
    in_japan = (moment + timedelta(hours=9)).date()  # Japan has had no summer time since 1951
    local = moment + offset
    sign, minutes = "-" if quarters < 0 else "+", abs(15 * quarters)
    written = f"{local:%Y-%m-%d %H:%M:%S}{sign}{minutes // 60:02}:{minutes % 60:02}"
    assert read(written, "date", format="YYYY-MM-DD hh:mm:ss") == in_japan
    assert read(moment.replace(tzinfo=UTC), "date") == in_japan
    assert read(f"{moment:%Y-%m-%dT%H:%M:%S}", "date", format="YYYY-MM-DD hh:mm:ss", timezone="UTC") == in_japan
    assert read(moment, "date", timezone="UTC") == in_japan
    assert read(moment, "date") == moment.date()  # nobody said where that clock stands


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026/10/24 9:03:11 午前 GMT+9", date(2026, 10, 24)),
        ("2026/10/24 11:30:00 午後 GMT+9", date(2026, 10, 24)),
        ("2026/10/24 12:00:00 AM GMT+9", date(2026, 10, 24)),
        ("2026/10/24 3:00:00 PM GMT", date(2026, 10, 25)),
        ("2026/10/24 10:00:00 PM GMT-5", date(2026, 10, 25)),
        ("2026/10/24 9:03", date(2026, 10, 24)),
    ],
)
def test_f19_moments_as_google_forms_writes_them(written: str, day: date) -> None:
    assert read(written, "date", format="YYYY/M/D h:mm:ss") == day


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2026-03-08 02:30:00", "impossible-date"),  # clocks went from 2 to 3
        ("2026-11-01 24:00:00", "impossible-date"),
        ("2026-11-01 13:00 PM", "impossible-date"),
        ("2026-11-01 10:00 +09:75", "impossible-date"),
        ("2026-11-01", "bad-date"),
    ],
)
def test_f19_a_time_that_no_clock_shows_is_refused(written: str, code: str) -> None:
    with pytest.raises(BadCell) as error:
        read(written, "date", format="YYYY-MM-DD hh:mm:ss", timezone="America/New_York")
    assert error.value.code == code


@pytest.mark.parametrize("zone", ["Asia/Tokio", "../etc/passwd", "Asia", "", "/etc/passwd"])
def test_f19_a_time_zone_that_does_not_exist_cannot_be_declared(zone: str) -> None:
    with pytest.raises(ValidationError, match="no time zone"):
        read("2026-10-01", "date", timezone=zone)


def test_f19_a_time_that_comes_twice_is_refused_where_it_matters() -> None:
    declared = {"format": "YYYY-MM-DD hh:mm:ss", "timezone": "America/New_York"}
    assert read("2026-11-01 01:30:00", "date", **declared) == date(2026, 11, 1)  # 14:30 or 15:30 in Japan
    new_york = reader(Column.model_validate({"name": "x", "type": ColumnType.DATE, **declared}), ZoneInfo("Etc/GMT+6"))
    with pytest.raises(BadCell) as error:
        new_york("2026-11-01 01:30:00")  # 23:30 or 00:30 there
    assert error.value.code == "ambiguous-time"


@given(st.dictionaries(TEXT.map(str.strip).filter(bool), st.integers(0, 10), min_size=1, max_size=5), TEXT)
def test_an_answer_on_a_scale_is_its_number_and_nothing_else_is(scale: dict[str, int], other: str) -> None:
    for text, number in scale.items():
        assert read(text, "integer", scale=scale) == read(text, "number", scale=scale) == number
    if other.strip() and other.strip() not in scale:
        with pytest.raises(BadCell):
            read(other, "integer", scale=scale)


def test_a_declared_text_means_an_empty_cell_and_any_other_does_not() -> None:
    assert read(" 該当なし ", "integer", scale={"はい": 1}, empty=["該当なし", "－"]) is None
    assert read("－", "number", empty=["－"]) is None
    with pytest.raises(BadCell):
        read("", "number", empty=["－"])
    with pytest.raises(BadCell):
        read("—", "number", empty=["－"])


@given(st.sampled_from(["true", "yes", "false", "no"]), st.lists(st.booleans(), min_size=5, max_size=5))
def test_truth_is_read_in_any_case(word: str, capitals: list[bool]) -> None:
    written = "".join(c.upper() if up else c for c, up in zip(word, capitals, strict=False))
    assert read(written, "boolean") is (word in {"true", "yes"})


@given(TEXT)
def test_text_stays_as_it_is_but_for_the_space_around_it(text: str) -> None:
    assert read(text, "text", optional=True) == (text.strip() or None)
