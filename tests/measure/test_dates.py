"""The two ways in which the days of a statement are written."""

from datetime import date, timedelta

import duckdb
import pytest

from generator.measure.kinds.dates import dates
from generator.model.period import Month

LEAP, NEXT = Month(2028, 2), Month(2028, 3)
LISTED = {
    LEAP: [(date(2028, 2, 29), date(2028, 3, 14)), (date(2027, 12, 31), date(2028, 1, 14))],
    NEXT: [(NEXT.last_day - timedelta(days=back), NEXT.last_day) for back in range(3)],
}


@pytest.mark.parametrize("columns", [(), ("day",), ("day", "until")])
def test_days_are_the_same_however_they_are_written(columns: tuple[str, ...]) -> None:
    table = dates({month: [line[: len(columns)] for line in lines] for month, lines in LISTED.items()}, *columns)

    with duckdb.connect(":memory:") as connection:
        told = [connection.execute(text).fetchall() for text in (table.in_any_engine(), table.in_duckdb())]
        types = [
            connection.execute(f"DESCRIBE {text}").fetchall() for text in (table.in_any_engine(), table.in_duckdb())
        ]

    assert told[0] == [(*line[: len(columns)], month.last_day) for month, lines in LISTED.items() for line in lines]
    assert (told[1], types[1]) == (told[0], types[0])
