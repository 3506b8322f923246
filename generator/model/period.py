"""Calendar months, the grain of every published figure, and the fiscal terms that companies put them together to."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date
from typing import Annotated

from msgspec import Struct, to_builtins
from pydantic import BeforeValidator, PlainSerializer

from generator.model.finding import Text, one_line
from generator.model.record import unfit

_FORM = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")


class Month(Struct, frozen=True, order=True):
    """One calendar month; sorts in time."""

    year: int
    month: int  # 1–12

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `YYYY-MM`; raises ValueError for anything else."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a month of the form YYYY-MM")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def label_ja(self) -> str:
        return f"{self.year}年{self.month}月"

    def plus(self, months: int) -> Month:
        """The month so many months later (earlier when negative)."""
        index = self.year * 12 + self.month - 1 + months
        return Month(index // 12, index % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def is_month(text: str) -> bool:
    """Whether a text has the form `YYYY-MM`."""
    return _FORM.fullmatch(text) is not None


def _declared(value: object) -> Month:
    if isinstance(value, Month):
        return value
    try:
        return Month.parse(str(value))
    except ValueError:
        shown = one_line(str(value))
        raise unfit(
            "bad-month",
            Text(f"`{shown}` は年月として読めません", f"`{shown}` is no month"),
            Text("`2026-10` の形で書いてください", "write it like `2026-10`"),
        ) from None


YearMonth = Annotated[Month, BeforeValidator(_declared), PlainSerializer(to_builtins, when_used="json")]
"""A month as people declare it in YAML."""


def months_between(first: Month, last: Month) -> list[Month]:
    """All months from `first` to `last`, both included; empty when `first` is later."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [first.plus(n) for n in range(count)]


class Term(Struct, frozen=True, order=True):
    """Some months in a row that a company speaks of as one: a fiscal year, a half, a quarter.

    Distinct people are not additive: nobody may sum or average the months of a term; a figure of a term is that of its
    last month, or is counted anew.
    """

    first: Month
    last: Month
    label_ja: str
    """「2026年度上期」."""

    @property
    def period_ja(self) -> str:
        """「2026年4月〜9月」: both ends, so that nobody has to know when the fiscal year begins."""
        same = self.first.year == self.last.year
        return f"{self.first.label_ja}〜{f'{self.last.month}月' if same else self.last.label_ja}"


class FiscalCalendar(Struct, frozen=True):
    """Fiscal years, named after the calendar year in which they begin."""

    starts: int = 4
    """The first month of the fiscal year, 1–12."""

    def half(self, month: Month) -> Term:
        """Its half: 「2026年度上期」 or 「2026年度下期」."""
        return self._term(month, 6, lambda number: "上期" if number == 0 else "下期")

    def quarter(self, month: Month) -> Term:
        """Its quarter: 「2026年度第3四半期」."""
        return self._term(month, 3, lambda number: f"第{number + 1}四半期")

    def _term(self, month: Month, length: int, name: Callable[[int], str]) -> Term:
        """The part of the fiscal year of `length` months; `name` says what the first, second, … is called."""
        since = (month.month - self.starts) % 12
        begins = month.plus(-since)
        number = since // length
        first = begins.plus(number * length)
        return Term(first, first.plus(length - 1), f"{begins.year}年度{name(number)}")
