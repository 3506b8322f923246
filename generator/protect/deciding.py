"""What each cell of all tables may say."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from generator.model.figure import COMPANY, Figure, FigureStatus
from generator.model.ledger import Ledger, ToldCell, ToldMonth
from generator.model.metric import Metric
from generator.protect.months import MonthTable, is_partition, month_table
from generator.protect.sayings import Saying
from generator.protect.secondary import Outcome, suppressed


class DecidedMonth(Struct, frozen=True):
    """One metric's month with how exact each of its cells may be."""

    month: MonthTable
    outcome: Outcome
    definition: str

    @property
    def sayings(self) -> Iterator[tuple[Figure, Saying]]:
        for figure, cell, level in zip(self.month.figures, self.month.table.cells, self.outcome.levels, strict=True):
            yield figure, cell.sayings[level]

    @property
    def told(self) -> ToldMonth:
        """The month as the ledger keeps it once it is published."""
        if self.month.kept is not None:
            return self.month.kept
        first = self.month.figures[0]
        cells = tuple(_told(figure, saying) for figure, saying in self.sayings)
        return ToldMonth(first.metric, str(first.period), self.definition, cells)


def _told(figure: Figure, saying: Saying) -> ToldCell:
    band = saying.judgement.band
    return ToldCell(
        department=figure.department,
        eligible=figure.denominator,
        percent=saying.judgement.percent,
        band=None if band is None else (band.low, band.high),
        low=saying.counts.low,
        high=saying.counts.high,
        members=figure.members,
    )


def decided(cells: Iterable[Figure], metrics: dict[str, Metric], ledger: Ledger) -> list[DecidedMonth]:
    """Every metric's every measured month that is a partition; the order of the cells decides nothing."""
    return [
        _decided(figures, metrics[figures[0].metric], ledger) for figures in tables_of(cells) if is_partition(figures)
    ]


def tables_of(cells: Iterable[Figure]) -> list[list[Figure]]:
    """The measured shares of the headcount by metric and month, the company first, then departments by id."""
    tables: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
    for cell in cells:
        if cell.numerator is not None and cell.status is not FigureStatus.MISSING and not cell.groups:
            tables[cell.metric, str(cell.period)].append(cell)
    return [
        sorted(tables[key], key=lambda cell: (cell.department is not COMPANY, cell.department or ""))
        for key in sorted(tables)
    ]


def _decided(figures: list[Figure], metric: Metric, ledger: Ledger) -> DecidedMonth:
    definition = definition_of(metric)
    editions = ledger.editions(metric.name, str(figures[0].period))
    earlier = [edition for edition in editions if edition.definition == definition]
    month = month_table(figures, metric.privacy.min_group, earlier)
    outcome = Outcome((0,) * len(figures)) if month.kept is not None else suppressed(month.table)
    return DecidedMonth(month, outcome, definition)


def definition_of(metric: Metric) -> str:
    """Digest of who is counted over whom: figures of two definitions are not about the same thing."""
    told = metric.model_dump_json(include=set(metric.counting_keys))
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
