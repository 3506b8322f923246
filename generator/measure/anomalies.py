"""The anomaly gate: figures that jump or vanish from one month to the next wait until somebody has looked at them.

The sign of an anomaly says where it is and of what sort, and nothing of the counts: build logs are read by more people
than the figures' owner. So it stays the same from build to build, and one that was accepted stays so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

from msgspec import Struct

from generator.model.figure import COMPANY, Figure
from generator.model.finding import Text
from generator.model.metric import Metric
from generator.model.period import Month

JUMP = 10
"""So many times the value of the month before is a jump."""
FEWEST_ROWS = 30
"""A source with fewer rows a month may halve by chance: of 30 that come independently, half come once in 500 months."""


class Anomaly(Struct, frozen=True):
    """Something that data seldom does by itself."""

    sort: str
    metric: str
    period: Month
    department: str | None
    """The department concerned; None: the company, and with it every department of that month."""
    what: Text
    """What the value or the rows do, after the place: 「全社の値が…」."""

    @property
    def sign(self) -> str:
        """Eight characters by which somebody accepts it."""
        told = "\0".join((self.sort, self.metric, str(self.period), self.department or ""))
        return blake2b(told.encode(), digest_size=4).hexdigest()

    def concerns(self, cell: Figure) -> bool:
        """Whether a cell of the same metric is held back because of it."""
        return cell.period == self.period and self.department in (COMPANY, cell.department)


def anomalies(metric: Metric, cells: Sequence[Figure], rows: Mapping[str, Mapping[Month, int]]) -> list[Anomaly]:
    """All anomalies, accepted or not: rows first, then values in the order of the cells."""
    return list(dict.fromkeys([*_rows(metric, rows), *_values(metric, cells)]))


def not_accepted(found: Iterable[Anomaly], accepted: Collection[str]) -> list[Anomaly]:
    """The anomalies that somebody has to look at.

    Those of departments wait while one of the company holds their month: half a file is one thing to look at, not ten.
    """
    waiting = [anomaly for anomaly in found if anomaly.sign not in accepted]
    held = {anomaly.period for anomaly in waiting if anomaly.department is COMPANY}
    return [anomaly for anomaly in waiting if anomaly.department is COMPANY or anomaly.period not in held]


def _rows(metric: Metric, rows: Mapping[str, Mapping[Month, int]]) -> Iterator[Anomaly]:
    for counts in rows.values():
        for month, count in sorted(counts.items()):
            before = counts.get(month.plus(-1), 0)
            if before >= FEWEST_ROWS and 2 * count <= before:
                yield Anomaly("rows", metric.name, month, COMPANY, _HALVED)


_Share = tuple[int, int]
"""Numerator and denominator of a measured cell."""


def _values(metric: Metric, cells: Sequence[Figure]) -> Iterator[Anomaly]:
    series: dict[str | None, _Share] = {}
    for cell in cells:
        if cell.numerator is None:
            continue
        before, now = series.get(cell.department), (cell.numerator, cell.denominator)
        series[cell.department] = now
        if before is None or before[0] < metric.privacy.min_group:
            continue  # of few people any change may be chance
        for sort, (what, happens) in _SORTS.items():
            if happens(before, now):
                yield Anomaly(sort, metric.name, cell.period, cell.department, what)


def _vanishes(before: _Share, now: _Share) -> bool:
    return now[0] == 0


def _jumps(before: _Share, now: _Share) -> bool:
    return now[0] * before[1] >= JUMP * before[0] * now[1] > 0


_HALVED = Text("資料の行が前の月の半分以下になりました", "the source has half the rows of the month before, or fewer")
_SORTS: dict[str, tuple[Text, Callable[[_Share, _Share], bool]]] = {
    "zero": (Text("値が0になりました", "the value falls to 0"), _vanishes),
    "jump": (
        Text("値が前の月の10倍以上になりました", "the value is ten times that of the month before, or more"),
        _jumps,
    ),
}
