"""Conditions that a metric declares of its own figures: what fails one stops the build, is told, or is held back."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from generator.measure.condition import Conditions
from generator.measure.judging import MOST, STAYS, Judge, unit_named
from generator.measure.warehouse import Warehouse
from generator.model.figure import Figure, held
from generator.model.finding import Finding, Severity, Text
from generator.model.metric import Check, CheckSeverity

_CELLS = "_figures"  # the table that conditions see; no source can have such a name
_CREATE_CELLS = """
    CREATE OR REPLACE TEMP TABLE _figures AS
    SELECT *, (numerator - against) / nullif(denominator, 0) AS value
    FROM (SELECT unnest(?::VARCHAR[]) AS period, unnest(?::VARCHAR[]) AS department,
                 unnest(?::BIGINT[]) AS numerator, unnest(?::BIGINT[]) AS denominator,
                 unnest(?::BIGINT[]) AS against, unnest(?::BIGINT[]) AS eligible)
"""

_Cell = tuple[str, str | None]
"""Month and department, as the database gives them back."""


def checked(cells: Sequence[Figure], judge: Judge, conditions: Conditions) -> tuple[list[Figure], list[Finding]]:
    """Run the metric's checks on every measured cell; those that are to be held come back without a value."""
    checks = judge.metric.checks
    if not checks:
        return list(cells), []
    _create_cells([cell for cell in cells if cell.numerator is not None], conditions.warehouse)
    findings: list[Finding] = []
    held_back: set[_Cell] = set()
    for index, check in enumerate(checks):
        failed, told = _Checking(judge, conditions, index, check).result()
        findings += told
        held_back |= set(failed) if check.severity is CheckSeverity.HOLD else set()
    return [held(cell) if (str(cell.period), cell.department) in held_back else cell for cell in cells], findings


def _create_cells(measured: Sequence[Figure], warehouse: Warehouse) -> None:
    lists = [
        [str(cell.period) for cell in measured],
        [cell.department for cell in measured],
        [cell.numerator for cell in measured],
        [cell.denominator for cell in measured],
        [cell.against for cell in measured],
        [cell.eligible for cell in measured],
    ]
    warehouse.run(_CREATE_CELLS, lists)
    warehouse.describe(_CELLS)


class _Checking(Struct, frozen=True):
    """One check of a metric."""

    judge: Judge
    conditions: Conditions
    index: int
    check: Check

    def result(self) -> tuple[list[_Cell], list[Finding]]:
        """The months and departments that fail, and what is to be said of them."""
        condition, warehouse = self.check.condition, self.conditions.warehouse
        problem = self.conditions.problem(condition, _CELLS)
        if problem is not None:
            return [], [self.judge.finding("bad-condition", ("checks", self.index), *problem)]
        try:
            failed = warehouse.query(
                f"SELECT period, department FROM {_CELLS} WHERE NOT (\n{condition}\n) "  # noqa: S608 -- judged just now
                "ORDER BY period, department NULLS FIRST"
            )
        except warehouse.error as error:
            return [], [self.judge.not_countable(warehouse.why(error), ("checks", self.index))]
        cells = [(str(period), None if department is None else str(department)) for period, department in failed]
        rest = len(cells) - MOST
        more = Text(f"（ほかに{rest}件）", f" (and {rest} more)") if rest > 0 else Text("", "")
        listed = cells[:MOST]
        return cells, [self._failed(cell, more if cell == listed[-1] else Text("", "")) for cell in listed]

    def _failed(self, cell: _Cell, more: Text) -> Finding:
        period, department = cell
        name, unit, condition = self.judge.metric.name, unit_named(department), self.check.condition
        what = Text(
            f"`{name}` の {period}、{unit.ja}が検査 `{condition}` に合いません{more.ja}",
            f"`{name}`, {period}, {unit.en}: the check `{condition}` fails{more.en}",
        )
        if self.check.severity is CheckSeverity.FAIL:
            remedy = Text("元のデータか、検査の条件を確かめてください", "check the data, or the condition itself")
            return self.judge.finding("failed-check", ("checks", self.index), what, remedy)
        if self.check.severity is CheckSeverity.WARN:
            remedy = Text(
                "数字は載せました。元のデータを確かめてください", "the figure is published; look into the data"
            )
            return self.judge.finding("doubtful-figure", ("checks", self.index), what, remedy, Severity.WARNING)
        remedy = Text(
            f"{STAYS.ja}。元のデータを確かめてください",
            f"{STAYS.en}; look into the data",
        )
        return self.judge.finding("held-figure", ("checks", self.index), what, remedy, Severity.WARNING)
