"""Measures every metric of metrics.yml for every closed month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from generator.accepted import accepted_anomalies
from generator.declared.departments import read_departments
from generator.declared.marks import Marks
from generator.effects import Effects
from generator.engines import DatabaseFailed
from generator.measure.anomalies import anomalies, not_accepted
from generator.measure.calendar import Calendar
from generator.measure.checks import checked
from generator.measure.comparing import compared
from generator.measure.condition import Conditions
from generator.measure.counting import Counted, Row, count, first_day, here
from generator.measure.elsewhere import Databases, Elsewhere
from generator.measure.judging import Judge
from generator.measure.metrics_file import Definitions, Names, read_metrics, sources_of
from generator.measure.months import Coverage, closed_months
from generator.measure.targets import department_targets
from generator.measure.waiting import Wait, told, waits
from generator.measure.warehouse import Warehouse
from generator.model.figure import COMPANY, Figure, FigureStatus, MeasuredFigures, held
from generator.model.finding import Family, Finding, Place, Text
from generator.model.metric import Metric, target_percent_of
from generator.model.metric_kinds import comparison_of
from generator.model.organisation import Organisation
from generator.model.period import Month
from generator.model.snapshot import Snapshot, Snapshots, SnapshotStatus
from generator.settings import Settings


def measure(settings: Settings, effects: Effects, snapshots: Snapshots) -> tuple[MeasuredFigures, list[Finding]]:
    """Return exact counts by month and department, and what is wrong with definitions, roster or figures.

    A month is closed when it is over and the numerator's source reaches its last day; from the source's first
    month on, each closed month has cells. A month without any row in the source is MISSING, never zero.
    """
    departments = settings.data / "departments.csv"
    organisation, findings = read_departments(departments, settings.shown(departments))
    file, marks, wrong = read_metrics(settings)
    if file is None or marks is None:
        return MeasuredFigures({}, organisation, ()), findings + wrong
    if not organisation.departments and not findings:
        findings.append(_no_departments(settings))
    is_organisation_sound = not findings
    findings += wrong
    today, accepted = effects.clock().astimezone(settings.zone).date(), accepted_anomalies(settings)
    cells: list[Figure] = []
    waiting: list[Wait] = []
    signs: set[str] = set()
    with Warehouse(_named(file, snapshots)) as warehouse, Databases(settings, effects.environ) as databases:
        conditions = Conditions(warehouse)
        names = Names(file, marks, warehouse, snapshots, conditions)
        begun = []
        for metric in file.metrics.values():
            if not names.judge(metric) or not is_organisation_sound:
                continue
            roster = snapshots.by_source[file.entities[metric.entity].source]
            judge = Judge(metric, marks, organisation, roster)
            measuring = _Measuring(metric, file, judge, snapshots, conditions, databases, today, accepted)
            measuring.begin()
            begun.append(measuring)
        for measuring in effects.progress.track(begun, Text("数字を計算", "measuring"), total=len(begun)):
            cells += measuring.cells()
            findings += measuring.findings
            waiting += measuring.waiting
            signs |= measuring.signs
        databases.kept.forget_the_rest()
    findings += [*names.findings, *told(waiting, marks)]
    figures = MeasuredFigures(dict(file.metrics), organisation, tuple(cells), frozenset(signs))
    return figures, list(dict.fromkeys(findings))


def _no_departments(settings: Settings) -> Finding:
    what = Text(
        "departments.csv がないため、部署ごとの数字を出せません", "there is no departments.csv to say who belongs where"
    )
    remedy = Text(
        "部署の一覧を content/data/departments.csv に置いてください",
        "list the departments in content/data/departments.csv",
    )
    return Finding(
        Family.DATA, "no-departments", Place(settings.shown(settings.data / "departments.csv")), what, remedy
    )


def _named(file: Definitions, snapshots: Snapshots) -> list[Snapshot]:
    """The snapshots that the metrics need."""
    wanted = {entity.source for entity in file.entities.values()}
    wanted |= {source for metric in file.metrics.values() for source in sources_of(metric)}
    return [snapshot for name, snapshot in sorted(snapshots.by_source.items()) if name in wanted]


class _Counting(NamedTuple):
    """The counting of one metric, under way."""

    coverage: Mapping[str, Coverage]
    calendar: Calendar
    rows: Iterable[Row]
    """Waited for as they are read."""


class _Measuring(Struct):
    """The measuring of one metric."""

    metric: Metric
    file: Definitions
    judge: Judge
    snapshots: Snapshots
    conditions: Conditions
    databases: Databases
    today: date
    accepted: frozenset[str]
    findings: list[Finding] = []
    waiting: list[Wait] = []
    signs: set[str] = set()
    """Those of all anomalies."""
    counting: _Counting | None = None
    """None where nothing is to be counted."""

    @property
    def warehouse(self) -> Warehouse:
        return self.conditions.warehouse

    @property
    def organisation(self) -> Organisation:
        return self.judge.organisation

    @property
    def marks(self) -> Marks:
        return self.judge.marks

    def begin(self) -> None:
        """Judge which months can be told, and have them counted while other metrics are looked at."""
        coverage = self._coverage(self.metric)
        if coverage is None:
            return
        self.findings += self.judge.age(coverage, self.today)
        calendar = closed_months(self.metric, coverage, self.today, self.file.company_holidays)
        self.waiting += waits(self.metric, coverage, calendar, self.today)
        if calendar.months:
            self.counting = _Counting(coverage, calendar, self._asked(self.metric, calendar))

    def cells(self) -> list[Figure]:
        """Every cell of the metric, oldest month first, the company before its departments."""
        if self.counting is None:
            return []
        coverage, calendar, rows = self.counting
        counted = self._counted(self.metric, calendar, rows)
        if counted is None:
            return []
        self.findings += self.judge.counted(counted)
        cells = self._figures(counted, calendar.months[-1], is_stale=self._is_stale(coverage))
        self.findings += self._compared(counted, coverage)
        cells, told = checked(cells, self.judge, self.conditions)
        self.findings += told
        return self._gated(cells, counted)

    def _gated(self, cells: list[Figure], counted: Counted) -> list[Figure]:
        """The cells, without the values of those that somebody has to look at first."""
        everything = anomalies(self.metric, cells, counted.rows)
        self.signs |= {anomaly.sign for anomaly in everything}
        found = not_accepted(everything, self.accepted)
        self.findings += self.judge.anomalies(found)
        return [held(cell) if any(anomaly.concerns(cell) for anomaly in found) else cell for cell in cells]

    def _compared(self, counted: Counted, coverage: Mapping[str, Coverage]) -> list[Finding]:
        """Where another source says otherwise."""
        comparison = comparison_of(self.metric)
        if comparison is None:
            return []
        other = self.metric.model_copy(update={"numerator": comparison})
        covered = self._coverage(other)
        if covered is None:
            return []
        calendar = closed_months(other, {**coverage, **covered}, self.today, self.file.company_holidays)
        if not calendar.months:
            return [self.judge.not_compared(comparison)]
        beside = self._counted(other, calendar, self._asked(other, calendar))
        if beside is None:
            return []  # why is told already
        both = compared(counted, beside, comparison.tolerance)
        if not both.months:
            return [self.judge.not_compared(comparison)]
        return self.judge.disagreements(comparison, both.disagreements)

    def _coverage(self, metric: Metric) -> dict[str, Coverage] | None:
        """The days that the metric's sources speak of; None with a finding when one does not say."""
        coverage = {}
        for key, activity in metric.activities.items():
            snapshot = self.snapshots.by_source[activity.source]
            newest, table = snapshot.watermark, snapshot.table
            if table is None:
                first = first_day(activity.source, activity.time, self.warehouse)
            else:
                first = table.first if activity.time == table.time else None
            if newest is None or first is None:
                self.findings.append(self._no_time(key, activity.source))
                return None
            coverage[activity.source] = Coverage(first, newest)
        return coverage

    def _counted(self, metric: Metric, calendar: Calendar, rows: Iterable[Row]) -> Counted | None:
        try:
            return count(metric, calendar, rows)
        except self.warehouse.error as error:
            self.findings.append(self.judge.not_countable(self.warehouse.why(error)))
        except DatabaseFailed as failed:
            self.findings.append(self.judge.not_answered(failed.code, failed.what, failed.remedy))
        return None

    def _asked(self, metric: Metric, calendar: Calendar) -> Iterable[Row]:
        """What is counted of the metric, here or in the database that all of its rows lie in."""
        entity = self.file.entities[metric.entity]
        named = {*metric.sources, entity.source}
        tables = {name: table for name in named if (table := self.snapshots.by_source[name].table) is not None}
        if tables:
            return Elsewhere(tables, self.databases).rows(metric, entity, calendar)
        rows = max(self.snapshots.by_source[name].rows for name in metric.sources)
        people = self.snapshots.by_source[entity.source].rows
        return here(metric, entity, calendar, warehouse=self.warehouse, rows=rows, people=people)

    def _figures(self, counted: Counted, newest: Month, *, is_stale: bool) -> list[Figure]:
        targets, problems = department_targets(self.metric, self.organisation, self.marks, self.warehouse)
        self.findings += problems
        company_target = target_percent_of(self.metric.target)
        cells = []
        split = "department" in self.metric.dimensions
        in_part = self._months_of_a_part(counted) if split else frozenset()
        for cell in counted.counts if split else (c for c in counted.counts if c.department is COMPANY):
            is_measured = cell.period in counted.measured
            status = FigureStatus.STALE if is_stale and cell.period == newest else FigureStatus.OK
            cells.append(
                Figure(
                    metric=self.metric.name,
                    period=cell.period,
                    department=cell.department,
                    numerator=cell.numerator if is_measured else None,
                    denominator=cell.denominator,
                    as_of=cell.period.last_day,
                    status=status if is_measured else FigureStatus.MISSING,
                    target_percent=targets.get(cell.department or "", company_target),
                    against=cell.against,
                    groups=cell.groups,
                    headcount=cell.eligible if cell.groups else None,
                    joiners=cell.joiners,
                    roster=cell.roster,
                    is_of_part=cell.department is COMPANY and cell.period in in_part,
                    members=cell.members,
                )
            )
        order = {department.id: (department.order, department.id) for department in self.organisation.departments}
        outside = (0, "")
        return sorted(
            cells,
            key=lambda cell: (cell.period, cell.department is not None, order.get(cell.department or "", outside)),
        )

    def _months_of_a_part(self, counted: Counted) -> frozenset[Month]:
        """Months in which departments with people in the roster have nobody eligible; one without anybody lacks nobody."""
        without = counted.staffed - set(counted.departments)
        months = {month for _, month in without}
        units = {month: {unit.id for unit in self.organisation.units_on(month.last_day)} for month in months}
        return frozenset(month for department, month in without if department in units[month])

    def _is_stale(self, coverage: Mapping[str, Coverage]) -> bool:
        """Whether the newest month's figure must be marked: its data is old, or a pull failed."""
        failed = any(self.snapshots.by_source[name].status is SnapshotStatus.STALE for name in self.metric.sources)
        oldest = min(span.newest for span in coverage.values())
        return failed or self.today - oldest > self.metric.freshness.warn_after

    def _no_time(self, key: str, source: str) -> Finding:
        what = Text(f"出典 `{source}` がいつのデータか分かりません", f"nothing says of which days `{source}` speaks")
        remedy = Text("sources.yml のその出典に `time:` を書いてください", "declare `time:` for it in sources.yml")
        return self.marks.finding("no-time", ("metrics", self.metric.name, key, "source"), what, remedy)
