"""The eras of the Japanese calendar (和暦)."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from generator.model.period import Month


class Era(Struct, frozen=True):
    """One era, from its first to its last day."""

    first: date
    last: date

    def year(self, written: str) -> int:
        """The year of our calendar; the first of an era is 元年 or 1."""
        return self.first.year - 1 + (1 if written == "元" else int(written))

    def has_day(self, day: date) -> bool:
        """Whether the day is of this era: there is no 平成31年5月1日."""
        return self.first <= day <= self.last

    def has_month(self, month: Month) -> bool:
        """Whether any day of the month is: 昭和64年1月 and 平成元年1月 are the same month."""
        return self.first <= month.last_day and month.first_day <= self.last


ERAS = {
    "大正": Era(date(1912, 7, 30), date(1926, 12, 24)),
    "昭和": Era(date(1926, 12, 25), date(1989, 1, 7)),
    "平成": Era(date(1989, 1, 8), date(2019, 4, 30)),
    "令和": Era(date(2019, 5, 1), date.max),
}
ERAS |= {letter: ERAS[name] for letter, name in zip("TSHR", ERAS.copy(), strict=True)}
