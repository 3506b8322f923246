"""Released figures as pages look them up. Nothing is computed here that a reader would see as a number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.charts import About
from generator.compose.uses import Uses
from generator.model.figure import COMPANY, ReleasedFigure, ReleasedFigures
from generator.model.metric import Metric
from generator.model.organisation import Organisation
from generator.model.period import Month
from generator.model.snapshot import Snapshot

Series = tuple[ReleasedFigure, ...]


class Definitions(Struct, frozen=True):
    """What is known of the metrics, their figures apart."""

    metrics: Mapping[str, Metric]
    """Metrics that have at least one cell, in the order in which they were declared."""
    declared: frozenset[str]
    """Names of all metrics, also of those whose first month is not over yet."""
    organisation: Organisation
    about: Mapping[str, About]
    """What the charts print beside every figure of a metric."""
    sources: Mapping[str, str]
    """出典 of each metric, as printed."""


class FigureBook(Struct, frozen=True):
    """All released cells, ordered once, so that no page has to search through them; what is looked at is noted."""

    uses: Uses
    _definitions: Definitions
    _series: Mapping[tuple[str, str | None], Series]
    _months: Mapping[tuple[str, Month], Series]

    @classmethod
    def of(cls, released: ReleasedFigures, snapshots: Mapping[str, Snapshot]) -> FigureBook:
        series: defaultdict[tuple[str, str | None], list[ReleasedFigure]] = defaultdict(list)
        for cell in sorted(released.cells.values(), key=lambda cell: cell.period):
            series[cell.metric, cell.department].append(cell)
        order = {department.id: department.order for department in released.organisation.departments}
        months: defaultdict[tuple[str, Month], list[ReleasedFigure]] = defaultdict(list)
        # As it was in that month: a department that is gone by now stands where it stood.
        for cell in sorted(
            released.cells.values(), key=lambda c: (order.get(c.department or "", -1), c.department or "")
        ):
            months[cell.metric, cell.period].append(cell)
        measured = {metric for metric, _ in series}
        metrics = {name: metric for name, metric in released.metrics.items() if name in measured}
        sources = {name: _source_of(metric, snapshots) for name, metric in metrics.items()}
        partial = {name for name in metrics if _counts_a_part(released, name)}
        about = {
            name: About.of(released, name, source=sources[name], company="対象部署全体" if name in partial else "全社")
            for name in metrics
        }
        return cls(
            uses=Uses(),
            _definitions=Definitions(metrics, frozenset(released.metrics), released.organisation, about, sources),
            _series={key: tuple(cells) for key, cells in series.items()},
            _months={key: tuple(cells) for key, cells in months.items()},
        )

    def noting(self, uses: Uses) -> FigureBook:
        """The same book, where look-ups are noted in `uses`."""
        return replace(self, uses=uses)

    @property
    def definitions(self) -> Definitions:
        self.uses.definitions()
        return self._definitions

    @property
    def metrics(self) -> Mapping[str, Metric]:
        return self.definitions.metrics

    @property
    def declared(self) -> frozenset[str]:
        return self.definitions.declared

    @property
    def organisation(self) -> Organisation:
        return self.definitions.organisation

    @property
    def about(self) -> Mapping[str, About]:
        return self.definitions.about

    @property
    def sources(self) -> Mapping[str, str]:
        return self.definitions.sources

    def series(self, metric: str, department: str | None = COMPANY, until: Month | None = None) -> Series:
        """One department's cells, oldest first, up to and including `until`."""
        self.uses.figures(metric, until)
        cells = self._series.get((metric, department), ())
        return cells if until is None else tuple(cell for cell in cells if cell.period <= until)

    def cell(self, metric: str, period: Month, department: str | None = COMPANY) -> ReleasedFigure | None:
        return next((cell for cell in self.series(metric, department, period) if cell.period == period), None)

    def has_month(self, metric: str, month: Month) -> bool:
        """Whether there is a page about this month: the company has a figure of it."""
        self.uses.month(metric, month)
        return any(cell.period == month for cell in self._series.get((metric, COMPANY), ()))

    def latest(self, metric: str, department: str | None = COMPANY) -> ReleasedFigure | None:
        """The newest cell, whatever its status."""
        cells = self.series(metric, department)
        return cells[-1] if cells else None

    def before(self, figure: ReleasedFigure) -> ReleasedFigure | None:
        """The same department's cell of the month before."""
        return self.cell(figure.metric, figure.period.plus(-1), figure.department)

    def periods(self, metric: str) -> list[Month]:
        """Months for which the company has a cell, oldest first."""
        return [cell.period for cell in self.series(metric)]

    def departments(self, metric: str, period: Month) -> Series:
        """The departments' cells of one month, in organisation order."""
        self.uses.figures(metric, period)
        return tuple(cell for cell in self._months.get((metric, period), ()) if cell.department is not COMPANY)

    def all_cells(self, metric: str) -> Series:
        """Every cell of a metric: by month, the company first, then departments in organisation order."""
        self.uses.figures(metric)
        return tuple(cell for period in self._all_periods(metric) for cell in self._months[metric, period])

    def _all_periods(self, metric: str) -> list[Month]:
        return sorted(period for name, period in self._months if name == metric)

    def department_name(self, department: str) -> str:
        found = self.organisation.get(department)
        return found.name if found else department


def _source_of(metric: Metric, snapshots: Mapping[str, Snapshot]) -> str:
    return "、".join(snapshots[name].label if name in snapshots else name for name in metric.sources)


def _counts_a_part(released: ReleasedFigures, metric: str) -> bool:
    """Whether only some departments with people are eligible, so that 「全社」 would promise too much."""
    company = [cell for cell in released.cells.values() if cell.metric == metric and cell.department is COMPANY]
    return max(company, key=lambda cell: cell.period).is_of_part
