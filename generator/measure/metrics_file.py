"""Reads content/data/metrics.yml and looks up every source, column and entity it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from generator.declared.cut_texts import judge_cut_texts
from generator.declared.declared_text import read_declared_text
from generator.declared.marks import Location, Marks
from generator.declared.schema import validate
from generator.declared.yaml_fields import Fields, Origin, read_fields
from generator.measure.condition import Conditions, nearest_column
from generator.measure.warehouse import Warehouse, quoted
from generator.model.finding import Family, Finding, Severity, Text, listed, nearest, one_line
from generator.model.metric import Activity, Answers, DepartmentTargets, Entity, Metric, MetricsFile
from generator.model.metric_kinds import METRIC_KINDS
from generator.model.snapshot import Snapshots
from generator.settings import Settings


class Definitions(Struct, frozen=True):
    """What metrics.yml declares."""

    entities: Mapping[str, Entity]
    metrics: Mapping[str, Metric]
    company_holidays: frozenset[date]


def read_metrics(settings: Settings) -> tuple[Definitions | None, Marks | None, list[Finding]]:
    """Read the file; None for a site without one, or when it is wrong."""
    path = settings.data / "metrics.yml"
    shown = settings.shown(path)
    text, findings = read_declared_text(path, shown)
    if text is None:
        return None, None, findings
    fields, findings = read_fields(text, Origin(shown, Family.DATA))
    if fields is None:
        return None, None, findings
    findings = _name_metrics(fields)
    file, wrong = validate(MetricsFile, fields.values, fields)
    metrics, more = _metrics(fields)
    findings += [*wrong, *more]
    if file is None or len(metrics) < len(file.metrics):
        return None, fields, findings
    definitions = Definitions(file.entities, metrics, frozenset(file.company_holidays))
    return definitions, fields, [*findings, *judge_cut_texts(definitions, fields)]


def _metrics(fields: Fields) -> tuple[dict[str, Metric], list[Finding]]:
    """Every metric as its own kind reads it; those that are wrong are left out."""
    entries = fields.values.get("metrics")
    metrics, findings = {}, []
    for name, entry in entries.items() if isinstance(entries, dict) else ():
        if isinstance(entry, dict):
            metric, wrong = _metric(name, entry, fields)
            findings += wrong
            if metric is not None:
                metrics[name] = metric
    return metrics, findings


def _metric(name: str, entry: dict[str, Any], fields: Fields) -> tuple[Metric | None, list[Finding]]:
    at = ("metrics", name)
    kind = entry.get("kind") or "share"
    if not isinstance(kind, str) or kind not in METRIC_KINDS:
        typed = one_line(fields.typed.get((*at, "kind"), str(kind)))
        what = Text(f"`{typed}` という種類の指標はありません", f"there is no kind of metric `{typed}`")
        return None, [fields.finding("unknown-metric-kind", (*at, "kind"), what, nearest(typed, METRIC_KINDS))]
    return validate(METRIC_KINDS[kind], entry, fields, at)


def _name_metrics(fields: Fields) -> list[Finding]:
    """Copy each metric's key into its `name`, which nobody writes a second time."""
    metrics = fields.values.get("metrics")
    findings: list[Finding] = []
    if not isinstance(metrics, dict):
        return findings
    for name, metric in metrics.items():
        if metric is None:
            metrics[name] = {"name": name}  # told like any other that lacks its keys, not passed over
        elif isinstance(metric, dict):
            if "name" in metric:
                findings.append(_named_twice(fields, name))
            metric["name"] = name
    return findings


def _named_twice(fields: Fields, name: str) -> Finding:
    what = Text("`name` という項目はありません", "there is no such key as `name`")
    remedy = Text(
        f"この行を消してください。指標の名前は `{name}` です", f"delete the line; the metric's name is `{name}`"
    )
    return fields.finding("unknown-key", ("metrics", name, "name"), what, remedy)


class Names(Struct):
    """Judges what the metrics refer to.

    Only metrics that pass are counted: every source, column and table that reaches the SQL of this folder was
    found here among those that exist, and stands there `quoted`; every condition was judged by `condition`.
    """

    file: Definitions
    marks: Marks
    warehouse: Warehouse
    snapshots: Snapshots
    conditions: Conditions
    findings: list[Finding] = []

    def judge(self, metric: Metric) -> bool:
        """Look up everything `metric` names; False when it cannot be counted."""
        before = len(self.findings)
        at = ("metrics", metric.name)
        roster = self.file.entities.get(metric.entity)
        if roster is None:
            self._unknown("unknown-entity", (*at, "entity"), Text("対象", "entity"), metric.entity, self.file.entities)
            return False
        self._entity(metric.entity, roster)
        for key, activity in metric.rows_read.items():
            self._activity((*at, key), activity, roster)
        self._population(metric, roster)
        self._targets(metric)
        named = {roster.source, *sources_of(metric)}
        self._places(metric, roster)
        has_errors = any(finding.is_error for finding in self.findings[before:])
        return not has_errors and named <= self.snapshots.by_source.keys()

    def _places(self, metric: Metric, roster: Entity) -> None:
        """Rows of one metric are counted together, so they all lie in files or all in one database."""
        known = self.snapshots.by_source
        named = {activity.source for activity in metric.rows_read.values()} | {roster.source}
        tables = {name: known[name].table for name in named if name in known}
        places = {None if table is None else table.variable for table in tables.values()}
        targets = _department_targets(metric)
        if targets is not None and targets.source in known and known[targets.source].table is not None:
            what = Text(
                f"目標の資料 `{targets.source}` がデータベースの表です", f"the targets `{targets.source}` are a table"
            )
            remedy = Text(
                "目標はファイルか `sql` の資料にしてください", "keep targets in a file or a source of kind `sql`"
            )
            at = ("metrics", metric.name, "target", "per_department", "source")
            self.findings.append(self.marks.finding("mixed-places", at, what, remedy))
        if len(places) > 1:
            inside = sorted(name for name, table in tables.items() if table is not None)
            outside = sorted(tables.keys() - set(inside))
            what = Text(
                f"`{metric.name}` の資料が、一つのデータベースにそろっていません"
                f"（データベース: {listed(inside)}、ファイル: {listed(outside) if outside else 'なし'}）",
                f"the sources of `{metric.name}` do not lie in one database "
                f"(in databases: {listed(inside)}; in files: {listed(outside) if outside else 'none'})",
            )
            remedy = Text(
                "名簿と利用の記録を同じデータベースの表にするか、どちらもファイルにしてください",
                "put roster and usage into tables of the same database, or both into files",
            )
            self.findings.append(self.marks.finding("mixed-places", ("metrics", metric.name), what, remedy))

    def _activity(self, at: Location, activity: Activity, roster: Entity) -> None:
        self._column((*at, "column"), activity.source, activity.column)
        self._column((*at, "time"), activity.source, activity.time, of="DATE")
        self._column((*at, "matches"), roster.source, activity.matches)
        self._condition((*at, "where"), activity.source, activity.where)
        if isinstance(activity, Answers):
            self._column((*at, "value"), activity.source, activity.value, of="BIGINT")

    def _population(self, metric: Metric, roster: Entity) -> None:
        at = ("metrics", metric.name, metric.population_key)
        below = metric.population
        known = {roster.source, *self.warehouse.columns.get(roster.source, {})}  # what is unknown was told already
        for key, found, wanted in (("source", below.source, roster.source), ("column", below.column, roster.key)):
            if found != wanted and wanted in known:
                what = Text(
                    f"`{metric.population_key}` の `{key}` は対象 `{metric.entity}` のもの（`{wanted}`）でなければなりません",
                    f"the `{key}` of `{metric.population_key}` must be that of `{metric.entity}`: `{wanted}`",
                )
                remedy = Text(f"`{key}: {wanted}` と書いてください", f"write `{key}: {wanted}`")
                self.findings.append(self.marks.finding("wrong-denominator", (*at, key), what, remedy))
        self._condition((*at, "where"), roster.source, below.where)

    def _entity(self, name: str, entity: Entity) -> None:
        at = ("entities", name)
        self._column((*at, "key"), entity.source, entity.key)
        self._column((*at, "department"), entity.source, entity.department)
        self._column((*at, "valid_from"), entity.source, entity.valid_from, of="DATE")
        self._column((*at, "valid_to"), entity.source, entity.valid_to, of="DATE")
        columns = self.warehouse.columns.get(entity.source, {})
        if {entity.key, entity.valid_from, entity.valid_to} <= columns.keys():
            self._roster(at, entity)

    def _roster(self, at: Location, entity: Entity) -> None:
        """Tell rows that count on no day or as nobody: whoever is meant would be missing without a word."""
        key, starts, stops = (quoted(column) for column in (entity.key, entity.valid_from, entity.valid_to))
        ((nameless, backward),) = self.warehouse.query(
            f"SELECT count(CASE WHEN {key} IS NULL THEN 1 END), "  # noqa: S608 -- see `quoted`
            f"count(CASE WHEN {starts} IS NULL OR {stops} < {starts} THEN 1 END) FROM {quoted(entity.source)}"
        )
        if nameless:
            what = Text(
                f"名簿 `{entity.source}` に、`{entity.key}` が空の行があります（{nameless}行）",
                f"rows of the roster `{entity.source}` without `{entity.key}`: {nameless}",
            )
            remedy = Text("名簿の値を埋めてください", "fill it in")
            self.findings.append(self.marks.finding("empty-cell", (*at, "key"), what, remedy))
        if backward:
            what = Text(
                f"名簿 `{entity.source}` に、始まりの日がないか終わりの日より後の行があり、数えられません（{backward}行）",
                f"rows of the roster `{entity.source}` that begin on no day or after their end, and count nowhere: {backward}",
            )
            remedy = Text(
                "取り消した発令でなければ、名簿の日付を直してください",
                "unless they were revoked, correct the dates in the roster",
            )
            place = (*at, "valid_to")
            self.findings.append(self.marks.finding("bad-validity", place, what, remedy, Severity.WARNING))

    def _targets(self, metric: Metric) -> None:
        targets = _department_targets(metric)
        if targets is not None:
            at = ("metrics", metric.name, "target", "per_department")
            self._column((*at, "department"), targets.source, targets.department)
            self._column((*at, "value"), targets.source, targets.value)

    def _column(self, at: Location, source: str, column: str, *, of: str | None = None) -> None:
        columns = self.warehouse.columns.get(source)
        if columns is None:
            if self.snapshots.are_all_known and source not in self.snapshots.without_rows:
                place = (*at[:-1], "source")
                self._unknown("unknown-source", place, Text("出典", "source"), source, sorted(self.snapshots.declared))
        elif column not in columns:
            what = Text(f"`{source}` に列 `{column}` はありません", f"`{source}` has no column `{column}`")
            self.findings.append(
                self.marks.finding("unknown-column", at, what, nearest_column(column, source, self.warehouse))
            )
        elif of is not None and columns[column] != of:
            self._wrong_type(at, source, column, of)

    def _wrong_type(self, at: Location, source: str, column: str, wanted: str) -> None:
        if wanted == "DATE":
            what = Text(
                f"`{source}` の列 `{column}` は日付の列ではありません", f"`{column}` of `{source}` is not a date"
            )
            remedy = Text("型が `date` か `month` の列を指定してください", "name a column of type `date` or `month`")
            self.findings.append(self.marks.finding("not-a-date", at, what, remedy))
        else:
            what = Text(
                f"`{source}` の列 `{column}` は整数の列ではありません",
                f"`{column}` of `{source}` has no whole numbers",
            )
            remedy = Text("型が `integer` の列を指定してください", "name a column of type `integer`")
            self.findings.append(self.marks.finding("not-an-answer", at, what, remedy))

    def _condition(self, at: Location, source: str, condition: str | None) -> None:
        if condition is not None and source in self.warehouse.columns:
            snapshot = self.snapshots.by_source.get(source)
            is_elsewhere = snapshot is not None and snapshot.table is not None
            problem = self.conditions.problem(condition, source, is_elsewhere=is_elsewhere)
            if problem is not None:
                self.findings.append(self.marks.finding("bad-condition", at, *problem))

    def _unknown(self, code: str, at: Location, kind: Text, name: str, known: Iterable[str]) -> None:
        what = Text(f"{kind.ja} `{name}` はありません", f"there is no {kind.en} `{name}`")
        self.findings.append(self.marks.finding(code, at, what, nearest(name, known)))


def _department_targets(metric: Metric) -> DepartmentTargets | None:
    return metric.target.per_department if metric.target else None


def sources_of(metric: Metric) -> set[str]:
    """Every source that a metric names."""
    targets = _department_targets(metric)
    named = {activity.source for activity in metric.rows_read.values()}
    return named | {metric.population.source} | ({targets.source} if targets else set())
