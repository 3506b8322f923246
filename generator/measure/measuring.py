"""Measures every metric of metrics.yml for every closed month."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from generator.declared.departments import read_departments
from generator.declared.marks import Marks
from generator.effects import Effects
from generator.measure.counting import Counted, count, first_day
from generator.measure.judging import Judge
from generator.measure.metrics_file import Names, read_metrics
from generator.measure.targets import department_targets
from generator.measure.warehouse import Warehouse
from generator.model.figure import Figure, FigureStatus, MeasuredFigures
from generator.model.finding import Family, Finding, Place, Text
from generator.model.metric import Metric, MetricsFile, target_percent_of
from generator.model.organisation import Organisation
from generator.model.period import Month, months_between
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
    today = effects.clock().astimezone(settings.zone).date()
    cells: list[Figure] = []
    with Warehouse(_named(file, snapshots)) as warehouse:
        names = Names(file, marks, warehouse, snapshots)
        for metric in effects.progress.track(
            file.metrics.values(), Text("数字を計算", "measuring"), total=len(file.metrics)
        ):
            if not names.judge(metric) or not is_organisation_sound:
                continue
            judge = Judge(metric, marks, organisation, settings.shown(departments))
            measuring = _Measuring(metric, file, judge, snapshots, warehouse, today)
            cells += measuring.cells()
            findings += measuring.findings
    findings += names.findings
    return MeasuredFigures(dict(file.metrics), organisation, tuple(cells)), list(dict.fromkeys(findings))


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


def _named(file: MetricsFile, snapshots: Snapshots) -> list[Snapshot]:
    """The snapshots that the metrics need."""
    metrics = file.metrics.values()
    wanted = {entity.source for entity in file.entities.values()} | {metric.numerator.source for metric in metrics}
    wanted |= {m.target.per_department.source for m in metrics if m.target and m.target.per_department}
    return [snapshot for name, snapshot in sorted(snapshots.by_source.items()) if name in wanted]


@dataclass
class _Measuring:
    """The measuring of one metric."""

    metric: Metric
    file: MetricsFile
    judge: Judge
    snapshots: Snapshots
    warehouse: Warehouse
    today: date
    findings: list[Finding] = field(default_factory=list)

    @property
    def organisation(self) -> Organisation:
        return self.judge.organisation

    @property
    def marks(self) -> Marks:
        return self.judge.marks

    def cells(self) -> list[Figure]:
        """Every cell of the metric, oldest month first, the company before its departments."""
        watermark = self.snapshots.by_source[self.metric.numerator.source].watermark
        start = first_day(self.metric, self.warehouse)
        if watermark is None or start is None:
            self.findings.append(self._no_time())
            return []
        self.findings += self.judge.age(watermark, self.today)
        last = min(Month.of(watermark), Month.of(self.today).plus(-1))
        months = [month for month in months_between(Month.of(start), last) if month.last_day <= watermark]
        if not months:
            return []
        counted = self._counted(months)
        if counted is None:
            return []
        self.findings += self.judge.counted(counted)
        cells = self._figures(counted, months[-1], is_stale=self._is_stale(watermark))
        self.findings += self.judge.checks(cells, self.warehouse)
        return cells

    def _counted(self, months: list[Month]) -> Counted | None:
        try:
            return count(self.metric, self.file.entities[self.metric.entity], months, self.warehouse)
        except self.warehouse.error as error:
            self.findings.append(self.judge.not_countable(self.warehouse.why(error)))
            return None

    def _figures(self, counted: Counted, newest: Month, *, is_stale: bool) -> list[Figure]:
        targets, problems = department_targets(self.metric, self.organisation, self.marks, self.warehouse)
        self.findings += problems
        company_target = target_percent_of(self.metric.target)
        cells = []
        for cell in counted.counts:
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
                )
            )
        order = {department.id: (department.order, department.id) for department in self.organisation.departments}
        outside = (0, "")
        return sorted(
            cells,
            key=lambda cell: (cell.period, cell.department is not None, order.get(cell.department or "", outside)),
        )

    def _is_stale(self, watermark: date) -> bool:
        """Whether the newest month's figure must be marked: its data is old, or a pull failed."""
        sources = {self.metric.numerator.source, self.metric.denominator.source}
        failed = any(self.snapshots.by_source[name].status is SnapshotStatus.STALE for name in sources)
        return failed or self.today - watermark > self.metric.freshness.warn_after

    def _no_time(self) -> Finding:
        source = self.metric.numerator.source
        what = Text(f"出典 `{source}` がいつのデータか分かりません", f"nothing says of which days `{source}` speaks")
        remedy = Text("sources.yml のその出典に `time:` を書いてください", "declare `time:` for it in sources.yml")
        return self.marks.finding("no-time", ("metrics", self.metric.name, "numerator", "source"), what, remedy)
